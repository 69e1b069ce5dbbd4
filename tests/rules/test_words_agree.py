"""The words of the rules are the titles of the schemas: named in one way wherever they are read."""

from __future__ import annotations

import json
from pathlib import Path

from weimin.model.dates import TABLE
from weimin.model.dossier import SKIPPABLE
from weimin.model.kinds.people import NOT_PEOPLE
from weimin.rules import projects, wording

SCHEMAS = Path(__file__).parents[2] / "schemas"


def schema(name):
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_fields_of_an_outcome():
    fields = schema("outcome")["properties"]
    may_have = {"of", "submitted", "publication", "compiled_from"}
    assert {n: fields[n]["title"] for n in fields if n not in may_have} == wording.FIELDS


def test_kinds():
    longer = {"consultation": "协商活动", "projects": "为民办实事项目清单"}
    assert {kind: schema(kind)["title"] for kind in wording.KINDS} == wording.KINDS | longer
    assert set(wording.KINDS) >= set(TABLE)


def test_parties():
    fields = schema("common")["$defs"]["participants"]["properties"]
    words = projects.PEOPLE | projects.OFFICE | projects.INVITED
    assert {n: fields[n]["title"] for n in fields if n not in NOT_PEOPLE} == words


def test_methods_and_what_each_must_say():
    method = schema("consultation")["properties"]["methods"]["items"]["properties"]
    assert set(projects.METHODS) | {"unpublished"} == set(method["kind"]["enum"])
    for kind, details in projects.DETAILS.items():
        assert kind in projects.METHODS
        assert {n: method[n]["title"] for n in details} == details


def test_steps_that_can_be_skipped():
    step = schema("topic")["properties"]["skipped"]["items"]["properties"]["step"]
    assert set(SKIPPABLE) | {"unpublished"} == set(step["enum"])
