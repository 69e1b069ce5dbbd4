"""The table of kinds agrees with schemas, classes and paths."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from weimin.model.place import Place
from weimin.records.kinds import EVENTS, FIELD_NAMES, FOLDERS, KINDS
from weimin.records.place import path_of, place_of

SCHEMAS = Path(__file__).parents[2] / "schemas"
WITH_SCHEMA = sorted(kind for kind, row in KINDS.items() if row.schema)


def test_every_schema_has_a_kind_and_every_kind_its_schema() -> None:
    files = {path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json")} - {"common"}
    assert files == {KINDS[kind].schema for kind in WITH_SCHEMA}


@pytest.mark.parametrize("kind", sorted(set(WITH_SCHEMA) - {"exemptions"}))
def test_class_and_schema_have_the_same_fields(kind: str) -> None:
    schema = json.loads((SCHEMAS / f"{KINDS[kind].schema}.schema.json").read_text(encoding="utf-8"))
    cls = KINDS[kind].data
    assert cls is not None
    fields = {field.encode_name for field in msgspec.structs.fields(cls)}
    if kind == "site":  # settings are compiled from nothing
        fields.discard("compiled_from")
    assert fields == set(schema["properties"])


def test_the_order_of_the_story() -> None:
    assert EVENTS == ("topic", "consultation", "outcome", "response", "followup", "evaluation", "correction")
    assert [KINDS[kind].story for kind in EVENTS] == [1, 2, 3, 4, 5, 6, 7]


def test_folders_of_a_platform() -> None:
    assert set(FOLDERS) == {"rules", "projects", "plans", "opinions", "guidance"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_example_of_a_kind_is_a_place_of_it(kind: str) -> None:
    row = KINDS[kind]
    dossier = "321302001004/2026-001" if row.where in ("dossier", "attachments") else None
    platform = "321302001004" if row.where == "platform" else None
    place = place_of(path_of(kind, platform=platform, dossier=dossier))
    assert isinstance(place, Place)
    assert place.kind == kind
    assert place.path.endswith("/" + row.name)


def test_no_field_is_a_word_that_yaml_11_takes_for_something_else() -> None:
    assert len(FIELD_NAMES) > 100
    assert not FIELD_NAMES & {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
