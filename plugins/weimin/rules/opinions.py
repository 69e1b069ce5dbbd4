"""W1 社情民意的处理和答复（三（三）3、三（三）5）。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from weimin.model.codes import CODES
from weimin.model.finding import Duty
from weimin.model.kinds import Opinion, Triage
from weimin.model.record import Record
from weimin.rules.clocks import clock_of, counted_from
from weimin.rules.context import PlatformContext
from weimin.rules.duties import MetDay, met_in_period, reached
from weimin.rules.registry import platform_rule
from weimin.rules.wording import period


def _own(p: PlatformContext) -> Iterator[tuple[Record, Opinion]]:
    for record in p.records.of_kind("opinion"):
        if isinstance(record.data, Opinion) and not record.compiled:
            yield record, record.data


@platform_rule("W102")
def opinion_untriaged(p: PlatformContext) -> Iterator[Duty]:
    for record, opinion in _own(p):
        met = None
        if opinion.triage is not None:
            met = _met(record, opinion.triage.date if isinstance(opinion.triage, Triage) else None)
        hint = "补上\ntriage:\n  decision: topic\n  date: 处理日期\n转办 forward、上报 report_up、答复 answer、不予采用 decline"
        yield _owed(p, record, "W102", "处理（triage）", hint, met)


@platform_rule("W103")
def opinion_unanswered(p: PlatformContext) -> Iterator[Duty]:
    for record, opinion in _own(p):
        met = _met(record, opinion.answered) if opinion.answered is not None else None
        yield _owed(p, record, "W103", "答复（answered）", "答复以后补一行 answered: 答复日期", met)


def _met(record: Record, day: str | None) -> MetDay:
    """Met on the date of the field, or on that of the record if the field's date is absent or unpublished."""
    return met_in_period(record.place.on if day in (None, "unpublished") else period(str(day)))


def _owed(p: PlatformContext, record: Record, code: str, act: str, hint: str, met: MetDay | None) -> Duty:
    met = reached(met, p.context.as_of)
    start = record.place.on.last if record.place.on else None
    parameter = p.context.parameter(CODES[code].parameter, p.code, start)
    clock = clock_of(start + timedelta(days=parameter.days) if start else None, parameter)
    name = f"{record.place.on.text if record.place.on else record.place.stem} 登记的社情民意"
    missing = f"{name}还没有{act}"
    return Duty(
        code=code,
        path=record.place.path,
        pointer="/summary",
        message=f"{name}已{act}" if met else missing + clock.words("办理", counted_from(start, parameter)),
        hint=hint,
        owed_by=p.code,
        since=start,
        missing=missing,
        met=met.day if met else None,
        met_on=met.text if met else "",
        parameter=parameter.name,
        **clock.fields,
    )
