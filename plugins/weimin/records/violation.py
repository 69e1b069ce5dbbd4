"""An error of the schema validator together with what its message needs, and the violation that is reported."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from weimin.records.fields import Fields, Node, pointer


class Violation(msgspec.Struct, frozen=True):
    """One fault of a value. `pointer` is its JSON pointer; a missing field is reported at the mapping that should contain it."""

    code: str
    pointer: str
    message: str
    hint: str = ""


class SchemaError(msgspec.Struct, frozen=True):
    """An error of jsonschema in its record: `path` and `value` say what is wrong, `record` is the whole value."""

    fields: Fields
    cause: Any  # jsonschema's ValidationError, whose stubs declare every attribute as unset
    path: tuple[str | int, ...]
    value: Any
    record: Any

    @property
    def node(self) -> Node:
        """The schema node of the path."""
        return self.fields.at(self.path)

    @property
    def subject(self) -> str:
        """The field as messages name it; the title of the kind for the record itself."""
        return self.fields.describe(self.path) or f"这份{self.fields.schema['title']}"

    def violation(self, code: str, message: str, hint: str = "") -> Violation:
        """A violation at the path of this error."""
        return Violation(code, pointer(self.path), message, hint)

    @property
    def key(self) -> str:
        """The name of the field; empty for an item of a list and for the record itself."""
        return self.path[-1] if self.path and isinstance(self.path[-1], str) else ""

    @property
    def deletion(self) -> str:
        """What a hint proposes to delete: the line of the field, or the list item."""
        return f" {self.key} 这一行" if self.key else "这一条"

    def line_with(self, value: str) -> str:
        """The line to paste, with `value` as the value of the field."""
        return f"{self.key}: {value}" if self.key else value

    @property
    def container(self) -> Any:
        """The value at the path. For errors about a property name, `value` is the name and this is the mapping that has it."""
        value = self.record
        for step in self.path:
            value = value[step]
        return value


def example_line(key: str, node: Node) -> str:
    """`key: example` as it may be written in a record; only the example if there is no key."""
    example = node.get("examples", ["……"])[0]
    label = f"{key}: " if key else ""
    if isinstance(example, str) and not re.match(r"[\d\[\]{}#&*!|>'\"%@`,?:-]|true$|false$|null$", example):
        return f"{label}{example}"
    if isinstance(example, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", example):
        return f"{label}{example}"
    return f"{label}{json.dumps(example, ensure_ascii=False)}"
