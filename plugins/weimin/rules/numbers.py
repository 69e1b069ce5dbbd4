"""Numbers that a township or a village sets for itself: it may shorten what is set above it, and nothing else (三（二）2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from weimin.model.finding import Problem
from weimin.model.kinds import RuleBook, RuleParameter, listed
from weimin.model.parameter import DEFAULTS, ParameterSetting, may_shorten, shortens
from weimin.model.place import Level
from weimin.model.record import Record
from weimin.rules.context import PlatformContext
from weimin.rules.registry import platform_rule
from weimin.rules.wording import format_number, quote

_NO_LEAP_YEAR = 2001
_READ = frozenset(name.partition(".")[0] for name in DEFAULTS)
"""The parameters that rules read."""


@platform_rule("W131")
def number_not_shortened(p: PlatformContext) -> Iterator[Problem]:
    """Judged as of the day from which the number counts; where nothing was set above it then, by the newest number above.

    A number that is refused has no effect either (`model/parameter.py`).
    """
    if p.row.level in (Level.CITY, Level.COUNTY):
        return
    for record in p.records.of_kind("rule"):
        parameters = listed(record.data.parameters) if isinstance(record.data, RuleBook) else ()
        for i, parameter in enumerate(parameters):
            for setting in _settings(p, record, parameter):
                if (fault := _fault(p, setting)) is not None:
                    yield Problem(
                        code="W131",
                        path=record.place.path,
                        pointer=f"/parameters/{i}/name",
                        message=f"可执行参数{quote(parameter.name)}写的是 {setting.value}，{fault}：乡镇、村居只能把天数缩短",
                        hint=_hint(p, setting, only=len(parameters) == 1),
                    )


def _settings(p: PlatformContext, record: Record, parameter: RuleParameter) -> Iterator[ParameterSetting]:
    """The settings that a parameter of the record makes for the platforms, one for each level that it names."""
    values = parameter.value if isinstance(parameter.value, dict) else {"": parameter.value}
    for level, value in values.items():
        name = f"{parameter.name}.{level}" if level else parameter.name
        own = (s for s in p.context.parameters.of_record(record.place.ref) if (s.name, s.value) == (name, value))
        yield from list(own)[:1]


def _fault(p: PlatformContext, s: ParameterSetting) -> str | None:
    """Why the number may not be set, None if it may; one that no rule reads does no harm."""
    if s.name.partition(".")[0] not in _READ:
        return None
    if not may_shorten(s.name):
        return "这一项不由乡镇、村居定"
    above = p.context.parameters.above(s)
    if above is None:
        return "上级没有印发过规则来定这个数"
    if shortens(s.name, s.value, above.value):
        return None
    return f"{'上级定的' if above.basis.binds else '本站参考的'}是 {above.value}，没有更短"


def _hint(p: PlatformContext, s: ParameterSetting, *, only: bool) -> str:
    """To write a shorter number, where there is one to shorten, or to leave the number out. `only`: the record has no other."""
    found = p.context.parameters.above(s) if may_shorten(s.name) else None
    above = found.value if found is not None else None
    key = s.name.partition(".")[2] or "value"
    if isinstance(above, str):
        day = date.fromisoformat(f"{_NO_LEAP_YEAR}-{above}") - timedelta(days=1)
        example = f'{key}: "{day:%m-%d}"' if day.year == _NO_LEAP_YEAR else ""
    else:
        example = f"{key}: {format_number(above - 1)}" if above is not None and above >= 1 else ""
    delete = "删去 parameters 这一整段，正文照旧" if only else "从 parameters 里删去这一项，正文照旧"
    return f"改成更短的，例如 {example}；不缩短的，{delete}" if example else delete
