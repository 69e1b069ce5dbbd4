"""A fault found by the validator, with what is needed to tell of it."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from weimin.records.fields import Fields, Node, pointer


class Violation(msgspec.Struct, frozen=True):
    """One fault: `pointer` is the place in the data; a field that is missing is placed at what should hold it."""

    code: str
    pointer: str
    message: str
    hint: str = ""


class SchemaError(msgspec.Struct, frozen=True):
    fields: Fields
    cause: Any  # jsonschema's ValidationError, whose stubs call every attribute unset
    path: tuple[str | int, ...]
    value: Any
    record: Any

    @property
    def node(self) -> Node:
        return self.fields.at(self.path)

    @property
    def subject(self) -> str:
        return self.fields.describe(self.path) or f"这份{self.fields.schema['title']}"

    def violation(self, code: str, message: str, hint: str = "") -> Violation:
        return Violation(code, pointer(self.path), message, hint)

    @property
    def key(self) -> str:
        """The name of the field; empty for an item of a list and for the record itself."""
        return self.path[-1] if self.path and isinstance(self.path[-1], str) else ""

    @property
    def deletion(self) -> str:
        """What there is to delete."""
        return f" {self.key} 这一行" if self.key else "这一条"

    def line_with(self, meant: str) -> str:
        """The line to paste."""
        return f"{self.key}: {meant}" if self.key else meant

    @property
    def container(self) -> Any:
        """The value at the place, where the validator speaks of a name in it."""
        value = self.record
        for step in self.path:
            value = value[step]
        return value


def example_line(key: str, node: Node) -> str:
    """`key: example`, as it may stand in a record; the example alone where there is no key."""
    example = node.get("examples", ["……"])[0]
    label = f"{key}: " if key else ""
    if isinstance(example, str) and not re.match(r"[\d\[\]{}#&*!|>'\"%@`,?:-]|true$|false$|null$", example):
        return f"{label}{example}"
    if isinstance(example, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", example):
        return f"{label}{example}"
    return f"{label}{json.dumps(example, ensure_ascii=False)}"
