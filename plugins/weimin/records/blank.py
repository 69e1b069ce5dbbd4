"""Schema → blank record: required fields are empty, optional fields are in comments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from weimin.records.fields import Fields, Node, Path, pointer, types_of
from weimin.records.kinds import KINDS
from weimin.records.write import needs_quotes

EXPECTED: Mapping[tuple[str, ...], str] = {
    ("topic", "sources"): "W101",
    ("consultation", "participants"): "W201",
    ("consultation", "participants", "members"): "W201",
    ("consultation", "participants", "member_units"): "W201",
    ("consultation", "participants", "sages"): "W201",
    ("consultation", "participants", "residents"): "W201",
    ("consultation", "participants", "party_government"): "W201",
    ("consultation", "participants", "departments"): "W201",
    ("outcome", "measures"): "W603",
    ("outcome", "measures", "*", "unit"): "W603",
    ("outcome", "measures", "*", "due"): "W603",
    ("response", "answers", "*", "text"): "W609",
}
"""Path → rule: not required by the schema, but a W rule reports an error if a new record lacks it."""

EXPECTED_LATER: Mapping[tuple[str, ...], str] = {
    ("topic", "livelihood_reason"): "W104",
    ("topic", "approval"): "W105",
    ("topic", "skipped"): "W207",
    ("opinion", "triage"): "W102",
    ("opinion", "answered"): "W103",
    ("consultation", "invited_because"): "W203",
    ("outcome", "upward"): "W605",
    ("outcome", "submitted"): "W602",
    ("outcome", "publication"): "W607",
    ("followup", "measures", "*", "reason"): "W403",
    ("evaluation", "reconsult"): "W503",
    ("platform", "established"): "W701",
    ("platform", "leading_group"): "W702",
    ("platform", "members"): "W704",
}
"""Path → rule: expected later or only in some cases; a comment names the rule, so that the record can be filed now."""

HEADER = "# 空着的都要填，用不上的删去那一行。注释里带（英文名）的，需要时另起一行写；注释可以留着，也可以删。"
_NONE_LISTED = "没有的写 []。"


def blank_record(
    kind: str,
    fields: Fields,
    given: Any = None,
    *,
    ids: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
) -> str:
    """The text of a new record of the kind, with LF line ends.

    `given` are values that are already known, in the shape of the record; None in it is written as an empty value. `ids`
    are the free ids by the name of their definition (`measure_id`: m3). `notes` are comments above an item of a list, by
    its pointer.
    """
    row, writer = KINDS[kind], _Writer(kind, fields, ids or {}, notes or {})
    pad = ""
    if row.listed:
        lines = [HEADER, *writer.items((), given or [None], pad, explained=True)]
    else:
        lines = [HEADER, *writer.mapping((), given or {}, pad, explained=True)]
    if not row.prose:
        return "\n".join(lines) + "\n"
    lines.append(f"# 正文（{fields.schema['x-body']}）写在下面这行 --- 的下面。")
    return "---\n" + "\n".join(lines) + "\n---\n"


def empty_places(raw: Any, at: Path = ()) -> Iterator[Path]:
    """The paths of the empty (null) values of a parsed record, in its order."""
    steps: Iterable[tuple[str | int, Any]] = ()
    if isinstance(raw, dict):
        steps = raw.items()
    elif isinstance(raw, list):
        steps = enumerate(raw)
    elif raw is None:
        yield at
    for step, value in steps:
        yield from empty_places(value, (*at, step))


def flow(value: Any) -> str:
    """A value on one line, as it can be pasted after its field name."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case str() if not needs_quotes(value) and not set(value) & set(",[]{}"):
            return value
    return json.dumps(value, ensure_ascii=False)


