"""The ledger: the sums and lists of the whole network, as its pages read them: a scope of sums, or the first rows of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

from weimin.model.finding import Finding
from weimin.model.summary import Summary


class ListEntry(msgspec.Struct, frozen=True):
    """The position of a unit in a list. `rank` orders the list as text; `key` says which of the unit's rows is meant."""

    list: str
    rank: str
    key: str = ""


class Contributions(msgspec.Struct, frozen=True, kw_only=True):
    """What one unit adds to the lists and to the sums, (scope, name) → number, of the whole network."""

    entries: tuple[ListEntry, ...] = ()
    sums: Mapping[tuple[str, str], int] = {}


class ListRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a list: the summary of a dossier, or a finding on a platform's own files."""

    key: str
    summary: Summary | None = None
    finding: Finding | None = None


class Ledger(Protocol):
    """Access to the sums and lists. An implementation records each read as a dependency."""

    def sums(self, scope: str) -> Mapping[str, int]:
        """The sums of a scope (`all`, `platform:CODE`, `page:PATH` …) by name; a sum of 0 may be missing."""

    def newest(self, name: str, count: int) -> Iterator[ListRow]:
        """The last `count` rows of a list, the last one first."""

    def soonest(self, name: str, count: int, since: str = "") -> Iterator[ListRow]:
        """The first `count` rows of a list whose rank is not below `since`."""
