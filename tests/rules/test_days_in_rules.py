"""Comparisons of days and of numbers in the rules: before, on the day itself, after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from make import (
    CONSULTATION,
    COUNTY,
    EVALUATION,
    MEASURE,
    OUTCOME,
    TOPIC,
    TOWN,
    VILLAGE,
    apply_rules,
    findings_of,
    make_context,
    make_dossier,
    make_platform,
    make_summary,
    owed_by_platform,
    setting,
    story,
)

from builders.value import load
from weimin.model.kinds import Done, Evaluation, Target
from weimin.model.kinds.topic import Ended
from weimin.rules.arithmetic import ballot_errors, bounds, reaches_target
from weimin.rules.closing import has_ended, is_closed, next_change_day
from weimin.rules.exemptions import GrantedExemption

AT, EV = "2026-03-02-consultation", "2026-07-01-evaluation"
DAY = date(2026, 5, 31)
DAYS = [date(2026, 5, 30), DAY, date(2026, 6, 1)]


@pytest.mark.parametrize(("as_of", "past"), list(zip(DAYS, (False, False, True), strict=True)))
def test_an_exemption_holds_on_its_last_day(as_of: date, past: bool) -> None:
    item = load(
        "exemptions", [{"rule": "W602", "subject": "a/b", "reason": "x", "approved_by": "y", "until": "2026-05-31"}]
    )
    line = GrantedExemption(path="p", pointer="/0", home="a/", item=item.items[0])  # type: ignore[attr-defined]
    assert bool(line.why_ineffective(as_of)) is past
    assert line.until == DAY


@pytest.mark.parametrize(("as_of", "ended"), list(zip(DAYS, (False, True, True), strict=True)))
def test_a_dossier_has_ended_on_the_day(as_of: date, ended: bool) -> None:
    assert has_ended(Ended(how="withdrawn", date="2026-05-31"), as_of) is ended
    assert has_ended(Ended(how="withdrawn", date="2026-05"), as_of) is True


@pytest.mark.parametrize(
    ("as_of", "next_day"), list(zip(DAYS, (date(2026, 6, 1), date(2026, 6, 1), None), strict=True))
)
def test_the_day_after_the_next_of_some_days(as_of: date, next_day: date | None) -> None:
    assert next_change_day([date(2026, 1, 1), DAY], as_of) == next_day
    assert next_change_day([date(2027, 1, 1), DAY], as_of) == (next_day or date(2027, 1, 2))
    assert next_change_day([], as_of) is None


@pytest.mark.parametrize(
    ("due", "as_of", "overdue"),
    [("2026-05-31", as_of, n) for as_of, n in zip(DAYS, (0, 0, 1), strict=True)] + [("2026-05", date(2026, 6, 2), 2)],
)
def test_a_measure_is_overdue_from_the_day_after(due: str, as_of: date, overdue: int) -> None:
    told = story(outcome={"measures": [MEASURE | {"due": due}]}, until="outcome")
    (raised,) = [r for r in apply_rules(told, as_of).findings if r.code == "W402"]
    assert (raised.due, raised.overdue_days) == (DAY, overdue)


@pytest.mark.parametrize(
    ("day", "back"),
    [("2026-03-01", True), ("2026-03-02", False), ("2026-03-03", False), ("2026-03", False), ("2026-02", True)],
)
def test_an_outcome_is_not_before_its_consultation(day: str, back: bool) -> None:
    told = story(until="consultation") | {f"{day}-outcome": OUTCOME}
    assert (f"W208 error {day}-outcome" in findings_of(told)) is back


@pytest.mark.parametrize(
    ("ends", "stays"),
    [("2026-06-30", False), ("2026-07-01", False), ("2026-07-02", True), ("2026-07", False), ("2026-08", True)],
)
def test_a_gate_passed_before_the_end_stays_passed(ends: str, stays: bool) -> None:
    topic = {"ended": {"how": "withdrawn", "date": ends, "by": "村委会", "reason": "不办"}}
    told = story(outcome={"submitted": None}, topic=topic)
    assert (f"W602 error {EV}" in findings_of(told)) is stays


@pytest.mark.parametrize(
    ("code", "on", "late"),
    [
        (COUNTY, "2019-11-29", False),
        (COUNTY, "2019-11-30", False),
        (COUNTY, "2019-12-01", True),
        (TOWN, "2019-11-30", False),
        (TOWN, "2019-12-01", True),
        (VILLAGE, "2019-12-31", False),
        (VILLAGE, "2020-01-01", True),
        (VILLAGE, "2019-12", False),
        (VILLAGE, "2020", True),
    ],
)
def test_a_platform_was_set_up_by_its_day(code: str, on: str, late: bool) -> None:
    known = make_platform(code, row={"established": on})
    assert len(owed_by_platform(known, "W701")) == late
    if len(on) == 10:
        first = make_platform(code, summaries=(make_summary("2019-001", on, "2021-01-01", code=code),))
        assert len(owed_by_platform(first, "W701")) == late


@pytest.mark.parametrize(("held", "met"), [(1, False), (2, True), (3, True)])
def test_a_village_held_as_many_as_it_should(held: int, met: bool) -> None:
    days = ("2025-01-01", "2025-12-31", "2025-06-01")[:held]
    platform = make_platform(
        summaries=(make_summary("2025-001", *sorted(days)),),
        settings=[setting("consultations_per_year.village", 2)],
        as_of=date(2026, 1, 1),
    )
    assert ("W706 duty platform 2025-12-31" not in owed_by_platform(platform, "W706")) is met


@pytest.mark.parametrize(
    ("year", "told"),
    [(2025, True), (2026, False), (2027, False)],
)
def test_items_are_told_of_when_their_year_is_over(year: int, told: bool) -> None:
    projects = {"title": "实事", "adopted": {"date": f"{year}-01-01"}, "items": [{"item": "1", "name": "路灯"}]}
    platform = make_platform(COUNTY, {f"projects/{year}.yml": projects}, as_of=date(2026, 12, 31))
    assert (owed_by_platform(platform, "W710") != []) is told


def ballots(**counts: int) -> Any:
    data = load("evaluation", EVALUATION | {"ballots": {**EVALUATION["ballots"], **counts}})  # type: ignore[dict-item]
    assert isinstance(data, Evaluation)
    return data.ballots


@pytest.mark.parametrize(
    ("counts", "fields"),
    [
        ({"issued": 30, "returned": 30}, []),
        ({"issued": 31}, []),
        ({"issued": 29}, ["returned"]),
        ({"returned": 29}, ["satisfied"]),
        ({"returned": 31, "issued": 31}, ["satisfied"]),
        ({"returned": 31, "issued": 31, "invalid": 1}, []),
        ({"present": 40, "eligible": 40}, []),
        ({"present": 39, "eligible": 40}, []),
        ({"present": 41, "eligible": 40}, ["present"]),
        ({"present": 41}, []),
        ({"eligible": 1}, []),
    ],
)
def test_counts_of_ballots_that_cannot_be(counts: dict[str, int], fields: list[str]) -> None:
    assert [field for field, _ in ballot_errors(ballots(**counts))] == fields


@pytest.mark.parametrize(
    ("low", "other", "exceeds"), [(29, 30, False), (30, 30, False), (31, 30, True), (31, None, False)]
)
def test_a_number_is_certainly_more(low: int, other: int | None, exceeds: bool) -> None:
    assert bounds(low).exceeds(bounds(other) if other is not None else bounds("unpublished")) is exceeds


@pytest.mark.parametrize(
    ("done", "unit", "expected"),
    [
        (29, "个", False),
        (30, "个", True),
        (31, "个", True),
        (30, None, True),
        (29.5, "个", False),
        (30, "米", None),
        (None, "个", None),
        ("30", "个", None),
    ],
)
def test_a_target_is_reached_by_its_number(done: Any, unit: str | None, expected: bool | None) -> None:
    assert reaches_target(Target(amount=30, unit="个"), Done(amount=done, unit=unit)) is expected
    assert reaches_target(None, Done(amount=30)) is reaches_target(Target(amount=30), None) is None
    assert reaches_target(Target(amount=None), Done(amount=30)) is None


@pytest.mark.parametrize(("measures", "closed"), [([], True), (None, True), ([MEASURE], False)])
def test_what_has_no_measures_is_closed_by_its_outcome(measures: Any, closed: bool) -> None:
    told = story(outcome={"measures": measures}, until="outcome")
    dossier = make_dossier(told)
    assert is_closed(dossier, make_context(), owing=False) is closed
    assert is_closed(dossier, make_context(), owing=True) is False
    assert is_closed(make_dossier({"topic": TOPIC, AT: CONSULTATION}), make_context(), owing=False) is False
