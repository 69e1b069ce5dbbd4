"""A dossier while it is generated: its folder, the current day, the ids in use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from weimin.bench.contents import DossierContents
from weimin.bench.pseudo_random import PseudoRandom


class FileVersion(msgspec.Struct, frozen=True):
    """A file as filed on a day; a later entry with the same path replaces it."""

    day: date
    path: str
    text: str


class DossierDraft:
    """A dossier being generated: its folder, the current day, the ids of list items that are in use."""

    def __init__(self, contents: DossierContents, here: str, rng: PseudoRandom) -> None:
        self.contents, self.rng, self._here = contents, rng, here
        self.day = contents.start
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

    def file_versions(
        self, kind: str, text: str, *, ending: str = "md", later: tuple[int, str] | None = None
    ) -> Iterator[FileVersion]:
        """The record of the current day, filed two days later; `later`: (further days, new text)."""
        stem = self.stem(kind)
        self._names.add(stem)
        path = f"{self._here}/{stem}.{ending}"
        yield FileVersion(self.after(2), path, text)
        if later:
            yield FileVersion(self.after(2 + later[0]), path, later[1])

    def stem(self, kind: str) -> str:
        stem = f"{self.day.isoformat()}-{kind}"
        return stem if stem not in self._names else f"{stem}-2"
