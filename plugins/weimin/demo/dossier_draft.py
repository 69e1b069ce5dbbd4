"""How far a scenario has been told: what stands, what is still open, and the variety of numbers it draws from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from weimin.demo.names import words_of
from weimin.demo.scenario import PlannedMeasure, Scenario, ScenarioEvent
from weimin.model.period import parse_period

_MARK = re.compile(r"\{([a-z]+|[+-]\d+)\}")
_DOSSIER = re.compile(r"@([a-z0-9-]+)")


class DossierDraft:
    """The state of one telling. `ids`: key of a scenario → its dossier. `turn` varies numbers and words, the same each time."""

    def __init__(self, scenario: Scenario, ids: Mapping[str, str]) -> None:
        self.scenario = scenario
        self.code = scenario.at
        self.contents = scenario.contents
        self.start = date.fromisoformat(scenario.on)
        self.variant = crc32(scenario.key.encode()) % 1000
        self.stems: dict[str, str] = {}  # kind → the last one told
        self.bodies: dict[str, str] = {}  # stem → prose
        self.measures: dict[str, tuple[PlannedMeasure, date | None]] = {}
        self.agreed_measures: list[str] = []  # ids of the measures of the last outcome that has any
        self.open_lines: dict[str, str] = {}  # suggestions and dissent without an answer: id → text
        self.consultation_count = 0  # consultations told so far
        self.about = ""  # of the last one
        self._ids = ids
        self._words = words_of(scenario.at)
        self.title = scenario.contents.title.format_map(self._words)
        self._counts: dict[str, int] = {}
        self._used: set[str] = set()

    def line_id(self, letter: str) -> str:
        """The next id of a line: s1, s2 … unique within the dossier."""
        self._counts[letter] = self._counts.get(letter, 0) + 1
        return f"{letter}{self._counts[letter]}"

    def day(self, event: ScenarioEvent) -> date:
        """The day of an act; of a reduced date the last possible one, and day 0 where none is known."""
        if isinstance(event.day, int):
            return self.start + timedelta(days=event.day)
        return parse_period(event.day, in_name=True).last or self.start

    def stem(self, event: ScenarioEvent) -> str:
        """`DATE-KIND[-N]`, remembered as the last of its kind."""
        named = event.day if isinstance(event.day, str) else self.day(event).isoformat()
        stem, n = f"{named}-{event.kind}", 1
        while stem in self._used:
            n += 1
            stem = f"{named}-{event.kind}-{n}"
        self._used.add(stem)
        return stem

    def fill(self, value: Any) -> Any:
        """A value with its marks replaced: {gov} and the like, {+30} a day from the start, {outcome} the last one, @key."""
        if isinstance(value, str):
            return _DOSSIER.sub(lambda m: self._ids[m[1]], _MARK.sub(self._marked, value))
        if isinstance(value, Mapping):
            return {k: self.fill(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self.fill(v) for v in value]
        return value

    def _marked(self, m: re.Match[str]) -> str:
        if m[1][0] in "+-":
            return (self.start + timedelta(days=int(m[1]))).isoformat()
        return self.stems.get(m[1]) or self._words[m[1]]
