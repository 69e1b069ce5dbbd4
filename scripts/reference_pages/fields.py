"""The generated parts of records.md: the kinds, the shared types of values, and every field of every kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs
import msgspec

from reference_pages.markdown import code, table, text
from reference_pages.meanings import meanings
from weimin.adapters.installation import schema_files
from weimin.records.blank import EXPECTED, EXPECTED_LATER, flow
from weimin.records.fields import Fields, Node, types_of
from weimin.records.kinds import KINDS, Kind
from weimin.records.schema import Schemas

COMMON = "common.schema.json"
_SOURCES = "compiled_from"
"""A field of every kind; what stands in it is said once."""
_LONGEST_EXAMPLE = 90  # characters; a longer example stands in schemas/samples/
_FIELD_HEAD = ("field", "title", "type", "required", "may be", "meaning", "example")
_FOLDERS = {
    "site": "content/",
    "network": "content/network/",
    "platform": "a platform's folder",
    "dossier": "a dossier's folder",
    "attachments": "`attachments/` of a dossier",
}


def kinds_table() -> str:
    """One row per kind of file."""
    patterns, meaning = meanings("file_names", KINDS), meanings("kinds", KINDS)
    rows = [
        (
            f"[{code(row.kind)}](#{row.kind})" if row.schema else code(row.kind),
            row.title,
            _folder(row),
            code(patterns[row.kind]),
            "prose" if row.prose else "data" if row.schema else "no YAML",
            meaning[row.kind],
        )
        for row in KINDS.values()
    ]
    return table(("kind", "title", "folder", "file name", "content", "what it says"), rows)


def _folder(row: Kind) -> str:
    folder = _FOLDERS[row.where]
    return (
        f"`{row.folder}/` of {folder}"
        if row.folder and row.where == "platform"
        else (
            code(f"{folder}{row.folder}/")
            if row.where in ("site", "network") and row.folder
            else code(folder)
            if folder.startswith("content")
            else folder
        )
    )


def value_types() -> str:
    """The definitions that fields refer to, with what each allows."""
    rows = [
        (code(name), node["title"], _form(node), text(node["description"]), _examples(node, 4))
        for name, node in _common().items()
        if name != _SOURCES
    ]
    return table(("type", "title", "form", "meaning", "examples"), rows)


def sources() -> str:
    """The fields of `compiled_from`, which any record may have."""
    fields = _schemas().fields("topic")
    found = _walk(fields, fields.at([_SOURCES]), "/" + _SOURCES, (_SOURCES,))
    return table(_FIELD_HEAD, (row for row, _, _ in found))


def all_fields() -> str:
    """A section per kind: its schema, its fields, and the choices of its fields."""
    return "\n".join(_kind(row) for row in KINDS.values() if row.schema)


def _kind(row: Kind) -> str:
    fields = _schemas().fields(row.kind)
    schema = fields.schema
    lines = [f"### {row.kind}", "", f"**{row.title}** — {text(schema['description'])}", ""]
    lines += [f"Schema: [`schemas/{row.kind}.schema.json`](../../schemas/{row.kind}.schema.json). Sample: "]
    lines[-1] += f"[`schemas/samples/{row.kind}{row.ending}`](../../schemas/samples/{row.kind}{row.ending})."
    if row.prose:
        lines[-1] += f" Prose: {schema['x-body']}."
    if row.listed:
        lines[-1] += " The file is a list; `*` stands for each of its entries."
    found = list(_walk(fields, fields.resolved(schema), "", (row.kind,)))
    lines += ["", table(_FIELD_HEAD, (f[0] for f in found))]
    choices = [(pointer, labels) for _, pointer, labels in found if labels]
    if choices:
        rows = [
            (
                code(pointer),
                "、".join(f"{code(value)} {label}" if value != label else value for value, label in of.items()),
            )
            for pointer, of in choices
        ]
        lines += [table(("field", "choices"), rows)]
    return "\n".join(lines)


Row = tuple[tuple[str, ...], str, Mapping[str, str]]


def _walk(fields: Fields, node: Node, at: str, key: tuple[str, ...]) -> Iterator[Row]:
    """The fields below `node`, depth first. `key` is the field's name in the tables of `records/blank.py`."""
    if isinstance(node.get("items"), Mapping) and node.get("x-def") != "value":
        item = fields.resolved(node["items"])
        yield from _walk(fields, item, f"{at}/*", (*key, "*"))
    for name, child in node.get("properties", {}).items():
        if node.get("x-def") in ("count", "heads"):
            return  # the type itself: value types says what stands in it
        found = fields.resolved(child)
        pointer = f"{at}/{name}"
        yield _field(fields, node, name, found, pointer, (*key, name)), pointer, _choices(fields, found)
        if name != _SOURCES:
            yield from _walk(fields, found, pointer, (*key, name))


