"""A parameter that a rule record sets is not changed with effect before the day of the change (A110)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from weimin.history.rules.registry import step_rule
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_step, quoted
from weimin.model.finding import Problem
from weimin.model.parameter import Parameter, Parameters, ParameterSetting
from weimin.model.place import Place

_BELOW = {6: ("001", "001001"), 9: ("001",), 12: ()}
HOUSE = "house"
_DAY = timedelta(days=1)


@step_rule("A110")
def rule_changed_backwards(context: StepContext) -> Iterator[Problem]:
    changed = [(c, p) for c, p in context.records if p.kind == "rule" and p.platform is not None]
    if not changed:
        return
    before, after = context.parameters_before(), context.parameters_after()
    for change, place in changed:
        assert place.platform is not None
        own = [
            setting
            for blob in (change.old, change.new)
            for setting in (context.lookups.parameter_settings(change.path, blob) if blob else ())
        ]
        for name in sorted({setting.name for setting in own}):
            difference = _latest_difference(before, after, name, place, own, context.day)
            if difference is None:
                continue
            on, old, new = difference
            now = "不再有" if new is None else f"变成 {new.value}"
            message = (
                f"{describe_step(context)}改了规则{quoted(place.stem)}，{name} 在 {on.isoformat()} 原来是 {old.value}，现在{now}；"
                f"规则里的数字不倒追"
            )
            hint = f"恢复原来的值；新的数字另写一份规则，effective_from 不早于 {context.day.isoformat()}"
            yield Problem(code="A110", path=change.path, pointer="/parameters", message=message, hint=hint)


def _latest_difference(
    before: Parameters, after: Parameters, name: str, rule: Place, own: Iterable[ParameterSetting], arrived: date
) -> tuple[date, Parameter, Parameter | None] | None:
    """The latest day before `arrived` on which a parameter differs, with its old and its new value; None if there is none.

    Only days around the start or end of a setting are compared: between them nothing changes. A platform that so far
    took its value from a level above or from the house rules may set its own first value freely.
    """
    assert rule.platform is not None
    plain = name.partition(".")[0]
    settings = [s for p in (before, after) for s in p.settings if s.name.partition(".")[0] == plain]
    if not any((s.platform, s.house) == (rule.platform, rule.stem == HOUSE) for s in settings if s in before.settings):
        return None
    ends = {d for s in (*settings, *own) for d in (s.since, s.until and s.until + _DAY) if d is not None}
    days = sorted({d - _DAY for d in (*ends, arrived) if d - _DAY < arrived}, reverse=True)
    for code in _sample_platforms(rule.platform):
        for on in days:
            old, new = _value_at(before, plain, code, on), _value_at(after, plain, code, on)
            if old is not None and (new is None or new.value != old.value):
                return on, old, new
    return None


def _sample_platforms(platform: str) -> Iterator[str]:
    """The platform and one code of each level below it, chosen so that no platform with rules of its own has it."""
    yield platform
    code = platform[:4] + "99" if platform.endswith("00") and len(platform) == 6 else platform
    if code != platform:
        yield code
    for more in _BELOW[len(code)]:
        yield code + more


def _value_at(parameters: Parameters, name: str, code: str, on: date) -> Parameter | None:
    """The parameter in force for a platform on a day; None if its level has none."""
    try:
        return parameters.at(name, code, on)
    except KeyError:
        return None
