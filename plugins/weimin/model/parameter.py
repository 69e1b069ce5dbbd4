"""Parameters of the rules: numbers of days, thresholds, formulas, and which value is in force where and when.

The value for a platform on a day is the first of these that exists:

1. *rule*: the newest setting in an issued rule record of the county, else of the city; a township or village below may
   shorten it by an issued rule record of its own;
2. *default*: the newest setting in a rule record without a day of issue, then in the `house` record, in the same order;
3. *default*: the program's own (`DEFAULTS`).

Only a value of the first sort binds: what rests on a default is a reminder and is never overdue or low (docs/adr/0074).
A setting counts if it is in force on that day and applies to the platform's level. One of an issued rule binds from the
day on which it was first committed, if that is later. A name may carry a level (`consultations_per_year.village`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from weimin.model.basis import Basis
from weimin.model.place import Level, chain_of, level_of

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
    "assessment_due": "03-31",
    "notice_days": 7,
    "filed_late_days": 30,
    "topic_approval": "free",
}
"""docs/reference/rules.md, "Parameters". A parameter that differs by level is written `name.level`."""


_MONTH_DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31")
_CHOICES = {"topic_approval": ("free", "required"), "satisfaction_formula": ("satisfied", "satisfied_and_basic")}
_DAYS_OF_YEAR = ("plan_due", "assessment_due")
_DEADLINES = frozenset(
    {n for n in DEFAULTS if n.endswith("_days")} - {"notice_days", "progress_days", "filed_late_days"}
) | {*_DAYS_OF_YEAR}
_MOST = 3660  # days: ten years; more is a slip of the keyboard, and would run out of the calendar


def is_valid_value(name: str, value: object) -> bool:
    """Whether a value can be used: numbers of days and of times are whole, a threshold is 0 to 1, a day is MM-DD.

    For a name that the program does not know every value is valid, because nothing uses it.
    """
    name = name.partition(".")[0]
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in _DAYS_OF_YEAR:
        return isinstance(value, str) and _MONTH_DAY.fullmatch(value) is not None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if name == "low_satisfaction":
        return number and 0 <= value <= 1  # type: ignore[operator]  # number has said so
    if name in DEFAULTS or name == "consultations_per_year":
        return number and 0 <= value <= _MOST and value == int(value)  # type: ignore[operator,call-overload]  # as above
    return True


class ParameterSetting(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a rule record that sets a parameter. `source`: `CODE/rules/SLUG#clause`; `house`: in a house record.

    `record`: the reference of the record; `issued`: the record has a day of issue. `since`, `until`: first and last day in force, None without a limit. `levels`:
    where it applies, empty for all. `committed`: the day on which it first stood on the main branch, None without a history.
    """

    name: str
    value: int | float | str
    platform: str
    source: str
    record: str = ""
    house: bool = False
    issued: bool = True
    since: date | None = None
    until: date | None = None
    levels: tuple[str, ...] = ()
    committed: date | None = None

    @property
    def basis(self) -> Basis:
        return Basis.RULE if self.issued and not self.house else Basis.DEFAULT

    @property
    def binds_from(self) -> date | None:
        """The first day for which it counts: a rule does not reach back behind the day on which it was committed."""
        days = [day for day in (self.since, self.committed) if day is not None]
        return max(days, default=None)


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter in force. `published` False: 本站参考，非文件规定. `source` empty: the program's default."""

    name: str
    value: int | float | str
    source: str = ""
    published: bool = False

    @property
    def days(self) -> int:
        return int(self.value)

    @property
    def basis(self) -> Basis:
        return Basis.RULE if self.published else Basis.DEFAULT


def may_shorten(name: str) -> bool:
    """Whether a lower number of the parameter asks for more: only such a number may be set below the county."""
    name = name.partition(".")[0]
    return name in _DAYS_OF_YEAR or (name.endswith("_days") and name != "notice_days")


def shortens(name: str, value: int | float | str, above: int | float | str) -> bool:
    """Whether `value` is a shorter time than `above`, the value that is set for a platform from above it."""
    if not may_shorten(name):
        return False
    if isinstance(value, str) and isinstance(above, str):  # two days of the year as MM-DD
        return value < above
    return not isinstance(value, str) and not isinstance(above, str) and value < above


_SORTS = ((False, True), (False, False), (True, True))
"""(house, issued) of the three sorts of settings, in the order in which they count; of a house record the second is always True."""


