"""How a duty is put: since when, until when, met on what day, and in which words."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from weimin.model.codes import CODES
from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty
from weimin.model.kinds import known
from weimin.model.period import Period
from weimin.rules.context import RuleContext
from weimin.rules.wording import parameter_source, period


class MetDay(msgspec.Struct, frozen=True):
    """The day on which a duty was met, in the precision in which it is known; `text` empty: not known at all."""

    day: date
    text: str = ""


def met_in_period(on: Period | None) -> MetDay:
    """Met by something of that date."""
    if on is None:
        return MetDay(date.min)
    return MetDay(on.first or on.last or date.min, on.text.partition("/")[0])


def met_on_field(text: str | None, event: Event) -> MetDay:
    """Met on the day of a field; where that is absent or unpublished the day of its record is taken for it."""
    return met_in_period(period(text)) if text is not None and known(text) else met_in_period(event.on)


def earliest_met(found: list[MetDay]) -> MetDay | None:
    return min(found, key=lambda m: m.day, default=None)


def first_met_day(duty: Duty) -> date | None:
    """The first day on which it can have been met; None: open, or met on a day that nobody knows."""
    return period(duty.met_on).first if duty.met_on else None


def make_duty(
    context: RuleContext,
    dossier: Dossier,
    code: str,
    source: Event,
    *,
    subject: str,
    act: str,
    hint: str,
    met: MetDay | None,
    since: Period | None = None,
    pointer: str = "",
    owed_by: str = "",
    gated: bool = True,
) -> Duty:
    """A duty of so many days (the parameter of the code) from the last day of `since`, else of the record it springs from.

    `subject` is what it is about, `act` what is to be done: “2026-03-10 的协商成果” “报送同级党政组织”.
    """
    since = since or source.span
    start = since.last if since else None
    parameter = context.parameter(CODES[code].parameter, dossier.platform, start)
    due = start + timedelta(days=parameter.days) if start else None
    if met is not None:
        message = f"{subject}已{act}"
    elif due is None:
        message = f"{subject}还没有{act}，应当补办；日期没有写全，不计期限"
    else:
        message = f"{subject}还没有{act}，应于 {due}（含）前办理（{start} 起 {parameter.days} 天，{parameter_source(parameter)}）"
    return Duty(
        code=code,
        path=source.path,
        pointer=pointer,
        message=message,
        hint=hint,
        dossier=dossier.id,
        owed_by=owed_by or dossier.platform,
        since=start,
        due=due,
        met=met.day if met else None,
        met_on=met.text if met else "",
        parameter=parameter.name,
        round=source.round,
        gated=gated,
    )
