"""The files of open data, a table and a year each: rows are kept by folder, and a file is made again where one of them changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from weimin.adapters.store import Store
from weimin.model.table import Table
from weimin.site.opendata.encode import Packed, formats_of, head_of
from weimin.site.opendata.package import DataFile

_DATA = msgspec.msgpack.Decoder(dict[str, bytes])
_FILES = msgspec.msgpack.Decoder(dict[str, tuple[DataFile, ...]])
_KEPT = "data"


class Shards:
    """Takes the packed rows of folders, in any order; gives whole files with the rows in the order of folders."""

    def __init__(self, store: Store, tables: Mapping[str, Table]) -> None:
        self._store, self._tables = store, tables
        self.touched: set[str] = set()
        kept = store.one("SELECT data FROM meta WHERE name = ?", _KEPT)
        self._files = _FILES.decode(kept[0]) if kept else {}

    def put(self, node: str, packed: Iterable[Packed]) -> None:
        """The rows of a folder in place of those that it had."""
        rows = [(f"{p.table}/{p.year}", node, p.rows, msgspec.msgpack.encode(dict(p.data))) for p in packed]
        before = self._store.remove("shard", "node", node)
        self._store.add("shard", rows)
        self.touched |= {row[0] for row in {*before} ^ {*rows}}

    def files(self) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
        """(node, its files) for every table and year in which a row changed."""
        for shard in sorted(self.touched):
            table, _, year = shard.partition("/")
            made = list(self._made(table, year))
            if made:
                self._files[shard] = tuple(file for file, _ in made)
            else:
                self._files.pop(shard, None)
            yield f"^data:{shard}", [(f"data/{file.path}", data) for file, data in made]
        if self.touched:
            self._store.put("meta", (_KEPT, msgspec.msgpack.encode(self._files)))

    def _made(self, table: str, year: str) -> Iterator[tuple[DataFile, bytes]]:
        forms = formats_of(self._tables[table])
        parts = {form: bytearray(head_of(form, self._tables[table])) for form in forms}
        count = 0
        asked = "SELECT rows, data FROM shard WHERE shard = ? ORDER BY node"
        for rows, packed in self._store.rows(asked, f"{table}/{year}"):
            count += rows
            for form, data in _DATA.decode(packed).items():
                parts[form] += data
        for form in sorted(parts) if count else ():
            data = bytes(parts.pop(form))
            digest = hashlib.sha256(data).hexdigest()
            yield DataFile(table=table, year=year, format=form, rows=count, size=len(data), digest=digest), data

    def written(self) -> list[DataFile]:
        """Every file that stands, in the order of tables, years and formats."""
        order = {name: n for n, name in enumerate(self._tables)}
        found = (file for files in self._files.values() for file in files)
        return sorted(found, key=lambda f: (order[f.table], f.year, f.format))
