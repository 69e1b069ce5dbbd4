"""The story in which every row of the table of dates has its examples: one record of each kind, with every date field."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import msgspec
from make import ID, VILLAGE, make_context, make_dossier

from builders.value import record
from weimin.model.dates import EXAMPLE_DAYS, EXAMPLE_PRESENT, NAME, DateField, Limit, Other
from weimin.model.finding import UnlocatedFinding
from weimin.model.network import folder_of
from weimin.rules.dates import check_record_dates
from weimin.rules.findings import to_finding
from weimin.rules.run import apply_dossier_rules

REPORT = [{"publisher": "样例报", "date": "2026-11-01"}]
TODAY = EXAMPLE_PRESENT.isoformat()
TOMORROW, LATER = ((EXAMPLE_PRESENT + timedelta(days=n)).isoformat() for n in (1, 2))
"""A clock may be wrong by a day: a date of tomorrow is accepted, a later one is not."""

DOSSIER: dict[str, dict[str, Any]] = {
    "topic": {
        "title": "小区车棚怎么建",
        "theme": ["住房物业"],
        "sources": [{"from": "residents"}],
        "announces": [{"when": "2026-03-02", "until": "2026-03-03"}],
        "approval": {"by": "镇党委", "date": "2026-02-20"},
        "notice": {"where": "公示栏", "from": "2026-02-15", "to": "2026-02-22"},
        "decision": {"by": "镇政府", "date": "2026-03-20"},
        "ended": {"how": "withdrawn", "date": "2026-11-20"},
    },
    "consultation": {
        "about": "selection",
        "methods": [
            {"kind": "written", "sent": 9, "returned": 9, "from": "2026-03-01", "to": "2026-03-05"},
            {"kind": "online", "platform": "议事群", "opens": "2026-03-01", "closes": "2026-03-05"},
        ],
        "announced": {"date": "2026-02-25", "how": "公告"},
        "suggestions": [{"id": "s1", "text": "留出消防通道"}],
    },
    "outcome": {
        "of": ["2026-03-02-consultation"],
        "measures": [{"id": "m1", "text": "建车棚", "unit": "镇住建办", "due": "2026-05-31"}],
        "upward": [{"id": "u1", "kind": "overall", "to": "321302001", "reported": {"date": "2026-03-12"}}],
        "submitted": [{"to": "村党总支", "date": "2026-03-12"}],
        "publication": {
            "decision": "publish",
            "by": "村委会",
            "date": "2026-03-15",
            "channels": [{"kind": "noticeboard", "date": "2026-03-16"}],
        },
    },
    "response": {"by": "镇住建办", "answers": [{"to": "s1", "decision": "adopted", "text": "照办"}]},
    "followup": {"form": "inspection", "measures": [{"id": "m1", "state": "done", "done": {"date": "2026-05-20"}}]},
    "evaluation": {
        "of": ["2026-03-10-outcome"],
        "ballots": "unpublished",
        "reconsult": {"decision": "decline", "by": "村委会", "date": "2026-07-02", "reason": "已办好"},
    },
    "correction": {
        "of": "2026-03-10-outcome",
        "changes": [{"field": "/submitted/0/doc_no", "from": None, "to": "样〔2026〕1号"}],
        "reason": "漏写",
        "approved_by": "村委会",
    },
}
AGAIN = DOSSIER["consultation"] | {"about": "progress", "suggestions": [], "again": {"of": "2026-07-01-evaluation"}}
CORRECTED = [{"field": "/x", "from": "y", "reason": "抄错", "approved_by": "村委会", "date": "2026-03-01"}]
PLATFORM: dict[str, tuple[str, Any]] = {
    "platform": (
        f"{folder_of(VILLAGE)}/platform.yml",
        {
            "area": "样例村",
            "corrected": CORRECTED,
            "established": "2019-11-20",
            "closed": {"date": "2026-01-10", "reason": "并村"},
            "place_found": {"list": "名录", "date": "2023"},
        },
    ),
    "exemptions": (
        f"{folder_of(VILLAGE)}/exemptions.yml",
        [{"rule": "W705", "subject": "a", "reason": "并村", "approved_by": "县", "until": "2026-12-31"}],
    ),
    "rule": (
        f"{folder_of(VILLAGE)}/rules/2026-rules.md",
        {"title": "办法", "issued": "2026-01-06", "effective_from": "2026-02-01", "effective_to": "2028-12-31"},
    ),
    "projects": (
        f"{folder_of(VILLAGE)}/projects/2026.yml",
        {
            "title": "清单",
            "corrected": CORRECTED,
            "adopted": {"by": "会议", "date": "2026-01-18"},
            "items": [
                {
                    "item": "1",
                    "name": "车棚",
                    "due": "2026-09-30",
                    "progress": [{"as_of": "2026-04-30", "state": "on_track"}],
                }
            ],
        },
    ),
    "plan": (
        f"{folder_of(VILLAGE)}/plans/2026.yml",
        {
            "corrected": CORRECTED,
            "approved": {"by": "会议", "date": "2026-01-10"},
            "items": [{"subject": "车棚", "when": "2026-03"}],
        },
    ),
    "opinion": (
        f"{folder_of(VILLAGE)}/opinions/2026-02-10.yml",
        {"summary": "没有车棚", "triage": {"decision": "topic", "date": "2026-02-12"}, "answered": "2026-02-20"},
    ),
    "guidance": (f"{folder_of(VILLAGE)}/guidance/2026-03-01.md", {"to": [VILLAGE], "form": "training"}),
    "news": ("content/news/open.md", {"title": "开网", "date": "2026-03-01", "corrected": CORRECTED}),
    "page": ("content/pages/about.md", {"title": "关于"}),
}


class Example(msgspec.Struct, frozen=True):
    """A value of a field in the story: `path` and `pointer` of it, and what was found in the whole story."""

    path: str
    pointer: str
    found: tuple[UnlocatedFinding, ...]

    @property
    def codes(self) -> set[str]:
        """What is found of the value; of a date in a name, all that is found at the record."""
        return {f.code for f in self.at}

    @property
    def at(self) -> list[UnlocatedFinding]:
        here = [f for f in self.found if f.path == self.path]
        return here if not self.pointer else [f for f in here if f.pointer == self.pointer]


def example(field: DateField, value: str, limit: Limit | None = None) -> Example:
    """The story with one value in place of its own. Of the limits of the field only `limit` can be broken by it."""
    siblings = [other.other for other in field.limits if other is not limit and other.other.startswith("/")]
    raw = copy.deepcopy(DOSSIER.get(field.kind) or PLATFORM[field.kind][1])
    for pointer in siblings:
        if pointer != NAME:
            _put(raw, pointer, "unpublished")
    if field.keys[:1] == ("compiled_from",):
        raw["compiled_from"] = copy.deepcopy(REPORT)
    pointer = "" if not field.keys else _put(raw, field.pointer, value)
    if field.kind in DOSSIER:
        return _of_dossier(field, raw, pointer, value, limit)
    path = PLATFORM[field.kind][0]
    path = path if field.keys else path.replace(EXAMPLE_DAYS[field.kind], value)
    checked = check_record_dates([record(path, raw)], EXAMPLE_PRESENT, EXAMPLE_PRESENT)
    return Example(path, pointer, tuple(map(to_finding, checked.problems)))


def _of_dossier(field: DateField, raw: Any, pointer: str, value: str, limit: Limit | None) -> Example:
    story = {_stem(kind): data for kind, data in DOSSIER.items()}
    stem = _stem(field.kind)
    if field.keys:
        story[stem] = raw
    else:
        if field.kind != "consultation":
            del story[stem]
        again = field.kind == "consultation" and limit is not None and limit.other == Other.REFERENCES
        stem = f"{value}-{field.kind}"
        story[stem] = AGAIN if again else (raw | {"suggestions": []} if field.kind == "consultation" else raw)
    dossier = make_dossier(story)
    found = apply_dossier_rules(dossier, make_context(EXAMPLE_PRESENT, present=EXAMPLE_PRESENT)).findings
    event = dossier.event(stem)
    assert event is not None and event.path.startswith(f"{folder_of(VILLAGE)}/{ID.split('/')[1]}/")
    return Example(event.path, pointer, found)


def _stem(kind: str) -> str:
    return "topic" if kind == "topic" else f"{EXAMPLE_DAYS[kind]}-{kind}"


def _put(raw: Any, pointer: str, value: str) -> str:
    """Set the field in every line that has it; the pointer of the last."""
    *parents, last = pointer.split("/")[1:]
    places = [(raw, "")]
    for key in parents:
        if key == "*":
            places = [(line, f"{at}/{i}") for value, at in places for i, line in enumerate(value)]
        else:
            places = [(value[key], f"{at}/{key}") for value, at in places if key in value]
    here = [(value, at) for value, at in places if last in value or len(places) == 1]
    assert here, pointer
    for mapping, _ in here:
        mapping[last] = value
    return f"{here[-1][1]}/{last}"
