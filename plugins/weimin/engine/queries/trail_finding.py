"""The table `trail_finding`: what the rules of family A found in the history, in the order of the replay.

`unit` is the dossier that the finding is about, empty if it is about none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from weimin.adapters.store import Store, Table
from weimin.model.history import TrailFinding

TABLE = Table("trail_finding", (("n", "INTEGER"), ("unit", "TEXT"), ("data", "BLOB")), ("n",), (("unit",),))
_encode = msgspec.msgpack.Encoder().encode
_FINDING = msgspec.msgpack.Decoder(TrailFinding)


class TrailFindingTable:
    """Queries of the table `trail_finding`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, start: int, findings: Iterable[TrailFinding]) -> None:
        """`start`: the number of the first one."""
        rows = [(n, f.dossier or "", _encode(f)) for n, f in enumerate(findings, start)]
        self._store.insert("trail_finding", rows)

    def delete_all(self) -> None:
        self._store.delete_all("trail_finding")

    def next_number(self) -> int:
        """One more than the highest number; 0 for an empty table."""
        row = self._store.first_row("SELECT max(n) FROM trail_finding")
        return 0 if row is None or row[0] is None else row[0] + 1

    def get(self, n: int) -> TrailFinding | None:
        row = self._store.first_row("SELECT data FROM trail_finding WHERE n = ?", n)
        return _FINDING.decode(row[0]) if row else None

    def of_unit(self, unit: str) -> tuple[TrailFinding, ...]:
        """In the order of commits."""
        rows = self._store.all_rows("SELECT data FROM trail_finding WHERE unit = ? ORDER BY n", unit)
        return tuple(_FINDING.decode(data) for (data,) in rows)

    def all(self) -> Iterator[TrailFinding]:
        """In the order of commits."""
        rows = self._store.stream_rows("SELECT data FROM trail_finding ORDER BY n")
        return (_FINDING.decode(data) for (data,) in rows)
