"""The dates inside records, judged by the table of dates (`model/dates.py`): W120, W121, W122.

Only what is certain is judged: a date known to the month is before another only if all of the month is. One value gives one
finding at most, the gravest: an impossible date (W120), one that lies ahead (W122), an irregular one (W121).

Where the table names another rule for a limit (W208, W202), that rule finds it, and nothing is said here.

Example: the outcome of 2026-03-10 rests on the consultation of 2026-03-02. Reported on 2026-03-01 it is W120, because
nobody can report the result of a consultation that is still to be held. Reported on 2026-03-08 it is W121: the record was
written down after it was sent, which happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from weimin.model.dates import NAME, SLACK, TABLE, DateField, Limit, Other, Weight, date_values
from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Problem
from weimin.model.kinds import Outcome
from weimin.model.period import Period
from weimin.model.record import Record
from weimin.rules.context import RuleContext
from weimin.rules.facts import correction_paths, own_stem, parse_ref_or_none
from weimin.rules.wording import KINDS, event_name, period


class OtherDate(msgspec.Struct, frozen=True):
    """The other date of a limit and where it stands. `name`: what messages call it; `sources`: corrections that changed it."""

    on: Period
    name: str
    path: str
    pointer: str = ""
    sources: tuple[str, ...] = ()


class DateCheck(msgspec.Struct, frozen=True, kw_only=True):
    """`ahead`: a date that is said to have happened lies after the day of the check, so that the result changes with it."""

    problems: tuple[Problem, ...] = ()
    ahead: bool = False


class _Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A record whose dates are judged. `own`: its time, until its last day; `event`: what it is in its dossier."""

    record: Record
    own: Period | None
    event: Event | None = None
    dossier: Dossier | None = None

    @property
    def name(self) -> str:
        """As messages begin: 2026-03-10 的协商成果."""
        return event_name(self.event) if self.event is not None else _record_name(self.record)

    @property
    def sources(self) -> tuple[str, ...]:
        """The corrections that changed it."""
        return correction_paths(self.dossier, self.event) if self.dossier is not None and self.event is not None else ()


def check_dates(dossier: Dossier, context: RuleContext) -> DateCheck:
    """The dates of all records of a dossier."""
    others = _Others(dossier, context)
    judged = (
        _Judged(record=e.record, own=e.span if e.kind != "topic" else None, event=e, dossier=dossier)
        for e in dossier.events
    )
    return _check(judged, context.as_of, context.present, others)


def check_record_dates(records: Iterable[Record], as_of: date, present: date | None) -> DateCheck:
    """The dates of records outside dossiers: those of a platform, or of the site."""
    judged = (_Judged(record=r, own=r.place.on) for r in records)
    return _check(judged, as_of, present, None)


def _check(judged: Iterable[_Judged], as_of: date, present: date | None, others: _Others | None) -> DateCheck:
    found: list[Problem] = []
    ahead = False
    today = as_of.isoformat()
    for j in judged:
        raw = j.record.raw
        for field in TABLE.get(j.record.place.kind, ()):
            if field.keys and isinstance(raw, dict) and field.keys[0] not in raw:
                continue  # most fields are absent
            for pointer, on in _values(j, field):
                # a text that sorts before the day is no later than it, so that most dates are not parsed
                coming = not field.ahead and on.text > today and on.first is not None and on.first > as_of
                ahead = ahead or coming
                late = coming and present is not None and on.first is not None and on.first > present + SLACK
                if field.limits or late:
                    found += _problem(j, field, pointer, on, late, others)
    return DateCheck(problems=tuple(found), ahead=ahead)


def _values(j: _Judged, field: DateField) -> Iterator[tuple[str, Period]]:
    if not field.keys:
        if j.own is not None:
            yield "", j.own
        return
    for pointer, text in field.values(j.record.raw):
        yield pointer, period(text)


