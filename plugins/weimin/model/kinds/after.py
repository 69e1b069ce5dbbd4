"""The kinds that come after an outcome: 回应, 跟踪监督, 民主评议."""

from __future__ import annotations

from weimin.model.kinds.people import Participants
from weimin.model.kinds.shared import Count, Data, Part


class Answer(Part, frozen=True, kw_only=True):
    to: str
    decision: str | None = None
    text: str | None = None
    measure: str | None = None


class Response(Data, frozen=True, kw_only=True):
    by: str | None = None
    time: str | None = None
    until: str | None = None
    answers: tuple[Answer, ...] = ()
    answers_given: Count | None = None


class Done(Part, frozen=True, kw_only=True):
    amount: int | float | str | None = None
    unit: str | None = None
    date: str | None = None


class StageAmount(Part, frozen=True, kw_only=True):
    """How much of a measure is in one stage: `done`, `under_way`, `planned`."""

    stage: str
    amount: Count | None = None
    unit: str | None = None


class MeasureState(Part, frozen=True, kw_only=True):
    id: str
    state: str
    done: Done | str | None = None
    amounts: tuple[StageAmount, ...] | str | None = None
    reason: str | None = None
    note: str | None = None


class Followup(Data, frozen=True, kw_only=True):
    form: str | None = None
    by: str | None = None
    participants: Participants | str | None = None
    time: str | None = None
    until: str | None = None
    measures: tuple[MeasureState, ...] | str | None = None


FEW = 10
"""With fewer valid ballots, one ballot changes the rate by a tenth or more. Set by this program; no rule gives a number."""


class Ballots(Part, frozen=True, kw_only=True):
    """Ballot counts. Rate = counted ÷ (returned − invalid); see `rate`."""

    issued: int
    returned: int
    satisfied: int
    basically_satisfied: int
    dissatisfied: int
    eligible: int | None = None
    present: int | None = None
    invalid: int | None = None
    unsure: int | None = None
    abstained: int | None = None

    @property
    def valid(self) -> int:
        """有效票: returned − invalid."""
        return self.returned - (self.invalid or 0)

    @property
    def few(self) -> bool:
        """There are too few valid ballots for a meaningful rate; shown beside it, never a finding."""
        return self.valid < FEW

    @property
    def parts(self) -> int:
        """The sum of the counts that must equal the valid ballots."""
        named = self.satisfied + self.basically_satisfied + self.dissatisfied
        return named + (self.unsure or 0) + (self.abstained or 0)

    def rate(self, formula: str) -> float | None:
        """满意率, 0 to 1, by the formula `satisfied` or `satisfied_and_basic`; None without valid ballots."""
        if self.valid <= 0:
            return None
        counted = self.satisfied
        if formula == "satisfied_and_basic":
            counted += self.basically_satisfied
        return counted / self.valid


class Aspect(Part, frozen=True, kw_only=True):
    name: str
    score: int | float | str
    out_of: int | float | str


class Decision(Part, frozen=True, kw_only=True):
    """再协商与否的决定."""

    decision: str
    by: str | None = None
    date: str | None = None
    reason: str | None = None


class UnitBallots(Part, frozen=True, kw_only=True):
    """A department or another unit that was evaluated, with the ballots about it."""

    name: str
    ballots: Ballots | str | None = None


class Evaluation(Data, frozen=True, kw_only=True):
    """民主评议. `of`: what of the matter was evaluated."""

    of: tuple[str, ...] = ()
    units: tuple[UnitBallots, ...] | str | None = None
    body: str | None = None
    way: str | None = None
    participants: Participants | str | None = None
    time: str | None = None
    until: str | None = None
    ballots: Ballots | str | None = None
    formula: str | None = None
    aspects: tuple[Aspect, ...] | str | None = None
    published_rate: int | float | None = None
    reconsult: Decision | None = None

    @property
    def only_of_units(self) -> bool:
        """The ballots were about units, and not about anything of the matter."""
        return not self.of and self.units is not None
