"""The course of a made dossier: which records it has and when, from topic to the last evaluation.

Six or seven of ten have 6 to 9 records; one in seventy has forty; some are open, ended, withheld, told of by a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from weimin.bench import after, events
from weimin.bench.dossier_draft import Course, RecordDates
from weimin.bench.draws import Draws
from weimin.bench.matter import Matter
from weimin.bench.outcomes import nothing_new, outcome, withheld

_SORTS = ((63, "usual"), (75, "short"), (89, "again"), (93, "ended"), (97, "withheld"), (101, "compiled"))
_LONG = 70
"""Every so many dossiers one of forty records."""


def course(matter: Matter, here: str, number: int) -> Iterator[RecordDates]:
    """All files of one dossier, in the order of its story; those after the day on which it was made are left out by the caller."""
    told = Course(matter, here, Draws(number, 29))
    drawn = told.draws.below(100)
    sort = next(name for limit, name in _SORTS if drawn < limit)
    if number % _LONG == 3:
        sort = "long"
    yield RecordDates(told.after(1), f"{here}/topic.md", events.topic(told, sort))
    if sort == "ended":
        return
    told.day = told.after(told.draws.between(6, 20))
    if sort == "compiled":
        yield from _reported(told)
        return
    rounds = {"again": 2, "long": 4}.get(sort, 1)
    for number_of_round in range(1, rounds + 1):
        yield from _round(told, sort, number_of_round, last=number_of_round == rounds)
        if sort in ("short", "withheld"):
            return
        told.day = told.after(told.draws.between(20, 60))
    if told.draws.chance(8):
        yield from told.filed("correction", after.correction(told), ending="yml")


def _round(told: Course, sort: str, number: int, *, last: bool) -> Iterator[RecordDates]:
    draws = told.draws
    consultation = told.stem("consultation")
    yield from told.filed("consultation", events.consultation(told, again=number > 1))
    told.day = told.after(draws.between(4, 12))
    agreed = told.stem("outcome")
    if sort == "withheld":
        yield from told.filed("outcome", withheld(told, consultation))
        return
    first, whole = outcome(told, consultation, many=sort == "long")
    if draws.chance(80):
        yield from told.filed("outcome", whole)
    else:
        yield from told.filed("outcome", first, later=(draws.between(3, 9), whole))
    if sort == "short" and draws.chance(60):
        return
    told.day = told.after(draws.between(8, 18))
    if told.open:
        yield from told.filed("response", after.response(told))
    if sort == "short":
        return
    for _ in range(2 if sort == "long" else draws.chance(40)):
        told.day = told.after(draws.between(9, 14))
        seen = told.stem("consultation")
        yield from told.filed("consultation", events.progress(told))
        if draws.chance(50):
            told.day = told.after(draws.between(1, 6))
            yield from told.filed("outcome", nothing_new(told, seen))
    for turn in range(draws.between(1, 2) if sort == "long" else draws.between(0, 1)):
        told.day = told.after(draws.between(7, 12))
        yield from told.filed("followup", after.followup(told, turn, done=False))
    told.day = max(told.after(6), max(due for _, _, due in told.measures) - timedelta(days=draws.between(1, 6)))
    yield from told.filed("followup", after.followup(told, 9, done=True))
    told.day = told.after(draws.between(8, 40))
    yield from told.filed("evaluation", after.evaluation(told, agreed, low=not last), ending="yml")


def _reported(told: Course) -> Iterator[RecordDates]:
    """Put together from a report: no gate stands in it and nothing is owed."""
    consultation = told.stem("consultation")
    yield from told.filed("consultation", events.consultation(told, compiled=True))
    told.day = told.after(told.draws.between(4, 30))
    _, whole = outcome(told, consultation, compiled=True)
    yield from told.filed("outcome", whole)
