"""The table `stale`: what has to be computed (1) or rendered (2) again before its stored result may be used."""

from __future__ import annotations

from weimin.adapters.store import Store, Table

TABLE = Table("stale", (("id", "TEXT"), ("work", "INTEGER")), ("id", "work"))


class StaleTable:
    """Queries of the table `stale`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, item: str, work: int) -> None:
        """Add the item unless it is listed."""
        if not self.contains(item, work):
            self._store.insert("stale", [(item, work)])

    def delete(self, item: str, work: int) -> None:
        self._store.delete_row("stale", (item, work))

    def delete_all_of(self, work: int) -> None:
        self._store.delete_where("stale", "work", work)

    def contains(self, item: str, work: int) -> bool:
        return self._store.first_row("SELECT 1 FROM stale WHERE id = ? AND work = ?", item, work) is not None

    def of(self, work: int) -> list[str]:
        """In order of ids."""
        return [item for (item,) in self._store.all_rows("SELECT id FROM stale WHERE work = ? ORDER BY id", work)]
