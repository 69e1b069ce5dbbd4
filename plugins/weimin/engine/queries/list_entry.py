"""The table `list_entry`: the position (`rank`) of units in lists of the whole network (model/ledger.py).

`key` tells the entries of one unit apart; for a unit that is no dossier it is the position of a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from weimin.adapters.store import Store, Table

TABLE = Table(
    "list_entry",
    (("list", "TEXT"), ("rank", "TEXT"), ("unit", "TEXT"), ("key", "TEXT")),
    ("list", "rank", "unit", "key"),
)
EntryRow = tuple[str, str, str, str]
"""(list, rank, unit, key)."""
JoinedRow = tuple[str, str, bytes | None]
"""(unit, key, the unit's result if it has one)."""
_JOINED = (
    "SELECT e.unit, e.key, r.data FROM list_entry AS e LEFT JOIN unit_result AS r ON r.unit = e.unit WHERE e.list = ? "
)


class ListEntryTable:
    """Queries of the table `list_entry`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, rows: Iterable[EntryRow]) -> None:
        self._store.insert("list_entry", rows)

    def delete(self, row: EntryRow) -> None:
        self._store.delete_row("list_entry", row)

    def delete_list(self, name: str) -> None:
        self._store.delete_where("list_entry", "list", name)

    def highest(self, name: str, count: int) -> Iterator[JoinedRow]:
        """The `count` entries of the highest rank, the highest first."""
        order = "ORDER BY e.rank DESC, e.unit DESC, e.key DESC LIMIT ?"
        return self._joined(order, name, count)

    def lowest(self, name: str, count: int, since: str) -> Iterator[JoinedRow]:
        """The `count` entries of the lowest rank from `since` on, the lowest first."""
        order = "AND e.rank >= ? ORDER BY e.rank, e.unit, e.key LIMIT ?"
        return self._joined(order, name, since, count)

    def _joined(self, condition: str, *values: object) -> Iterator[JoinedRow]:
        return self._store.stream_rows(_JOINED + condition, *values)

    def units_by_rank_down(self, name: str, count: int) -> list[str]:
        """The `count` units of the highest rank; of the same rank the last id first."""
        query = "SELECT unit FROM list_entry WHERE list = ? ORDER BY rank DESC, unit DESC LIMIT ?"
        return [unit for (unit,) in self._store.all_rows(query, name, count)]

    def units_by_rank_down_id_up(self, name: str, count: int) -> list[str]:
        """The `count` units of the highest rank; of the same rank the first id first."""
        query = "SELECT unit FROM list_entry WHERE list = ? ORDER BY rank DESC, unit LIMIT ?"
        return [unit for (unit,) in self._store.all_rows(query, name, count)]

    def units(self, name: str) -> list[str]:
        """All units of a list, in order of rank and id."""
        rows = self._store.all_rows("SELECT unit FROM list_entry WHERE list = ? ORDER BY rank, unit", name)
        return [unit for (unit,) in rows]

    def feeds(self) -> list[str]:
        """The lists from which feeds are made, in order."""
        rows = self._store.all_rows("SELECT DISTINCT list FROM list_entry WHERE list GLOB 'feed:*' ORDER BY list")
        return [name for (name,) in rows]
