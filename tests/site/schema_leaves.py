"""The leaves of the schemas, and records in which one leaf has a value of ours."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
from made_records import CITY, FULL, TOWN, VILLAGE

from weimin.adapters.installation import schema_files

MARKS = ("标记词语甲", "标记词语乙")
"""The values of a leaf of text: a page shows them as they are."""
DAYS = ("2027-08-17", "2027-09-19")
"""The values of a leaf of time: days after the day of the build, so that nothing is overdue by them."""

_VALUES: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys(("text", "words", "title", "headline"), MARKS),
    **dict.fromkeys(("date", "known_date", "day", "decision_date"), DAYS),
    **dict.fromkeys(("count", "heads", "amount", "percent", "value", "ballots_amount"), (17, 23)),
    "code": (TOWN, CITY),
    "ref": (FULL, f"{VILLAGE}/2026-002"),
    "suggestion_id": ("s2", "s8"),
    "measure_id": ("m2", "m8"),
    "dissent_id": ("d7", "d8"),
    "upward_id": ("u7", "u8"),
    "item_id": ("17", "23"),
    "clause": ("#m17", "#m23"),
    "doc_no": ("样政发〔2026〕17号", "样政发〔2026〕23号"),
    **dict.fromkeys(("url", "link"), ("https://example.org/m17", "https://example.org/m23")),
    "digest": ("1" * 64, "2" * 64),
    "pointer": ("/measures/0/text", "/measures/0/unit"),
}
_BY_NAME: Mapping[str, tuple[Any, ...]] = {
    "correction/of": ("2026-03-02-consultation", "2026-03-10-outcome"),
    "correction/changes/*/field": ("/measures/1/due", "/measures/0/due"),
    "correction/changes/*/from": DAYS,
    "correction/changes/*/to": DAYS,
    "evaluation/of/*": ("2026-03-10-outcome", "2026-03-10-outcome#m1"),
    "exemptions/*/rule": ("W402", "W705"),
    "exemptions/*/subject": ("content/network/990100/platform.yml", "content/network/990100/990101/platform.yml"),
    "response/answers/*/to": ("s1", "s2"),
    "rule/parameters/*/name": ("report_days", "outcome_days"),
}
"""The values of leaves whose form alone does not say which values differ on a page."""
_TEXTS = frozenset({"text", "words", "title", "headline"})
_SCALAR_OBJECTS = frozenset({"count", "heads", "value"})
"""Definitions that may be written as an object, which is one value: `{about: 30, as: 余}` reads 30余."""


class Leaf(msgspec.Struct, frozen=True):
    """`pointer`: JSON pointer with `*` for an item of a list. `values`: two or more that differ. `text`: shown as it is."""

    kind: str
    pointer: str
    values: tuple[Any, ...]
    text: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind}{self.pointer}"


@cache
def schemas() -> dict[str, dict[str, Any]]:
    return {name.partition(".")[0]: json.loads(text) for name, text in schema_files().items()}


def leaves(kind: str, schema: Mapping[str, Any] | None = None) -> list[Leaf]:
    """Every leaf of a kind. `schema` in place of that of the kind."""
    return list(_leaves(kind, "", schema or schemas()[kind]))


def _leaves(kind: str, pointer: str, node: Mapping[str, Any]) -> Iterator[Leaf]:
    definition, node = _resolved(node)
    if definition not in _SCALAR_OBJECTS and ("properties" in node or "items" in node):
        for name, child in node.get("properties", {}).items():
            yield from _leaves(kind, f"{pointer}/{name}", child)
        if "items" in node:
            yield from _leaves(kind, f"{pointer}/*", node["items"])
        return
    values = _BY_NAME.get(f"{kind}{pointer}") or _values(definition, node)
    yield Leaf(kind, pointer, values, definition in _TEXTS)


def _resolved(node: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The name of the common definition of a node, empty for none; and the node with what that says."""
    definition = node.get("$ref", "").rpartition("/")[2]
    return definition, {**schemas()["common"]["$defs"].get(definition, {}), **node}


def _values(definition: str, node: Mapping[str, Any]) -> tuple[Any, ...]:
    if "enum" in node:
        return tuple(v for v in node["enum"] if v != "unpublished")
    if definition in _VALUES:
        return _VALUES[definition]
    kinds = node.get("type", "string")
    if "boolean" in kinds:
        return (True, False)
    if "integer" in kinds or "number" in kinds:
        return (17, 23)
    return tuple(node["examples"]) if "pattern" in node else MARKS


def with_leaf(raw: Any, pointer: str, value: Any, schema: Mapping[str, Any]) -> Any:
    """A copy of a record in which the leaf has a value; what has to stand beside it is taken from the examples."""
    return _set(copy.deepcopy(raw), pointer.split("/")[1:], value, schema)


def _set(at: Any, steps: list[str], value: Any, node: Mapping[str, Any]) -> Any:
    if not steps:
        return value
    _, node = _resolved(node)
    step, *rest = steps
    if step == "*":
        items = list(at) if isinstance(at, list) and at else [_required(node["items"])]
        return [_set(items[0], rest, value, node["items"]), *items[1:]]
    fields = dict(at) if isinstance(at, dict) else _required(node)
    child = node["properties"][step]
    return {**fields, step: _set(fields.get(step), rest, value, child)}


def _required(node: Mapping[str, Any]) -> dict[str, Any]:
    _, node = _resolved(node)
    return {name: _example(node["properties"][name]) for name in node.get("required", ())}


def _example(node: Mapping[str, Any]) -> Any:
    _, node = _resolved(node)
    return node["examples"][0]
