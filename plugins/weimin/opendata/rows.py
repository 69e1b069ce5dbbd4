"""Rows of one unit: the log of records as published, the content with corrections applied, and the computed state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from weimin.dossiers.disclosure import DECISION_FIELDS, body_hidden, is_withheld, line_hidden, public_data
from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Finding
from weimin.model.period import Period
from weimin.model.place import Place, level_of
from weimin.model.record import Record
from weimin.model.summary import DutyRow, Summary
from weimin.model.table import TableRow, Value
from weimin.model.view import DossierView, PlatformView
from weimin.opendata.columns import compact_json, values_of
from weimin.opendata.tables import LOG, PLATFORM_KINDS, PROSE, UNDATED, Tables


class DataRow(msgspec.Struct, frozen=True):
    """A row of a table in the order of its columns; `part` is the file it goes into: `2026-05`, `2026`, `undated`."""

    table: str
    part: str
    values: tuple[Value, ...]


def dossier_rows(view: DossierView, tables: Tables) -> Iterator[DataRow]:
    """All rows of a dossier."""
    dossier = view.dossier
    yield from record_rows(dossier, {r.place.stem: r for r in view.originals}, tables)
    yield from _state_rows(dossier, view.summary)


def record_rows(dossier: Dossier, originals: Mapping[str, Record], tables: Tables) -> Iterator[DataRow]:
    """The content of a dossier's records, as published and as corrected; `originals` by stem."""
    for event in dossier.events:
        yield _log_row(event.record.place, _original(dossier, event, originals[event.stem]))
        yield from _event_rows(dossier, event, tables)


def platform_rows(view: PlatformView, tables: Tables) -> Iterator[DataRow]:
    """All rows of a platform's own records, except opinions, which are only counted."""
    row = view.row
    fields = (row.area, row.name, row.parent, row.established, row.closed, row.compiled, row.has_records)
    yield DataRow("state-platform", UNDATED, (row.code, row.level.value, *fields))
    yield from platform_record_rows(view.records.records, tables)
    for f in view.findings:
        if f.owed_by and not f.exempt and f.dossier is None:
            yield _duty_row(None, f.owed_by, f)


def platform_record_rows(records: Iterable[Record], tables: Tables) -> Iterator[DataRow]:
    """The content of a platform's own records, except its opinions."""
    for record in records:
        if record.place.kind in PLATFORM_KINDS:
            yield _log_row(record.place, _LogContent(record.raw, record.body, record.compiled, False))
            yield from rows_of_record(record, tables)


class _LogContent(msgspec.Struct, frozen=True):
    data: Any
    body: str
    compiled: bool
    hidden: bool


def _log_row(place: Place, content: _LogContent) -> DataRow:
    on = place.on
    part = part_of(on) or (place.dossier.split("/")[1][:4] if place.dossier else UNDATED)
    code = place.platform or ""
    values = (
        place.ref,
        place.path,
        place.kind,
        place.dossier,
        *_who(code),
        *_when(on),
        content.compiled,
        content.hidden,
        compact_json(content.data),
        content.body,
    )
    return DataRow(LOG.name, part, values)


def _original(dossier: Dossier, event: Event, original: Record) -> _LogContent:
    """The record as published; content that is not public now is not published in its old form either."""
    if is_withheld(event):
        publication = original.raw.get("publication", {})
        published = (
            {k: publication[k] for k in DECISION_FIELDS if k in publication} if isinstance(publication, dict) else {}
        )
        return _LogContent({"publication": published}, "", event.compiled, True)
    was = msgspec.structs.replace(event, record=original)
    data: Mapping[str, Any] = public_data(dossier, was)
    if isinstance(data.get("upward"), list):
        data = {**data, "upward": [_without_text(dossier, u) for u in data["upward"]]}
    hidden = body_hidden(dossier, event) or body_hidden(dossier, was)
    return _LogContent(data, "" if hidden else original.body, original.compiled, is_withheld(was))


def _without_text(dossier: Dossier, upward: Mapping[str, Any]) -> Mapping[str, Any]:
    if not line_hidden(dossier, upward["id"]):
        return upward
    return {k: v for k, v in upward.items() if k not in ("text", "digest")}


