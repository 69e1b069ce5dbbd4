"""A dossier: the events of one matter in their order, and what is computed from them."""

from __future__ import annotations

from datetime import date
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
from weimin.model.states import StepState


class AppliedChange(msgspec.Struct, frozen=True, kw_only=True):
    """One change that a correction made: what the page strikes through, and why. `old` or `new` None: absent."""

    correction: str  # stem of the correction
    on: Period
    target: str  # stem of the corrected record
    field: str  # JSON pointer
    old: Any
    new: Any
    reason: str
    approved_by: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the dossier with its corrections applied: what rules and pages see.

    `on`: the date of its name (corrected); `span`: from there to its `until`. For a topic both are the day of its approval,
    or else the date of the first other event, or else None. `round`: from 1 (`dossiers/rounds.py`). `changes`: the changes
    that corrections made to it.
    """

    record: Record
    on: Period | None
    span: Period | None
    round: int = 1
    changes: tuple[AppliedChange, ...] = ()

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
        """1 to 5 (docs/reference/rules.md, "Steps, rounds, gates"); 0 for outcome, response and correction, which belong to no step."""
        if isinstance(self.record.data, Consultation):
            return 3 if self.record.data.about in ("progress", "completion") else 2
        return {"topic": 1, "followup": 4, "evaluation": 5}.get(self.record.place.kind, 0)


SKIPPABLE = {"selection": 2, "progress": 3, "supervision": 4, "evaluation": 5}
"""Names of the steps that a topic may list under `skipped` → their numbers."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line with an id (s1, m1, d1, u1), unique within the dossier. `kind`: suggestion, measure, dissent, upward."""

    id: str
    kind: str
    stem: str
    pointer: str
    value: Suggestion | Measure | Dissent | Upward


class Inbound(msgspec.Struct, frozen=True, kw_only=True):
    """A reference to this dossier or platform from another folder. `role`: as in `dossiers/refs.py`; `on`: day of its record."""

    source: str  # the reference of the record that refers, e.g. "321300/2026-002/topic"
    role: str
    target: str  # as written
    line: str | None
    on: date | None
    compiled: bool = False


class DossierStep(msgspec.Struct, frozen=True, kw_only=True):
    """One of the five steps. `stems`: its events; `reason`: why it was skipped."""

    number: int
    state: StepState
    stems: tuple[str, ...] = ()
    reason: str = ""


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A compiled dossier. `events`: in order, the topic first, corrections last among those of a day.

    `topic` None: it has none, and L104 is the only finding about it. `problems`: found while compiling.
    """

    id: str
    platform: str
    topic: Event | None
    events: tuple[Event, ...]
    lines: dict[str, Line]
    applied: tuple[AppliedChange, ...] = ()
    rounds: int = 1
    steps: tuple[DossierStep, ...] = ()
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
        """Every event is compiled from public reports: the dossier owes nothing and has no gates."""
        return bool(self.events) and all(e.compiled for e in self.events)

    def event(self, stem: str) -> Event | None:
        return next((e for e in self.events if e.stem == stem), None)

    def of_kind(self, kind: str) -> tuple[Event, ...]:
        return tuple(e for e in self.events if e.kind == kind)

    @property
    def skipped(self) -> frozenset[int]:
        """The numbers of the steps that the topic lists as skipped."""
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
    """A platform's own records, outside its dossiers. Corrections of opinions are applied; in order of paths."""

    code: str
    records: tuple[Record, ...]
    applied: tuple[AppliedChange, ...] = ()
    refs: tuple[tuple[str, str, str, str], ...] = ()  # (record ref, pointer, role, text)
    problems: tuple[Problem, ...] = ()
    paths: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        return tuple(r for r in self.records if r.place.kind == kind)

    @property
    def platform(self) -> Record | None:
        return next((r for r in self.records if r.place.kind == "platform"), None)
