"""`weimin export`: the open data without the site, as files by year or as one SQLite file, with the same rows as a build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from weimin.adapters.installation import published_schemas
from weimin.adapters.sqlite_file import SqliteFile
from weimin.adapters.workers import map_parallel
from weimin.app.build.open_data_files import OpenDataFiles
from weimin.app.build.refused import Refused
from weimin.app.build.site_build import SiteBuild
from weimin.app.check.check import check
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.model.table import Table
from weimin.opendata.columns import compact_json
from weimin.opendata.encode import encode_rows
from weimin.opendata.package import DataFile, package, table_schema
from weimin.opendata.rows import DataRow
from weimin.site.json_documents import json_bytes

FORMATS = ("csv", "json", "parquet", "sqlite")
_ENDINGS = {"csv": "csv", "json": "jsonl", "parquet": "jsonl"}  # the format that each is made from
_SQLITE = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
_INDEXED = ("record", "dossier", "code")


class NotEmptyFolder(Exception):
    """The output exists and is not an empty folder; the message names it."""


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """`files`, `rows`: how many were written."""

    files: int
    rows: int
    output: Path

    @property
    def message(self) -> str:
        return f"开放数据已导出：{self.files} 个文件，{self.rows} 行 → {self.output}"


def export(register: Register, options: Options, output: Path, form: str, tick: Tick) -> Exported:
    """Write the open data of the register below `output`, which must be an empty folder or not exist.

    `form`: one of FORMATS. Raises Refused if the records contain errors, NotEmptyFolder.
    """
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise NotEmptyFolder(str(output))
    checked, computed = check(register, options, tick)
    if checked.errors:
        raise Refused(checked, computed)
    site = SiteBuild(computed, tick=tick, history=False)
    output.mkdir(parents=True, exist_ok=True)
    units = _rows_of_units(site, options.jobs, tick)
    return _sqlite(site, units, output) if form == "sqlite" else _files(site, units, output, form)


def _rows_of_units(site: SiteBuild, jobs: int, tick: Tick) -> Iterator[tuple[DataRow, ...]]:
    """The rows of each unit, in order of ids; those of one unit at a time."""
    inventory = site.computed.register.inventory
    units = sorted(inventory.unit_ids(dossiers=True) + inventory.unit_ids(dossiers=False))
    return map_parallel(
        site.renderer.rows, units, jobs, lambda n: tick("导出数据", n, len(units)), prepare=site.render_inputs
    )


def _files(site: SiteBuild, units: Iterable[tuple[DataRow, ...]], output: Path, form: str) -> Exported:
    tables, ending = site.page_context.tables.by_name, _ENDINGS[form]
    open_data = OpenDataFiles(site.computed.state.store, tables)
    for n, rows in enumerate(units):
        open_data.put(f"{n:09d}", encode_rows(rows, tables))
    lines: dict[str, bytes] = {}
    for _table, files in open_data.files():
        lines |= {path.removeprefix("data/"): data for path, data in files if path.endswith(ending)}
    written: list[DataFile] = []
    for file in (f for f in open_data.listed() if f.format == ending):
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
        output / "datapackage.json",
        json_bytes(package(site.page_context.view.site, site.page_context.view.build, tables, written)),
    )
    return Exported(files=len(written), rows=sum(f.rows for f in written), output=output)


def _parquet(table: Table, file: DataFile, lines: bytes) -> tuple[DataFile, bytes]:
    """A file of JSON lines as Parquet; lists and objects become JSON in a text column."""
    from weimin.adapters.parquet_file import parquet_bytes  # a heavy library, for this format alone

    nested = {c.name for c in table.columns if c.type in ("array", "any")}
    rows = [
        {k: compact_json(v) if k in nested and v is not None else v for k, v in msgspec.json.decode(line).items()}
        for line in lines.splitlines()
    ]
    data = parquet_bytes([(c.name, c.type) for c in table.columns], rows)
    digest = hashlib.sha256(data).hexdigest()
    return msgspec.structs.replace(file, format="parquet", size=len(data), digest=digest), data


def _sqlite(site: SiteBuild, units: Iterable[tuple[DataRow, ...]], output: Path) -> Exported:
    count = 0
    with SqliteFile(output / "weimin.sqlite") as file:
        for table in site.page_context.tables.by_name.values():
            columns = [(c.name, _SQLITE.get(c.type, "TEXT")) for c in table.columns]
            file.table(table.name, columns, [c.name for c in table.columns if c.name in _INDEXED])
        _dictionary(file, site.page_context.tables.by_name.values())
        for rows in units:
            for row in rows:
                file.add(row.table, row.values)
                count += 1
    return Exported(files=1, rows=count, output=output / "weimin.sqlite")


def _dictionary(file: SqliteFile, tables: Iterable[Table]) -> None:
    """The table `dictionary`: the meaning of every column, in the same file as the data."""
    names = ("table", "column", "type", "title", "description", "unit", "clause")
    file.table("dictionary", [(name, "TEXT") for name in names])
    for t in tables:
        for c in t.columns:
            file.add("dictionary", (t.name, c.name, c.type, c.title, c.description, c.unit, c.clause))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
