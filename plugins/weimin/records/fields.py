"""Navigation in a schema: the node for a path in a record, and the name of that place in messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

Path = Sequence[str | int]
Node = Mapping[str, Any]

COMMON = "common"


class Fields(msgspec.Struct, frozen=True):
    """The schema of one kind, with the definitions that it shares with the others."""

    schema: Node
    shared: Mapping[str, Node]

    def resolved(self, node: Node) -> Node:
        """The node merged over the target of its `$ref`; `x-def` is the name of the innermost definition."""
        if "$ref" not in node:
            return node
        name = node["$ref"].rpartition("/")[2]
        return {"x-def": name, **self.resolved(self.shared[name]), **node}

    def at(self, path: Path) -> Node:
        """The schema node for a path in a record; an empty mapping if the schema does not define the path."""
        node = self.resolved(self.schema)
        for step in path:
            child = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
            if not isinstance(child, Mapping):
                return {}
            node = self.resolved(child)
        return node

    def follow(self, schema_path: Iterable[str | int]) -> Any:
        """The node at the end of a validator's schema path, whose steps go through `$ref`."""
        node: Any = self.schema
        for step in schema_path:
            node = self.shared[node["$ref"].rpartition("/")[2]] if step == "$ref" else node[step]
        return node

    def describe(self, path: Path) -> str:
        """落实事项（measures）第 2 条的责任单位（unit）; empty for the record itself."""
        text = ""
        for i, step in enumerate(path):
            if isinstance(step, int):
                text += f"第 {step + 1} 条"
            else:
                text += ("的" if text else "") + self.name(path[:i], step)
        return text

    def name(self, parent: Path, key: str) -> str:
        """A field with both names, 责任单位（unit）; a field unknown to the schema only as it was written."""
        title = self.at([*parent, key]).get("title")
        return f"{title}（{key}）" if title else f"“{key}”"


def types_of(node: Node) -> tuple[str, ...]:
    """The JSON types that a node allows; empty if it allows any."""
    types = node.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def pointer(path: Path) -> str:
    """The JSON pointer (RFC 6901) of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