def _event_rows(dossier: Dossier, event: Event, tables: Tables) -> Iterator[DataRow]:
    place = event.record.place
    part = part_of(event.on) or str(dossier.year)
    who = (dossier.id, *_who(dossier.platform))
    when = _when(event.on)
    hidden = is_withheld(event)
    lines: list[TableRow] = []
    own = tuple(values_of(tables.shapes[event.kind].fields, public_data(dossier, event), "", lines))
    body: tuple[Value, ...] = ()
    if event.kind in PROSE:
        body = ("" if body_hidden(dossier, event) else event.record.body,)
    base = (place.ref, place.path, *who, *when, event.round, event.compiled, hidden)
    yield DataRow(event.kind, part, (*base, *own, *body))
    for line in lines:
        yield DataRow(line.table, part, (place.ref, line.pointer, *who, *when, *line.values))


def rows_of_record(record: Record, tables: Tables) -> Iterator[DataRow]:
    """The content of one record outside a dossier, in the tables of its kind."""
    place = record.place
    head, _, _ = place.stem.partition("-")
    part = part_of(place.on) or (head if _is_year(place.kind, head) else UNDATED)
    who = _who(place.platform or "")
    raw = {"items": record.raw} if isinstance(record.raw, list) else record.raw
    lines: list[TableRow] = []
    own = tuple(values_of(tables.shapes[place.kind].fields, raw, "", lines))
    body = (record.body,) if place.kind in PROSE else ()
    yield DataRow(place.kind, part, (place.ref, place.path, *who, record.compiled, *own, *body))
    for line in lines:
        yield DataRow(line.table, part, (place.ref, line.pointer, *who, *line.values))


def _is_year(kind: str, head: str) -> bool:
    return kind in ("projects", "plan") and len(head) == 4 and head.isdigit()


def _state_rows(dossier: Dossier, s: Summary) -> Iterator[DataRow]:
    began = _month(s.day) if s.day and s.day.year == dossier.year else str(dossier.year)
    who = _who(s.platform)
    secret = {o.stem for o in s.outcomes if o.publication == "withhold"}
    yield DataRow("state-dossier", began, _dossier_values(s, who))
    for m in s.measures:
        if m.stem not in secret:
            done = (_iso(m.done), m.in_time)
            yield DataRow("state-measure", began, (s.id, m.id, *who, m.stem, m.text, m.unit, m.due, m.state, *done))
    for e in s.evaluations:
        event = dossier.event(e.stem)
        counts = (e.satisfied, e.basically, e.dissatisfied, e.valid)
        when = _when(event.on if event else None)
        at = part_of(event.on if event else None) or str(e.year or dossier.year)
        values = (f"{s.id}/{e.stem}", s.id, *who, *when, *counts, e.rate, e.low, e.reported, e.reconsult)
        yield DataRow("state-evaluation", at, values)
    for d in s.duties:
        yield _duty_row(s.id, d.owed_by, d)


def _duty_row(dossier: str | None, owed_by: str, d: DutyRow | Finding) -> DataRow:
    when = (_iso(d.due), d.overdue_days > 0, _iso(d.suggested_due), d.basis.value if d.basis else None)
    return DataRow("state-duty", _month(d.due), (dossier, *_who(owed_by), d.code, d.message, *when))


def _dossier_values(s: Summary, who: tuple[str, str | None]) -> tuple[Value, ...]:
    return (
        s.id,
        *who,
        s.title,
        compact_json(s.themes),
        s.compiled,
        _iso(s.day),
        _iso(s.last),
        s.step,
        compact_json(s.steps),
        compact_json(s.held_steps),
        s.year,
        s.rounds,
        s.closed,
        s.ended,
        s.state.value,
        s.state.label,
        len(s.duties),
        sum(d.overdue_days > 0 for d in s.duties),
        s.corrections,
    )


def _who(code: str) -> tuple[str, str | None]:
    """A platform's code and level; a duty may also be owed by a unit that is not a platform."""
    return code, level_of(code).value if code.isdigit() and len(code) in (6, 9, 12) else None


def _when(on: Period | None) -> tuple[str | None, str | None, str | None]:
    return (on.text, _iso(on.first), _iso(on.last)) if on else (None, None, None)


def part_of(on: Period | None) -> str:
    """The month of a date if it is known, otherwise the year; empty if the year is not known either."""
    if on is None or on.year is None:
        return ""
    first, last = on.first, on.last
    return _month(last) if first and last and (first.year, first.month) == (last.year, last.month) else str(on.year)


def _month(day: date | None) -> str:
    return day.isoformat()[:7] if day else UNDATED


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
