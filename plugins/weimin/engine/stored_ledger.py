"""The ledger (model/ledger.py) over the store: totals and lists are looked up a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from weimin.engine.computed_register import ComputedRegister
from weimin.engine.queries.list_entry import JoinedRow, ListEntryTable
from weimin.engine.queries.total import TotalTable
from weimin.model.ledger import ListRow


class StoredLedger:
    """Totals and lists of a computed register. What is read is recorded as `sum:SCOPE` and `list:NAME`."""

    def __init__(self, computed: ComputedRegister) -> None:
        self._computed = computed
        self._entries, self._totals = ListEntryTable(computed.state.store), TotalTable(computed.state.store)
        self._record = computed.register.dependencies.record

    def sums(self, scope: str) -> Mapping[str, int]:
        """The totals of a scope: name → value."""
        self._record(f"sum:{scope}")
        return self._totals.of_scope(scope)

    def newest(self, name: str, count: int) -> Iterator[ListRow]:
        """The rows of the `count` entries of the highest rank, the highest first."""
        return self._rows(name, self._entries.highest(name, count))

    def soonest(self, name: str, count: int, since: str = "") -> Iterator[ListRow]:
        """The rows of the `count` entries of the lowest rank from `since` on, the lowest first."""
        return self._rows(name, self._entries.lowest(name, count, since))

    def newest_units(self, name: str, count: int) -> list[str]:
        """The units of the `count` entries of the highest rank, the highest first."""
        self._record(f"list:{name}")
        return self._entries.units_by_rank_down(name, count)

    def units(self, name: str) -> list[str]:
        """All units of a list, in order of rank; for lists that are always short."""
        self._record(f"list:{name}")
        return self._entries.units(name)

    def _rows(self, name: str, entries: Iterable[JoinedRow]) -> Iterator[ListRow]:
        self._record(f"list:{name}")
        for unit, key, data in entries:
            if "/" in unit:
                yield ListRow(key=key, summary=self._computed.decode_summary(data) if data else None)
            else:
                yield ListRow(key=key, finding=self._computed.finding(unit, int(key)))
