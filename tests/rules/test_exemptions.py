"""Exemptions: only W, only below, only while needed; and L108 for the rest."""

from __future__ import annotations

from datetime import date

import pytest
from make import (
    ID,
    VILLAGE,
    apply_rules,
    findings_of,
    make_context,
    make_platform,
    make_record,
    path_in,
    short_findings,
    story,
)

from weimin.model.network import folder_of
from weimin.rules.run import apply_platform_rules

OUT = path_in(ID, "2026-03-10-outcome")
OPEN = story(outcome={"submitted": None}, until="response")
OTHERS = ["W401 duty 2026-03-10-outcome", "W402 duty 2026-03-10-outcome"]


def exemptions(code="321302001", **fields):
    item = {
        "rule": "W602",
        "subject": OUT,
        "reason": "试点",
        "approved_by": "县政协办公室",
        "until": "2027-12-31",
    } | fields
    return (make_record(f"{folder_of(code)}/exemptions.yml", [item]),)


@pytest.mark.parametrize("subject", [OUT, f"{OUT}#/of"])
def test_an_exempted_duty(subject):
    assert findings_of(OPEN, exemptions=exemptions(subject=subject)) == [*OTHERS, "W602 exempt 2026-03-10-outcome"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"until": "2026-12-30"}, "的期限 2026-12-30 已过"),
        ({"rule": "W603"}, "已经没有发现问题"),
        ({"subject": f"{OUT}#/submitted"}, "已经没有发现问题"),
        ({"subject": f"{OUT}#/o"}, "已经没有发现问题"),
        ({"rule": "L101"}, "只有流程类（W）的规则可以豁免"),
        ({"code": "321302002"}, "只管本平台和它的下级"),
        ({"code": "321302001005"}, "只管本平台和它的下级"),
    ],
)
def test_one_that_has_no_effect(fields, why):
    records = exemptions(**fields)
    result = apply_rules(OPEN, exemptions=records)
    assert short_findings(result) == ["L108 notice exemptions", *OTHERS, "W602 duty 2026-03-10-outcome"]
    [stale] = [r for r in result.findings if r.code == "L108"]
    assert why in stale.message
    assert (stale.path, stale.pointer) == (records[0].place.path, "/0")


def test_one_for_another_dossier_is_not_spoken_of_here():
    elsewhere = exemptions(subject=path_in("321302001004/2026-002", "topic"))
    assert findings_of(OPEN, exemptions=elsewhere) == [*OTHERS, "W602 duty 2026-03-10-outcome"]


@pytest.mark.parametrize(("as_of", "exempt"), [(date(2027, 12, 31), True), (date(2028, 1, 1), False)])
def test_the_last_day_is_included(as_of, exempt):
    line = "W602 exempt 2026-03-10-outcome" if exempt else "W602 duty 2026-03-10-outcome"
    assert line in findings_of(OPEN, as_of, exemptions=exemptions())


def test_a_gate_is_exempted_where_the_duty_springs_from_or_where_it_was_passed():
    records = story(outcome={"submitted": None})
    for subject in (OUT, f"{OUT}#/of", path_in(ID, "2026-07-01-evaluation")):
        result = apply_rules(records, exemptions=exemptions(subject=subject))
        assert short_findings(result) == ["W602 exempt 2026-07-01-evaluation"]
        assert result.closed  # what is exempted is not owed


def test_the_end_of_an_exemption_is_a_day_that_the_clock_changes():
    records = story(outcome={"submitted": None})
    assert apply_rules(records, exemptions=exemptions()).next_day == date(2028, 1, 1)


def test_a_rule_that_is_switched_off_makes_no_exemption_stale():
    assert findings_of(story(), exemptions=exemptions(), disabled=frozenset({"W602"})) == []
    assert findings_of(story(), exemptions=exemptions(), disabled=frozenset({"L108"})) == []


def test_a_platform_is_exempted_too():
    records = exemptions(rule="W704", subject=f"{folder_of(VILLAGE)}/platform.yml")
    platform = make_platform(exemptions=records)
    assert "W704 exempt platform" in short_findings(apply_platform_rules(platform))
    assert make_context().exemptions == ()


@pytest.mark.parametrize(("pointer", "exempt"), [("/measures/0", True), ("/measures", True), ("/measures/1", False)])
def test_what_lies_below_the_pointer_is_exempted_too(pointer, exempt):
    line = "W402 exempt 2026-03-10-outcome" if exempt else "W402 duty 2026-03-10-outcome"
    assert line in findings_of(OPEN, exemptions=exemptions(rule="W402", subject=f"{OUT}#{pointer}"))
