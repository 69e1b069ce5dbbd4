"""The files of open data: rows are kept by folder and month, and a file is made again where one of them changed.

A file has a table's rows of a year; where these are more than `WHOLE`, each month has its own, so that what one record
changes stays small however many there are (docs/adr/0068).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

import msgspec

from weimin.adapters.store import Store
from weimin.model.table import Table
from weimin.opendata.encode import EncodedRows, formats_of, head_of
from weimin.opendata.package import DataFile

WHOLE = 4_000_000
"""Bytes up to which the rows of a year stand in one file."""
NO_MONTH = "-00"
"""The file of a divided year with what is known to be of that year, and no more."""
_DATA = msgspec.msgpack.Decoder(dict[str, memoryview])
_KEPT = "data"


class _Year(msgspec.Struct, frozen=True):
    """A table's rows of a year: bytes by part, and the files that they stand in, by the part that names them."""

    sizes: Mapping[str, int] = {}
    files: Mapping[str, tuple[DataFile, ...]] = {}


_YEARS = msgspec.msgpack.Decoder(dict[str, _Year])


class Shards:
    """Takes the packed rows of folders, in any order; gives whole files with the rows in the order of months and folders."""

    def __init__(self, store: Store, tables: Mapping[str, Table]) -> None:
        self._store, self._tables = store, tables
        self.touched: set[str] = set()
        kept = store.one("SELECT data FROM meta WHERE name = ?", _KEPT)
        self._years = _YEARS.decode(kept[0]) if kept else {}

    def put(self, node: str, packed: Iterable[EncodedRows]) -> None:
        """The rows of a folder in place of those that it had."""
        rows = [(f"{p.table}/{p.part}", node, p.rows, p.size, msgspec.msgpack.encode(dict(p.data))) for p in packed]
        before = self._store.remove("shard", "node", node)
        self._store.add("shard", rows)
        self.touched |= {row[0] for row in {*before} ^ {*rows}}

    def files(self) -> Iterator[tuple[str, Iterator[tuple[str, bytes]]]]:
        """(node, its files) for every table and time in which a row changed; no files where none are there any more.

        The files of a node have to be taken before the next one is asked for.
        """
        touched: dict[tuple[str, str], list[str]] = defaultdict(list)
        for shard in sorted(self.touched):
            table, _, part = shard.partition("/")
            touched[table, part.partition("-")[0]].append(part)
        for (table, year), parts in touched.items():
            yield from self._made(table, year, parts)
        if self.touched:
            self._store.put("meta", (_KEPT, msgspec.msgpack.encode(self._years)))

    def _made(self, table: str, year: str, touched: list[str]) -> Iterator[tuple[str, Iterator[tuple[str, bytes]]]]:
        key = f"{table}/{year}"
        before = self._years.pop(key, _Year())
        sizes = {**before.sizes, **{part: self._size(table, part) for part in touched}}
        sizes = {part: sizes[part] for part in sorted(sizes) if sizes[part]}
        files = dict(before.files)
        for name, parts in _written_again(year, before, sizes, touched).items():
            made: list[DataFile] = []
            yield f"^data:{table}/{name}", self._files(table, name, parts, made)
            files.pop(name, None)
            if made:
                files[name] = tuple(made)
        if sizes:
            self._years[key] = _Year(sizes, files)

    def _size(self, table: str, part: str) -> int:
        found = self._store.one("SELECT sum(size) FROM shard WHERE shard = ?", f"{table}/{part}")
        return (found[0] if found else 0) or 0

    def _files(self, table: str, name: str, parts: list[str], made: list[DataFile]) -> Iterator[tuple[str, bytes]]:
        """In each format, one after the other: of a whole country each has a hundred megabytes. None where no part has rows.

        What was made is noted in `made`.
        """
        for form in sorted(formats_of(self._tables[table])):
            file, count = BytesIO(), 0
            file.write(head_of(form, self._tables[table]))
            for part in parts:
                asked = "SELECT rows, data FROM shard WHERE shard = ? ORDER BY node"
                for rows, packed in self._store.rows(asked, f"{table}/{part}"):
                    count += rows
                    file.write(_DATA.decode(packed).get(form, b""))
            if not count:
                return
            data = file.getvalue()
            digest = hashlib.sha256(data).hexdigest()
            made.append(DataFile(table=table, part=name, format=form, rows=count, size=len(data), digest=digest))
            yield f"data/{made[-1].path}", data

    def written(self) -> list[DataFile]:
        """Every file that stands, in the order of tables, time and formats."""
        order = {name: n for n, name in enumerate(self._tables)}
        found = (file for year in self._years.values() for files in year.files.values() for file in files)
        return sorted(found, key=lambda f: (order[f.table], f.part, f.format))


def _written_again(year: str, before: _Year, sizes: Mapping[str, int], touched: Iterable[str]) -> dict[str, list[str]]:
    """The files that may differ, each with its parts; a file without any is no more."""
    was_whole = _whole(before.sizes)
    if _whole(sizes):
        found = {year: list(sizes)}
    else:
        found = {_name(part): [part] if part in sizes else [] for part in (sizes if was_whole else touched)}
    if _whole(sizes) != was_whole:
        found = {**{name: [] for name in before.files}, **found}
    return {name: found[name] for name in sorted(found)}


def _whole(sizes: Mapping[str, int]) -> bool:
    """All of a year stands in one file."""
    return sum(sizes.values()) <= WHOLE


def _name(part: str) -> str:
    """What the file of a part of a divided year is called."""
    return part if "-" in part or not part.isdigit() else part + NO_MONTH
