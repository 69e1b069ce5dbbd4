"""What one dossier and one platform add to the counted figures, counted from their records alone.

Nothing here reads the engine's contributions or totals: `weimin verify --claims` compares the two, so that an error of one
is found by the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from weimin.app.verify.period_counts import (
    CountedBallots,
    PeriodCounts,
    completed_measures,
    dossier_period_counts,
    plan_period_counts,
)
from weimin.model.dossier import Dossier, PlatformRecords
from weimin.model.kinds import Ballots, Opinion, Triage, known
from weimin.model.kinds import Platform as PlatformData
from weimin.model.kinds.outcome import Publication
from weimin.model.network import SET_UP_BY
from weimin.model.parameter import Parameters
from weimin.model.period import parse_period
from weimin.model.place import level_of


class DossierCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a dossier.

    `year`: of its first dated event, or else of its approval, or else of its number. `steps`: those of which it has an event.
    `totals`: what is counted → how many. `ballots`: of each evaluation that can be recomputed.
    """

    id: str
    year: int
    steps: frozenset[int]
    totals: Mapping[str, int]
    ballots: tuple[CountedBallots, ...]
    by_period: PeriodCounts

    @property
    def platform(self) -> str:
        return self.id.partition("/")[0]


class PlatformCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a platform. `in_time`: it was established before its deadline. `opinions`: by decision, `none` without one."""

    platform: str
    established: bool
    in_time: bool
    opinions: Mapping[str, int]
    plans_by_year: PeriodCounts


def count_platform(records: PlatformRecords) -> PlatformCounts:
    data = records.platform.data if records.platform else None
    opinions: Counter[str] = Counter()
    for record in records.of_kind("opinion"):
        if isinstance(record.data, Opinion):
            triage = record.data.triage
            opinions[triage.decision if isinstance(triage, Triage) and triage.decision else "none"] += 1
    since = data.established if isinstance(data, PlatformData) and known(data.established) else None
    last = parse_period(since).last if since else None
    return PlatformCounts(
        platform=records.code,
        established=bool(since),
        in_time=last is not None and last <= SET_UP_BY[level_of(records.code)],
        opinions=opinions,
        plans_by_year=plan_period_counts(records),
    )


def count_dossier(dossier: Dossier, parameters: Parameters) -> DossierCounts:
    ballots = _ballots(dossier, parameters)
    lines = Counter(line.kind for line in dossier.lines.values())
    totals = {
        "卷宗": 1,
        "轮次": dossier.rounds,
        "协商活动": len(dossier.consultations),
        "意见建议": lines["suggestion"],
        "落实事项": lines["measure"],
        "能复算的评议": len(ballots),
        "有效票": sum(b.valid for b in ballots.values()),
        "更正": len({a.correction for a in dossier.applied}),
        **_outcomes(dossier),
        **_done_measures(dossier),
    }
    return DossierCounts(
        id=dossier.id,
        year=_year(dossier),
        steps=frozenset(e.step for e in dossier.events if e.step),
        totals=totals,
        ballots=tuple(ballots.values()),
        by_period=dossier_period_counts(dossier, ballots),
    )


def _year(dossier: Dossier) -> int:
    dated = [e for e in dossier.events if e.kind not in ("topic", "correction") and e.on and e.on.last]
    if dated and dated[0].on:
        return dated[0].on.sort_day.year
    approved = dossier.topic.on if dossier.topic else None
    return approved.sort_day.year if approved and approved.last else dossier.year


def _ballots(dossier: Dossier, parameters: Parameters) -> dict[str, CountedBallots]:
    """Stem → the ballots of each evaluation that can be recomputed, by the formula in force for it."""
    ballots = {}
    for event, data in dossier.evaluations:
        formula = parameters.at("satisfaction_formula", dossier.platform, event.on.last if event.on else None).value
        if isinstance(data.ballots, Ballots) and data.ballots.valid > 0:
            satisfied, basically = data.ballots.satisfied, data.ballots.basically_satisfied
            ballots[event.stem] = CountedBallots(
                valid=data.ballots.valid,
                satisfied=satisfied,
                basically=basically,
                counted=satisfied + (basically if formula == "satisfied_and_basic" else 0),
            )
    return ballots


def _outcomes(dossier: Dossier) -> Mapping[str, int]:
    decided = Counter(
        o.publication.decision if isinstance(o.publication, Publication) else "" for _, o in dossier.outcomes
    )
    return {
        "协商成果": decided.total(),
        "公布的成果": decided["publish"],
        "不公布的成果": decided["withhold"],
        "没有登记决定的成果": decided.total() - decided["publish"] - decided["withhold"],
    }


def _done_measures(dossier: Dossier) -> Mapping[str, int]:
    """Measures that are done by their last state, with those that had a due date and those done in time."""
    finished = completed_measures(dossier)
    limits = [(day, parse_period(m.due).last) for m, day in finished if m.due and known(m.due)]
    return {
        "办好的落实事项": len(finished),
        "有期限可比的落实事项": sum(day is not None for day, _ in limits),
        "按期办好的落实事项": sum(bool(day and limit and day <= limit) for day, limit in limits),
    }
