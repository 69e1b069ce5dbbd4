"""Texts of the schemas: names of fields and choices, units of counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]
_DEEPEST = 8  # maximum depth of a field; the schemas are not recursive, the limit only stops on a mistake


def labels_of(schemas: Mapping[str, Node], common: Node) -> dict[str, str]:
    """`kind.field` → name, `kind.field.choice` → name, `kind.field@unit` → unit; `schemas` by kind.

    A list and its items have the same key (`outcome.measures.due`); of two names the one of the list is used.
    """
    out: dict[str, str] = {}
    for kind, schema in schemas.items():
        for key, text in _walk(schema, kind, common, 0):
            out.setdefault(key, text)
    return out


def _walk(node: Node, at: str, common: Node, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    node = resolved(node, common)
    if "title" in node:
        yield at, node["title"]
    if "x-unit" in node:
        yield f"{at}@unit", node["x-unit"]
    for value, text in node.get("x-labels", {}).items():
        yield f"{at}.{value}", text
    for name, child in node.get("properties", {}).items():
        yield from _walk(child, f"{at}.{name}", common, depth + 1)
    for child in (node.get("items"), *node.get("anyOf", ()), *node.get("oneOf", ())):
        if isinstance(child, Mapping):
            yield from _walk(child, at, common, depth + 1)


def resolved(node: Node, common: Node) -> Node:
    """The node merged with the target of its `$ref` into the common schema; its own entries take precedence."""
    target = node.get("$ref", "")
    if not target.startswith("common.schema.json#/"):
        return node
    found: Any = common
    for part in target.partition("#/")[2].split("/"):
        found = found[part]
    return {**resolved(found, common), **{k: v for k, v in node.items() if k != "$ref"}}
