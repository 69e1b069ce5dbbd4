"""The tables `dependency_set` and `dependency`: sets of keys that computations read, each stored once for all readers.

A set gets the next number when it first occurs, so that its rows are appended to the table and not inserted anywhere among
a million others; `digest` finds the number of a set that exists (engine/dependencies.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from weimin.adapters.store import Store, Table

SETS = Table("dependency_set", (("digest", "INTEGER"), ("number", "INTEGER")), ("digest",))
TABLE = Table("dependency", (("dependency_set", "INTEGER"), ("key", "TEXT")), ("dependency_set", "key"), (("key",),))


class DependencyTable:
    """Queries of the tables `dependency_set` and `dependency`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def number_of(self, digest: int) -> int | None:
        """The number of the set with this digest."""
        row = self._store.first_row("SELECT number FROM dependency_set WHERE digest = ?", digest)
        return int(row[0]) if row is not None else None

    def count(self) -> int:
        """How many sets there are; the highest number in use."""
        row = self._store.first_row("SELECT count(*) FROM dependency_set")
        return int(row[0]) if row else 0

    def insert(self, digest: int, number: int, keys: Iterable[str]) -> None:
        self._store.insert("dependency_set", [(digest, number)])
        self._store.insert("dependency", [(number, key) for key in keys])

    def keys_of(self, dependency_set: int) -> list[str]:
        rows = self._store.all_rows("SELECT key FROM dependency WHERE dependency_set = ?", dependency_set)
        return [key for (key,) in rows]

    def sets_with(self, key: str) -> list[int]:
        """The numbers of the sets that contain a key."""
        rows = self._store.all_rows("SELECT dependency_set FROM dependency WHERE key = ?", key)
        return [number for (number,) in rows]
