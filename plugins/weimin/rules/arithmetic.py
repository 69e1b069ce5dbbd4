"""Arithmetic with printed numbers: votes, ballots, rates, targets. Approximate counts are compared as intervals."""

from __future__ import annotations

import msgspec

from weimin.model.kinds import Approx, Ballots, Count, Done, Evaluation, Participants, Target, Votes, number_of


class Bounds(msgspec.Struct, frozen=True):
    """The values that a printed number can stand for: 近 30 is 0 to 30, 30 余 is 30 or more, 约 30 can be anything."""

    low: int
    high: int | None

    def __add__(self, other: Bounds) -> Bounds:
        both = None if self.high is None or other.high is None else self.high + other.high
        return Bounds(self.low + other.low, both)

    def exceeds(self, other: Bounds) -> bool:
        """Whether every value of self is greater than every value of `other`."""
        return other.high is not None and self.low > other.high


NONE, ANY = Bounds(0, 0), Bounds(0, None)


def bounds(count: Count | None) -> Bounds:
    """The bounds of a count. Absent or counted elsewhere (`included`): zero. Unpublished, 约, 上下: any value."""
    if isinstance(count, Approx):
        if count.at_most:
            return Bounds(0, count.about)
        return Bounds(count.about, None) if count.at_least else ANY
    if isinstance(count, int):
        return Bounds(count, count)
    return ANY if count == "unpublished" else NONE


def votes_cast(votes: Votes) -> Bounds:
    return bounds(votes.for_) + bounds(votes.against) + bounds(votes.abstained)


def participants_bounds(p: Participants) -> Bounds:
    """The bounds of the number of participants: the printed total, or else the sum of the categories."""
    if number_of(p.total) is not None:
        return bounds(p.total)
    out = NONE
    for count in p.counts:
        out += bounds(count)
    if p.residents is None and p.households not in (None, 0):
        return Bounds(out.low, None)  # who came from the households is not counted in people
    return out


def ballot_errors(b: Ballots) -> list[tuple[str, str]]:
    """(field, what is impossible about it in Chinese) for each count that contradicts another."""
    errors = []
    if b.returned > b.issued:
        errors.append(("returned", f"收回 {b.returned} 张，多于发出的 {b.issued} 张"))
    if b.parts != b.valid:
        errors.append(
            (
                "satisfied",
                f"满意、基本满意、不满意、不了解、弃权合计 {b.parts} 张，"
                f"而收回 {b.returned} 张减去无效票 {b.invalid or 0} 张是 {b.valid} 张",
            )
        )
    if b.present is not None and b.eligible is not None and b.present > b.eligible:
        errors.append(("present", f"到会 {b.present} 人，多于应到的 {b.eligible} 人"))
    return errors


def rate_of(evaluation: Evaluation, formula: str) -> float | None:
    """The satisfaction rate (满意率), 0 to 1, computed from the ballot counts; `published_rate` is never used instead."""
    return evaluation.ballots.rate(formula) if isinstance(evaluation.ballots, Ballots) else None


def reaches_target(target: Target | str | None, done: Done | str | None) -> bool | None:
    """Whether the amount done reaches the target; None if they cannot be compared (no number, different units)."""
    if not isinstance(target, Target) or not isinstance(done, Done):
        return None
    if isinstance(target.amount, str | None) or isinstance(done.amount, str | None):
        return None
    if target.unit and done.unit and target.unit != done.unit:
        return None
    return done.amount >= target.amount
