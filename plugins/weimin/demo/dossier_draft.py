"""The state of a dossier while its records are generated: what later records refer to, and the source of variety."""

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
    """A dossier being generated. `ids`: key of a scenario → its dossier. `variant` varies numbers and words deterministically."""

    def __init__(self, scenario: Scenario, ids: Mapping[str, str]) -> None:
        self.scenario = scenario
        self.code = scenario.at
        self.contents = scenario.contents
        self.start = date.fromisoformat(scenario.on)
        self.variant = crc32(scenario.key.encode()) % 1000
        self.stems: dict[str, str] = {}  # kind → stem of its latest record
        self.bodies: dict[str, str] = {}  # stem → prose of the record
        self.measures: dict[str, tuple[PlannedMeasure, date | None]] = {}
        self.agreed_measures: list[str] = []  # ids of the measures of the last outcome that has any
        self.open_lines: dict[str, str] = {}  # suggestions and dissent without an answer: id → text
        self.consultation_count = 0  # consultations generated so far
        self.about = ""  # `about` of the latest consultation
        self._ids = ids
        self._words = words_of(scenario.at)
        self.title = scenario.contents.title.format_map(self._words)
        self._counts: dict[str, int] = {}
        self._used: set[str] = set()

    def line_id(self, letter: str) -> str:
        """The next id of a list item: s1, s2 …, unique within the dossier."""
        self._counts[letter] = self._counts.get(letter, 0) + 1
        return f"{letter}{self._counts[letter]}"

    def day(self, event: ScenarioEvent) -> date:
        """The day of an event; of a reduced date the last possible day, and day 0 if there is none."""
        if isinstance(event.day, int):
            return self.start + timedelta(days=event.day)
        return parse_period(event.day, in_name=True).last or self.start

    def stem(self, event: ScenarioEvent) -> str:
        """`DATE-KIND[-N]`, unique within the dossier."""
        named = event.day if isinstance(event.day, str) else self.day(event).isoformat()
        stem, n = f"{named}-{event.kind}", 1
        while stem in self._used:
            n += 1
            stem = f"{named}-{event.kind}-{n}"
        self._used.add(stem)
        return stem

    def fill(self, value: Any) -> Any:
        """The value with its marks replaced.

        {gov} and similar marks are words of the place, {+30} is a day from the start, {outcome} the stem of the latest outcome,
        @key another dossier.
        """
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
