"""One matter, one dossier: its events as the story of the matter, and what was folded from them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from weimin.model.finding import Problem
from weimin.model.kinds import (
    Consultation,
    Data,
    Dissent,
    Evaluation,
    Followup,
    Measure,
    Outcome,
    Response,
    Suggestion,
    Topic,
    Upward,
)
from weimin.model.period import Period
from weimin.model.record import Record


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """One change that a correction made: what the page strikes through and why. `old`/`new` None: absent."""

    correction: str  # stem of the correction
    on: Period
    target: str  # stem of the corrected record
    field: str  # JSON pointer
    old: Any
    new: Any
    reason: str
    approved_by: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the dossier as rules and pages see it: corrected.

    `on` is the date of its name (corrected); `span` runs to its `until`. A topic has the day of its approval, else
    the first day of its first event, else none. `round` is the round it belongs to, from 1.
    """

    record: Record
    on: Period | None
    span: Period | None
    round: int = 1
    changes: tuple[Applied, ...] = ()

    @property
    def stem(self) -> str:
        return self.record.place.stem

    @property
    def kind(self) -> str:
        return self.record.place.kind

    @property
    def path(self) -> str:
        return self.record.place.path

    @property
    def data(self) -> Data:
        return self.record.data

    @property
    def compiled(self) -> bool:
        return self.record.compiled

    @property
    def step(self) -> int:
        """1 to 5 (docs/reference/rules.md, "Steps, rounds, gates"); 0 for what belongs to none: outcome, response, correction."""
        if isinstance(self.record.data, Consultation):
            return 3 if self.record.data.about in ("progress", "completion") else 2
        return {"topic": 1, "followup": 4, "evaluation": 5}.get(self.record.place.kind, 0)


SKIPPABLE = {"selection": 2, "progress": 3, "supervision": 4, "evaluation": 5}
"""The steps that a topic may list under `skipped`, by their numbers."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line with an id (s1, m1, d1, u1), unique within the dossier. `kind`: suggestion, measure, dissent, upward."""

    id: str
    kind: str
    stem: str
    pointer: str
    value: Suggestion | Measure | Dissent | Upward


class Inbound(msgspec.Struct, frozen=True, kw_only=True):
    """A reference to this dossier (or platform) from elsewhere: `role` as in dossiers/refs, `on` the day of its record."""

    source: str  # the reference of the record that refers, e.g. "321300/2026-002/topic"
    role: str
    target: str  # as written
    line: str | None
    on: date | None
    compiled: bool = False


class StepState(StrEnum):
    """Where one of the five steps stands, in the dossier's last round."""

    DONE = "done"
    NOW = "now"
    OWED = "owed"
    SKIPPED = "skipped"
    AHEAD = "ahead"
    UNASKED = "unasked"  # a later step was taken, and nothing asks for this one
    UNSEEN = "unseen"  # compiled: later reports were not seen

    @property
    def label(self) -> str:
        return {
            "done": "已开展",
            "now": "进行中",
            "owed": "待办",
            "skipped": "略过",
            "ahead": "未到",
            "unasked": "未要求",
            "unseen": "后续未见记录",
        }[self.value]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    state: StepState
    stems: tuple[str, ...] = ()
    reason: str = ""


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """The compiled dossier. `events` is the story in order, topic first, corrections last of their day.

    `topic` None: the dossier has none (L104), and nothing but that is said of it. `problems` were found while compiling.
    """

    id: str
    platform: str
    topic: Event | None
    events: tuple[Event, ...]
    lines: dict[str, Line]
    applied: tuple[Applied, ...] = ()
    rounds: int = 1
    steps: tuple[Step, ...] = ()
    refs: tuple[tuple[str, str, str, str], ...] = ()  # (stem, pointer, role, text)
    problems: tuple[Problem, ...] = ()
    paths: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        return int(self.id.split("/")[1][:4])

    @property
    def title(self) -> str:
        return self.topic.data.title if self.topic and isinstance(self.topic.data, Topic) else self.id

    @property
    def compiled(self) -> bool:
        """Every event is compiled: it owes nothing and no gate stands in it."""
        return bool(self.events) and all(e.compiled for e in self.events)

    def event(self, stem: str) -> Event | None:
        return next((e for e in self.events if e.stem == stem), None)

    def of_kind(self, kind: str) -> tuple[Event, ...]:
        return tuple(e for e in self.events if e.kind == kind)

    @property
    def skipped(self) -> frozenset[int]:
        """Numbers of the steps that the topic lists as skipped."""
        topic = self.topic.data if self.topic else None
        listed = topic.skipped if isinstance(topic, Topic) else None
        return frozenset(SKIPPABLE[s.step] for s in listed or () if s.step in SKIPPABLE)

    @property
    def consultations(self) -> tuple[tuple[Event, Consultation], ...]:
        return tuple((e, e.data) for e in self.events if isinstance(e.data, Consultation))

    @property
    def outcomes(self) -> tuple[tuple[Event, Outcome], ...]:
        return tuple((e, e.data) for e in self.events if isinstance(e.data, Outcome))

    @property
    def responses(self) -> tuple[tuple[Event, Response], ...]:
        return tuple((e, e.data) for e in self.events if isinstance(e.data, Response))

    @property
    def followups(self) -> tuple[tuple[Event, Followup], ...]:
        return tuple((e, e.data) for e in self.events if isinstance(e.data, Followup))

    @property
    def evaluations(self) -> tuple[tuple[Event, Evaluation], ...]:
        return tuple((e, e.data) for e in self.events if isinstance(e.data, Evaluation))

    @property
    def measures(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines.values() if line.kind == "measure")


class PlatformRecords(msgspec.Struct, frozen=True, kw_only=True):
    """A platform's own files: how things stand with it. Opinions are corrected; all in order of their stems."""

    code: str
    records: tuple[Record, ...]
    applied: tuple[Applied, ...] = ()
    refs: tuple[tuple[str, str, str, str], ...] = ()  # (record ref, pointer, role, text)
    problems: tuple[Problem, ...] = ()
    paths: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        return tuple(r for r in self.records if r.place.kind == kind)

    @property
    def platform(self) -> Record | None:
        return next((r for r in self.records if r.place.kind == "platform"), None)
