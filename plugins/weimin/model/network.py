"""The network as a small table of platforms, and how a rule or page looks up records of other folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

import msgspec

from weimin.model.period import parse_period
from weimin.model.place import Level, chain_of, level_of, parent_code
from weimin.model.record import Record

SET_UP_BY: Mapping[Level, date] = {
    level: date(2019, 12, 31) if level is Level.VILLAGE else date(2019, 11, 30) for level in Level
}
"""Level → last day for setting up its platforms (四.4): the only two days that the plan itself fixes."""


class PlatformRow(msgspec.Struct, frozen=True, kw_only=True):
    """What network-wide pages and rules need of a platform. `has_records`: it has records of its own (else 尚未填报).

    `unread`: one of its files cannot be read that decide how others are judged (rules, exemptions): no rule of family W
    is applied to the platform and to those below it, because what it found could follow from that file alone.
    `over`: on the day of the run it is closed (`is_over`): it is no part of the network any more, and what its dossiers
    owe is owed by its heir (`Network.responsible`).
    """

    code: str
    area: str
    name: str
    established: str | None = None
    closed: str | None = None  # date
    closed_into: str | None = None  # code of the platform that took it over
    compiled: bool = False
    has_records: bool = False
    unread: bool = False
    over: bool = False

    @property
    def level(self) -> Level:
        return level_of(self.code)

    @property
    def parent(self) -> str | None:
        return parent_code(self.code)

    @property
    def path(self) -> str:
        return f"{folder_of(self.code)}/platform.yml"


def folder_of(code: str) -> str:
    """The folder of a platform: content/network/ and the codes from the city down to it."""
    return "content/network/" + "/".join(reversed(list(chain_of(code))))


def is_over(closed: str | None, as_of: date) -> bool:
    """Whether a platform that records this day of its closing is closed: from the first possible day on; a day that was not
    made public is over."""
    first = parse_period(closed).first if closed is not None and closed != "unpublished" else None
    return closed is not None and (first is None or first <= as_of)


class Network:
    """All platforms by code, in order of codes: rows, never records."""

    def __init__(self, rows: Iterable[PlatformRow]) -> None:
        self.rows: Mapping[str, PlatformRow] = {row.code: row for row in sorted(rows, key=lambda r: r.code)}
        below: dict[str, list[str]] = {}
        for code in self.rows:
            if (up := parent_code(code)) is not None:
                below.setdefault(up, []).append(code)
        self._below = below

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, code: str) -> PlatformRow | None:
        return self.rows.get(code)

    def responsible(self, code: str) -> str:
        """The platform that answers for a code: itself, or once it is closed its heir.

        The heir is the platform that took it over, or without one that exists the level above; if that is closed as well,
        its own heir. The code itself if nobody is left.
        """
        at, passed = code, set[str]()
        while (row := self.get(at)) is not None and row.over and at not in passed:
            passed.add(at)
            into = row.closed_into
            at = into if into is not None and self.get(into) is not None else parent_code(at) or code
        return at if at not in passed and self.get(at) is not None else code

    def below(self, code: str) -> tuple[PlatformRow, ...]:
        """The platforms one level below, in order of codes."""
        return tuple(self.rows[c] for c in self._below.get(code, ()))

    def chain(self, code: str) -> tuple[PlatformRow, ...]:
        """The platform and those above it, upwards, without codes that are not in the network."""
        return tuple(row for at in chain_of(code) if (row := self.rows.get(at)) is not None)


class Lookup(Protocol):
    """Reads records of other folders for a rule or a page. The implementation records each read as a dependency."""

    def record(self, ref: str) -> Record | None:
        """The record that a reference without its line names (`Ref.record`), or None."""

    def exists(self, ref: str) -> bool:
        """Whether a platform (`CODE`), dossier (`CODE/YYYY-NNN`) or record with this reference exists."""
