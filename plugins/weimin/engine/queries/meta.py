"""The table `meta`: single values by name, such as the mark of the tree, the day of the last run, the last build."""

from __future__ import annotations

from weimin.adapters.store import Store, Table

TABLE = Table("meta", (("name", "TEXT"), ("data", "BLOB")), ("name",))


class MetaTable:
    """Queries of the table `meta`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def data(self, name: str) -> bytes:
        """Empty if there is no such value."""
        row = self._store.first_row("SELECT data FROM meta WHERE name = ?", name)
        return row[0] if row else b""

    def text(self, name: str) -> str:
        """Empty if there is no such value."""
        return self.data(name).decode()

    def exists(self, name: str) -> bool:
        return self._store.first_row("SELECT 1 FROM meta WHERE name = ?", name) is not None

    def set_data(self, name: str, value: bytes) -> None:
        self._store.replace_row("meta", (name, value))

    def set_text(self, name: str, value: str) -> None:
        self._store.replace_row("meta", (name, value.encode()))

    def delete(self, name: str) -> None:
        self._store.delete_row("meta", (name,))

    def names(self) -> list[str]:
        return [name for (name,) in self._store.all_rows("SELECT name FROM meta")]
