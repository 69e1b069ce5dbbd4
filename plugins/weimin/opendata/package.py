"""`/data/datapackage.json` (Frictionless Data Package) and a Table Schema for every table: the data dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from weimin.model.kinds import Site
from weimin.model.table import Column, Table
from weimin.model.view import Build

VERSION = "1"  # version of the names and meanings of the columns
_MEDIA = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet"}


class DataFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of open data. `part`: its year, its month, or `undated`; `path` is relative to /data/; `digest` is its SHA-256."""

    table: str
    part: str
    format: str
    rows: int
    size: int
    digest: str

    @property
    def path(self) -> str:
        return f"{self.table}/{self.part}.{self.format}"

    @property
    def year(self) -> str:
        return self.part[:4] if self.part[:4].isdigit() else ""


def package(
    site: Site, build: Build, tables: Mapping[str, Table], files: Iterable[DataFile], schemas: str = "schemas/tables"
) -> dict[str, Any]:
    """The descriptor. `schemas` is the folder of the table schemas next to it."""
    descriptor: dict[str, Any] = {
        "name": "weimin",
        "title": f"{site.title}：开放数据",
        "description": "演示数据：地名、记录均为虚构"
        if site.demo
        else "协商记录，按种类和年份分开，一年太多的再按月份分开；更正另列。",
        "version": f"{VERSION}.{build.as_of:%Y%m%d}",
        "profile": "data-package",
        "resources": [_resource(tables[f.table], f, schemas) for f in files],
    }
    if site.licence:
        licence = {"title": site.licence.name}
        descriptor["licenses"] = [{**licence, "path": site.licence.url} if site.licence.url else licence]
    return descriptor


def _resource(table: Table, file: DataFile, schemas: str) -> dict[str, Any]:
    return {
        "name": f"{table.name}-{file.part}" + ("" if file.format == "csv" else f"-{file.format}"),
        "title": f"{table.title}（{file.part}）",
        "path": file.path,
        "format": file.format,
        "mediatype": _MEDIA[file.format],
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.digest}",
        "schema": f"{schemas}/{table.name}.json",
    }


def table_schema(table: Table) -> dict[str, Any]:
    """Names in English and Chinese, type, unit and clause of every column (Frictionless Table Schema)."""
    return {
        "title": table.title,
        "description": table.description,
        "fields": [_field(c) for c in table.columns],
        "missingValues": [""],
    }


def _field(c: Column) -> dict[str, Any]:
    more = {"description": c.description, "unit": c.unit, "clause": c.clause}
    return {"name": c.name, "type": c.type, "title": c.title, **{k: v for k, v in more.items() if v}}


def by_table(tables: Mapping[str, Table], files: Sequence[DataFile]) -> list[tuple[Table, tuple[DataFile, ...]]]:
    """The tables that have a file, each with its files, in the order of the tables."""
    found = [(table, tuple(f for f in files if f.table == name)) for name, table in tables.items()]
    return [(table, own) for table, own in found if own]
