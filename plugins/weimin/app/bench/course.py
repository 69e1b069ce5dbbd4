"""The course of a made dossier: which records it has and when, from topic to the last evaluation.

Six or seven of ten have 6 to 9 records; one in seventy has forty; some are open, ended, withheld, told of by a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from weimin.app.bench import after, events
from weimin.app.bench.draws import Draws
from weimin.app.bench.matter import Matter
from weimin.app.bench.outcomes import nothing_new, outcome, withheld

_SORTS = ((63, "usual"), (75, "short"), (89, "again"), (93, "ended"), (97, "withheld"), (101, "compiled"))
_LONG = 70
"""Every so many dossiers one of forty records."""


class Filed(msgspec.Struct, frozen=True):
    """A file as it was filed on a day; the same path on a later day is what it became."""

    day: date
    path: str
    text: str


class Course:
    """A dossier that is being told: where it lies, what day it is, which line ids are taken."""

    def __init__(self, matter: Matter, here: str, draws: Draws) -> None:
        self.matter, self.draws, self._here = matter, draws, here
        self.day = matter.start
        self.taken = {"s": 0, "d": 0, "m": 0, "u": 0}
        self.open: list[str] = []
        self.measures: list[tuple[str, int, date]] = []
        self._names: set[str] = set()

    def ids(self, letter: str, count: int) -> list[str]:
        first = self.taken[letter] + 1
        self.taken[letter] += count
        return [f"{letter}{n}" for n in range(first, first + count)]

    def after(self, days: int) -> date:
        return self.day + timedelta(days=days)

    def filed(
        self, kind: str, text: str, *, ending: str = "md", later: tuple[int, str] | None = None
    ) -> Iterator[Filed]:
        """The record of today, two days after it happened; `later`: what it became so many days after that."""
        stem = self.stem(kind)
        self._names.add(stem)
        path = f"{self._here}/{stem}.{ending}"
        yield Filed(self.after(2), path, text)
        if later:
            yield Filed(self.after(2 + later[0]), path, later[1])

    def stem(self, kind: str) -> str:
        stem = f"{self.day.isoformat()}-{kind}"
        return stem if stem not in self._names else f"{stem}-2"


def course(matter: Matter, here: str, number: int) -> Iterator[Filed]:
    """All files of one dossier, in the order of its story; those after the day on which it was made are left out by the caller."""
    told = Course(matter, here, Draws(number, 29))
    drawn = told.draws.below(100)
    sort = next(name for limit, name in _SORTS if drawn < limit)
    if number % _LONG == 3:
        sort = "long"
    yield Filed(told.after(1), f"{here}/topic.md", events.topic(told, sort))
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


def _round(told: Course, sort: str, number: int, *, last: bool) -> Iterator[Filed]:
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


def _reported(told: Course) -> Iterator[Filed]:
    """Put together from a report: no gate stands in it and nothing is owed."""
    consultation = told.stem("consultation")
    yield from told.filed("consultation", events.consultation(told, compiled=True))
    told.day = told.after(told.draws.between(4, 30))
    _, whole = outcome(told, consultation, compiled=True)
    yield from told.filed("outcome", whole)
