"""Schemas check the shape; what rules require, and what only a rule can decide, is left to rules."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from test_schema_files import ALL_FIELDS, REGISTRY

from weimin.records.schema import Schemas

CONSULTATION = {"about": "selection", "methods": [{"kind": "meeting"}]}
OUTCOME = {"of": ["2026-03-02-consultation"]}
WITHHELD = {"decision": "withhold", "by": "镇党委", "date": "2026-03-15", "reason": "涉及未定的方案"}
NOTICE = {"form": "notice"}

LEFT_TO_RULES: list[tuple[str, str, Any]] = [
    ("W101", "topic", {"title": "a", "theme": "教育"}),
    ("W104", "topic", {"title": "a", "theme": "其他"}),
    ("W201", "consultation", CONSULTATION),
    ("W203", "consultation", {**CONSULTATION, "participants": {"experts": 1}}),
    (
        "W204",
        "consultation",
        {**CONSULTATION, "methods": [{"kind": k} for k in ("survey", "written", "online", "remote", "other")]},
    ),
    (
        "W206",
        "consultation",
        {**CONSULTATION, "participants": {"members": 1}, "methods": [{"kind": "meeting", "votes": {"for": 9}}]},
    ),
    ("W209", "consultation", {**CONSULTATION, "convened_by": "npc"}),
    ("W403", "followup", {**NOTICE, "measures": [{"id": "m1", "state": "behind"}]}),
    (
        "W502",
        "evaluation",
        {
            "of": ["a"],
            "body": "b",
            "way": "c",
            "ballots": {"issued": 1, "returned": 2, "satisfied": 3, "basically_satisfied": 0, "dissatisfied": 0},
        },
    ),
    ("W603", "outcome", {**OUTCOME, "measures": [{"id": "m1", "text": "建车棚"}]}),
    ("W605", "outcome", {**OUTCOME, "upward": [{"id": "u1", "kind": "overall", "to": "990101"}]}),
    ("W607", "outcome", OUTCOME),
    ("W608", "outcome", {**OUTCOME, "publication": {"decision": "withhold", "by": "a", "date": "2026"}}),
    ("W609", "response", {"by": "a", "answers": [{"to": "s1", "decision": "declined"}]}),
    ("W610", "outcome", {**OUTCOME, "publication": WITHHELD, "measures": [{"id": "m1", "text": "建车棚"}]}),
    (
        "W610",
        "outcome",
        {**OUTCOME, "upward": [{"id": "u1", "kind": "overall", "to": "990101", "text": "a", "publish": False}]},
    ),
    ("W702", "platform", {"area": "a", "leading_group": {}}),
    ("W704", "platform", {"area": "a", "members": {}}),
    (
        "W707",
        "rule",
        {
            "title": "a",
            "effective_from": "2026",
            "applies_to": [],
            "parameters": [{"name": "outcome_days", "value": 15}],
        },
    ),
]


@pytest.mark.parametrize(("rule", "kind", "value"), LEFT_TO_RULES)
def test_what_a_rule_requires_is_no_schema_violation(rule: str, kind: str, value: Any, schemas: Schemas) -> None:
    assert schemas.accept(kind, value)[1] == (), rule


def test_a_withheld_outcome_is_whole_with_of_submitted_and_publication(schemas: Schemas) -> None:
    value = {**OUTCOME, "submitted": [{"to": "镇党委", "date": "2026-03-12"}], "publication": WITHHELD}
    assert schemas.accept("outcome", value)[1] == ()


def test_one_meeting_that_served_several_dossiers(schemas: Schemas) -> None:
    whole = {
        "same_as": "990101/2026-001/2026-03-02-consultation",
        "suggestions": [{"id": "s1", "text": "a"}],
        "dissent": [],
    }
    assert schemas.accept("consultation", {**whole, "compiled_from": [{"publisher": "样例日报"}]})[1] == ()
    for name, own in {**CONSULTATION, "participants": "unpublished", "time": "morning", "joint": []}.items():
        assert schemas.accept("consultation", {**whole, name: own})[1], name


DETAILS = {
    "survey": {"places", "collected", "households"},
    "inspection": {"places", "found"},
    "written": {"from", "to", "sent", "returned"},
    "meeting": {"place", "decided_by", "votes", "signed"},
    "online": {"platform", "opens", "closes", "posts", "people"},
    "remote": {"main_venue", "branches"},
    "other": {"note"},
}


@pytest.mark.parametrize("kind", DETAILS)
def test_each_method_has_its_own_details_and_no_other(kind: str, schemas: Schemas) -> None:
    for owner, names in DETAILS.items():
        for name in names:
            line = {"kind": kind, name: "unpublished"}
            fits = schemas.accept("consultation", {**CONSULTATION, "methods": [line]})[1] == ()
            assert fits == (name in DETAILS[kind]), (owner, name)


# fields that must not be unpublished: those that define a record (docs/reference/records.md), acts, and fields that are omitted instead
CERTAIN = {"title", "id", "of", "role", "list", "name", "subject", "partial", "publish", "reason", "field"}
ACTS = {"closed", "again", "skipped", "ended", "reconsult", "also", "published_rate", "about", "as", "corrected"}
REFERENCES = {
    "same_as",
    "to",
    "opinion",
    "ref",
    "dossier",
    "into",
    "supersedes",
    "platform",
    "clause",
    "measure",
    "item",
    "code",
}
LINES = {"text", "answers", "question", "option"}
BALLOTS = {
    "eligible",
    "present",
    "issued",
    "returned",
    "invalid",
    "satisfied",
    "basically_satisfied",
    "dissatisfied",
    "unsure",
    "abstained",
}
LEVELS = {"city", "county", "township", "village"}
NEWS = {"news/date"}


def test_every_fact_may_be_unpublished_but_what_makes_a_record_one() -> None:
    refused = set()
    for kind, where, node in ALL_FIELDS:
        if kind in ("common", "site", "exemptions", "correction") or "/compiled_from" in where or where.endswith("/-"):
            continue
        if not jsonschema_rs.Draft202012Validator(node, registry=REGISTRY).is_valid("unpublished"):
            name = where.rsplit("/", 1)[1]
            refused.add(f"{kind}/{name}" if f"{kind}/{name}" in NEWS else name)
    assert refused == CERTAIN | ACTS | REFERENCES | LINES | BALLOTS | LEVELS | NEWS


def test_included_is_allowed_for_categories_of_participants_only(schemas: Schemas) -> None:
    assert (
        schemas.accept("consultation", {**CONSULTATION, "participants": {"members": 3, "sages": "included"}})[1] == ()
    )
    assert schemas.accept("consultation", {**CONSULTATION, "times": "included"})[1]
    assert schemas.accept("consultation", {**CONSULTATION, "participants": {"total": "included"}})[1]


@pytest.mark.parametrize(
    "held",
    [
        {"total": 30},
        {"total": 30, "members": "unpublished"},
        {"total": 30, "members": 4, "others": "unpublished"},
        {"members": 4},
    ],
)
def test_a_total_is_allowed_if_a_category_has_no_number(held: dict[str, Any], schemas: Schemas) -> None:
    assert schemas.accept("consultation", {**CONSULTATION, "participants": held})[1] == ()
