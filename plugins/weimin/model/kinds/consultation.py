"""协商活动."""

from __future__ import annotations

import msgspec

from weimin.model.kinds.outcome import Dissent
from weimin.model.kinds.people import Participants
from weimin.model.kinds.shared import Count, Data, Part


class VoteOption(Part, frozen=True, kw_only=True):
    option: str
    count: Count | None = None
    percent: int | float | str | None = None


class Vote(Part, frozen=True, kw_only=True):
    """逐项表决: one question, its options and what each of them got. `choices`: how many options a vote may name."""

    question: str
    options: tuple[VoteOption, ...] | str | None = None
    voters: str | None = None
    eligible: Count | None = None
    absent: Count | None = None
    invalid: Count | None = None
    choices: Count | None = None
    result: str | None = None
    note: str | None = None


class Votes(Part, frozen=True, kw_only=True):
    for_: Count | None = msgspec.field(name="for", default=None)
    against: Count | None = None
    abstained: Count | None = None
    percent_for: int | float | str | None = None


class Method(Part, frozen=True, kw_only=True):
    """One way in which the consultation was held; the schema says which fields belong to which kind."""

    kind: str
    places: tuple[str, ...] | str | None = None  # survey, inspection
    collected: Count | None = None  # survey
    households: Count | None = None  # survey
    found: str | None = None  # inspection
    from_: str | None = msgspec.field(name="from", default=None)  # written
    to: str | None = None  # written
    sent: Count | None = None  # written
    returned: Count | None = None  # written
    place: str | None = None  # meeting
    decided_by: str | None = None  # meeting
    votes: Votes | str | None = None  # meeting
    signed: Count | None = None  # meeting
    platform: str | None = None  # online
    opens: str | None = None  # online
    closes: str | None = None  # online
    posts: Count | None = None  # online
    people: Count | None = None  # online
    main_venue: str | None = None  # remote
    branches: tuple[str, ...] | str | None = None  # remote
    note: str | None = None  # other


class Announced(Part, frozen=True, kw_only=True):
    date: str | None = None
    days_before: Count | None = None
    how: str | None = None


class Suggestion(Part, frozen=True, kw_only=True):
    id: str
    text: str
    from_: str | None = msgspec.field(name="from", default=None)
    about: str | None = None


class Again(Part, frozen=True, kw_only=True):
    """再协商."""

    because: str | None = None
    of: str | None = None


class Consultation(Data, frozen=True, kw_only=True):
    about: str | None = None
    same_as: str | None = None  # one meeting that served several dossiers: the record of it is there
    convened_by: str | None = None
    methods: tuple[Method, ...] | str | None = None
    time: str | None = None
    until: str | None = None
    times: Count | None = None
    announced: Announced | str | None = None
    convenor: str | None = None
    participants: Participants | str | None = None
    votes: tuple[Vote, ...] | str | None = None
    invited_because: str | None = None
    joint: tuple[str, ...] | str | None = None
    suggestions: tuple[Suggestion, ...] | str | None = None
    suggestions_made: Count | None = None
    dissent: tuple[Dissent, ...] | str | None = None
    also: tuple[str, ...] | None = None
    again: Again | None = None
