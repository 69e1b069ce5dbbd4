"""A number that a rule gave is not changed with effect before the day of the change (A110)."""

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
        mine = [
            g
            for blob in (change.old, change.new)
            for g in (context.lookups.parameter_settings(change.path, blob) if blob else ())
        ]
        for name in sorted({g.name for g in mine}):
            found = _first_difference(before, after, name, place, mine, context.day)
            if found is None:
                continue
            on, old, new = found
            now = "不再有" if new is None else f"变成 {new.value}"
            said = (
                f"{describe_step(context)}改了规则{quoted(place.stem)}，{name} 在 {on.isoformat()} 原来是 {old.value}，现在{now}；"
                f"规则里的数字不倒追"
            )
            hint = f"恢复原来的值；新的数字另写一份规则，effective_from 不早于 {context.day.isoformat()}"
            yield Problem(code="A110", path=change.path, pointer="/parameters", message=said, hint=hint)


def _first_difference(
    before: Parameters, after: Parameters, name: str, book: Place, mine: Iterable[ParameterSetting], arrived: date
) -> tuple[date, Parameter, Parameter | None] | None:
    """The latest past day on which a platform would now be held to another number than it was.

    What a level above or the house gives is no value of this level: its first own number is free.
    """
    assert book.platform is not None
    plain = name.partition(".")[0]
    given = [g for p in (before, after) for g in p.given if g.name.partition(".")[0] == plain]
    if not any((g.platform, g.house) == (book.platform, book.stem == HOUSE) for g in given if g in before.given):
        return None
    ends = {d for g in (*given, *mine) for d in (g.since, g.until and g.until + _DAY) if d is not None}
    days = sorted({d - _DAY for d in (*ends, arrived) if d - _DAY < arrived}, reverse=True)
    for code in _sample(book.platform):
        for on in days:
            old, new = _at(before, plain, code, on), _at(after, plain, code, on)
            if old is not None and (new is None or new.value != old.value):
                return on, old, new
    return None


def _sample(platform: str) -> Iterator[str]:
    """The platform and one place of each level below it that has no rules of its own."""
    yield platform
    code = platform[:4] + "99" if platform.endswith("00") and len(platform) == 6 else platform
    if code != platform:
        yield code
    for more in _BELOW[len(code)]:
        yield code + more


def _at(parameters: Parameters, name: str, code: str, on: date) -> Parameter | None:
    """What is in force; None where nothing is, for this level."""
    try:
        return parameters.at(name, code, on)
    except KeyError:
        return None
