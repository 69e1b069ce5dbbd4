"""The schemas are valid, every field is documented, and they agree with the classes."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import jsonschema_rs
import msgspec
import pytest
from jsonschema import Draft202012Validator

from weimin.model.kinds import (
    Consultation,
    Correction,
    Evaluation,
    Exemption,
    Followup,
    Guidance,
    News,
    Opinion,
    Outcome,
    Page,
    Plan,
    Platform,
    Projects,
    Response,
    RuleBook,
    Site,
    Topic,
)

FOLDER = Path(__file__).parents[2] / "schemas"
FILES = {p.name.removesuffix(".schema.json"): json.loads(p.read_bytes()) for p in sorted(FOLDER.glob("*.schema.json"))}
COMMON = FILES["common"]["$defs"]
CLASSES: dict[str, type] = {
    "platform": Platform,
    "opinion": Opinion,
    "projects": Projects,
    "plan": Plan,
    "guidance": Guidance,
    "rule": RuleBook,
    "exemptions": Exemption,
    "topic": Topic,
    "consultation": Consultation,
    "outcome": Outcome,
    "response": Response,
    "followup": Followup,
    "evaluation": Evaluation,
    "correction": Correction,
    "site": Site,
    "page": Page,
    "news": News,
}
REGISTRY = jsonschema_rs.Registry([("json-schema:///common.schema.json", FILES["common"])])


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """The node with what its reference says beneath it."""
    ref = node.get("$ref", "")
    if not ref:
        return node
    return {**resolved(COMMON[ref.rsplit("/", 1)[1]]), **{k: v for k, v in node.items() if k != "$ref"}}


def fields(
    node: dict[str, Any], where: str, seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field and every line of a list below a node, as written, with its place."""
    ref = node.get("$ref", "")
    if ref in seen:
        return
    node, seen = resolved(node), seen | {ref} if ref else seen
    for name, child in node.get("properties", {}).items():
        yield f"{where}/{name}", child
        yield from fields(child, f"{where}/{name}", seen)
    if isinstance(node.get("items"), dict) and "title" in node["items"]:
        yield f"{where}/-", node["items"]
        yield from fields(node["items"], f"{where}/-", seen)


ALL_FIELDS = [(kind, *pair) for kind, schema in FILES.items() for pair in fields(schema, "")] + [
    ("common", f"$defs/{name}", node) for name, node in COMMON.items()
]


def test_a_schema_for_every_kind_and_none_besides() -> None:
    assert set(FILES) == {*CLASSES, "common"}


@pytest.mark.parametrize("kind", FILES)
def test_metaschema(kind: str) -> None:
    Draft202012Validator.check_schema(FILES[kind])
    assert jsonschema_rs.meta.is_valid(FILES[kind])


@pytest.mark.parametrize(("kind", "where", "node"), ALL_FIELDS, ids=[f"{k}{w}" for k, w, _ in ALL_FIELDS])
def test_every_field_explains_itself_and_its_examples_hold(kind: str, where: str, node: dict[str, Any]) -> None:
    assert re.search("[一-鿿]", node["title"]), "the title is Chinese"
    assert len(node["title"]) <= 12
    assert re.search("[一-鿿].*。$", node["description"]), "the description is a Chinese sentence"
    assert node["examples"]
    validator = jsonschema_rs.Draft202012Validator(
        node if kind != "common" else {"$ref": f"common.schema.json#/{where}"}, registry=REGISTRY
    )
    for example in node["examples"]:
        assert validator.is_valid(example), example


@pytest.mark.parametrize("kind", CLASSES)
def test_examples_of_the_whole_record_hold(kind: str) -> None:
    assert FILES[kind]["examples"]
    validator = jsonschema_rs.Draft202012Validator(FILES[kind], registry=REGISTRY)
    for example in FILES[kind]["examples"]:
        assert validator.is_valid(example)


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from nodes(child)
    elif isinstance(node, list):
        for child in node:
            yield from nodes(child)


@pytest.mark.parametrize("kind", FILES)
def test_choices_are_labelled_patterns_anchored_and_objects_closed(kind: str) -> None:
    for node in nodes(FILES[kind]):
        if "title" in node and "enum" in node:
            assert list(node["x-labels"]) == node["enum"]
        if isinstance(node.get("pattern"), str):
            assert node["pattern"].startswith("^") and node["pattern"].endswith("$")
            assert not re.search(r"\\[dwsb]", node["pattern"]), "ASCII classes only"
        if "properties" in node and "title" in node:
            assert "additionalProperties" in node and node["additionalProperties"] is False


def structs(annotation: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
    elif get_origin(annotation) in (Union, types.UnionType, tuple):
        for part in get_args(annotation):
            yield from structs(part)


def compare(node: dict[str, Any], cls: type[msgspec.Struct], where: str) -> Iterator[str]:
    node = resolved(node)
    if "items" in node and "properties" not in node:
        node = resolved(node["items"])
    properties = node["properties"]
    fields = {f.encode_name: f for f in msgspec.structs.fields(cls)}
    if cls is Site:
        fields.pop("compiled_from")  # every class of a kind has it; settings are not put together from reports
    yield from (f"{where}/{name}: only in one of the two" for name in sorted(set(properties) ^ set(fields)))
    for name in set(properties) & set(fields):
        field, child = fields[name], resolved(properties[name])
        if field.required and name not in node.get("required", ()):
            yield f"{where}/{name}: the class needs it, the schema does not"
        inner = list(structs(field.type))
        target = resolved(child["items"]) if isinstance(child.get("items"), dict) else child
        has_parts = "properties" in target and "dict" not in str(field.type)
        if len(inner) != has_parts:
            yield f"{where}/{name}: parts in one of the two only"
        for part in inner:
            yield from compare(child, part, f"{where}/{name}")


@pytest.mark.parametrize("kind", CLASSES)
def test_schema_and_class_have_the_same_fields(kind: str) -> None:
    assert list(compare(FILES[kind], CLASSES[kind], kind)) == []


def test_the_comparison_sees_a_difference() -> None:
    assert list(compare(FILES["topic"], Outcome, "topic"))
