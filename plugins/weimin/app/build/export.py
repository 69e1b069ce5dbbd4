"""`weimin export`: the open data alone, as files by year or as one SQLite file. The build writes the same rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from weimin.adapters.installation import published_schemas
from weimin.adapters.sqlite_file import SqliteFile
from weimin.adapters.workers import each
from weimin.app.build.build import Refused
from weimin.app.build.open_data_files import Shards
from weimin.app.build.site import Site
from weimin.app.check.check import check
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.model.table import Table
from weimin.opendata.columns import compact
from weimin.opendata.encode import pack
from weimin.opendata.package import DataFile, package, table_schema
from weimin.opendata.rows import Row
from weimin.site.json_documents import json_bytes

FORMATS = ("csv", "json", "parquet", "sqlite")
_ENDINGS = {"csv": "csv", "json": "jsonl", "parquet": "jsonl"}  # what it is made from
_SQLITE = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
_INDEXED = ("record", "dossier", "code")


class NotEmptyFolder(Exception):
    """Something stands where the data would be written; the message names the folder."""


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    files: int
    rows: int
    output: Path

    @property
    def words(self) -> str:
        return f"开放数据已导出：{self.files} 个文件，{self.rows} 行 → {self.output}"


def export(register: Register, options: Options, output: Path, form: str, tick: Tick) -> Exported:
    """Write the open data of the register below `output`, an empty folder or none yet.

    Raises Refused where the check finds errors, NotEmptyFolder.
    """
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise NotEmptyFolder(str(output))
    checked, held = check(register, options, tick)
    if checked.errors:
        raise Refused(checked, held)
    site = Site(held, tick=tick, history=False)
    output.mkdir(parents=True, exist_ok=True)
    folders = _folders(site, options.jobs, tick)
    return _sqlite(site, folders, output) if form == "sqlite" else _files(site, folders, output, form)


def _folders(site: Site, jobs: int, tick: Tick) -> Iterator[tuple[Row, ...]]:
    """The rows of one folder after the other; of no more than these at a time."""
    inventory = site.held.register.inventory
    units = sorted(inventory.unit_ids(dossiers=True) + inventory.unit_ids(dossiers=False))
    return each(site.renderer.rows, units, jobs, lambda n: tick("导出数据", n, len(units)), told=site.tasks)


def _files(site: Site, folders: Iterable[tuple[Row, ...]], output: Path, form: str) -> Exported:
    tables, ending = site.frame.tables.by_name, _ENDINGS[form]
    shards = Shards(site.held.state.store, tables)
    for n, rows in enumerate(folders):
        shards.put(f"{n:09d}", pack(rows, tables))
    lines: dict[str, bytes] = {}
    for _table, files in shards.files():
        lines |= {path.removeprefix("data/"): data for path, data in files if path.endswith(ending)}
    written: list[DataFile] = []
    for file in (f for f in shards.written() if f.format == ending):
        data = lines.pop(file.path)
        if form == "parquet":
            file, data = _parquet(tables[file.table], file, data)
        _write(output / file.path, data)
        written.append(file)
    for table in {f.table: tables[f.table] for f in written}.values():
        _write(output / f"schemas/tables/{table.name}.json", json_bytes(table_schema(table)))
    for path, data in published_schemas().items():
        _write(output / "schemas" / path, data)
    _write(
        output / "datapackage.json", json_bytes(package(site.frame.view.site, site.frame.view.build, tables, written))
    )
    return Exported(files=len(written), rows=sum(f.rows for f in written), output=output)


def _parquet(table: Table, file: DataFile, lines: bytes) -> tuple[DataFile, bytes]:
    """A file of JSON lines as Parquet; lists and whole records are JSON in a column of text."""
    from weimin.adapters.parquet_file import parquet_bytes  # a heavy library, for this format alone

    nested = {c.name for c in table.columns if c.type in ("array", "any")}
    rows = [
        {k: compact(v) if k in nested and v is not None else v for k, v in msgspec.json.decode(line).items()}
        for line in lines.splitlines()
    ]
    data = parquet_bytes([(c.name, c.type) for c in table.columns], rows)
    digest = hashlib.sha256(data).hexdigest()
    return msgspec.structs.replace(file, format="parquet", size=len(data), digest=digest), data


def _sqlite(site: Site, folders: Iterable[tuple[Row, ...]], output: Path) -> Exported:
    count = 0
    with SqliteFile(output / "weimin.sqlite") as file:
        for table in site.frame.tables.by_name.values():
            columns = [(c.name, _SQLITE.get(c.type, "TEXT")) for c in table.columns]
            file.table(table.name, columns, [c.name for c in table.columns if c.name in _INDEXED])
        _dictionary(file, site.frame.tables.by_name.values())
        for rows in folders:
            for row in rows:
                file.add(row.table, row.values)
                count += 1
    return Exported(files=1, rows=count, output=output / "weimin.sqlite")


def _dictionary(file: SqliteFile, tables: Iterable[Table]) -> None:
    """What every column means, beside the data that it speaks of."""
    names = ("table", "column", "type", "title", "description", "unit", "clause")
    file.table("dictionary", [(name, "TEXT") for name in names])
    for t in tables:
        for c in t.columns:
            file.add("dictionary", (t.name, c.name, c.type, c.title, c.description, c.unit, c.clause))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
