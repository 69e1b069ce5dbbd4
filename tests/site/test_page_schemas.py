"""Every document beside a page is what its published schema says, and every schema has an example that holds."""

from __future__ import annotations

import json

import pytest
from made_register import pages_of

from page_schemas import faults, validator
from weimin.adapters.installation import published_schemas
from weimin.site.json_documents import FORMAT

NAMES = sorted(p.removeprefix("v1/").removesuffix(".schema.json") for p in published_schemas() if p.startswith("v1/"))


def documents() -> dict[str, bytes]:
    return {p.path: p.data for p in pages_of(base_url="https://example.org") if p.path.endswith(".json") and p.data}


def test_every_document_holds_to_its_schema():
    found, asked = faults(documents())
    assert found == []
    assert asked == set(NAMES) - {"manifest"}  # made by the build


def test_a_planted_key_is_found():
    made = documents()
    planted = {"rules/index.json": json.dumps({**json.loads(made["rules/index.json"]), "more": 1}).encode()}
    assert len(faults(planted)[0]) == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_schema_holds_and_its_fields_have_names(name):
    schema = json.loads(published_schemas()[f"v1/{name}.schema.json"])
    assert schema["examples"]
    for example in schema["examples"]:
        assert not list(validator(name).iter_errors(example))
    assert schema["properties"]["format"]["const"] == FORMAT
    assert unnamed(schema) == []


def unnamed(node, at=""):
    found = [f"{at}/{k}" for k, c in node.get("properties", {}).items() if "title" not in c]
    below = [(f"{at}/{k}", c) for k, c in node.get("properties", {}).items()]
    below += [(at, node[k]) for k in ("items", "additionalProperties") if isinstance(node.get(k), dict)]
    return found + [place for where, child in below for place in unnamed(child, where)]


def test_schemas_are_published_at_their_addresses():
    published = {p.path: p.data for p in pages_of() if p.path.startswith("data/schemas/")}
    assert {f"data/schemas/{p}" for p in published_schemas()} <= set(published)
    assert len([p for p in published if p.startswith("data/schemas/tables/")]) > 20
