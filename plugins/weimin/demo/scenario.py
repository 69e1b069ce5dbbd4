"""The form of a scenario: the contents of a dossier, and its events by day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

Fields = Mapping[str, Any]


class PlannedMeasure(msgspec.Struct, frozen=True):
    """A measure of an outcome. `unit` may contain marks ({gov}); `days` from the outcome to the due day, 0 for none."""

    text: str
    unit: str = "{gov}"
    amount: int = 0
    per: str = ""
    days: int = 60
    upkeep: str = ""


class DossierContents(msgspec.Struct, frozen=True, kw_only=True):
    """What the dossier is about: `suggestions` as `谁：说什么`, `dissent`, `yuan` the cost (0: not stated)."""

    title: str
    theme: tuple[str, ...]
    why: str
    suggestions: tuple[str, ...] = ()
    measures: tuple[PlannedMeasure, ...] = ()
    dissent: tuple[str, ...] = ()
    yuan: int = 0


class ScenarioEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event. `day` counts from the first consultation, or is the date of the file name as written (`2025-Q2`).

    `fields` replace generated fields; None removes one. `detail` is the input of the kind (states of measures, ballots,
    suggestions). `filed_after` is the number of days until the commit. `added_later` are fields added so many days after that.
    `own`: filed by the platform itself in a dossier compiled from reports. `pull`: through a merged pull request; `batch`:
    in one commit with others of the same batch.
    """

    kind: str
    day: int | str
    fields: Fields = {}
    detail: Any = None
    filed_after: int = 1
    added_later: tuple[int, tuple[str, ...]] | None = None
    own: bool = False
    pull: bool = False
    batch: str = ""
    body: str | None = None


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier to generate. `key` names it in other scenarios (`@key`); `on` is day 0 of its events.

    `opened`: days from day 0 to the filing of the topic. `opinion`: the opinion of residents that became the topic. `topic`
    replaces fields of the topic; `later` are fields added to it (days from day 0, fields).
    """

    key: str
    at: str
    on: str
    contents: DossierContents
    events: tuple[ScenarioEvent, ...] = ()
    topic: Fields = {}
    opened: int = -12
    opinion: str = ""
    later: tuple[tuple[int, Fields], ...] = ()
    compiled: Fields | None = None


def consultation(day: int | str, **more: Any) -> ScenarioEvent:
    """A consultation."""
    return _event("consultation", day, more)


def progress_consultation(day: int | str, **more: Any) -> ScenarioEvent:
    """A consultation about progress, without new suggestions."""
    fields = {"about": "progress", "suggestions": [], "dissent": None, **more.pop("fields", {})}
    return _event("consultation", day, {**more, "fields": fields})


def outcome(day: int | str, **more: Any) -> ScenarioEvent:
    """The outcome of the consultation before it."""
    return _event("outcome", day, more)


def progress_outcome(day: int | str, **more: Any) -> ScenarioEvent:
    """The outcome of a consultation about progress, without new measures."""
    fields = {"consensus": "full", "measures": [], "funding": None, **more.pop("fields", {})}
    return _event("outcome", day, {**more, "fields": fields})


def response(day: int | str, **more: Any) -> ScenarioEvent:
    """A response to every suggestion and dissent that is still open."""
    return _event("response", day, more)


def followup(day: int | str, states: str | Mapping[str, str] = "done", **more: Any) -> ScenarioEvent:
    """A followup: one state for all measures, or one by id. `done:40` is done with 40; `behind:原因` has that reason."""
    return _event("followup", day, {"detail": states, **more})


def evaluation(day: int | str, *ballots: int, **more: Any) -> ScenarioEvent:
    """An evaluation: issued, returned, invalid, satisfied, basically satisfied, dissatisfied; without ballots: unpublished."""
    return _event("evaluation", day, {"detail": ballots, **more})


def correction(day: int | str, of: str, reason: str, *changes: tuple[str, Any, Any], **more: Any) -> ScenarioEvent:
    """A correction with changes (pointer, from, to). `...` as `from` is the present body."""
    return _event("correction", day, {"detail": (of, reason, changes), **more})


def _event(kind: str, day: int | str, more: Mapping[str, Any]) -> ScenarioEvent:
    return ScenarioEvent(kind=kind, day=day, **more)


def completed(*ballots: int, pull: bool = False) -> tuple[ScenarioEvent, ...]:
    """The shortest way through all five steps: consultation, outcome, response, followup, progress, positive evaluation."""
    return (
        consultation(0),
        outcome(8, pull=pull),
        response(25),
        followup(66, fields={"form": "return_visit"}),
        progress_consultation(72, fields={"about": "completion"}),
        progress_outcome(78),
        evaluation(92, *ballots),
    )


def completed_slowly(*ballots: int) -> tuple[ScenarioEvent, ...]:
    """The same for a longer project, with one more consultation and followup while it is in progress."""
    return (
        consultation(0),
        outcome(9),
        response(30),
        followup(75, "on_track"),
        progress_consultation(110),
        progress_outcome(117),
        followup(175, fields={"form": "supervision"}),
        evaluation(205, *ballots),
    )
