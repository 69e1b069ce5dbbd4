"""Parameters of the rules: numbers of days, thresholds, formulas, and which value is in force where and when.

The value for a platform on a day is the first of these that exists:

1. the newest setting in a published rule record of the platform, of the platform above it, and so on up to the city;
2. the newest setting in the `house` record of the platform, of the one above, and so on;
3. the program's default (`DEFAULTS`).

A setting counts if it is in force on that day and applies to the platform's level. A name may carry a level
(`consultations_per_year.village`).
"""

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


def is_valid_value(name: str, value: object) -> bool:
    """Whether a value can be used: numbers of days and of times are whole, a threshold is 0 to 1, a day is MM-DD.

    For a name that the program does not know every value is valid, because nothing uses it.
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


class ParameterSetting(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a rule record that sets a parameter. `source`: `CODE/rules/SLUG#clause`; `house`: in a house record.

    `since`, `until`: first and last day in force, None without a limit. `levels`: where it applies, empty for all.
    """

    name: str
    value: int | float | str
    platform: str
    source: str
    house: bool = False
    since: date | None = None
    until: date | None = None
    levels: tuple[str, ...] = ()


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter in force. `published` False: 本站默认，非文件规定. `source` empty: the program's default."""

    name: str
    value: int | float | str
    source: str = ""
    published: bool = False

    @property
    def days(self) -> int:
        return int(self.value)


class Parameters:
    """All settings, and the values in force. Settings with an invalid value (`is_valid_value`) are ignored."""

    def __init__(self, settings: Iterable[ParameterSetting] = ()) -> None:
        valid = (s for s in settings if is_valid_value(s.name, s.value))
        self.settings = tuple(sorted(valid, key=lambda s: (s.name, s.platform, s.since or date.min, s.source)))
        self._by_name: dict[str, list[ParameterSetting]] = {}
        for s in self.settings:
            self._by_name.setdefault(s.name, []).append(s)

    def at(self, name: str, platform: str, on: date | None) -> Parameter:
        """The value for a platform on a day; the newest if `on` is None.

        Raises KeyError for a name without a value for the platform's level.
        """
        level = level_of(platform)
        for house in (False, True):
            code: str | None = platform
            while code:
                if (s := self._newest(name, code, on, level, house)) is not None:
                    return Parameter(name=name, value=s.value, source=s.source, published=not s.house)
                code = parent_code(code)
        value = DEFAULTS[name] if name in DEFAULTS else DEFAULTS[f"{name}.{level.value}"]
        return Parameter(name=name, value=value)

    def _newest(self, name: str, code: str, on: date | None, level: Level, house: bool) -> ParameterSetting | None:
        newest: ParameterSetting | None = None
        for key in (name, f"{name}.{level.value}"):
            for s in self._by_name.get(key, ()):
                if s.platform != code or s.house != house or (s.levels and level.value not in s.levels):
                    continue
                if on is not None and ((s.since and on < s.since) or (s.until and on > s.until)):
                    continue
                if newest is None or (s.since or date.min) >= (newest.since or date.min):
                    newest = s
        return newest
