"""Every comparison of days in the totals: the day before, the day itself, the day after."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from made_rows import VILLAGE, answer, consultation, duty, finding, measure, outcome, summary

from weimin.totals.contributions import contributions_of_dossier, contributions_of_platform
from weimin.totals.durations import (
    Durations,
    answer_times,
    answers_in_time,
    completion_times,
    days_between,
    outcome_times,
    spread_of,
)
from weimin.totals.months import held_months
from weimin.totals.periods import month_sums_of_dossier, year_sums_of_dossier

REPORT = f"page:reports/2026/{VILLAGE}"


@pytest.mark.parametrize(("met_on", "in_time"), [("2026-03-30", 1), ("2026-03-31", 1), ("2026-04-01", 0)])
def test_an_answer_on_the_last_day_is_in_time(met_on: str, in_time: int) -> None:
    found = answers_in_time([answer(met_on)])
    assert (found.judged, found.in_time, found.undue) == (1, in_time, 0)
    sums = year_sums_of_dossier(summary(answers=(answer(met_on),)))
    assert (sums[REPORT, "answers-judged"], sums[REPORT, "answers-in-time"]) == (1, in_time)


@pytest.mark.parametrize("code", ["W604", "W606", "W612"])
def test_an_answer_on_the_day_since_which_it_is_owed_takes_no_day(code: str) -> None:
    assert answer_times([answer("2026-03-01", code=code)]) == Durations(days=(0,))


def test_what_is_open_or_no_answer_is_counted_nowhere() -> None:
    others = [answer(""), answer("2026-03-05", code="W602")]
    assert answer_times(others) == Durations()
    assert answers_in_time(others).judged == 0


@pytest.mark.parametrize(
    ("consulted", "found"),
    [
        ("2026-03-09", Durations(days=(1,))),
        ("2026-03-10", Durations(days=(0,))),
        ("2026-03-11", Durations(unknown=1)),
    ],
)
def test_an_outcome_on_the_day_of_its_consultation_takes_no_day(consulted: str, found: Durations) -> None:
    agreed = outcome("2026-03-10")
    assert outcome_times([summary(consultations=(consultation(consulted),), outcomes=(agreed,))]) == found
    two = (consultation("2026-03-01"), consultation(consulted))
    expected = Durations(days=(9,)) if found.unknown else found
    assert outcome_times([summary(consultations=two, outcomes=(agreed,))]) == expected


@pytest.mark.parametrize(
    ("ends", "found"), [(2, Durations(days=(1,))), (1, Durations(days=(0,))), (0, Durations(unknown=1))]
)
def test_what_ends_on_the_day_on_which_it_begins_takes_no_day(ends: int, found: Durations) -> None:
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)]
    assert days_between([(days[1], days[ends])]) == found
    done = summary(outcomes=(outcome("2026-03-01"),), measures=(measure("2026-03-01", "done", days[ends].isoformat()),))
    assert completion_times([done]) == found


def test_a_spread_begins_with_no_day_and_refuses_less() -> None:
    spread = spread_of([0])
    assert spread is not None
    assert (spread.least, spread.most, spread.slow_count, spread.slow_from) == (0, 0, 1, 0)
    with pytest.raises(ValueError, match="-1"):
        spread_of([3, -1])


@pytest.mark.parametrize(("count", "slow"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_the_slowest_tenth_is_rounded_up(count: int, slow: int) -> None:
    spread = spread_of(range(count))
    assert spread is not None
    assert (spread.slow_count, spread.slow_from) == (slow, count - slow)


@pytest.mark.parametrize(("days", "late"), [(0, 0), (1, 1), (2, 1)])
def test_a_duty_is_overdue_from_the_first_day_after_its_last(days: int, late: int) -> None:
    s = summary(duties=(duty(overdue_days=days),))
    shares = contributions_of_dossier(s)
    assert shares.sums["all", "overdue"] == shares.sums[f"platform:{VILLAGE}", "overdue"] == late
    assert sum(entry.list == "overdue" for entry in shares.entries) == late
    assert shares.sums.get(("page:duties/state-overdue", "rows"), 0) == late
    assert shares.sums.get(("page:duties/state-open", "rows"), 0) == 1 - late
    assert month_sums_of_dossier(s)["page:bulletin/2026-03", "overdue"] == late


@pytest.mark.parametrize(("days", "late"), [(0, 0), (1, 1), (2, 1)])
def test_a_platforms_own_duty_is_overdue_from_the_first_day_after_its_last(days: int, late: int) -> None:
    shares = contributions_of_platform(VILLAGE, [finding(overdue_days=days)], {})
    assert shares.sums["all", "overdue"] == shares.sums[f"platform:{VILLAGE}", "overdue"] == late
    assert sum(entry.list == "overdue" for entry in shares.entries) == late
    assert shares.sums.get(("page:duties/state-overdue", "rows"), 0) == late


def test_an_overdue_duty_without_a_day_is_in_no_month() -> None:
    assert month_sums_of_dossier(summary(duties=(duty(None, 5),))) == {}


@pytest.mark.parametrize(
    ("on", "month"),
    [
        ("2025-12-31", None),
        ("2026-01-01", 1),
        ("2026-03-31", 3),
        ("2026-04-01", 4),
        ("2026-04", 4),
        ("2026-12-31", 12),
        ("2027-01-01", None),
        ("2026-Q1", None),
        ("2026", None),
        ("XXXX", None),
        ("by-2026-03-10", None),
        ("nonsense", None),
    ],
)
def test_a_consultation_is_held_in_the_month_in_which_all_its_days_lie(on: str, month: int | None) -> None:
    row = msgspec.structs.replace(consultation(on, times=3), year=2026)
    found = held_months([summary(consultations=(row,))], 2026)
    assert found.counts == tuple(3 if n == month else 0 for n in range(1, 13))
    assert found.undated == (3 if month is None else 0)
