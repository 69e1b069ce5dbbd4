"""What a template needs to display a record: its fields in order, their Chinese names, the labels of their choices."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from weimin.adapters.installation import schema_files

FieldLabels = list[dict[str, Any]]


@cache
def field_labels() -> dict[str, FieldLabels]:
    """Kind → fields: {key, label, words, parts}; `parts` are the fields of a mapping or of each item of a list."""
    return {
        name.removesuffix(".schema.json"): _fields(msgspec.json.decode(text))
        for name, text in schema_files().items()
        if "properties" in msgspec.json.decode(text)
    }


def _fields(shape: dict[str, Any]) -> FieldLabels:
    return [_field(key, value) for key, value in shape.get("properties", {}).items()]


def _field(key: str, shape: dict[str, Any]) -> dict[str, Any]:
    items = shape.get("items", {})
    words = shape.get("x-labels") or items.get("x-labels") or {}
    parts = _fields(shape) or _fields(items)
    return {"key": key, "label": shape.get("title", key), "words": words, "parts": parts}
