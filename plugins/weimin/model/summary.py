"""The small rows that leave a folder: the only thing that network-wide pages and rules see."""

from __future__ import annotations

from datetime import date

import msgspec


class ConsultationRow(msgspec.Struct, frozen=True, kw_only=True):
    stem: str
    on: str  # as known
    day: date | None  # first possible
    year: int | None
    about: str | None
    methods: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    times: int = 1
    same_as: str | None = None
    compiled: bool = False
    round: int = 1
    people: int | None = None


class OutcomeRow(msgspec.Struct, frozen=True, kw_only=True):
    stem: str
    on: str
    day: date | None
    year: int | None
    consensus: str | None
    publication: str | None  # publish, withhold, None undecided
    decided: str | None = None  # day of that decision
    ground: str | None = None  # of one that is withheld: why
    excerpt: str = ""
    compiled: bool = False


class EvaluationRow(msgspec.Struct, frozen=True, kw_only=True):
    """`rate` by the parameter's formula, None where it cannot be recomputed; `low` as W503 sees it."""

    stem: str
    on: str
    day: date | None
    year: int | None
    satisfied: int | None = None
    basically: int | None = None
    dissatisfied: int | None = None
    valid: int | None = None
    rate: float | None = None
    low: bool = False
    reconsult: str | None = None
    compiled: bool = False


class MeasureRow(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    stem: str
    text: str
    unit: str | None
    due: str | None
    state: str | None  # of the last followup
    done: date | None = None
    in_time: bool | None = None  # done on or before the last day of `due`


class UpwardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A matter reported up; `text` only where it is public."""

    id: str
    stem: str
    kind: str | None
    to: str | None
    text: str | None
    reported: str | None
    answered: str | None  # reference of the record that answers
    on: date | None = None


class DutyRow(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    message: str
    owed_by: str
    due: date | None
    overdue_days: int = 0
    path: str = ""
    pointer: str = ""


class AnnouncementRow(msgspec.Struct, frozen=True, kw_only=True):
    """协商预告."""

    when: str
    day: date | None
    about: str | None
    where: str | None
    how: str | None
    past: bool = False  # on the day on which it was judged


class AnswerDutyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A duty to answer somebody (`model.finding.Duty`): `met_on` is empty where it is open."""

    code: str
    since: date | None
    due: date | None
    met: date | None
    met_on: str = ""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier in a few hundred bytes. `refs` go out: (stem, pointer, role, text)."""

    id: str
    platform: str
    title: str
    themes: tuple[str, ...]
    compiled: bool
    day: date | None  # of the first event
    last: date | None  # of the last event
    last_on: str
    last_stem: str = ""  # of that event, empty where there is none
    step: int  # the furthest step with an event, 0 none
    steps: tuple[str, ...]  # states of the five
    rounds: int
    closed: bool
    ended: str | None
    consultations: tuple[ConsultationRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    evaluations: tuple[EvaluationRow, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    upward: tuple[UpwardRow, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    answers: tuple[AnswerDutyRow, ...] = ()
    announcements: tuple[AnnouncementRow, ...] = ()
    corrections: int = 0
    corrected_fields: int = 0  # fields that were corrected
    last_correction: date | None = None  # of the last correction
    refs: tuple[tuple[str, str, str, str], ...] = ()
    projects: tuple[str, ...] = ()  # "CODE/projects/2026#24"
    next_day: date | None = None  # the day on which its state next changes by the clock alone
