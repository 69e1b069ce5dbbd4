"""The table `finding`: every finding, by the unit whose computation produced it (`source`) and its position there.

`unit` is the unit that the finding belongs to: the one in whose files it is located, or the dossier that it names. A check
between units has a source of its own (`^parents`, `#CODE`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from weimin.adapters.store import Store, Table
from weimin.model.finding import Finding

TABLE = Table(
    "finding",
    (("source", "TEXT"), ("n", "INTEGER"), ("path", "TEXT"), ("unit", "TEXT"), ("data", "BLOB")),
    ("source", "n"),
    (("path",), ("unit",)),
)
_encode = msgspec.msgpack.Encoder().encode
_FINDING = msgspec.msgpack.Decoder(Finding)


class FindingTable:
    """Queries of the table `finding`. Findings are as of the day on which they were computed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, source: str, findings: Iterable[tuple[str, Finding]]) -> None:
        """`findings`: (unit that the finding belongs to, finding), in order."""
        rows = [(source, n, f.path, unit, _encode(f)) for n, (unit, f) in enumerate(findings)]
        self._store.insert("finding", rows)

    def delete(self, source: str) -> list[Finding]:
        """The deleted findings of a source, in order."""
        return [_FINDING.decode(row[4]) for row in sorted(self._store.delete_where("finding", "source", source))]

    def all(self) -> Iterator[Finding]:
        """In order of sources and positions."""
        rows = self._store.stream_rows("SELECT data FROM finding ORDER BY source, n")
        return (_FINDING.decode(data) for (data,) in rows)

    def get(self, source: str, n: int) -> Finding | None:
        row = self._store.first_row("SELECT data FROM finding WHERE source = ? AND n = ?", source, n)
        return _FINDING.decode(row[0]) if row else None

    def of_source(self, source: str) -> Iterator[Finding]:
        """Those that the computation of a unit produced."""
        return self._decoded("SELECT data FROM finding WHERE source = ? ORDER BY source, n", source)

    def in_file(self, path: str) -> Iterator[Finding]:
        """Those that are located in a file."""
        return self._decoded("SELECT data FROM finding WHERE path = ? ORDER BY source, n", path)

    def about_unit(self, unit: str) -> Iterator[Finding]:
        """Those that belong to a unit."""
        return self._decoded("SELECT data FROM finding WHERE unit = ? ORDER BY source, n", unit)

    def _decoded(self, query: str, value: str) -> Iterator[Finding]:
        return (_FINDING.decode(data) for (data,) in self._store.all_rows(query, value))
