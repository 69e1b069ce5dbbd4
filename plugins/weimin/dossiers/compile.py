"""Records of a folder → one dossier: corrections applied, events in order, lines by id, rounds, steps, references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import msgspec

from weimin.dossiers.corrections import CorrectionResult, DataBuilder, apply_corrections
from weimin.dossiers.fold import steps_of
from weimin.dossiers.refs import outgoing
from weimin.dossiers.rounds import rounds_of
from weimin.model.dossier import Dossier, Event, Line, PlatformRecords
from weimin.model.finding import Problem
from weimin.model.kinds import Consultation, Data, Dissent, Measure, Outcome, Suggestion, Topic, Upward, listed
from weimin.model.kinds.topic import Approval
from weimin.model.period import Period, parse_period
from weimin.model.record import Record

ORDER = {
    kind: n
    for n, kind in enumerate(("topic", "consultation", "outcome", "response", "followup", "evaluation", "correction"))
}
"""Position of a kind among events of one day. Events are ordered by first possible day, kind, and N (docs/reference/records.md, "Dates in file names")."""


@lru_cache(maxsize=65536)
def period(text: str) -> Period:
    """A date of a field as a period; the schema has accepted it, so it parses."""
    return parse_period(text)


def compile_dossier(
    dossier_id: str, records: Iterable[Record], attachments: Iterable[str], build_data: DataBuilder
) -> Dossier:
    """The records of one dossier's folder as a dossier. Reads nothing else. `attachments`: paths of its attachments."""
    records = tuple(sorted(records, key=lambda r: r.place.path))
    corrected = apply_corrections(records, build_data)
    events = _events(corrected)
    lines, duplicates = _lines(events, dossier_id)
    topic = next((e for e in events if e.kind == "topic"), None)
    rounds, total = rounds_of(events, lines)
    events = tuple(msgspec.structs.replace(e, round=rounds[e.stem]) if rounds[e.stem] != 1 else e for e in events)
    if topic is not None:
        topic = events[0]
    problems = [*corrected.problems, *duplicates]
    if topic is None and records:
        problems.append(_without_topic(dossier_id, records[0]))
    return Dossier(
        id=dossier_id,
        platform=dossier_id.split("/")[0],
        topic=topic,
        events=events,
        lines=lines,
        applied=corrected.applied,
        rounds=total,
        steps=steps_of(events, total),
        refs=tuple((e.stem, pointer, role, text) for e in events for pointer, role, text in outgoing(e.record)),
        problems=tuple(problems),
        paths=tuple(r.place.path for r in records),
        attachments=tuple(sorted(attachments)),
    )


def compile_platform_records(code: str, records: Iterable[Record], build_data: DataBuilder) -> PlatformRecords:
    """A platform's own records, with corrections of opinions applied. Reads nothing else."""
    records = tuple(sorted(records, key=lambda r: r.place.path))
    corrected = apply_corrections(records, build_data)
    return PlatformRecords(
        code=code,
        records=corrected.records,
        applied=corrected.applied,
        refs=tuple(
            (r.place.ref, pointer, role, text) for r in corrected.records for pointer, role, text in outgoing(r)
        ),
        problems=corrected.problems,
        paths=tuple(r.place.path for r in records),
    )


def _events(corrected: CorrectionResult) -> tuple[Event, ...]:
    events = [_event(r, corrected) for r in corrected.records if r.place.kind in ORDER]
    events.sort(key=_event_order)
    topic = next((e for e in events if e.kind == "topic"), None)
    if topic is not None:
        on = _topic_day(topic.data, next((e.on for e in events if e is not topic and e.on and e.on.last), None))
        events.remove(topic)
        events.insert(0, msgspec.structs.replace(topic, on=on, span=on))
    return tuple(events)


def _event(record: Record, corrected: CorrectionResult) -> Event:
    on = corrected.days.get(record.place.ref) or record.place.on
    until = getattr(record.data, "until", None)
    span = on.until(period(until)) if on and isinstance(until, str) and until != "unpublished" else on
    changes = tuple(a for a in corrected.applied if a.target == record.place.stem)
    return Event(record=record, on=on, span=span, changes=changes)


def _event_order(e: Event) -> tuple[bool, date, int, int, str]:
    """The topic first, then events without a year (by N), then by first possible day, kind and N."""
    day = e.on.sort_day if e.on else date.min
    return (e.kind != "topic", day, ORDER[e.kind], e.record.place.number, e.stem)


def _topic_day(data: Data, first: Period | None) -> Period | None:
    """The day of the topic's approval, or else `first`, that of the first other event."""
    assert isinstance(data, Topic)
    if isinstance(data.approval, Approval) and data.approval.date not in (None, "unpublished"):
        return period(str(data.approval.date))
    return first


def _lines(events: tuple[Event, ...], dossier_id: str) -> tuple[dict[str, Line], list[Problem]]:
    lines: dict[str, Line] = {}
    problems: list[Problem] = []
    for e in events:
        for kind, key, values in _lists(e.data):
            for i, value in enumerate(values):
                if (first := lines.get(value.id)) is not None:
                    problems.append(_duplicate(e, f"/{key}/{i}/id", value.id, first, dossier_id))
                    continue
                lines[value.id] = Line(id=value.id, kind=kind, stem=e.stem, pointer=f"/{key}/{i}", value=value)
    return lines, problems


def _lists(data: Data) -> Iterator[tuple[str, str, tuple[Suggestion | Measure | Dissent | Upward, ...]]]:
    if isinstance(data, Consultation):
        yield "suggestion", "suggestions", listed(data.suggestions)
        yield "dissent", "dissent", listed(data.dissent)
    elif isinstance(data, Outcome):
        yield "measure", "measures", listed(data.measures)
        yield "dissent", "dissent", listed(data.dissent)
        yield "upward", "upward", listed(data.upward)


def _duplicate(e: Event, pointer: str, line: str, first: Line, dossier: str) -> Problem:
    return Problem(
        code="L102",
        path=e.path,
        pointer=pointer,
        message=f"编号“{line}”在“{first.stem}”里已经用过：同一卷宗里每个编号只用一次，引用才不会指错",
        hint=f"换一个没有用过的编号，例如 {line[0]}{int(line[1:]) + 1 if line[1:].isdigit() else 2}",
        dossier=dossier,
    )


def _without_topic(dossier: str, first: Record) -> Problem:
    folder = first.place.path.rsplit("/", 1)[0]
    return Problem(
        code="L104",
        path=first.place.path,
        message=f"卷宗“{dossier}”没有议题：文件夹里缺少 topic.md，别人看不出协商的是什么事",
        hint=f"补一份 {folder}/topic.md（weimin new topic --dossier {dossier}）",
        dossier=dossier,
    )
