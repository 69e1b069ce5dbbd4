"""Days and thresholds: from published rules upwards, then `house`, then the program's own defaults."""

from __future__ import annotations

import re
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
"""docs/reference/rules.md, "Parameters". A parameter that differs by level is written `name.level`."""


_MONTH_DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31")
_CHOICES = {"topic_approval": ("free", "required"), "satisfaction_formula": ("satisfied", "satisfied_and_basic")}
_MOST = 3660  # days: ten years; more is a slip of the keyboard, and would run out of the calendar


def fits(name: str, value: object) -> bool:
    """The value can be used for what it is: days and numbers of times whole, a threshold 0 to 1, a day as MM-DD.

    A name that the program does not know fits anything: nothing reads it.
    """
    name = name.partition(".")[0]
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name == "plan_due":
        return isinstance(value, str) and _MONTH_DAY.fullmatch(value) is not None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if name == "low_satisfaction":
        return number and 0 <= value <= 1  # type: ignore[operator]  # number has said so
    if name in DEFAULTS or name == "consultations_per_year":
        return number and 0 <= value <= _MOST and value == int(value)  # type: ignore[operator,call-overload]  # as above
    return True


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
    """What is in force where and when. A value that cannot be used (`fits`) is as though it had not been given."""

    def __init__(self, given: Iterable[Given] = ()) -> None:
        usable = (g for g in given if fits(g.name, g.value))
        self.given = tuple(sorted(usable, key=lambda g: (g.name, g.platform, g.since or date.min, g.source)))
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
