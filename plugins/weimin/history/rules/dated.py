"""Dates compared with the day of arrival on the main branch: no date in the future (A104); late filing is a notice (A105)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from weimin.history.protection import DATED
from weimin.history.rules.registry import step_rule
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_record, describe_step
from weimin.model.dates import SLACK
from weimin.model.finding import Problem
from weimin.model.history import FileChange, Step
from weimin.model.period import Period, parse_period
from weimin.model.place import Place

_SLACK = int(SLACK.total_seconds())
PARAMETER = "filed_late_days"


@step_rule("A104")
def future_dated(context: StepContext) -> Iterator[Problem]:
    yield from _implausible(context)
    for change, place in _first_filed(context):
        if place.on is not None and place.kind in DATED and place.on.first and place.on.first > context.day:
            message = f"{describe_record(context.lookups, place)}的日期在{_arrival(context)}之后"
            yield _problem(
                "A104", change, place, "", message, "日期写错的，改成实际发生的日期；还没有发生的，发生以后再入档"
            )
        if place.kind == "correction":
            for pointer, on in _corrected_days(context, change):
                if on.first and on.first > context.day:
                    message = f"更正后的日期“{on.text}”在{_arrival(context)}之后"
                    yield _problem("A104", change, place, pointer, message, "更正成实际发生的日期")


@step_rule("A105")
def filed_late(context: StepContext) -> Iterator[Problem]:
    for change, place in _first_filed(context):
        last = place.on.last if place.on and place.kind in DATED else None
        if last is None or place.platform is None or last >= context.day:
            continue
        parameter = context.parameters_before().at(PARAMETER, place.platform, last)
        if parameter.basis.binds:  # the days of commits are looked up only where there is such a rule
            parameter = context.binding_before().at(PARAMETER, place.platform, last)
        late = (context.day - last).days
        if late <= parameter.days or _compiled(context, change):
            continue
        within = f"{parameter.days} 天内，依据 {parameter.source}"
        if not parameter.basis.binds:
            within = f"本站参考 {parameter.days} 天内，非文件规定"
        message = (
            f"{describe_record(context.lookups, place)}在 {last.isoformat()} 之后第 {late} 天才入档（{within}）：补录"
        )
        yield _problem("A105", change, place, "", message, "页面上标明补录；以后及时入档")


def _first_filed(context: StepContext) -> Iterator[tuple[FileChange, Place]]:
    """The new files whose path was never used before: a path with a lawful version had a record that was deleted."""
    return ((c, p) for c, p in context.added if c.path not in context.lawful)


def _compiled(context: StepContext, change: FileChange) -> bool:
    parsed = context.lookups.parsed(change.path, change.new)
    return parsed is not None and parsed.compiled


def _corrected_days(context: StepContext, change: FileChange) -> Iterator[tuple[str, Period]]:
    """(JSON pointer, new date) of each change of a correction to the date in a record's name."""
    parsed = context.lookups.parsed(change.path, change.new)
    changes: Any = parsed.raw.get("changes") if parsed is not None and isinstance(parsed.raw, dict) else None
    for n, line in enumerate(changes if isinstance(changes, list) else ()):
        if isinstance(line, dict) and line.get("field") == "/date":
            try:
                yield f"/changes/{n}/to", parse_period(str(line.get("to")), in_name=True)
            except ValueError:
                continue  # no date: L107 reports that the correction does not fit


def plausible_time(committed: int, clock: int, now: int) -> int:
    """When a step arrived: its committer's time, unless earlier steps or the day of the audit rule it out.

    `clock`: the latest plausible time before it, 0 if there is none. `now`: the last second of the day of the audit.
    Clocks may be wrong by up to one day (`_SLACK`). All in seconds since 1970.
    """
    if committed > now + _SLACK:
        return clock or now
    return committed if committed >= clock - _SLACK else clock


def _implausible(context: StepContext) -> Iterator[Problem]:
    if context.step.commit:
        path = min((c.path for c in context.step.changes), default="content")
        yield from implausible_times(
            context.step, context.previous_time, context.now, context.lookups.day, path, context.day
        )


def implausible_times(
    step: Step, last: int, now: int, day: Callable[[int], date], path: str, arrived: date | None = None
) -> Iterator[Problem]:
    """A104 for times of a commit that cannot be right; `path` is where the problem is placed.

    `last`: the time of the commit before; `now`: the last second of the day of the audit; `arrived`: the day by which
    the records of the commit are judged instead, None for a commit that is not on the main branch.
    """
    if step.committed > now + _SLACK:
        message = f"提交时间是 {day(step.committed)}，在今天之后"
    elif step.committed < last - _SLACK:
        message = f"提交时间是 {day(step.committed)}，早于它前面的提交（{day(last)}）"
    elif step.at > step.committed + _SLACK:
        message = f"写作时间是 {day(step.at)}，在提交时间（{day(step.committed)}）之后"
    else:
        return
    hint = f"核对提交用的电脑的时钟；日期按 {arrived} 到达主分支来判断" if arrived else "对准电脑的时钟，重新提交"
    yield Problem(code="A104", path=path, line=1, column=1, message=f"提交 {step.short} 的{message}", hint=hint)


def _arrival(context: StepContext) -> str:
    return describe_step(context) if context.step.commit else f"今天（{context.day}）"


def _problem(code: str, change: FileChange, place: Place, pointer: str, message: str, hint: str) -> Problem:
    return Problem(code=code, path=change.path, pointer=pointer, message=message, hint=hint, dossier=place.dossier)
