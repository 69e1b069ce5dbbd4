"""The table `total`: sums of what units contribute, by the scope to which they contribute (model/ledger.py)."""

from __future__ import annotations

from collections.abc import Iterable

from weimin.adapters.store import Store, Table

TABLE = Table("total", (("scope", "TEXT"), ("name", "TEXT"), ("value", "INTEGER")), ("scope", "name"))


class TotalTable:
    """Queries of the table `total`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """`rows`: (scope, name, value)."""
        self._store.insert("total", rows)

    def delete(self, scope: str, name: str) -> int:
        """The deleted value, 0 if there was none."""
        row = self._store.delete_row("total", (scope, name))
        return row[2] if row else 0

    def delete_scope(self, scope: str) -> None:
        self._store.delete_where("total", "scope", scope)

    def value(self, scope: str, name: str) -> int:
        """0 if there is no such total."""
        row = self._store.first_row("SELECT value FROM total WHERE scope = ? AND name = ?", scope, name)
        return row[0] if row else 0

    def of_scope(self, scope: str) -> dict[str, int]:
        """Name → value, in order of names."""
        return dict(self._store.all_rows("SELECT name, value FROM total WHERE scope = ? ORDER BY name", scope))

    def scopes_like(self, pattern: str) -> list[str]:
        """The scopes that match a GLOB pattern of SQLite, in order."""
        query = "SELECT DISTINCT scope FROM total WHERE scope GLOB ? ORDER BY scope"
        return [scope for (scope,) in self._store.all_rows(query, pattern)]