def _field(fields: Fields, parent: Node, name: str, node: Node, pointer: str, key: tuple[str, ...]) -> tuple[str, ...]:
    return (
        code(pointer),
        node["title"],
        _type(fields, node),
        _required(parent, name, key),
        _may_be(node),
        text(node["description"]) + (f" 条款 {node['x-clause']}。" if "x-clause" in node else ""),
        _examples(node, 1),
    )


def _type(fields: Fields, node: Node) -> str:
    """The type in a word: a shared type, `choice`, `list of …`, `mapping`, or the JSON type."""
    types = types_of(node)
    if "array" in types:
        item = fields.resolved(node["items"])
        size = f", {node['minItems']} to {node['maxItems']}" if node.get("minItems") else f", up to {node['maxItems']}"
        one = "" if "string" not in types or node.get("pattern") == "^unpublished$" else ", or one without a list"
        return f"list of {_type(fields, item)}{size}{one}"
    if "x-def" in node and "enum" not in node:
        return code(str(node["x-def"]))
    if "enum" in node:
        return "choice"
    if node.get("const") is True:
        return code("true")
    if "object" in types and len(types) <= 2:
        return "mapping"
    unit = f" ({node['x-unit']})" if "x-unit" in node else ""
    return (" or ".join(sorted(types)) or "any value").replace("string", "text").replace("object", "mapping") + unit


def _required(parent: Node, name: str, key: tuple[str, ...]) -> str:
    """Whether the schema requires it; which rule asks for it otherwise."""
    if name in parent.get("required", ()):
        return "yes"
    if name in parent.get("else", {}).get("required", ()):
        return f"unless {code(parent['if']['required'][0])} stands"
    asked = EXPECTED.get(key) or EXPECTED_LATER.get(key)
    having = [
        branch["if"]["properties"]["kind"]["const"]
        for branch in parent.get("allOf", ())
        if name in branch["then"].get("propertyNames", {}).get("enum", ())
    ]
    said = [f"only for {', '.join(map(code, having))}"] if having and name != "kind" else []
    if asked:
        said.append(f"asked for by [{asked}](rules.md#{asked.lower()})")
    return "; ".join(said) or "no"


def _may_be(node: Node) -> str:
    """Which of the words for what is not known the schema accepts here; absence is the column before."""
    accepts = _validator(node)
    words = [
        code(word) for word in ("unpublished", "pending", "included") if _says(node, word) and accepts.is_valid(word)
    ]
    if "array" in types_of(node) and accepts.is_valid([]):
        words.append("`[]`")
    return " ".join(words)


def _says(node: Node, word: str) -> bool:
    """The schema means the word: plain text also accepts `pending`, as any other text."""
    if word == "unpublished":
        return True
    return word in node.get("pattern", "") or word in node.get("enum", ())


def _form(node: Node) -> str:
    """Limits of a shared type in words, as far as the schema states them apart from its pattern."""
    said = [" or ".join(types_of(node)).replace("string", "text").replace("object", "mapping") or "any value"]
    if node.get("minimum") == 0:
        said.append("≥ 0")
    if "maxLength" in node:
        said.append(f"≤ {node['maxLength']} characters")
    if "enum" in node:
        said.append(f"one of {len(node['enum'])}: " + "、".join(str(value) for value in node["enum"]))
    elif "pattern" in node and "maxLength" not in node and "properties" not in node and "minimum" not in node:
        said.append("by pattern")
    if "unpublished" not in json.dumps(node.get("not", {})) and _validator(node).is_valid("unpublished"):
        said.append("may be `unpublished`")
    return ", ".join(said)


def _choices(fields: Fields, node: Node) -> Mapping[str, str]:
    """Value → label of a field that has choices, or whose entries have; those of a shared type stand with it."""
    for found in (node, fields.resolved(node["items"]) if isinstance(node.get("items"), Mapping) else {}):
        if found.get("x-labels"):
            return dict(found["x-labels"])
    return {}


def _examples(node: Node, most: int) -> str:
    shown = [flow(example) for example in node.get("examples", ())[:most]]
    return " ".join(code(e) for e in shown if len(e) <= _LONGEST_EXAMPLE)


def _validator(node: Node) -> jsonschema_rs.Draft202012Validator:
    plain: Any = {key: value for key, value in node.items() if key != "x-def"}
    if node.get("items") == {"$ref": "#/$defs/value"}:  # any value: it refers to itself inside the common schema
        plain = {}
    registry = jsonschema_rs.Registry([(f"json-schema:///{COMMON}", _whole_common())])
    return jsonschema_rs.Draft202012Validator({**plain, "$id": "json-schema:///field.json"}, registry=registry)


@cache
def _schemas() -> Schemas:
    return Schemas(schema_files())


@cache
def _whole_common() -> Any:
    return msgspec.json.decode(schema_files()[COMMON])


def _common() -> Mapping[str, Node]:
    return _whole_common()["$defs"]  # type: ignore[no-any-return]
