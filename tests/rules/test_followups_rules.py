"""W4: followed up, done in time, reasons given; good and bad."""

from __future__ import annotations

from datetime import date

import pytest
from make import FOLLOWUP, MEASURE, compiled, found, given, judge, story

OUT, UP = "2026-03-10-outcome", "2026-06-01-followup"


def duty(told, code, as_of=date(2026, 12, 31), **more):
    [one] = [d for d in judge(told, as_of, **more).duties if d.code == code]
    return one


@pytest.mark.parametrize(
    ("form", "met"),
    [("inspection", True), ("return_visit", True), ("supervision", True), ("look_back", True), ("notice", False)],
)
def test_measure_without_followup(form, met):
    told = story(until="followup", followup={"form": form})
    assert ("W401 duty " + OUT in found(told)) == (not met)
    assert duty(told, "W401").met == (date(2026, 6, 1) if met else None)


def test_a_followup_of_another_measure_does_not_count():
    two = [MEASURE, MEASURE | {"id": "m2", "due": "2026-05-31"}]
    told = story(until="followup", outcome={"measures": two})
    assert found(told) == [f"W401 duty {OUT}", f"W402 duty {OUT}"]
    duties = [d for d in judge(told).duties if d.code == "W401"]
    assert [(d.pointer, d.met is None) for d in duties] == [("/measures/0", False), ("/measures/1", True)]


def test_the_day_of_a_followup_that_is_owed():
    told = story(until="response")
    assert duty(told, "W401").due == date(2026, 6, 8)
    assert duty(told, "W401", given=[given("followup_days", 30)]).due == date(2026, 4, 9)
    told["2026-03-outcome"] = told.pop(OUT)
    assert duty(told, "W401").due == date(2026, 6, 29)  # from the last day of the month


@pytest.mark.parametrize(
    ("as_of", "overdue"),
    [(date(2026, 6, 8), 0), (date(2026, 6, 9), 1), (date(2026, 6, 18), 10)],
)
def test_overdue_after_the_due_day(as_of, overdue):
    judged = judge(story(until="response"), as_of)
    assert {r.code: r.overdue_days for r in judged.findings} == {
        "W401": overdue,
        "W402": (as_of - date(2026, 5, 31)).days,
    }


def test_supervision_skipped_owes_no_followup():
    skipped = [{"step": "supervision", "reason": "当场办完", "by": "村委会"}]
    assert found(story(until="response", topic={"skipped": skipped})) == [f"W402 duty {OUT}"]


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
    told = story(until="followup", followup={"measures": [{"id": "m1"} | state]})
    assert duty(told, "W402").met == met
    assert (f"W402 duty {OUT}" in found(told)) == (met is None)


def test_a_followup_that_lasted_is_done_on_its_last_day():
    told = story(until="followup", followup={"until": "2026-06-03", "measures": [{"id": "m1", "state": "done"}]})
    assert duty(told, "W402").met == date(2026, 6, 3)


def test_done_and_later_found_not_to_be():
    told = story(until="followup")
    told["2026-06-20-followup"] = FOLLOWUP | {"form": "look_back", "measures": [{"id": "m1", "state": "under_way"}]}
    assert found(told) == [f"W402 duty {OUT}"]


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
    told = story(until="response", outcome={"measures": [MEASURE | {"due": "unpublished"}]})
    [raised] = [r for r in judge(told, date(2036, 1, 1)).findings if r.code == "W402"]
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
    told = story(until="followup", followup={"measures": [{"id": "m1"} | state]})
    assert [line for line in found(told) if line.startswith("W403")] == expected
    assert [r.owed_by for r in judge(told).findings if r.code == "W403"] == ["镇建设办"] * len(expected)
    assert [line for line in found(compiled(told, UP)) if line.startswith("W403")] == []


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
    told = story(followup={"measures": [{"id": "m1", "state": "done", "done": done}]})
    assert found(told) == ([f"W404 notice {UP}"] if below else [])


def test_below_the_target_while_it_is_not_said_to_be_done():
    told = story(
        until="followup",
        followup={"measures": [{"id": "m1", "state": "on_track", "done": {"amount": 5, "unit": "个"}}]},
    )
    assert found(told) == [f"W402 duty {OUT}"]


def test_the_gate_at_the_evaluation():
    told = story(without=["followup"], topic={"skipped": [{"step": "progress", "reason": "短", "by": "村"}]})
    assert "W401 error 2026-07-01-evaluation" in found(told)
    told["2026-07-01-followup"] = FOLLOWUP
    assert found(told) == []  # the same day is in time
    told["2026-07-02-followup"] = told.pop("2026-07-01-followup")
    assert found(told) == ["W210 notice 2026-07-01-evaluation"]


def test_measures_of_a_report_are_owed_by_nobody():
    told = compiled(story(until="outcome"), OUT)
    assert [line for line in found(told) if line.startswith("W4")] == []
