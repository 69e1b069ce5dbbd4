"""The table `revision`: what each step of the history did to a unit, in the order of the replay."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weimin.adapters.store import Store, Table
from weimin.model.history import Revision

TABLE = Table("revision", (("unit", "TEXT"), ("n", "INTEGER"), ("data", "BLOB")), ("unit", "n"))
RevisionRow = tuple[str, int, bytes]
"""(unit, position in the replay, data)."""
_encode = msgspec.msgpack.Encoder().encode
_REVISION = msgspec.msgpack.Decoder(Revision)


def revision_row(revision: Revision, n: int) -> RevisionRow:
    return revision.unit, n, _encode(revision)


class RevisionTable:
    """Queries of the table `revision`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, rows: Iterable[RevisionRow]) -> None:
        self._store.insert("revision", rows)

    def delete_all(self) -> None:
        self._store.delete_all("revision")

    def of_unit(self, unit: str) -> tuple[Revision, ...]:
        """The oldest first."""
        rows = self._store.all_rows("SELECT data FROM revision WHERE unit = ? ORDER BY n", unit)
        return tuple(_REVISION.decode(data) for (data,) in rows)
