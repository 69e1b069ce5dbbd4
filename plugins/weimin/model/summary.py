"""The summary of a dossier, made of small rows: all that network-wide pages, totals and rules see of it.

In every row `stem` is the stem of the record, `on` its date as recorded, `day` the first possible day of that date (else the
last), `year` the year in whose figures it counts, and `compiled` whether the record was compiled from public reports.
"""

from __future__ import annotations

from datetime import date

import msgspec

from weimin.model.basis import Basis
from weimin.model.states import DossierState, StepState, dossier_state


class ConsultationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A consultation. `joint`: codes of platforms that took part; `times`: how many consultations the record reports."""

    stem: str
    on: str
    day: date | None
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
    """An outcome, with the decision about its publication."""

    stem: str
    on: str
    day: date | None
    year: int | None
    consensus: str | None
    publication: str | None  # publish, withhold; None: not decided
    decided: str | None = None  # the date of that decision
    ground: str | None = None  # why it is withheld
    excerpt: str = ""
    compiled: bool = False


class EvaluationRow(msgspec.Struct, frozen=True, kw_only=True):
    """An evaluation. `rate`: satisfaction rate by the formula in force, None without ballots from which it can be computed.

    `low`: it lies below a threshold that an issued rule sets. `reference_line`: where no rule sets one and it lies below
    this site's own line, that line; else None. `reported`: the rate in percent that was published without ballots; it is
    never low, because nobody can count it again.
    """

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
    reference_line: float | None = None
    reported: float | None = None
    reconsult: str | None = None
    compiled: bool = False


class MeasureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A measure of an outcome, with its state."""

    id: str
    stem: str
    text: str
    unit: str | None
    due: str | None
    state: str | None  # as of the last followup
    done: date | None = None
    in_time: bool | None = None  # done on or before the last day of `due`


class UpwardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A matter reported up. `text`: None unless it is public."""

    id: str
    stem: str
    kind: str | None
    to: str | None
    text: str | None
    reported: str | None
    answered: str | None  # reference of the record that answers
    on: date | None = None


class DutyRow(msgspec.Struct, frozen=True, kw_only=True):
    """An open duty. `owed_by`: code of a platform or name of a unit. `suggested_due`, `basis`: as in a finding."""

    code: str
    message: str
    owed_by: str
    due: date | None
    overdue_days: int = 0
    path: str = ""
    pointer: str = ""
    suggested_due: date | None = None
    basis: Basis | None = None


class AnnouncementRow(msgspec.Struct, frozen=True, kw_only=True):
    """An announcement (协商预告)."""

    when: str
    day: date | None
    about: str | None
    where: str | None
    how: str | None
    past: bool = False  # its day is before the day of the check


class AnswerDutyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A duty to answer somebody, met or not; the fields are those of `model.finding.Duty`."""

    code: str
    since: date | None
    due: date | None
    met: date | None
    met_on: str = ""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier in a few hundred bytes. `refs`: its references (stem, JSON pointer, role, text).

    `year`: the year in whose figures it counts: of its first event, or else of its approval, or else of its number.
    `held_steps`: the steps of which it has an event, in any round; a step that was skipped or not reached is not among them.
    """

    id: str
    platform: str
    title: str
    themes: tuple[str, ...]
    compiled: bool
    day: date | None  # of the first event
    last: date | None  # of the last event
    last_on: str
    last_stem: str = ""  # of that event; empty if there is none
    step: int  # the furthest step with an event, 0 none
    year: int | None = None
    held_steps: tuple[int, ...] = ()
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
    next_day: date | None = None  # the next day on which its findings change although no record does
    at: int = 0  # the furthest step with an event in the last round, 0 none

    @property
    def state(self) -> DossierState:
        return dossier_state(
            ended=self.ended,
            closed=self.closed,
            overdue=any(d.overdue_days > 0 for d in self.duties),
            compiled=self.compiled,
            step=self.at or self.step,
        )

    @property
    def skipped(self) -> tuple[int, ...]:
        """The steps that were never held and that the topic lists as skipped, with a reason."""
        return tuple(n for n, s in enumerate(self.steps, 1) if s == StepState.SKIPPED and n not in self.held_steps)
