"""How long things took, against a spreadsheet's arithmetic."""

from __future__ import annotations

from datetime import date
from statistics import median

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from weimin.model.finding import Duty
from weimin.model.summary import ConsultationRow, MeasureRow, OutcomeRow, Summary
from weimin.totals.durations import (
    Durations,
    InTime,
    answer_times,
    answers_in_time,
    completion_times,
    days_between,
    outcome_times,
    spread_of,
)

EMPTY = Summary(
    id="990101001001/2026-001",
    platform="990101001001",
    title="路灯",
    themes=(),
    compiled=False,
    day=None,
    last=None,
    last_on="",
    last_stem="",
    step=0,
    steps=(),
    rounds=1,
    closed=False,
    ended=None,
)


def dossier(
    consulted: tuple[str, ...] = (), agreed: tuple[str, ...] = (), measures: tuple[MeasureRow, ...] = ()
) -> Summary:
    return msgspec.structs.replace(
        EMPTY,
        consultations=tuple(
            ConsultationRow(stem=f"{on}-c", on=on, day=None, year=None, about=None) for on in consulted
        ),
        outcomes=tuple(
            OutcomeRow(stem=f"{on}-o", on=on, day=None, year=None, consensus=None, publication=None) for on in agreed
        ),
        measures=measures,
    )


def measure(of: str, state: str | None, done: date | None = None, kept: bool | None = None) -> MeasureRow:
    return MeasureRow(id="m1", stem=f"{of}-o", text="装灯", unit=None, due=None, state=state, done=done, in_time=kept)


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=200))
def test_the_spread_is_that_of_a_spreadsheet(days):
    """MEDIAN(range) and LARGE(range, ROUNDUP(COUNT(range)/10, 0))."""
    found = spread_of(days)
    count = -(-len(days) // 10)
    assert found.median == median(days)
    assert found.slow_from == sorted(days, reverse=True)[count - 1]
    assert (found.least, found.most, found.count, found.slow_count) == (min(days), max(days), len(days), count)
    assert sum(d >= found.slow_from for d in days) >= count


def test_of_nothing_there_is_no_spread():
    assert spread_of(()) is None
    assert Durations().spread is None


def test_days_that_cannot_be_told_are_counted_apart():
    day = date(2026, 3, 1)
    pairs = [(day, date(2026, 3, 9)), (None, day), (day, None), (day, date(2026, 2, 28)), (day, day)]
    assert days_between(pairs) == Durations(days=(8, 0), unknown=3)


def test_an_outcome_counts_from_the_last_consultation_before_it():
    rows = [
        dossier(("2026-03-01", "2026-03-05", "2026-04-20"), ("2026-03-10", "2026-04-21")),
        dossier(("2026-03",), ("2026-03-10",)),
        dossier((), ("2026-03-10",)),
        dossier(("2026-03-01",), ("by-2026-03-10",)),
    ]
    assert outcome_times(rows) == Durations(days=(5, 1), unknown=2)


def test_a_measure_counts_from_the_outcome_that_agreed_on_it():
    done = date(2026, 6, 18)
    rows = [
        dossier(
            agreed=("2026-03-10",), measures=(measure("2026-03-10", "done", done), measure("2026-03-10", "behind"))
        ),
        dossier(agreed=("2026-Q1",), measures=(measure("2026-Q1", "done", done),)),
        dossier(agreed=("2026-03-10",), measures=(measure("2026-03-10", "done"),)),
    ]
    assert completion_times(rows) == Durations(days=(100,), unknown=2)


def duty(code: str, met_on: str = "", met: date | None = None, due: date | None = date(2026, 3, 31)) -> Duty:
    since = date(2026, 3, 1)
    return Duty(
        code=code, path="a.md", message="", owed_by="990101001001", since=since, due=due, met=met, met_on=met_on
    )


def test_answers_count_from_the_day_since_which_they_were_owed():
    duties = [
        duty("W604", "2026-03-08", date(2026, 3, 8)),
        duty("W606", "2026-04-01", date(2026, 4, 1)),
        duty("W612", "2026-04", date(2026, 4, 1)),
        duty("W612", "", date.min),
        duty("W606"),
        duty("W602", "2026-03-02", date(2026, 3, 2)),
    ]
    assert answer_times(duties) == Durations(days=(7, 31), unknown=2)
    assert answers_in_time(duties) == InTime(judged=2, in_time=1, undue=2)
