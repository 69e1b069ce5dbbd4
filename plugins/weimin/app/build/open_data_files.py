"""The open data files: rows are stored packed, by unit, table and month; a file is made again if one of its rows changed.

A file contains a table's rows of one year. If these are more than `LARGEST_YEAR` bytes, each month has a file of its own, so
that the files that one record changes stay small however many records there are (docs/adr/0068).

Terms: a *part* is a time for which rows are packed together (`2026-05`, `2026`, or a word without a year); a *shard* is a part
of a table (`dossier/2026-05`); a file is named by the year, or by the part in a divided year.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

import msgspec

from weimin.adapters.store import Store
from weimin.engine.queries.meta import MetaTable
from weimin.engine.queries.shard import ShardTable
from weimin.model.table import Table
from weimin.opendata.encode import EncodedRows, formats_of, head_of
from weimin.opendata.package import DataFile

LARGEST_YEAR = 4_000_000
"""The number of bytes up to which the rows of a year are in one file."""
NO_MONTH = "-00"
"""The end of the name of the file, in a divided year, with rows of which only the year is known."""
_YEARS_VALUE = "data"
"""The value of the table `meta` with the files of all years."""


class _Year(msgspec.Struct, frozen=True):
    """A table's rows of a year. `sizes`: part → bytes. `files`: name → the file in each format."""

    sizes: Mapping[str, int] = {}
    files: Mapping[str, tuple[DataFile, ...]] = {}


_YEARS = msgspec.msgpack.Decoder(dict[str, _Year])


class OpenDataFiles:
    """Takes the packed rows of units in any order; yields complete files, with the rows in the order of parts and units."""

    def __init__(self, store: Store, tables: Mapping[str, Table]) -> None:
        self._shards, self._meta, self._tables = ShardTable(store), MetaTable(store), tables
        self._changed: set[str] = set()
        stored = self._meta.data(_YEARS_VALUE)
        self._years = _YEARS.decode(stored) if stored else {}

    @property
    def has_changes(self) -> bool:
        """Whether a row changed since this object was made."""
        return bool(self._changed)

    def put(self, unit: str, packed: Iterable[EncodedRows]) -> None:
        """Store the rows of a unit in place of those that it had."""
        rows = ((f"{p.table}/{p.part}", unit, p.rows, p.size, msgspec.msgpack.encode(dict(p.data))) for p in packed)
        self._changed |= self._shards.replace(unit, rows)

    def files(self) -> Iterator[tuple[str, Iterator[tuple[str, bytes]]]]:
        """(producer, its files) for every file name of a table in which a row changed; no files if it has no rows any more.

        The caller must take the files of one producer before it asks for the next one.
        """
        changed: dict[tuple[str, str], list[str]] = defaultdict(list)
        for shard in sorted(self._changed):
            table, _, part = shard.partition("/")
            changed[table, part.partition("-")[0]].append(part)
        for (table, year), parts in changed.items():
            yield from self._year_files(table, year, parts)
        if self._changed:
            self._meta.set_data(_YEARS_VALUE, msgspec.msgpack.encode(self._years))

    def _year_files(
        self, table: str, year: str, changed: list[str]
    ) -> Iterator[tuple[str, Iterator[tuple[str, bytes]]]]:
        key = f"{table}/{year}"
        before = self._years.pop(key, _Year())
        sizes = {**before.sizes, **{part: self._shards.size_of(f"{table}/{part}") for part in changed}}
        sizes = {part: sizes[part] for part in sorted(sizes) if sizes[part]}
        files = dict(before.files)
        for name, parts in _changed_files(year, before, sizes, changed).items():
            made: list[DataFile] = []
            yield f"^data:{table}/{name}", self._files(table, name, parts, made)
            files.pop(name, None)
            if made:
                files[name] = tuple(made)
        if sizes:
            self._years[key] = _Year(sizes, files)

    def _files(self, table: str, name: str, parts: list[str], made: list[DataFile]) -> Iterator[tuple[str, bytes]]:
        """The file in each format, one after the other: for a whole country each has a hundred megabytes. Nothing if no part
        has rows. Each file is described in `made`.
        """
        for form in sorted(formats_of(self._tables[table])):
            file, count = BytesIO(), 0
            file.write(head_of(form, self._tables[table]))
            for part in parts:
                for rows, packed in self._shards.stream(f"{table}/{part}"):
                    count += rows
                    file.write(packed.get(form, b""))
            if not count:
                return
            data = file.getvalue()
            digest = hashlib.sha256(data).hexdigest()
            made.append(DataFile(table=table, part=name, format=form, rows=count, size=len(data), digest=digest))
            yield f"data/{made[-1].path}", data

    def listed(self) -> list[DataFile]:
        """Every file of the site's open data, in the order of tables, names and formats."""
        order = {name: n for n, name in enumerate(self._tables)}
        found = (file for year in self._years.values() for files in year.files.values() for file in files)
        return sorted(found, key=lambda f: (order[f.table], f.part, f.format))


def _changed_files(year: str, before: _Year, sizes: Mapping[str, int], changed: Iterable[str]) -> dict[str, list[str]]:
    """The files that may differ: name → parts. A file without parts is removed."""
    was_one_file = _is_one_file(before.sizes)
    if _is_one_file(sizes):
        found = {year: list(sizes)}
    else:
        found = {_name(part): [part] if part in sizes else [] for part in (sizes if was_one_file else changed)}
    if _is_one_file(sizes) != was_one_file:
        found = {**{name: [] for name in before.files}, **found}
    return {name: found[name] for name in sorted(found)}


def _is_one_file(sizes: Mapping[str, int]) -> bool:
    """Whether all rows of a year are in one file."""
    return sum(sizes.values()) <= LARGEST_YEAR


def _name(part: str) -> str:
    """The name of the file of a part in a divided year."""
    return part if "-" in part or not part.isdigit() else part + NO_MONTH