class _Writer(msgspec.Struct, frozen=True):
    """The lines of one blank record. `explained`: with comments; of several items of a list, only the first has them."""

    kind: str
    fields: Fields
    ids: Mapping[str, str]
    notes: Mapping[str, str]

    def mapping(self, at: Path, given: Mapping[str, Any], pad: str, *, explained: bool) -> Iterator[str]:
        node = self.fields.at(at)
        required = {*node.get("required", ()), *node.get("else", {}).get("required", ())}
        for key in node["properties"]:
            path = (*at, key)
            if key in given or key in required or self._rule(EXPECTED, path):
                yield from self._field(path, given.get(key), pad, explained=explained)
            elif explained:
                yield f"{pad}# {self._optional(node, path)}"

    def items(self, at: Path, given: list[Any], pad: str, *, explained: bool) -> Iterator[str]:
        for n, value in enumerate(given):
            path = (*at, n)
            if (note := self.notes.get(pointer(path))) is not None:
                yield f"{pad}# {note}"
            if _shape(self.fields.at(path)) == "object":
                lines = list(self.mapping(path, value or {}, pad + "  ", explained=explained and n == 0))
                first = next(i for i, line in enumerate(lines) if not line.lstrip().startswith("#"))
                lines[first] = f"{pad}- {lines[first].lstrip()}"
                yield from lines
            else:
                yield f"{pad}- {_scalar(value)}".rstrip()

    def _field(self, path: Path, value: Any, pad: str, *, explained: bool) -> Iterator[str]:
        node, key = self.fields.at(path), path[-1]
        shape = _shape(node)
        if explained:
            yield f"{pad}# {self._comment(node, shape)}"
        if shape == "array":
            yield f"{pad}{key}:"
            yield from self.items(path, value or [None], pad + "  ", explained=explained)
        elif shape == "object":
            yield f"{pad}{key}:"
            yield from self.mapping(path, value or {}, pad + "  ", explained=explained)
        else:
            if value is None and key == "id":
                value = self.ids.get(node.get("x-def", ""))
            yield f"{pad}{key}: {_scalar(value)}".rstrip()

    def _comment(self, node: Node, shape: str) -> str:
        """Title, help, choices, and an example if the value is on the next line."""
        nested = shape == "object" or (shape == "array" and "properties" in self.fields.resolved(node["items"]))
        if nested:
            may_be_none = shape == "array" and not node.get("minItems") and "[]" not in node["description"]
            return f"{node['title']}：{node['description']}{_NONE_LISTED if may_be_none else ''}"
        return f"{node['title']}：{node['description']}{self._choices(node)}{self._example(node)}"

    def _optional(self, parent: Node, path: Path) -> str:
        node = self.fields.at(path)
        marks = [str(path[-1]), *_only_for(self.fields, parent, str(path[-1]))]
        if code := self._rule(EXPECTED_LATER, path):
            marks.append(f"见 {code}")
        return f"{node['title']}（{'，'.join(marks)}）：{node['description']}{self._choices(node)}{self._example(node)}"

    def _choices(self, node: Node) -> str:
        labels = node.get("x-labels") or self.fields.resolved(node.get("items", {})).get("x-labels")
        if not labels:
            return ""
        texts = [value if value == label else f"{value} {label}" for value, label in labels.items()]
        return f"可选：{'、'.join(texts)}。"

    def _example(self, node: Node) -> str:
        example = node["examples"][0]
        if isinstance(example, list) and "items" in node:
            example = [self._numbered(item, self.fields.resolved(node["items"])) for item in example]
        return f"例：{flow(example)}"

    def _numbered(self, item: Any, node: Node) -> Any:
        """An item of an example with an id that is free in this dossier."""
        if not isinstance(item, dict) or "id" not in item:
            return item
        name = self.fields.resolved(node["properties"]["id"]).get("x-def", "")
        return {**item, "id": self.ids.get(name, item["id"])}

    def _rule(self, table: Mapping[tuple[str, ...], str], path: Path) -> str | None:
        return table.get((self.kind, *("*" if isinstance(step, int) else step for step in path)))


def _shape(node: Node) -> str:
    """How a value is written: `array`, `object`, or empty for a scalar; the first allowed type decides."""
    first = next(iter(types_of(node)), "")
    return first if first in ("array", "object") else ""


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if needs_quotes(value) else value
    return json.dumps(value)


def _only_for(fields: Fields, parent: Node, key: str) -> Iterator[str]:
    """会议协商用: the kinds of item that have this field, if the kind of an item decides its fields."""
    labels = fields.resolved(parent["properties"]["kind"]).get("x-labels", {}) if "allOf" in parent else {}
    having = [
        labels[branch["if"]["properties"]["kind"]["const"]]
        for branch in parent.get("allOf", ())
        if key in branch["then"].get("propertyNames", {}).get("enum", ())
    ]
    if having:
        yield f"{'、'.join(having)}用"
