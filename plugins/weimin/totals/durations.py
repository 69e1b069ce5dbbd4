"""How long things took, counted from the rows of dossiers: days to a result, days before or after what was due.

Only what is known to the day is counted: a month or a year would make days out of nothing. Each figure says how many
it left out for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import Protocol

import msgspec

from weimin.model.period import parse_period
from weimin.model.summary import Summary

ANSWERS = frozenset({"W604", "W606", "W612"})
"""Duties to answer somebody: who dissents, who suggests, who reported a matter up."""


class Owed(Protocol):
    """What is asked of a duty (`model.finding.Duty`, or a row of it): `met_on` is empty where it is open."""

    @property
    def code(self) -> str: ...
    @property
    def since(self) -> date | None: ...
    @property
    def due(self) -> date | None: ...
    @property
    def met(self) -> date | None: ...
    @property
    def met_on(self) -> str: ...


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """Days, of `count` cases: the least, the middle one, the most, and the slowest tenth.

    `median`: of an even number the mean of the two in the middle, as spreadsheets have it.
    `slow_count`: a tenth, rounded up; `slow_from`: the fastest of those, LARGE(days, slow_count) of a spreadsheet.
    """

    count: int
    least: int
    median: float
    most: int
    slow_count: int
    slow_from: int


class Durations(msgspec.Struct, frozen=True, kw_only=True):
    """Days in order of the rows that they come from; `unknown`: how many could not be told to the day."""

    days: tuple[int, ...] = ()
    unknown: int = 0

    @property
    def spread(self) -> Spread | None:
        return spread_of(self.days)


class InTime(msgspec.Struct, frozen=True, kw_only=True):
    """Of what is done and had a day to be done by, `judged`, how much was `in_time`; `undue`: done, and no day is known."""

    judged: int
    in_time: int
    undue: int


def spread_of(days: Sequence[int]) -> Spread | None:
    """None of nothing. Raises ValueError for a number below 0."""
    if not days:
        return None
    order = sorted(days)
    if order[0] < 0:
        raise ValueError(order[0])
    slow = -(-len(order) // 10)
    return Spread(
        count=len(order),
        least=order[0],
        median=float(median(order)),
        most=order[-1],
        slow_count=slow,
        slow_from=order[-slow],
    )


def days_between(pairs: Iterable[tuple[date | None, date | None]]) -> Durations:
    """From the first to the second day of each pair; one that ends before it begins is among the unknown."""
    days, unknown = [], 0
    for start, end in pairs:
        if start is None or end is None or end < start:
            unknown += 1
        else:
            days.append((end - start).days)
    return Durations(days=tuple(days), unknown=unknown)


def answer_times(duties: Iterable[Owed]) -> Durations:
    """From the day since which an answer was owed to the day on which it came: 答复用了几天; what is open has none."""
    return days_between((d.since, _day(d.met_on)) for d in duties if d.code in ANSWERS and d.met is not None)


def answers_in_time(duties: Iterable[Owed]) -> InTime:
    """Answered on or before the last day, each by the days that were in force for it."""
    met = [(d.due, _day(d.met_on)) for d in duties if d.code in ANSWERS and d.met is not None]
    judged = [day <= due for due, day in met if due is not None and day is not None]
    return InTime(judged=len(judged), in_time=sum(judged), undue=len(met) - len(judged))


def outcome_times(rows: Iterable[Summary]) -> Durations:
    """From each outcome's last consultation before it (or on its day) to the outcome: 形成成果用了几天."""
    return days_between(
        (max((day for c in s.consultations if (day := _day(c.on)) and day <= on), default=None) if on else None, on)
        for s in rows
        for o in s.outcomes
        for on in (_day(o.on),)
        if s.consultations
    )


def completion_times(rows: Iterable[Summary]) -> Durations:
    """From the outcome that agreed on a measure to the day on which it was done: 办好用了几天; what is open has none."""
    return days_between(
        (on.get(m.stem), m.done)
        for s in rows
        for on in ({o.stem: _day(o.on) for o in s.outcomes},)
        for m in s.measures
        if m.state == "done"
    )


def _day(text: str) -> date | None:
    """The day, where it is known to the day."""
    try:
        period = parse_period(text, in_name=True)
    except ValueError:
        return None
    return period.first if period.is_day else None
