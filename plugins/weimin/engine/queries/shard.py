"""The table `shard`: the open data rows of one unit, packed, by table and time (`TABLE/2026-05`).

`rows` counts them; `size` is the number of bytes of the largest format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from weimin.adapters.store import Store, Table

TABLE = Table(
    "shard",
    (("shard", "TEXT"), ("unit", "TEXT"), ("rows", "INTEGER"), ("size", "INTEGER"), ("data", "BLOB")),
    ("shard", "unit"),
    (("unit",),),
    large=True,
)
ShardRow = tuple[str, str, int, int, bytes]
"""(shard, unit, rows, size, data)."""
_DATA = msgspec.msgpack.Decoder(dict[str, memoryview])


class ShardTable:
    """Queries of the table `shard`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def replace(self, unit: str, rows: Iterable[ShardRow]) -> set[str]:
        """Store the shards of a unit; the names of those that are new, differ or are gone."""
        after = list(rows)
        before = self._store.delete_where("shard", "unit", unit)
        self._store.insert("shard", after)
        return {row[0] for row in {*before} ^ {*after}}

    def size_of(self, shard: str) -> int:
        """Bytes of all units' rows together."""
        row = self._store.first_row("SELECT sum(size) FROM shard WHERE shard = ?", shard)
        return (row[0] if row else 0) or 0

    def stream(self, shard: str) -> Iterator[tuple[int, Mapping[str, memoryview]]]:
        """(number of rows, format → bytes) of each unit, in order of units."""
        for rows, data in self._store.stream_rows("SELECT rows, data FROM shard WHERE shard = ? ORDER BY unit", shard):
            yield rows, _DATA.decode(data)
