"""W4: followed up, done in time, reasons given; good and bad."""

from __future__ import annotations

from datetime import date

import pytest
from make import FOLLOWUP, MEASURE, apply_rules, compiled, findings_of, setting, story

OUT, UP = "2026-03-10-outcome", "2026-06-01-followup"


def duty(records, code, as_of=date(2026, 12, 31), **more):
    [one] = [d for d in apply_rules(records, as_of, **more).duties if d.code == code]
    return one


@pytest.mark.parametrize(
    ("form", "met"),
    [("inspection", True), ("return_visit", True), ("supervision", True), ("look_back", True), ("notice", False)],
)
def test_measure_without_followup(form, met):
    records = story(until="followup", followup={"form": form})
    assert ("W401 duty " + OUT in findings_of(records)) == (not met)
    assert duty(records, "W401").met == (date(2026, 6, 1) if met else None)


def test_a_followup_of_another_measure_does_not_count():
    two = [MEASURE, MEASURE | {"id": "m2", "due": "2026-05-31"}]
    records = story(until="followup", outcome={"measures": two})
    assert findings_of(records) == [f"W401 duty {OUT}", f"W402 duty {OUT}"]
    duties = [d for d in apply_rules(records).duties if d.code == "W401"]
    assert [(d.pointer, d.met is None) for d in duties] == [("/measures/0", False), ("/measures/1", True)]


def test_the_day_of_a_followup_that_is_owed():
    records = story(until="response")
    assert duty(records, "W401").due == date(2026, 6, 8)
    assert duty(records, "W401", settings=[setting("followup_days", 30)]).due == date(2026, 4, 9)
    records["2026-03-outcome"] = records.pop(OUT)
    assert duty(records, "W401").due == date(2026, 6, 29)  # from the last day of the month


@pytest.mark.parametrize(
    ("as_of", "overdue"),
    [(date(2026, 6, 8), 0), (date(2026, 6, 9), 1), (date(2026, 6, 18), 10)],
)
def test_overdue_after_the_due_day(as_of, overdue):
    result = apply_rules(story(until="response"), as_of)
    assert {r.code: r.overdue_days for r in result.findings} == {
        "W401": overdue,
        "W402": (as_of - date(2026, 5, 31)).days,
    }


def test_supervision_skipped_owes_no_followup():
    skipped = [{"step": "supervision", "reason": "当场办完", "by": "村委会"}]
    assert findings_of(story(until="response", topic={"skipped": skipped})) == [f"W402 duty {OUT}"]


@pytest.mark.parametrize(
    ("state", "met"),
    [
        ({"state": "done", "done": {"date": "2026-05-20"}}, date(2026, 5, 20)),
        ({"state": "done", "done": {"date": "2026-05"}}, date(2026, 5, 1)),
        ({"state": "done"}, date(2026, 6, 1)),
        ({"state": "done", "done": "unpublished"}, date(2026, 6, 1)),
        ({"state": "under_way"}, None),
        ({"state": "on_track"}, None),
        ({"state": "stopped", "reason": "地权不清"}, None),
    ],
)
def test_measure_overdue(state, met):
    records = story(until="followup", followup={"measures": [{"id": "m1"} | state]})
    assert duty(records, "W402").met == met
    assert (f"W402 duty {OUT}" in findings_of(records)) == (met is None)


def test_a_followup_that_lasted_is_done_on_its_last_day():
    records = story(until="followup", followup={"until": "2026-06-03", "measures": [{"id": "m1", "state": "done"}]})
    assert duty(records, "W402").met == date(2026, 6, 3)


def test_done_and_later_found_not_to_be():
    records = story(until="followup")
    records["2026-06-20-followup"] = FOLLOWUP | {"form": "look_back", "measures": [{"id": "m1", "state": "under_way"}]}
    assert findings_of(records) == [f"W402 duty {OUT}"]


@pytest.mark.parametrize(
    ("measure", "debtor", "due"),
    [
        ({}, "镇建设办", date(2026, 5, 31)),
        ({"unit": "unpublished"}, "321302001004", date(2026, 5, 31)),
        ({"due": "2026-05"}, "镇建设办", date(2026, 5, 31)),
        ({"due": "2026-Q2"}, "镇建设办", date(2026, 6, 30)),
        ({"due": "unpublished"}, "镇建设办", None),
    ],
)
def test_who_owes_a_measure_and_until_when(measure, debtor, due):
    one = duty(story(until="response", outcome={"measures": [MEASURE | measure]}), "W402")
    assert (one.owed_by, one.due) == (debtor, due)


def test_a_measure_without_a_day_is_owed_and_never_overdue():
    records = story(until="response", outcome={"measures": [MEASURE | {"due": "unpublished"}]})
    [raised] = [r for r in apply_rules(records, date(2036, 1, 1)).findings if r.code == "W402"]
    assert (raised.due, raised.overdue_days) == (None, 0)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"state": "behind"}, [f"W403 error {UP}"]),
        ({"state": "stopped"}, [f"W403 error {UP}"]),
        ({"state": "behind", "reason": "下雨"}, []),
        ({"state": "behind", "reason": "unpublished"}, []),
        ({"state": "under_way"}, []),
    ],
)
def test_behind_without_reason(state, expected):
    records = story(until="followup", followup={"measures": [{"id": "m1"} | state]})
    assert [line for line in findings_of(records) if line.startswith("W403")] == expected
    assert [r.owed_by for r in apply_rules(records).findings if r.code == "W403"] == ["镇建设办"] * len(expected)
    assert [line for line in findings_of(compiled(records, UP)) if line.startswith("W403")] == []


@pytest.mark.parametrize(
    ("done", "below"),
    [
        ({"amount": 30, "unit": "个"}, False),
        ({"amount": 31, "unit": "个"}, False),
        ({"amount": 29, "unit": "个"}, True),
        ({"amount": 29}, True),
        ({"amount": 29.9, "unit": "个"}, True),
        ({"amount": 2, "unit": "排"}, False),
        ({"amount": "unpublished", "unit": "个"}, False),
        ({"date": "2026-05-20"}, False),
    ],
)
def test_done_below_target(done, below):
    records = story(followup={"measures": [{"id": "m1", "state": "done", "done": done}]})
    assert findings_of(records) == ([f"W404 notice {UP}"] if below else [])


def test_below_the_target_while_it_is_not_said_to_be_done():
    records = story(
        until="followup",
        followup={"measures": [{"id": "m1", "state": "on_track", "done": {"amount": 5, "unit": "个"}}]},
    )
    assert findings_of(records) == [f"W402 duty {OUT}"]


def test_the_gate_at_the_evaluation():
    records = story(without=["followup"], topic={"skipped": [{"step": "progress", "reason": "短", "by": "村"}]})
    assert "W401 error 2026-07-01-evaluation" in findings_of(records)
    records["2026-07-01-followup"] = FOLLOWUP
    assert findings_of(records) == []  # the same day is in time
    records["2026-07-02-followup"] = records.pop("2026-07-01-followup")
    assert findings_of(records) == ["W210 notice 2026-07-01-evaluation"]


def test_measures_of_a_report_are_owed_by_nobody():
    records = compiled(story(until="outcome"), OUT)
    assert [line for line in findings_of(records) if line.startswith("W4")] == []
