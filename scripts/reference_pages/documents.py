"""The generated parts of interface.md about JSON: `check --format json` and the documents of the site with their schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from reference_pages.markdown import code, table, text
from reference_pages.meanings import document_meanings, meanings
from weimin.adapters.installation import published_schemas
from weimin.model.finding import Severity
from weimin.model.history import AuditResult, TrailFinding
from weimin.report.as_json import document

_V1 = "v1/"


def check_json() -> str:
    """The keys of `check --format json` and `audit --format json`, from a made result of an audit, which has all of them."""
    shown = document(_made())
    pointers = list(_pointers(shown, ""))
    said = meanings("check_json", [pointer for pointer, _ in pointers])
    return table(("key", "type", "meaning"), [(code(p), _json_type(value), said[p]) for p, value in pointers])


def _made() -> AuditResult:
    finding = TrailFinding(
        code="A105", slug="filed-late", severity=Severity.NOTICE, path="", line=1, column=1, message="", hint="", clause=None,
        commit="", author="", at="",
    )  # fmt: skip
    return AuditResult(as_of=date(2026, 1, 1), commit="", base=None, findings=(finding,), steps=0, since="", digest="")


def _pointers(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Keys as JSON pointers with `*` for an entry of a list, and the value at each."""
    for key, inner in value.items():
        yield f"{at}/{key}", inner
        if isinstance(inner, dict):
            yield from _pointers(inner, f"{at}/{key}")
        elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
            yield from _pointers(inner[0], f"{at}/{key}/*")


def _json_type(value: Any) -> str:
    names = {
        bool: "boolean",
        int: "integer",
        str: "string",
        dict: "object",
        list: "array",
        type(None): "string or null",
    }
    return names[type(value)]


def all_documents() -> str:
    """A section per schema of `schemas/v1/`: address, keys, types, titles and meanings."""
    lines = []
    for name, data in published_schemas().items():
        if name.startswith(_V1):
            lines += _document(name.removeprefix(_V1).partition(".")[0], msgspec.json.decode(data))
    return "\n".join(lines)


def _document(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    found = list(_keys(schema, ""))
    said = document_meanings(name, [pointer for pointer, _, _ in found])
    yield f"#### {name}"
    yield ""
    yield f"{schema['title']} — {text(schema['description'])} Schema: [`schemas/v1/{name}.schema.json`](../../schemas/v1/{name}.schema.json)."
    yield ""
    rows = [
        (code(pointer), _type(node), "yes" if needed else "no", node["title"], said[pointer])
        for pointer, node, needed in found
    ]
    yield table(("key", "type", "always there", "title", "meaning"), rows)


def _keys(node: Mapping[str, Any], at: str) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    for key, child in node.get("properties", {}).items():
        yield f"{at}/{key}", child, key in node.get("required", ())
        yield from _keys(child, f"{at}/{key}")
        if isinstance(child.get("items"), Mapping):
            yield from _keys(child["items"], f"{at}/{key}/*")
        if isinstance(child.get("additionalProperties"), Mapping):
            yield from _keys(child["additionalProperties"], f"{at}/{key}/*")


def _type(node: Mapping[str, Any]) -> str:
    if "const" in node:
        return code(str(node["const"]))
    types = node.get("type", "any")
    said = types if isinstance(types, str) else " or ".join(types)
    if said.startswith("array"):
        inner = node["items"].get("type", "any")
        return f"{said} of {inner if isinstance(inner, str) else ' or '.join(inner)}"
    return said
