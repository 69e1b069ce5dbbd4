"""The table `search_term`: the published files of search terms, which are changed in place."""

from __future__ import annotations

from weimin.adapters.store import Store, Table

TABLE = Table("search_term", (("path", "TEXT"), ("data", "BLOB")), ("path",))


class SearchTermTable:
    """Queries of the table `search_term`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, path: str) -> bytes:
        """Raises KeyError if the file is not published."""
        row = self._store.first_row("SELECT data FROM search_term WHERE path = ?", path)
        if row is None:
            raise KeyError(path)
        data: bytes = row[0]
        return data

    def replace(self, path: str, data: bytes) -> None:
        self._store.delete_row("search_term", (path,))
        self._store.insert("search_term", [(path, data)])

    def delete(self, path: str) -> None:
        self._store.delete_row("search_term", (path,))
