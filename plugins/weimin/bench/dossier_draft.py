"""A dossier while it is being made: where it lies, what day it is, which line ids are taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from weimin.bench.draws import Draws
from weimin.bench.matter import Matter


class RecordDates(msgspec.Struct, frozen=True):
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
    ) -> Iterator[RecordDates]:
        """The record of today, two days after it happened; `later`: what it became so many days after that."""
        stem = self.stem(kind)
        self._names.add(stem)
        path = f"{self._here}/{stem}.{ending}"
        yield RecordDates(self.after(2), path, text)
        if later:
            yield RecordDates(self.after(2 + later[0]), path, later[1])

    def stem(self, kind: str) -> str:
        stem = f"{self.day.isoformat()}-{kind}"
        return stem if stem not in self._names else f"{stem}-2"
