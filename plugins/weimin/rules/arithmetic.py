"""Everything counted: votes, ballots, rates, money, targets. Counts are compared as printed."""

from __future__ import annotations

import msgspec

from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Approx, Ballots, Count, Done, Evaluation, Participants, Target, Votes, number_of
from weimin.model.parameter import Parameters


class Bounds(msgspec.Struct, frozen=True):
    """What a printed number can be: 近 30 is 0 to 30, 30 余 is 30 or more, 约 30 could be anything."""

    low: int
    high: int | None

    def __add__(self, other: Bounds) -> Bounds:
        both = None if self.high is None or other.high is None else self.high + other.high
        return Bounds(self.low + other.low, both)

    def exceeds(self, other: Bounds) -> bool:
        """No number that both can be would do: self is certainly more."""
        return other.high is not None and self.low > other.high


NONE, ANY = Bounds(0, 0), Bounds(0, None)


def bounds(count: Count | None) -> Bounds:
    """Absent or counted elsewhere (`included`): none. Unpublished, 约, 上下: not comparable."""
    if isinstance(count, Approx):
        if count.at_most:
            return Bounds(0, count.about)
        return Bounds(count.about, None) if count.at_least else ANY
    if isinstance(count, int):
        return Bounds(count, count)
    return ANY if count == "unpublished" else NONE


def votes_cast(votes: Votes) -> Bounds:
    return bounds(votes.for_) + bounds(votes.against) + bounds(votes.abstained)


def took_part(p: Participants) -> Bounds:
    """The printed total, else the sum of the categories."""
    if number_of(p.total) is not None:
        return bounds(p.total)
    out = NONE
    for name in p.__struct_fields__:
        if name != "total":
            out += bounds(getattr(p, name))
    return out


def ballot_faults(b: Ballots) -> list[tuple[str, str]]:
    """(field, what cannot be), in Chinese."""
    faults = []
    if b.returned > b.issued:
        faults.append(("returned", f"收回 {b.returned} 张，多于发出的 {b.issued} 张"))
    if b.parts != b.valid:
        faults.append(
            (
                "satisfied",
                f"满意、基本满意、不满意、不了解、弃权合计 {b.parts} 张，"
                f"而收回 {b.returned} 张减去无效票 {b.invalid or 0} 张是 {b.valid} 张",
            )
        )
    if b.present is not None and b.eligible is not None and b.present > b.eligible:
        faults.append(("present", f"到会 {b.present} 人，多于应到的 {b.eligible} 人"))
    return faults


def rate_of(evaluation: Evaluation, formula: str) -> float | None:
    """满意率, 0 to 1, from the counts alone: a typed `published_rate` never stands for them."""
    return evaluation.ballots.rate(formula) if isinstance(evaluation.ballots, Ballots) else None


def grade(dossier: Dossier, event: Event, data: Evaluation, parameters: Parameters) -> tuple[float | None, bool]:
    """The rate by the parameter's formula and whether it counts as low (docs/reference/rules.md, "Steps, rounds, gates").

    One that cannot be recomputed counts as low until it is decided whether to consult again.
    """
    on = event.span.last if event.span else None
    formula = str(parameters.at("satisfaction_formula", dossier.platform, on).value)
    rate = rate_of(data, formula)
    if rate is None:
        return None, data.reconsult is None
    return rate, rate < float(parameters.at("low_satisfaction", dossier.platform, on).value)


def reached(target: Target | str | None, done: Done | str | None) -> bool | None:
    """The amount done reaches the target; None where the two cannot be compared (no number, other units)."""
    if not isinstance(target, Target) or not isinstance(done, Done):
        return None
    if isinstance(target.amount, str | None) or isinstance(done.amount, str | None):
        return None
    if target.unit and done.unit and target.unit != done.unit:
        return None
    return done.amount >= target.amount
