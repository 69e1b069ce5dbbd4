"""A plain number becomes text where the schema requires text, a decimal text a number where it requires a number."""

from __future__ import annotations

from typing import Any

import pytest

from weimin.adapters.installation import schema_files
from weimin.model.kinds import Consultation, Evaluation, Exemptions, Topic
from weimin.records.schema import Schemas

SCHEMAS = Schemas(schema_files())


def outcome(**fields: Any) -> dict[str, Any]:
    return {"of": ["topic"], "measures": [{"id": "m1", "text": "建车棚", **fields}]}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"due": 2026}, {"due": "2026"}),
        ({"unit": 12.5}, {"unit": "12.5"}),
        ({"text": 110}, {"text": "110"}),
        ({"with": [110, 12.5]}, {"with": ["110", "12.5"]}),
        ({"target": {"amount": "0.30", "unit": 1}}, {"target": {"amount": 0.3, "unit": "1"}}),
        ({"target": {"amount": "60"}}, {"target": {"amount": 60}}),
    ],
)
def test_a_plain_number_becomes_the_required_type(given: dict[str, Any], expected: dict[str, Any]) -> None:
    before = repr(given)
    value, violations = SCHEMAS.accept("outcome", outcome(**given))
    assert violations == ()
    assert {k: v for k, v in value["measures"][0].items() if k in expected} == expected
    assert repr(given) == before


@pytest.mark.parametrize(
    "given",
    [
        {"unit": True},
        {"target": {"amount": True}},
        {"target": {"amount": "060"}},
        {"target": {"amount": "６０"}},
        {"unit": float("inf")},
    ],
)
def test_nothing_else_is_converted(given: dict[str, Any]) -> None:
    assert SCHEMAS.accept("outcome", outcome(**given))[1]


def test_a_code_without_quotes() -> None:
    value, violations = SCHEMAS.accept(
        "consultation", {"about": "selection", "methods": [{"kind": "meeting"}], "joint": [990101001002]}
    )
    assert violations == ()
    data = SCHEMAS.load("consultation", value)
    assert isinstance(data, Consultation)
    assert data.joint == ("990101001002",)


def test_a_year_as_the_only_theme_is_still_no_theme() -> None:
    value, violations = SCHEMAS.accept("topic", {"title": 2026, "theme": 2026})
    assert value["title"] == "2026"
    assert [v.code for v in violations] == ["S103"]


def test_a_whole_number_with_a_point_loads_as_a_whole_number() -> None:
    raw = {
        "of": ["a"],
        "body": "b",
        "way": "w",
        "ballots": {"issued": 5.0, "returned": 5, "satisfied": 5, "basically_satisfied": 0, "dissatisfied": 0},
    }
    value, violations = SCHEMAS.accept("evaluation", raw)
    assert violations == ()
    data = SCHEMAS.load("evaluation", value)
    assert isinstance(data, Evaluation)
    assert not isinstance(data.ballots, str | None)
    assert type(data.ballots.issued) is int


def test_the_three_ways_not_to_know_are_kept_apart() -> None:
    for projects in (None, "unpublished", ()):
        raw = {"title": "a", "theme": "教育"} | (
            {} if projects is None else {"projects": list(projects) if projects == () else projects}
        )
        data = SCHEMAS.load("topic", SCHEMAS.accept("topic", raw)[0])
        assert isinstance(data, Topic)
        assert data.projects == projects


def test_exemptions_are_a_list_in_the_file_and_named_in_the_class() -> None:
    assert SCHEMAS.accept("exemptions", []) == ([], ())
    assert SCHEMAS.load("exemptions", []) == Exemptions(items=())


def test_no_such_kind() -> None:
    with pytest.raises(KeyError):
        SCHEMAS.accept("minutes", {})
