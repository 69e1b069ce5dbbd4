"""From a schema to columns. The fields of a mapping become columns with its name as prefix; a list of mappings becomes a table.

A field that may also be `unpublished`, or a number that may be printed as 约 or 余, has a second column `…_note` with that
word, so that the number column contains only numbers. A list has `…_count`: empty if nothing was recorded, 0 if the list
is empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from weimin.model.table import COUNT, NOTE, Column, Field, KindTables, Table, TableRow, Value
from weimin.wording.labels import resolved

Node = Mapping[str, Any]
_DATES = ("date", "known_date", "day", "decision_date")  # definitions of the common schema
_WORDS = {"unpublished": "未公布", "included": "已并在别的类里"}


def shape_of(name: str, schema: Node, common: Node) -> KindTables:
    """The fields and columns of a kind, without the columns common to all rows."""
    made = _ShapeBuilder(common)
    fields, columns = made.fields(schema, name, "", "")
    return KindTables(fields=fields, columns=columns, tables=tuple(made.tables))


class _ShapeBuilder:
    def __init__(self, common: Node) -> None:
        self._common = common
        self.tables: list[Table] = []

    def fields(self, node: Node, table: str, before: str, title: str) -> tuple[tuple[Field, ...], tuple[Column, ...]]:
        """All fields of a mapping; `before` and `title` are prefixes of their names and titles."""
        fields: list[Field] = []
        columns: list[Column] = []
        needed = () if before else node.get("required", ())
        for key, child in node.get("properties", {}).items():
            merged = {**resolved(child, self._common), "x-needed": key in needed}
            if child.get("$ref", "").rpartition("/")[2] in _DATES:
                merged["x-date"] = True
            field, own = self._field(key, merged, table, before + key, title)
            fields.append(field)
            columns += own
        return tuple(fields), tuple(columns)

    def _field(self, key: str, node: Node, table: str, name: str, title: str) -> tuple[Field, tuple[Column, ...]]:
        types = frozenset([node["type"]] if isinstance(node.get("type"), str) else node.get("type", ()))
        full_title = f"{title}·{node['title']}" if title else str(node["title"])
        if "array" in types:
            return self._array(key, node, table, (name, full_title))
        if types in ({"object"}, {"object", "string"}) and "properties" in node:
            fields, columns = self.fields(node, table, f"{name}_", full_title)
            noted = "string" in types
            columns = (*((_note(node, name, full_title),) if noted else ()), *columns)
            return Field(key=key, kind="group", width=len(columns), noted=noted, fields=fields), columns
        if "integer" in types or "number" in types:
            plain = "integer" if "integer" in types else "number"
            if "object" in types and "about" not in node.get("properties", {}):
                return Field(key=key, kind="json", width=1), (_column(node, name, "string", full_title),)
            if types <= {"integer", "number"}:
                return Field(key=key, kind="text", width=1), (_column(node, name, plain, full_title),)
            columns = (_column(node, name, plain, full_title), _note(node, name, full_title))
            return Field(key=key, kind="count", width=2), columns
        if types == {"boolean"} or types == {"string"}:
            kind = "boolean" if types == {"boolean"} else "string"
            return Field(key=key, kind="text", width=1), (_column(node, name, kind, full_title),)
        return Field(key=key, kind="json", width=1), (_column(node, name, "string", full_title),)

    def _array(self, key: str, node: Node, table: str, named: tuple[str, str]) -> tuple[Field, tuple[Column, ...]]:
        name, full_title = named
        inner = resolved(node["items"], self._common)
        note = _note(node, name, full_title)
        if "properties" not in inner:
            listed = {**node, "x-labels": inner.get("x-labels", {})}
            return Field(key=key, kind="list", width=2), (_column(listed, name, "array", full_title), note)
        below = f"{table}-{name}"
        at = len(self.tables)
        fields, columns = self.fields(inner, below, "", "")
        self.tables.insert(
            at, Table(name=below, title=full_title, description=node.get("description", ""), columns=columns)
        )
        count = Column(
            name=name + COUNT,
            type="integer",
            title=f"{full_title}·条数",
            description="没有记录的空着；没有的写 0。逐条的内容在另一张表里。",
            clause=node.get("x-clause", ""),
        )
        return Field(key=key, kind="lines", width=2, fields=fields, table=below), (count, note)


def _column(node: Node, name: str, kind: str, title: str) -> Column:
    return Column(
        name=name,
        type=kind,
        title=title,
        description=node.get("description", ""),
        unit=node.get("x-unit", ""),
        clause=node.get("x-clause", ""),
        choices=node.get("x-labels", {}),
        form="date" if "x-date" in node else "",
        needed=bool(node.get("x-needed")),
    )


def _note(node: Node, name: str, title: str) -> Column:
    description = (
        "没有公布的写 unpublished；数字是约数的写原文用的字（约、近、余、多、上下）；并在别的类里的写 included。"
    )
    words = {word: label for word, label in _WORDS.items() if word in node.get("pattern", "")}
    about = (
        node.get("properties", {}).get("as", {}).get("x-labels", {}) if "about" in node.get("properties", {}) else {}
    )
    return Column(
        name=name + NOTE, type="string", title=f"{title}·说明", description=description, choices={**words, **about}
    )


def values_of(fields: tuple[Field, ...], raw: Any, pointer: str, lines: list[TableRow]) -> Iterator[Value]:
    """The values of a mapping in the order of its columns; the rows of its lists are appended to `lines`."""
    for field in fields:
        value = raw.get(field.key) if isinstance(raw, dict) else None
        yield from _values(field, value, f"{pointer}/{field.key}", lines)


def _values(field: Field, value: Any, pointer: str, lines: list[TableRow]) -> Iterator[Value]:
    match field.kind:
        case "text":
            yield value
        case "count":
            yield from _count(value)
        case "list":
            yield from _list(value)
        case "group":
            if field.noted:
                yield value if isinstance(value, str) else None
            yield from values_of(field.fields, value, pointer, lines)
        case "lines":
            yield len(value) if isinstance(value, list) else None
            yield value if isinstance(value, str) else None
            for n, item in enumerate(value if isinstance(value, list) else ()):
                at = f"{pointer}/{n}"
                below: list[TableRow] = []
                lines.append(TableRow(field.table, at, tuple(values_of(field.fields, item, at, below))))
                lines += below
        case _:
            yield None if value is None else compact_json(value)


def _count(value: Any) -> tuple[Value, Value]:
    if isinstance(value, dict):
        return value.get("about"), value.get("as", "约")
    return (None, value) if isinstance(value, str) else (value, None)


def _list(value: Any) -> tuple[Value, Value]:
    """A list as JSON; a single value without a list as a list of one."""
    if value is None:
        return None, None
    if isinstance(value, str):
        return (None, value) if value == "unpublished" else (compact_json([value]), None)
    return compact_json(value), None


def compact_json(value: Any) -> str:
    """JSON on one line, with sorted keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
