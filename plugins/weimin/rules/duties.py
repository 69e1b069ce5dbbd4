"""Building a duty: from which day it runs (since), by which day it is due, on which day it was met, and its message.

- *since*: the last possible day of the record or field from which the duty springs. Dates may be known to the month or
  year only; a day in doubt counts in favour of whoever owes.
- *due*: since + the number of days of the parameter that the table of codes names for the code. The parameter in force
  on the day of *since* applies, so a later rule does not change a due day. Without *since* there is no due day, and the
  duty is never overdue. Where no issued rule sets the number, the day is only suggested (`rules/clocks.py`).
- *met*: the first possible day of what met the duty, again in favour of whoever owes. A duty that was met on a day that
  nobody knows has `met` = the first day of the calendar and an empty `met_on`.

- A date that is still to come meets no duty (`reached`).

Rules yield a duty whether it was met or not: gates need to know on which day it was met (`rules/gates.py`).

Example: W602 of an outcome dated 2026-03 (the day is not known): since 2026-03-31, due 2026-04-07 with 7 days of a rule; a report
dated 2026-04 meets it on 2026-04-01.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from weimin.model.basis import Basis
from weimin.model.codes import CODES
from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty
from weimin.model.kinds import known
from weimin.model.period import Period
from weimin.rules.clocks import Clock, clock_of, counted_from
from weimin.rules.context import RuleContext
from weimin.rules.wording import period


class MetDay(msgspec.Struct, frozen=True):
    """The day on which a duty was met. `day`: the first possible day; `text`: the date as recorded, empty if unknown."""

    day: date
    text: str = ""


def met_in_period(on: Period | None) -> MetDay:
    """Met by something with this date; None: on a day that nobody knows."""
    if on is None:
        return MetDay(date.min)
    return MetDay(on.first or on.last or date.min, on.text.partition("/")[0])


def met_on_field(text: str | None, event: Event) -> MetDay:
    """Met on the date in a field; if that is absent or unpublished, on the date of the event that has the field."""
    return met_in_period(period(text)) if text is not None and known(text) else met_in_period(event.on)


def reached(met: MetDay | None, as_of: date) -> MetDay | None:
    """The day on which a duty was met, if it has come: what is dated later than `as_of` meets nothing yet."""
    return met if met is not None and met.day <= as_of else None


def earliest_met(days: list[MetDay]) -> MetDay | None:
    """The earliest of several days, None if there is none."""
    return min(days, key=lambda m: m.day, default=None)


def first_met_day(duty: Duty) -> date | None:
    """The first day on which a duty can have been met; None if it is open, or was met on a day that nobody knows."""
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
    dated: bool = True,
) -> Duty:
    """A duty of the code's number of days, from the last day of `since`, or else of `source`, the event it springs from.

    `subject`: what it is about; `act`: what is to be done (“2026-03-10 的协商成果” “报送同级党政组织”). `gated` False: no event
    has to wait for it. `dated` False: whether it is owed at all rests on this site's own number, so it has no day.
    """
    since = since or source.span
    start = since.last if since else None
    parameter = context.parameter(CODES[code].parameter, dossier.platform, start)
    day = start + timedelta(days=parameter.days) if start else None
    clock = clock_of(day, parameter) if dated else Clock(basis=Basis.DEFAULT)
    missing = f"{subject}还没有{act}"
    met = reached(met, context.as_of)
    if met is not None:
        message = f"{subject}已{act}"
    elif dated and day is None:
        message = f"{missing}，应当补办；日期没有写全，不计期限"
    else:
        message = missing + clock.words("办理", counted_from(start, parameter))
    return Duty(
        code=code,
        path=source.path,
        pointer=pointer,
        message=message,
        hint=hint,
        dossier=dossier.id,
        owed_by=owed_by or dossier.platform,
        since=start,
        missing=missing,
        met=met.day if met else None,
        met_on=met.text if met else "",
        parameter=parameter.name,
        round=source.round,
        gated=gated,
        **clock.fields,
    )
