"""The table `pruned`: files that the site no longer has, with the number of the build that removed them."""

from __future__ import annotations

from weimin.adapters.store import Store, Table

TABLE = Table("pruned", (("path", "TEXT"), ("version", "INTEGER")), ("path",), (("version",),))


class PrunedTable:
    """Queries of the table `pruned`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def replace(self, path: str, version: int) -> None:
        self._store.replace_row("pruned", (path, version))

    def delete(self, path: str) -> None:
        self._store.delete_row("pruned", (path,))

    @property
    def is_empty(self) -> bool:
        return self._store.first_row("SELECT 1 FROM pruned LIMIT 1") is None

    def by(self, version: int) -> list[str]:
        """The paths that one build removed, in order."""
        rows = self._store.all_rows("SELECT path FROM pruned WHERE version = ? ORDER BY path", version)
        return [path for (path,) in rows]

    def between(self, after: int, until: int) -> list[str]:
        """The paths that builds removed after one version, up to and with another; in order."""
        query = "SELECT path FROM pruned WHERE version > ? AND version <= ? ORDER BY path"
        return [path for (path,) in self._store.all_rows(query, after, until)]