def _problem(
    j: _Judged, field: DateField, pointer: str, on: Period, late: bool, others: _Others | None
) -> Iterator[Problem]:
    irregular: tuple[Limit, OtherDate] | None = None
    for limit in field.limits:
        if limit.rule or (limit.newest and not _is_newest(j, field, pointer)):
            continue
        other = _broken(j, pointer, on, limit, others)
        if other is None:
            continue
        if limit.weight is Weight.IMPOSSIBLE:
            yield impossible_date(j, field, pointer, on, limit, other)
            return
        irregular = irregular or (limit, other)
    if late:
        yield date_ahead(j, field, pointer, on)
    elif irregular is not None:
        yield irregular_date(j, field, pointer, on, *irregular)


def _is_newest(j: _Judged, field: DateField, pointer: str) -> bool:
    """Every line of the list has a date, and this is the first of the latest ones."""
    dated = [(at, value.last) for at, value in _values(j, field)]
    last = max(day for _, day in dated if day is not None)
    return len(dated) == len(j.record.raw[field.keys[0]]) and pointer == next(at for at, day in dated if day == last)


def _broken(j: _Judged, pointer: str, on: Period, limit: Limit, others: _Others | None) -> OtherDate | None:
    """The other date with which a date breaks a limit; None if it keeps it, or if that is not certain."""
    candidates: Iterable[OtherDate] = ()
    if limit.other == NAME:
        order = (j.own, on) if limit.after else (on, j.own)
        broken = order[0] is not None and order[1] is not None and order[0].certainly_before(order[1])
        return OtherDate(j.own, "这份记录自己的日期", j.record.place.path) if broken and j.own is not None else None
    if limit.other.startswith("/"):
        candidates = _in_record(j, pointer, limit)
    elif others is not None:
        candidates = others.of(limit.other, j.record, pointer)
    dated = [c for c in candidates if (c.on.last if limit.after else c.on.first) is not None]
    if limit.after:
        earliest = min(dated, key=lambda c: c.on.last or date.max, default=None)
        return earliest if earliest is not None and earliest.on.certainly_before(on) else None
    earliest = min(dated, key=lambda c: c.on.first or date.max, default=None)
    return earliest if earliest is not None and on.certainly_before(earliest.on) else None


def _in_record(j: _Judged, pointer: str, limit: Limit) -> Iterator[OtherDate]:
    path = j.record.place.path
    keys = tuple(limit.other.split("/")[1:])
    lines = [part for part in pointer.split("/") if part.isdigit()]
    filled = tuple(lines.pop(0) if key == "*" and lines else key for key in keys)
    for at, text in date_values(j.record.raw, filled):
        yield OtherDate(period(text), _name_of(j.record.place.kind, limit.other), path, at)


def _name_of(kind: str, pointer: str) -> str:
    return next(row.name for row in TABLE[kind] if row.pointer == pointer)


