"""How a scenario is written down: what a matter is about, and what happened with it on which day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

Fields = Mapping[str, Any]


class Do(msgspec.Struct, frozen=True):
    """A measure that is agreed on. `unit` may hold marks ({gov}); `days` from the outcome to its due day, 0: none named."""

    text: str
    unit: str = "{gov}"
    amount: int = 0
    per: str = ""
    days: int = 60
    upkeep: str = ""


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """What is consulted on. `asked`: suggestions as `谁：说什么`; `against`: dissent; `yuan`: what it costs, 0 unsaid."""

    title: str
    theme: tuple[str, ...]
    why: str
    asked: tuple[str, ...] = ()
    does: tuple[Do, ...] = ()
    against: tuple[str, ...] = ()
    yuan: int = 0


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One event. `day` counts from the first consultation, or is the date of the file name as written (`2025-Q2`).

    `fields` replace what the teller would say; None leaves a field out. `says` is what the kind needs to be told by
    (states of measures, ballots). `filed` is how many days later it was committed. `gains` are fields that were added
    after so many more days. `own`: of a compiled dossier, but filed by the platform itself. `pull`: by a pull request that was merged; `batch`: one commit together with others.
    """

    kind: str
    day: int | str
    fields: Fields = {}
    says: Any = None
    filed: int = 1
    gains: tuple[int, tuple[str, ...]] | None = None
    own: bool = False
    pull: bool = False
    batch: str = ""
    body: str | None = None


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier to be told. `key` names it in other scenarios (`@key`); `on` is the day 0 of its acts.

    `opened`: days from day 0 on which the topic was filed. `opinion`: what residents said, which became the topic.
    `topic` replaces fields of the topic; `later` are fields that it gained (days from day 0 → fields).
    """

    key: str
    at: str
    on: str
    matter: Matter
    acts: tuple[Act, ...] = ()
    topic: Fields = {}
    opened: int = -12
    opinion: str = ""
    later: tuple[tuple[int, Fields], ...] = ()
    compiled: Fields | None = None


def held(day: int | str, **more: Any) -> Act:
    """A consultation."""
    return _act("consultation", day, more)


def progress(day: int | str, **more: Any) -> Act:
    """A consultation about how it goes, without new suggestions."""
    fields = {"about": "progress", "suggestions": [], "dissent": None, **more.pop("fields", {})}
    return _act("consultation", day, {**more, "fields": fields})


def agreed(day: int | str, **more: Any) -> Act:
    """An outcome of the consultation before it."""
    return _act("outcome", day, more)


def noted(day: int | str, **more: Any) -> Act:
    """The outcome of a consultation about progress: nothing new to carry out."""
    fields = {"consensus": "full", "measures": [], "funding": None, **more.pop("fields", {})}
    return _act("outcome", day, {**more, "fields": fields})


def answered(day: int | str, **more: Any) -> Act:
    """A response to every suggestion and dissent that is still open."""
    return _act("response", day, more)


def looked(day: int | str, states: str | Mapping[str, str] = "done", **more: Any) -> Act:
    """A followup: one state for all measures, or one by id. `done:40` is done with 40; `behind:原因` gives the reason."""
    return _act("followup", day, {"says": states, **more})


def rated(day: int | str, *ballots: int, **more: Any) -> Act:
    """An evaluation: issued, returned, invalid, satisfied, basically satisfied, dissatisfied; none: unpublished."""
    return _act("evaluation", day, {"says": ballots, **more})


def mended(day: int | str, of: str, reason: str, *changes: tuple[str, Any, Any], **more: Any) -> Act:
    """A correction: (pointer, from, to). A `from` of `...` is the body as it stands."""
    return _act("correction", day, {"says": (of, reason, changes), **more})


def _act(kind: str, day: int | str, more: Mapping[str, Any]) -> Act:
    return Act(kind=kind, day=day, **more)


def settled(*ballots: int, pull: bool = False) -> tuple[Act, ...]:
    """Agreed, answered, carried out within 90 days, looked at, found good: the short way through all five steps."""
    return (
        held(0),
        agreed(8, pull=pull),
        answered(25),
        looked(66, fields={"form": "return_visit"}),
        progress(72, fields={"about": "completion"}),
        noted(78),
        rated(92, *ballots),
    )


def settled_slowly(*ballots: int) -> tuple[Act, ...]:
    """The same for what takes longer: consulted on once more while it is under way."""
    return (
        held(0),
        agreed(9),
        answered(30),
        looked(75, "on_track"),
        progress(110),
        noted(117),
        looked(175, fields={"form": "supervision"}),
        rated(205, *ballots),
    )
