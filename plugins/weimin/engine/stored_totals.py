"""What a run of the rules changes in the store beside the folders themselves: findings, sums and lists, and who reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec

from weimin.engine.computed_register import FOUND, found_name, today
from weimin.engine.state import RENDER, EngineState
from weimin.model.finding import Finding
from weimin.model.ledger import Contributions, ListEntry
from weimin.model.network import PlatformRow
from weimin.model.place import Place
from weimin.records.place import place_of
from weimin.totals.contributions import contributions_of_row
from weimin.totals.facets import PAGE
from weimin.totals.periods import rolled_up

_WAITING = 50_000
"""Lines of lists that wait to be put in order: one by one, each would be written somewhere else."""
_SUMS = 200_000
"""Sums that are kept in memory before they are written; of a country's platforms there are more than a million."""
_ROWS = 10_000  # of them that are written in one go
_encode = msgspec.msgpack.Encoder().encode
_FINDING = msgspec.msgpack.Decoder(Finding)


class StoredTotals:
    """Kept while folders are judged, written when all are. `found`: what was found before where it was looked again.

    `first`: nothing was known, so nobody has read anything yet.
    """

    def __init__(self, state: EngineState, as_of: date, *, first: bool) -> None:
        self._state, self._store, self._as_of, self._first = state, state.store, as_of, first
        self._amounts: Counter[tuple[str, str]] = Counter()
        self._stand = not first  # sums were written before
        self._entered: list[tuple[str, str, str, str]] = []
        self._lists: set[str] = set()  # lists in which a line came, went or changed
        self._left: dict[str, tuple[tuple[ListEntry, ...], object]] = {}  # who left and did not enter again yet
        self.found: dict[str, tuple[Finding, ...]] = {}

    def touch(self, keys: Iterable[str]) -> None:
        """Something changed that others may have read."""
        if not self._first:
            self._state.invalidate_dependents(keys)

    def to_render(self, ids: Iterable[str]) -> None:
        """Pages that are to be made again."""
        if not self._first:
            self._state.mark_stale(RENDER, ids)

    def find(self, node: str, findings: Iterable[Finding], *, new: bool = False) -> list[Finding]:
        """Findings in place of those that were; these. `new`: nothing was ever found there."""
        stood = () if new else sorted(self._store.delete_where("finding", "node", node))
        before = [_FINDING.decode(row[4]) for row in stood]
        if not self._first:
            self.found.setdefault(node, tuple(today(f, self._as_of) for f in before))
        elsewhere: set[str] = set()  # a folder's page shows what is found in its files, whoever found it
        for f in before:
            self._amounts[FOUND, found_name(f)] -= 1
            elsewhere.add(_unit_of(f))
        rows = []
        for n, f in enumerate(findings):
            unit = _unit_of(f)
            self._amounts[FOUND, found_name(f)] += 1
            elsewhere.add(unit)
            rows.append((node, n, f.path, unit, _encode(f)))
        self._store.insert("finding", rows)
        self.to_render(elsewhere - {node, ""})
        return before

    def leave(self, node: str, shares: Contributions, said: object) -> None:
        """Take out what a folder added to sums and lists. `said`: what its lines say, by which it is known again."""
        if shares.entries:
            self._file()
            for row in _lines(node, shares):
                self._store.delete_row("entry", row)
        self._left[node] = (shares.entries, said)
        self.sum(shares, -1)

    def enter(self, node: str, shares: Contributions, said: object) -> None:
        """What a folder adds to sums and lists. Lists in which its lines stand, and say, what they did are not touched."""
        self._entered += _lines(node, shares)
        if len(self._entered) >= _WAITING:
            self._file()
        places, was = self._left.pop(node, ((), None))
        now = {*shares.entries}
        self._lists |= {p.list for p in (now.symmetric_difference(places) if said == was else now.union(places))}
        self.sum(shares, 1)

    def _file(self) -> None:
        self._store.insert("entry", sorted(self._entered))
        self._entered.clear()

    def sum(self, shares: Contributions, by: int) -> None:
        for key, n in shares.sums.items():
            if n:
                self._amounts[key] += by * n
        if self._first and len(self._amounts) >= _SUMS:
            self._settle()

    def move(self, before: PlatformRow | None, after: PlatformRow | None) -> None:
        """A platform's row in place of the one that it had."""
        self.sum(contributions_of_row(before) if before else Contributions(), -1)
        self.sum(contributions_of_row(after) if after else Contributions(), 1)

    def count(self, records: int, *, dossiers: int = 0) -> None:
        self._amounts["register", "records"] += records
        self._amounts["register", "dossiers"] += dossiers

    def close(self) -> None:
        """Write the sums, and mark whoever read one that changed, or a list."""
        self._file()
        self._lists |= {p.list for places, _ in self._left.values() for p in places}
        sums = self._settle()
        self.touch({f"list:{name}" for name in self._lists} | {f"sum:{scope}" for scope in sums})
        self.to_render(f"^{scope}" for scope in sorted(sums) if scope.startswith(PAGE) and "/" in scope)

    def _settle(self) -> set[str]:
        """Add what was summed up to what stands; the scopes in which anything changed."""
        amounts = sorted((*key, n) for key, n in rolled_up(self._amounts).items() if n)
        self._amounts.clear()
        for start in range(0, len(amounts), _ROWS):
            rows: list[tuple[str, str, int]] = []
            for scope, name, n in amounts[start : start + _ROWS]:
                old = self._store.delete_row("amount", (scope, name)) if self._stand else None
                if (old[2] if old else 0) + n:
                    rows.append((scope, name, (old[2] if old else 0) + n))
            self._store.insert("amount", rows)
        self._stand = True
        return {scope for scope, _, _ in amounts}


def _lines(node: str, shares: Contributions) -> set[tuple[str, str, str, str]]:
    """Rows of the table of lists."""
    return {(p.list, p.rank, node, p.key) for p in shares.entries}


def _unit_of(f: Finding) -> str:
    """The folder to which a finding belongs."""
    place = place_of(f.path)
    return place.unit if isinstance(place, Place) else f.dossier or ""
