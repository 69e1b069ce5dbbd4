"""Totals, lists and findings in the store, kept up to date while units are computed.

Every unit contributes to the network-wide aggregates: numbers to totals (scope, name → number) and entries to lists
(list, rank, key). The passes report each unit in these steps:

1. `remove_contributions` for the stored result of a unit, if it has one: its entries are deleted and its numbers are
   subtracted;
2. `replace_findings` stores the findings of the new result, and counts them in the scope `found`;
3. `add_contributions` for the new result: its entries and numbers are added;
4. after all units, `write` adds the differences to the stored totals and invalidates who reads what changed.

So an unchanged unit costs nothing, and a changed one costs what it contributes, however large the network is.

Invariants:

- A total is the sum of the contributions of all stored results; a total of 0 has no row.
- `sum:SCOPE` is invalidated if any total of the scope changed after `write` has added up all differences, so a unit that
  leaves and enters a total with the same number invalidates nothing.
- `list:NAME` is invalidated if a unit's entries in the list changed, or if they did not but what a line of the list shows of
  the unit (`shown`) did.
- In a first run nobody has read anything, so nothing is invalidated.

Example: an outcome is filed in a dossier that had none. The old result contributed nothing to (`all`, `outcomes`), the new
one contributes 1: `write` adds 1 to the stored total and invalidates `sum:all`, on which the home page depends. Both results
contribute 1 to (`all`, `dossiers`), so that difference is 0. The dossier leaves the list `going` and enters the list
`results`; both are invalidated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from weimin.engine.computed_register import FOUND, found_name, today
from weimin.engine.queries.finding import FindingTable
from weimin.engine.queries.list_entry import EntryRow, ListEntryTable
from weimin.engine.queries.total import TotalTable
from weimin.engine.state import RENDER, EngineState
from weimin.model.finding import Finding
from weimin.model.ledger import Contributions, ListEntry
from weimin.model.network import PlatformRow
from weimin.model.place import Place
from weimin.records.place import place_of
from weimin.totals.contributions import contributions_of_row
from weimin.totals.facets import PAGE
from weimin.totals.periods import rolled_up

_BUFFERED_ENTRIES = 50_000
"""List entries that are sorted before they are written: one by one, each would be written to another page of the file."""
_BUFFERED_TOTALS = 200_000
"""Differences kept in memory before they are written; the platforms of a country have more than a million totals."""
_ROWS_AT_ONCE = 10_000  # totals that are read and written together


class StoredTotals:
    """The aggregates of the store during one run of the rules."""

    def __init__(self, state: EngineState, as_of: date, *, first: bool) -> None:
        """`first`: the store has no results yet."""
        self._state, self._as_of, self._first = state, as_of, first
        self._findings = FindingTable(state.store)
        self._entries, self._totals = ListEntryTable(state.store), TotalTable(state.store)
        self._differences: Counter[tuple[str, str]] = Counter()
        self._has_totals = not first  # totals were written before
        self._new_entries: list[EntryRow] = []
        self._changed_lists: set[str] = set()
        # units whose contributions were removed and not added again yet: their entries, and what their lines showed
        self._removed: dict[str, tuple[tuple[ListEntry, ...], object]] = {}
        self._replaced: dict[str, tuple[Finding, ...]] = {}

    @property
    def replaced_findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings that the store contained before this run, by source, for those whose findings were replaced."""
        return MappingProxyType(self._replaced)

    def invalidate(self, keys: Iterable[str]) -> None:
        """As EngineState.invalidate_dependents; in a first run nothing depends on anything yet."""
        if not self._first:
            self._state.invalidate_dependents(keys)

    def mark_pages_stale(self, units: Iterable[str]) -> None:
        """The pages of these units have to be rendered again; in a first run all are."""
        if not self._first:
            self._state.mark_stale(RENDER, units)

    # Findings
    def replace_findings(self, source: str, findings: Iterable[Finding], *, new: bool = False) -> list[Finding]:
        """Store the findings of a source; the ones that it had before. `new`: it never had any, so none are looked up."""
        before = [] if new else self._findings.delete(source)
        if not self._first:
            self._replaced.setdefault(source, tuple(today(f, self._as_of) for f in before))
        units: set[str] = set()  # a unit's pages show what is found in its files, whichever source found it
        for f in before:
            self._differences[FOUND, found_name(f)] -= 1
            units.add(_unit_of(f))
        located = [(_unit_of(f), f) for f in findings]
        for unit, f in located:
            self._differences[FOUND, found_name(f)] += 1
            units.add(unit)
        self._findings.insert(source, located)
        self.mark_pages_stale(units - {source, ""})
        return before

    # Contributions
    def remove_contributions(self, unit: str, contributions: Contributions, shown: object) -> None:
        """Take out what a unit contributed. `shown`: what its lines in lists show, compared for equality only."""
        if contributions.entries:
            self._write_entries()
            for row in _entry_rows(unit, contributions):
                self._entries.delete(row)
        self._removed[unit] = (contributions.entries, shown)
        self._add(contributions, -1)

    def add_contributions(self, unit: str, contributions: Contributions, shown: object) -> None:
        """Add what a unit contributes. A list changes if its entries differ from those removed, or what its lines show."""
        self._new_entries += _entry_rows(unit, contributions)
        if len(self._new_entries) >= _BUFFERED_ENTRIES:
            self._write_entries()
        entries_before, shown_before = self._removed.pop(unit, ((), None))
        entries = {*contributions.entries}
        changed = (
            entries.symmetric_difference(entries_before) if shown == shown_before else entries.union(entries_before)
        )
        self._changed_lists |= {entry.list for entry in changed}
        self._add(contributions, 1)

    def replace_row(self, before: PlatformRow | None, after: PlatformRow | None) -> None:
        """Count a platform's row in place of the one that it had."""
        self._add(contributions_of_row(before) if before else Contributions(), -1)
        self._add(contributions_of_row(after) if after else Contributions(), 1)

    def count(self, records: int, *, dossiers: int = 0) -> None:
        """Change the numbers of records and dossiers of the register by these."""
        self._differences["register", "records"] += records
        self._differences["register", "dossiers"] += dossiers

    def _add(self, contributions: Contributions, sign: int) -> None:
        for key, n in contributions.sums.items():
            if n:
                self._differences[key] += sign * n
        if self._first and len(self._differences) >= _BUFFERED_TOTALS:
            self._write_totals()

    # Writing
    def write(self) -> None:
        """Write all lists and totals, and invalidate the results that depend on one that changed."""
        self._write_entries()
        self._changed_lists |= {entry.list for entries, _ in self._removed.values() for entry in entries}
        scopes = self._write_totals()
        self.invalidate({f"list:{name}" for name in self._changed_lists} | {f"sum:{scope}" for scope in scopes})
        # a new total may need a page that nobody has rendered yet, so no stored dependency leads to it
        self.mark_pages_stale(f"^{scope}" for scope in sorted(scopes) if scope.startswith(PAGE) and "/" in scope)

    def _write_entries(self) -> None:
        self._entries.insert(sorted(self._new_entries))
        self._new_entries.clear()

    def _write_totals(self) -> set[str]:
        """Add the differences to the stored totals; the scopes in which a total changed."""
        differences = sorted((*key, n) for key, n in rolled_up(self._differences).items() if n)
        self._differences.clear()
        for start in range(0, len(differences), _ROWS_AT_ONCE):
            rows: list[tuple[str, str, int]] = []
            for scope, name, n in differences[start : start + _ROWS_AT_ONCE]:
                value = n + (self._totals.delete(scope, name) if self._has_totals else 0)
                if value:
                    rows.append((scope, name, value))
            self._totals.insert(rows)
        self._has_totals = True
        return {scope for scope, _, _ in differences}


def _entry_rows(unit: str, contributions: Contributions) -> set[EntryRow]:
    return {(entry.list, entry.rank, unit, entry.key) for entry in contributions.entries}


def _unit_of(f: Finding) -> str:
    """The unit that a finding belongs to."""
    place = place_of(f.path)
    return place.unit if isinstance(place, Place) else f.dossier or ""
