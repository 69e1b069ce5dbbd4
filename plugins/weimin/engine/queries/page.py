"""The table `page`: what was rendered, by unit (`990101/2026-001`) or group of pages (`^job:home`, `^page:results/2026-05`).

`dependency_set` is the number of the set of keys that rendering read. `data` is what the next build compares with: a unit's
feed entries, what each summary page showed, or a memoised value.
"""

from __future__ import annotations

from weimin.adapters.store import Store, Table

TABLE = Table(
    "page", (("id", "TEXT"), ("dependency_set", "INTEGER"), ("data", "BLOB")), ("id",), (("dependency_set",),)
)


class PageTable:
    """Queries of the table `page`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, page: str, dependency_set: int, data: bytes) -> None:
        self._store.insert("page", [(page, dependency_set, data)])

    def replace(self, page: str, dependency_set: int, data: bytes) -> None:
        self._store.replace_row("page", (page, dependency_set, data))

    def delete(self, page: str) -> bytes | None:
        """The deleted data; None if there was no such row."""
        row = self._store.delete_row("page", (page,))
        return row[2] if row else None

    def exists(self, page: str) -> bool:
        return self._store.first_row("SELECT 1 FROM page WHERE id = ?", page) is not None

    def data_of(self, page: str) -> bytes:
        """Empty if there is no such row, or nothing to compare with."""
        row = self._store.first_row("SELECT data FROM page WHERE id = ?", page)
        return row[0] if row else b""

    def get(self, page: str) -> tuple[int, bytes] | None:
        """(dependency set, data)."""
        row = self._store.first_row("SELECT dependency_set, data FROM page WHERE id = ?", page)
        return (row[0], row[1]) if row else None

    def ids(self) -> list[str]:
        """Everything that was rendered, in order."""
        return [page for (page,) in self._store.all_rows("SELECT id FROM page ORDER BY id")]

    def sitemaps(self) -> list[str]:
        """The parts of the sitemap and its index."""
        rows = self._store.all_rows("SELECT id FROM page WHERE id = '^sitemap.xml' OR id GLOB '^sitemap.xml:*'")
        return [page for (page,) in rows]

    def with_dependency_set(self, dependency_set: int) -> list[str]:
        """The pages whose rendering read this set of keys."""
        rows = self._store.all_rows("SELECT id FROM page WHERE dependency_set = ?", dependency_set)
        return [page for (page,) in rows]
