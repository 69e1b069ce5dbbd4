"""How pages of the whole network see it: sums, and the first lines of lists; never all of anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

from weimin.model.finding import Finding
from weimin.model.summary import Summary


class ListEntry(msgspec.Struct, frozen=True):
    """Where a folder stands in a list. `rank` orders the list; `key` says which of the folder's rows is meant."""

    list: str
    rank: str
    key: str = ""


class Contributions(msgspec.Struct, frozen=True, kw_only=True):
    """What one folder adds to the sums (scope, name → number) and to the lists of the whole network."""

    entries: tuple[ListEntry, ...] = ()
    sums: Mapping[tuple[str, str], int] = {}


class ListRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a list: the dossier that it is of, or the finding of a platform's own."""

    key: str
    summary: Summary | None = None
    finding: Finding | None = None


class Ledger(Protocol):
    """Sums and lists of the network as it stands; what was read is noted by whoever hands this in."""

    def sums(self, scope: str) -> Mapping[str, int]:
        """The sums of a scope (`all`, `year:2026`, `platform:CODE` …) by name; what is 0 may be missing."""

    def newest(self, name: str, count: int) -> Iterator[ListRow]:
        """The first lines of a list from its end."""

    def soonest(self, name: str, count: int, since: str = "") -> Iterator[ListRow]:
        """The first lines of a list, from a rank on."""
