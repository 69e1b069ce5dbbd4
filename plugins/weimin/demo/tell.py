"""A scenario becomes the versions of its records, each with the day on which it was committed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from weimin.demo import minutes
from weimin.demo.course import Course
from weimin.demo.events import EVENTS
from weimin.demo.names import party
from weimin.demo.scenario import Act, Scenario
from weimin.records.place import path_of, stem_of

_DAY = timedelta(days=1)
_WORDS = {
    "consultation": "协商活动",
    "outcome": "协商成果",
    "response": "回应",
    "followup": "跟踪监督",
    "evaluation": "民主评议",
    "correction": "更正",
}


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it stood from a commit on. `clerk`: the code of the platform whose clerk filed it."""

    path: str
    kind: str
    raw: Any
    body: str = ""
    filed: date
    clerk: str
    subject: str
    pull: bool = False
    batch: str = ""


def numbered(scenarios: Iterable[Scenario]) -> Mapping[str, str]:
    """Key → `CODE/YYYY-NNN`: by the day of opening, within platform and year. Raises ValueError for a key told twice."""
    ids: dict[str, str] = {}
    counts: dict[tuple[str, int], int] = {}
    for scenario in sorted(scenarios, key=lambda s: (_opened(s), s.key)):
        if scenario.key in ids:
            raise ValueError(scenario.key)
        year = _opened(scenario).year
        counts[scenario.at, year] = number = counts.get((scenario.at, year), 0) + 1
        ids[scenario.key] = f"{scenario.at}/{year}-{number:03d}"
    return ids


def _opened(scenario: Scenario) -> date:
    return date.fromisoformat(scenario.on) + timedelta(days=scenario.opened)


def tell(scenario: Scenario, ids: Mapping[str, str]) -> Iterator[Version]:
    """All versions of all records of a dossier, and of the opinion that it came from."""
    course = Course(scenario, ids)
    filed = max(_opened(scenario) + _DAY, _first_filing(course)) if scenario.compiled else _opened(scenario) + _DAY
    if scenario.opinion:
        yield from _opinion(course, filed)
    yield from _topic(course, filed)
    for act in scenario.acts:
        yield from _event(course, act)


def _first_filing(course: Course) -> date:
    return min(course.day(a) + timedelta(days=a.filed) for a in course.scenario.acts)


def _opinion(course: Course, topic_filed: date) -> Iterator[Version]:
    on = course.start - timedelta(days=34)
    stem = stem_of("opinion", on.isoformat())
    raw = {
        "channel": ("letterbox", "visit", "web", "wechat", "phone", "hotline")[course.turn % 6],
        "from": ("resident", "resident", "sage", "member", "business")[course.turn % 5],
        "voices": 1 + course.turn % 40,
        "theme": course.matter.theme[0],
        "summary": course.filled(course.scenario.opinion),
    }
    path = path_of("opinion", platform=course.code, stem=stem)
    said: dict[str, Any] = {"kind": "opinion", "path": path, "clerk": course.code}
    yield Version(raw=raw, filed=on + _DAY, subject="登记社情民意", **said)
    triage = {
        "decision": "topic",
        "date": (topic_filed - 2 * _DAY).isoformat(),
        "to": course.filled(f"@{course.scenario.key}"),
    }
    raw = raw | {"triage": triage, "answered": (topic_filed - _DAY).isoformat()}
    yield Version(raw=raw, filed=topic_filed, subject=f"议题：{course.title}", **said)


def _topic(course: Course, filed: date) -> Iterator[Version]:
    scenario = course.scenario
    raw: dict[str, Any] = {"title": course.title, "theme": list(course.matter.theme), "sources": _sources(course)}
    if scenario.compiled is None:
        raw["approval"] = {"by": party(course.code), "date": (filed - _DAY).isoformat()}
    raw = _with(raw, course.filled(scenario.topic), _compiled(course))
    dossier = course.filled(f"@{scenario.key}")
    said: dict[str, Any] = {
        "path": path_of("topic", dossier=dossier),
        "kind": "topic",
        "body": minutes.of_topic(course),
        "clerk": course.code,
    }
    yield Version(raw=raw, filed=filed, subject=f"议题：{course.title}", **said)
    later = list(scenario.later)
    if scenario.compiled is None and course.turn % 3 == 0 and "notice" not in scenario.topic:
        notice = {"where": "公开栏", "from": filed.isoformat(), "to": (filed + 7 * _DAY).isoformat()}
        later.insert(0, ((filed + 8 * _DAY - course.start).days, {"notice": notice}))
    for day, fields in later:
        raw = _with(raw, course.filled(fields))
        on = course.start + timedelta(days=day)
        yield Version(raw=raw, filed=on, subject=f"补充议题：{course.title}", **said)


def _sources(course: Course) -> list[dict[str, str]]:
    if course.scenario.opinion:
        on = (course.start - timedelta(days=34)).isoformat()
        return [{"opinion": f"{course.code}/opinions/{on}"}]
    return [
        (
            {"from": "residents"},
            {"from": "own_rounds", "note": "委员走访时发现"},
            {"from": "members"},
            {"from": "hotline"},
        )[course.turn % 4]
    ]


def _event(course: Course, act: Act) -> Iterator[Version]:
    on = course.day(act)
    if course.scenario.compiled is None or act.own:
        raw, body = EVENTS[act.kind](course, act, on)
    else:
        raw, body = {}, ""
    stem = course.stem(act)
    if act.kind == "outcome" and "measures" in raw and (raw["measures"] or "agreed" not in course.stems):
        course.stems["agreed"] = stem
    raw = _with(raw, course.filled(act.fields), {} if act.own else _compiled(course))
    course.stems[act.kind] = stem
    body = body if act.body is None else str(course.filled(act.body))
    course.bodies[stem] = body
    dossier = course.filled(f"@{course.scenario.key}")
    filed = on + timedelta(days=act.filed)
    said: dict[str, Any] = {
        "path": path_of(act.kind, dossier=dossier, stem=stem),
        "kind": act.kind,
        "body": body,
        "clerk": _clerk(course, act, raw),
    }
    subject = f"{_WORDS[act.kind]}：{course.title}"
    if act.gains is None:
        yield Version(raw=raw, filed=filed, subject=subject, pull=act.pull, batch=act.batch, **said)
        return
    days, names = act.gains
    first = {k: v for k, v in raw.items() if k not in names}
    yield Version(raw=first, filed=filed, subject=subject, pull=act.pull, batch=act.batch, **said)
    yield Version(raw=raw, filed=filed + timedelta(days=days), subject=f"补充{subject}", **said)


def _clerk(course: Course, act: Act, raw: Mapping[str, Any]) -> str:
    """The platform's own; of the level above for what that answers, and for what it filed in one go."""
    by = str(raw.get("by", "")) if act.kind == "response" else ""
    return by if by.isdigit() else course.code[:9] if act.batch else course.code


def _compiled(course: Course) -> Mapping[str, Any]:
    return {} if course.scenario.compiled is None else {"compiled_from": [course.filled(course.scenario.compiled)]}


def _with(raw: Mapping[str, Any], *more: Mapping[str, Any]) -> dict[str, Any]:
    """Fields replaced; None leaves one out."""
    out = dict(raw)
    for fields in more:
        for name, value in fields.items():
            if value is None:
                out.pop(name, None)
            else:
                out[name] = value
    return out
