"""`/data/`: every dataset with its dictionary, sizes, checksums and licence, and how to open it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from weimin.model.page import Page
from weimin.model.table import Table
from weimin.model.view import RegisterView
from weimin.opendata.package import DataFile, by_table, package, table_schema
from weimin.site.json_documents import json_bytes
from weimin.site.page import data, page
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Crumb, Head

_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": "是否",
    "date": "日期",
    "array": "列表（JSON）",
    "any": "整份记录（JSON）",
}


class FileView(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    href: str
    rows: int
    size: str
    digest: str


class ColumnView(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    title: str
    type: str
    unit: str
    clause: str
    clause_href: str
    description: str


def data_pages(
    view: RegisterView,
    context: SiteContext,
    tables: Mapping[str, Table],
    files: Sequence[DataFile],
    schemas: Mapping[str, bytes],
) -> Iterator[Page]:
    """The pages about the data, the package and the schemas. `schemas`: by their path below /data/schemas/."""
    found = by_table(tables, files)
    yield _index(view, context, found, sorted(schemas))
    for table, own in found:
        yield _dataset(context, table, own)
        yield data(f"/data/schemas/tables/{table.name}.json", json_bytes(table_schema(table)))
    yield data("/data/datapackage.json", json_bytes(package(view.site, view.build, tables, files)))
    for path, content in sorted(schemas.items()):
        yield data(f"/data/schemas/{path}", content)


def _index(
    view: RegisterView,
    context: SiteContext,
    found: Sequence[tuple[Table, tuple[DataFile, ...]]],
    schemas: Sequence[str],
) -> Page:
    head = Head(
        title="开放数据",
        address="/data/",
        description="全部记录的数据文件、数据字典和校验值",
        crumbs=context.crumbs_to(Crumb("开放数据")),
        section="data",
        kind="data",
    )
    to = context.urls.to
    sets = tuple(
        (
            table,
            to(f"/data/{table.name}/"),
            sum(f.rows for f in own if f.format == "jsonl"),
            _size(sum(f.size for f in own)),
            _years(own),
        )
        for table, own in found
    )
    example = next((f for _, own in found for f in own if f.format == "csv"), None)
    return page(
        context,
        "data",
        head,
        sets=sets,
        licence=view.site.licence,
        example=example.path if example else "",
        package=to("/data/datapackage.json"),
        schemas=tuple((name, to(f"/data/schemas/{name}")) for name in schemas),
    )


def _dataset(context: SiteContext, table: Table, own: Sequence[DataFile]) -> Page:
    head = Head(
        title=f"数据：{table.title}",
        address=f"/data/{table.name}/",
        description=table.description or table.title,
        crumbs=context.crumbs_to(Crumb("开放数据", context.urls.to("/data/")), Crumb(table.title)),
        section="data",
        kind="data",
    )
    files = tuple(
        FileView(
            name=f.path.rpartition("/")[2],
            href=context.urls.to(f"/data/{f.path}"),
            rows=f.rows,
            size=_size(f.size),
            digest=f.digest,
        )
        for f in own
    )
    columns = tuple(
        ColumnView(
            name=c.name,
            title=c.title,
            type=_TYPES[c.type],
            unit=c.unit,
            clause=c.clause,
            clause_href=context.urls.to("/rules/"),
            description=c.description,
        )
        for c in table.columns
    )
    schema = context.urls.to(f"/data/schemas/tables/{table.name}.json")
    divided = any("-" in f.part for f in own)
    return page(context, "dataset", head, table=table, files=files, columns=columns, schema=schema, divided=divided)


def _years(own: Sequence[DataFile]) -> str:
    years = sorted({f.year for f in own if f.year})
    if not years:
        return "不分年"
    return f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.1f} KB"