def default_of(name: str, level: Level) -> int | float | str:
    """The program's default. Raises KeyError for a name without one for the level."""
    return DEFAULTS[name] if name in DEFAULTS else DEFAULTS[f"{name}.{level.value}"]


class Parameters:
    """All settings, and the values in force. Settings with an invalid value (`is_valid_value`) are ignored."""

    def __init__(self, settings: Iterable[ParameterSetting] = ()) -> None:
        valid = (s for s in settings if is_valid_value(s.name, s.value))
        self.settings = tuple(sorted(valid, key=lambda s: (s.name, s.platform, s.since or date.min, s.source)))
        self._own: dict[tuple[str, str], list[ParameterSetting]] = {}
        self._of_record: dict[str, list[ParameterSetting]] = {}
        for s in self.settings:
            self._own.setdefault((s.name, s.platform), []).append(s)
            self._of_record.setdefault(s.record, []).append(s)
        self._limiting = frozenset(s.platform for s in self.settings if s.basis.binds and s.name in _DEADLINES)

    def at(self, name: str, platform: str, on: date | None) -> Parameter:
        """The value for a platform on a day; the newest if `on` is None.

        Raises KeyError for a name without a value for the platform's level.
        """
        return self._value(name, tuple(chain_of(platform)), on, level_of(platform))

    def above(self, setting: ParameterSetting) -> Parameter | None:
        """What a township's or village's own setting has to be shorter than: the number set above it; None if there is none.

        A setting of its house record has this site's own numbers above it, too. As of the day from which the setting counts;
        where no issued rule set the number then, the newest one is taken, since it is what the setting would shorten.
        """
        name, _, named = setting.name.partition(".")
        level = Level(named) if named else level_of(setting.platform)
        try:
            chain = tuple(chain_of(setting.platform))[1:]
            value = self._value(name, chain, setting.binds_from, level)
            if setting.basis.binds and not value.basis.binds:
                value = self._value(name, chain, None, level)
        except KeyError:
            return None
        return value if value.basis.binds or not setting.basis.binds else None

    def of_record(self, ref: str) -> tuple[ParameterSetting, ...]:
        """The settings that one rule record makes."""
        return tuple(self._of_record.get(ref, ()))

    def sets_deadlines(self, county: str) -> bool:
        """Whether an issued rule of a county, or of the city above it, sets a time limit for duties."""
        return any(code in self._limiting for code in chain_of(county))

    def _value(self, name: str, chain: tuple[str, ...], on: date | None, level: Level) -> Parameter:
        """The value for a level at the lower end of a chain: what county and city set, as townships and villages shorten it."""
        upper = [code for code in chain if level_of(code) in (Level.CITY, Level.COUNTY)]
        found = self._first(name, upper, on, level, _SORTS)
        value = found.value if found is not None else default_of(name, level)
        for code in reversed(chain[: -len(upper)]):
            wanted = _SORTS[:1] if found is not None and found.basis.binds else _SORTS[1:]
            own = self._first(name, [code], on, level, wanted)
            if own is not None and shortens(name, own.value, value):
                found, value = own, own.value
        if found is None:
            return Parameter(name=name, value=value)
        return Parameter(name=name, value=value, source=found.source, published=found.basis.binds)

    def _first(
        self, name: str, codes: list[str], on: date | None, level: Level, sorts: tuple[tuple[bool, bool], ...]
    ) -> ParameterSetting | None:
        """The newest setting of the first sort that one of the platforms has, the first platform before the others."""
        found = (self._newest(name, code, on, level, wanted) for wanted in sorts for code in codes)
        return next((s for s in found if s is not None), None)

    def _newest(
        self, name: str, code: str, on: date | None, level: Level, wanted: tuple[bool, bool]
    ) -> ParameterSetting | None:
        newest: ParameterSetting | None = None
        for key in (name, f"{name}.{level.value}"):
            for s in self._own.get((key, code), ()):
                if (s.house, s.issued or s.house) != wanted:
                    continue
                if s.levels and level.value not in s.levels:
                    continue
                first = s.binds_from if s.basis.binds else s.since
                if on is not None and ((first and on < first) or (s.until and on > s.until)):
                    continue
                if newest is None or (s.since or date.min) >= (newest.since or date.min):
                    newest = s
        return newest