class _Others:
    """The other dates that stand in other records of a dossier."""

    def __init__(self, dossier: Dossier, context: RuleContext) -> None:
        self._dossier, self._context = dossier, context
        self._held: dict[str, tuple[OtherDate, ...]] = {}

    def of(self, other: str, record: Record, pointer: str) -> Iterable[OtherDate]:
        """The dates with which `other` (model/dates.py, `Other`) compares a value of a record."""
        if other == Other.FIRST_CONSULTATION:
            return self._first("consultation")
        if other == Other.FIRST_FOLLOWUP:
            return self._first("followup")
        outcome = self._outcome(record, pointer)
        if outcome is None:
            return ()
        if other == Other.OUTCOME:
            return self._day_of(outcome)
        if outcome.stem not in self._held:
            self._held[outcome.stem] = tuple(self._consultations(outcome))
        return self._held[outcome.stem]

    def _day_of(self, event: Event) -> Iterator[OtherDate]:
        if event.span is not None:
            yield OtherDate(event.span, event_name(event), event.path, "", correction_paths(self._dossier, event))

    def _first(self, kind: str) -> Iterable[OtherDate]:
        return [found for e in self._dossier.of_kind(kind) for found in self._day_of(e)]

    def _outcome(self, record: Record, pointer: str) -> Event | None:
        """The outcome of which a value tells: the record itself, or that of the measure in a line of a followup."""
        if record.place.kind == "outcome":
            return self._dossier.event(record.place.stem)
        _, name, n, *_ = pointer.split("/")
        line = self._dossier.lines.get(str(record.raw[name][int(n)].get("id")))
        return self._dossier.event(line.stem) if line is not None else None

    def _consultations(self, outcome: Event) -> Iterator[OtherDate]:
        assert isinstance(outcome.data, Outcome)
        for text in outcome.data.of:
            if (stem := own_stem(self._dossier, text)) is not None:
                event = self._dossier.event(stem)
                if event is not None and event.kind == "consultation":
                    yield from self._day_of(event)
            elif (ref := parse_ref_or_none(text)) is not None and ref.dossier and ref.stem:
                record = self._context.lookup.record(ref.record)
                if record is not None and record.place.kind == "consultation" and record.place.on is not None:
                    yield OtherDate(record.place.on, f"{record.place.on.text} 的协商", record.place.path)


def _record_name(record: Record) -> str:
    place, kind = record.place, KINDS.get(record.place.kind, record.place.kind)
    if place.kind in ("plan", "projects"):
        return f"{place.stem[:4]} 年的{kind}"
    return f"{place.on.text} 的{kind}" if place.on is not None else kind


# Messages
def impossible_date(j: _Judged, field: DateField, pointer: str, on: Period, limit: Limit, other: OtherDate) -> Problem:
    """W120: the date breaks a limit that nothing can break."""
    hint = "核对两处的日期，把写错的一处改过来；已经公布的，用更正（weimin new correction）"
    return _order_problem("W120", j, field, pointer, on, limit, other, "日期对不上，两处必有一处写错", hint)


def irregular_date(j: _Judged, field: DateField, pointer: str, on: Period, limit: Limit, other: OtherDate) -> Problem:
    """W121: the date is out of the usual order, which the site publishes as it is."""
    hint = "先后就是这样的，不用改，这一条照实公布；日期写错了的，用更正（weimin new correction）"
    return _order_problem("W121", j, field, pointer, on, limit, other, "先后与通常的不一样", hint)


def date_ahead(j: _Judged, field: DateField, pointer: str, on: Period) -> Problem:
    """W122: what is said to have happened has not come yet."""
    at = "日期" if not pointer else f"{field.name} {on.text} "
    return Problem(
        code="W122",
        path=j.record.place.path,
        pointer=pointer,
        message=f"{j.name}，{at}还没有到：记录写的是已经发生的事",
        hint="日期写错的，改成实际发生的日期（已经公布的，用更正：weimin new correction）；还没有发生的，发生以后再写",
        dossier=j.record.place.dossier,
        sources=j.sources,
    )


def _order_problem(
    code: str,
    j: _Judged,
    field: DateField,
    pointer: str,
    on: Period,
    limit: Limit,
    other: OtherDate,
    why: str,
    hint: str,
) -> Problem:
    order = "晚于" if limit.after else "早于"
    return Problem(
        code=code,
        path=j.record.place.path,
        pointer=pointer,
        message=f"{j.name}，{field.name} {on.text} {order}{_said(other, limit)}：{why}",
        hint=hint,
        dossier=j.record.place.dossier,
        other=(other.path, other.pointer),
        sources=(*j.sources, *other.sources),
    )


def _said(other: OtherDate, limit: Limit) -> str:
    """The other date in a message: 2026-03-02 的协商; 起始日期 2026-02-15."""
    begins, _, ends = other.on.text.partition("/")
    if other.name[:1].isdigit():
        return f" {other.name}" + (f"（到 {ends}）" if limit.after and ends else "")
    return f"{other.name} {ends if limit.after and ends else begins}"
