"""Days and thresholds: from published rules upwards, then `house`, then the program's own defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from weimin.model.place import Level, level_of, parent_code

DEFAULTS: Mapping[str, int | float | str] = {
    "triage_days": 15,
    "outcome_days": 15,
    "report_days": 7,
    "publication_days": 20,
    "response_days": 90,
    "explanation_days": 30,
    "report_up_days": 7,
    "followup_days": 90,
    "evaluation_days": 60,
    "reconsult_decision_days": 15,
    "reconsult_days": 90,
    "progress_days": 90,
    "low_satisfaction": 0.80,
    "satisfaction_formula": "satisfied_and_basic",
    "consultations_per_year.township": 2,
    "consultations_per_year.village": 1,
    "plan_due": "03-31",
    "notice_days": 7,
    "filed_late_days": 30,
    "topic_approval": "free",
}
"""rules.md, "Defaults". A parameter that differs by level is written `name.level`."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter as a rule record gives it. `source` is `CODE/rules/SLUG#clause`; `house`: this site's own."""

    name: str
    value: int | float | str
    platform: str
    source: str
    house: bool = False
    since: date | None = None
    until: date | None = None
    levels: tuple[str, ...] = ()


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter in force. `published` False: 本站默认，非文件规定. `source` empty: the program's own default."""

    name: str
    value: int | float | str
    source: str = ""
    published: bool = False

    @property
    def days(self) -> int:
        return int(self.value)


class Parameters:
    """What is in force where and when."""

    def __init__(self, given: Iterable[Given] = ()) -> None:
        self.given = tuple(sorted(given, key=lambda g: (g.name, g.platform, g.since or date.min, g.source)))
        self._by_name: dict[str, list[Given]] = {}
        for g in self.given:
            self._by_name.setdefault(g.name, []).append(g)

    def at(self, name: str, platform: str, on: date | None) -> Parameter:
        """The value for a platform on a day (`on` None: whatever is newest). Raises KeyError for an unknown name."""
        level = level_of(platform)
        for house in (False, True):
            code: str | None = platform
            while code:
                if (found := self._newest(name, code, on, level, house)) is not None:
                    return Parameter(name=name, value=found.value, source=found.source, published=not found.house)
                code = parent_code(code)
        value = DEFAULTS[name] if name in DEFAULTS else DEFAULTS[f"{name}.{level.value}"]
        return Parameter(name=name, value=value)

    def _newest(self, name: str, code: str, on: date | None, level: Level, house: bool) -> Given | None:
        best: Given | None = None
        for key in (name, f"{name}.{level.value}"):
            for g in self._by_name.get(key, ()):
                if g.platform != code or g.house != house or (g.levels and level.value not in g.levels):
                    continue
                if on is not None and ((g.since and on < g.since) or (g.until and on > g.until)):
                    continue
                if best is None or (g.since or date.min) >= (best.since or date.min):
                    best = g
        return best
