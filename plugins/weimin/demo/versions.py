"""Expands a scenario into the versions of its records, each with the day of its commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from weimin.demo import minutes
from weimin.demo.dossier_draft import DossierDraft
from weimin.demo.events import EVENTS
from weimin.demo.names import party
from weimin.demo.scenario import Scenario, ScenarioEvent
from weimin.model.dates import TABLE
from weimin.model.period import parse_period
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
    """A record from one commit on. `clerk`: the code of the platform whose clerk filed it."""

    path: str
    kind: str
    raw: Any
    body: str = ""
    filed: date
    clerk: str
    subject: str
    pull: bool = False
    batch: str = ""


def dossier_ids(scenarios: Iterable[Scenario]) -> Mapping[str, str]:
    """Key → `CODE/YYYY-NNN`, numbered by opening day within platform and year. Raises ValueError for a repeated key."""
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


def versions_of(scenario: Scenario, ids: Mapping[str, str]) -> Iterator[Version]:
    """All versions of all records of a dossier, and of the opinion that it came from."""
    draft = DossierDraft(scenario, ids)
    filed = max(_opened(scenario) + _DAY, _first_filing(draft)) if scenario.compiled else _opened(scenario) + _DAY
    if scenario.opinion:
        yield from _opinion(draft, filed)
    yield from _topic(draft, filed)
    for event in scenario.events:
        yield from _event(draft, event)


def _first_filing(draft: DossierDraft) -> date:
    return min(draft.day(a) + timedelta(days=a.filed_after) for a in draft.scenario.events)


def _opinion(draft: DossierDraft, topic_filed: date) -> Iterator[Version]:
    on = draft.start - timedelta(days=34)
    stem = stem_of("opinion", on.isoformat())
    raw = {
        "channel": ("letterbox", "visit", "web", "wechat", "phone", "hotline")[draft.variant % 6],
        "from": ("resident", "resident", "sage", "member", "business")[draft.variant % 5],
        "voices": 1 + draft.variant % 40,
        "theme": draft.contents.theme[0],
        "summary": draft.fill(draft.scenario.opinion),
    }
    path = path_of("opinion", platform=draft.code, stem=stem)
    common: dict[str, Any] = {"kind": "opinion", "path": path, "clerk": draft.code}
    yield Version(raw=raw, filed=on + _DAY, subject="登记社情民意", **common)
    triage = {
        "decision": "topic",
        "date": (topic_filed - 2 * _DAY).isoformat(),
        "to": draft.fill(f"@{draft.scenario.key}"),
    }
    raw = raw | {"triage": triage, "answered": (topic_filed - _DAY).isoformat()}
    yield Version(raw=raw, filed=topic_filed, subject=f"议题：{draft.title}", **common)


def _topic(draft: DossierDraft, filed: date) -> Iterator[Version]:
    scenario = draft.scenario
    raw: dict[str, Any] = {"title": draft.title, "theme": list(draft.contents.theme), "sources": _sources(draft)}
    if scenario.compiled is None:
        raw["approval"] = {"by": party(draft.code), "date": (filed - _DAY).isoformat()}
    raw = _with(raw, draft.fill(scenario.topic), _compiled(draft))
    dossier = draft.fill(f"@{scenario.key}")
    common: dict[str, Any] = {
        "path": path_of("topic", dossier=dossier),
        "kind": "topic",
        "body": minutes.of_topic(draft),
        "clerk": draft.code,
    }
    yield Version(raw=raw, filed=filed, subject=f"议题：{draft.title}", **common)
    later = list(scenario.later)
    if scenario.compiled is None and draft.variant % 3 == 0 and "notice" not in scenario.topic:
        notice = {"where": "公开栏", "from": filed.isoformat(), "to": (filed + 7 * _DAY).isoformat()}
        later.insert(0, ((filed + 8 * _DAY - draft.start).days, {"notice": notice}))
    for day, fields in later:
        raw = _with(raw, draft.fill(fields))
        on = draft.start + timedelta(days=day)
        yield Version(raw=raw, filed=on, subject=f"补充议题：{draft.title}", **common)


def _sources(draft: DossierDraft) -> list[dict[str, str]]:
    if draft.scenario.opinion:
        on = (draft.start - timedelta(days=34)).isoformat()
        return [{"opinion": f"{draft.code}/opinions/{on}"}]
    return [
        (
            {"from": "residents"},
            {"from": "own_rounds", "note": "委员走访时发现"},
            {"from": "members"},
            {"from": "hotline"},
        )[draft.variant % 4]
    ]


def _event(draft: DossierDraft, event: ScenarioEvent) -> Iterator[Version]:
    on = draft.day(event)
    if draft.scenario.compiled is None or event.own:
        raw, body = EVENTS[event.kind](draft, event, on)
    else:
        raw, body = {}, ""
    stem = draft.stem(event)
    if event.kind == "outcome" and "measures" in raw and (raw["measures"] or "agreed" not in draft.stems):
        draft.stems["agreed"] = stem
    own_sources = event.own or "compiled_from" in event.fields
    raw = _with(raw, draft.fill(event.fields), {} if own_sources else _compiled(draft))
    draft.stems[event.kind] = stem
    body = body if event.body is None else str(draft.fill(event.body))
    draft.bodies[stem] = body
    dossier = draft.fill(f"@{draft.scenario.key}")
    filed = max(on + timedelta(days=event.filed_after), _last_said(event.kind, raw, event.added_later))
    common: dict[str, Any] = {
        "path": path_of(event.kind, dossier=dossier, stem=stem),
        "kind": event.kind,
        "body": body,
        "clerk": _clerk(draft, event, raw),
    }
    subject = f"{_WORDS[event.kind]}：{draft.title}"
    if event.added_later is None:
        yield Version(raw=raw, filed=filed, subject=subject, pull=event.pull, batch=event.batch, **common)
        return
    days, names = event.added_later
    first = {k: v for k, v in raw.items() if k not in names}
    yield Version(raw=first, filed=filed, subject=subject, pull=event.pull, batch=event.batch, **common)
    yield Version(raw=raw, filed=filed + timedelta(days=days), subject=f"补充{subject}", **common)


def _last_said(kind: str, raw: Mapping[str, Any], added_later: tuple[int, tuple[str, ...]] | None) -> date:
    """The latest day of what the first version of a record says to have happened: nobody files it before that day."""
    first = {k: v for k, v in raw.items() if added_later is None or k not in added_later[1]}
    days = (text for row in TABLE[kind] if not row.ahead and row.keys for _, text in row.values(first))
    return max((day for text in days if (day := parse_period(text).first) is not None), default=date.min)


def _clerk(draft: DossierDraft, event: ScenarioEvent, raw: Mapping[str, Any]) -> str:
    """The platform's own clerk; the level above files its own responses and batches."""
    by = str(raw.get("by", "")) if event.kind == "response" else ""
    return by if by.isdigit() else draft.code[:9] if event.batch else draft.code


def _compiled(draft: DossierDraft) -> Mapping[str, Any]:
    return {} if draft.scenario.compiled is None else {"compiled_from": [draft.fill(draft.scenario.compiled)]}


def _with(raw: Mapping[str, Any], *more: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with replacements; None removes a field."""
    out = dict(raw)
    for fields in more:
        for name, value in fields.items():
            if value is None:
                out.pop(name, None)
            else:
                out[name] = value
    return out
