"""The table `platform`: the row of each platform that its own files and its reporting state give."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.adapters.store import Store, Table
from weimin.model.network import PlatformRow

TABLE = Table("platform", (("code", "TEXT"), ("data", "BLOB")), ("code",))
_ROW = msgspec.msgpack.Decoder(PlatformRow)


class PlatformTable:
    """Queries of the table `platform`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, row: PlatformRow) -> None:
        self._store.insert("platform", [(row.code, msgspec.msgpack.encode(row))])

    def replace(self, row: PlatformRow) -> None:
        self._store.replace_row("platform", (row.code, msgspec.msgpack.encode(row)))

    def delete(self, code: str) -> PlatformRow | None:
        """The deleted row; None if there was none."""
        row = self._store.delete_row("platform", (code,))
        return _ROW.decode(row[1]) if row else None

    def all(self) -> Iterator[PlatformRow]:
        """The platforms, in order of codes."""
        return (_ROW.decode(data) for (data,) in self._store.stream_rows("SELECT data FROM platform ORDER BY code"))
