"""The files of open data while the folders go by: gathered on disk, so that no year is ever in memory but the one written."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping

from weimin.site.opendata.columns import Table
from weimin.site.opendata.encode import Packed, head_of
from weimin.site.opendata.package import DataFile

_BUFFER = 1 << 16  # bytes of a file that wait in memory

Key = tuple[str, str, str]  # table, year, format


class Shards:
    """Takes packed rows in the order of folders; gives whole files in the order of tables, years and formats."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the last file is given
        self._places: dict[Key, list[tuple[int, int]]] = {}
        self._waiting: dict[Key, bytearray] = {}
        self._rows: dict[Key, int] = {}
        self.written: list[DataFile] = []

    def add(self, packed: Iterable[Packed]) -> None:
        for p in packed:
            for form, data in p.data.items():
                key = (p.table, p.year, form)
                self._rows[key] = self._rows.get(key, 0) + p.rows
                waiting = self._waiting.setdefault(key, bytearray())
                waiting += data
                if len(waiting) >= _BUFFER:
                    self._put(key, waiting)

    def _put(self, key: Key, waiting: bytearray) -> None:
        at = self._spool.seek(0, 2)
        self._spool.write(waiting)
        self._places.setdefault(key, []).append((at, len(waiting)))
        waiting.clear()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """(path below the site, bytes) of every file; `written` tells of them afterwards."""
        order = {name: n for n, name in enumerate(self._tables)}
        for table, year, form in sorted(self._waiting, key=lambda k: (order[k[0]], k[1], k[2])):
            data = head_of(form, self._tables[table]) + self._whole((table, year, form))
            file = DataFile(
                table=table,
                year=year,
                format=form,
                rows=self._rows[table, year, form],
                size=len(data),
                digest=hashlib.sha256(data).hexdigest(),
            )
            self.written.append(file)
            yield f"data/{file.path}", data
        self._spool.close()

    def _whole(self, key: Key) -> bytes:
        parts = bytearray()
        for at, size in self._places.get(key, ()):
            self._spool.seek(at)
            parts += self._spool.read(size)
        return bytes(parts + self._waiting[key])
