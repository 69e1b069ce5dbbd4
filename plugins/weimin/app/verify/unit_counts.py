"""What one dossier and one platform add to the counted figures, counted from their records alone.

Nothing here reads the engine's contributions or totals: `weimin verify --claims` compares the two, so that an error of one
is found by the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import msgspec

from weimin.app.verify.period_counts import (
    CountedBallots,
    PeriodCounts,
    completed_measures,
    dossier_period_counts,
    plan_period_counts,
)
from weimin.model.dossier import Dossier, PlatformRecords
from weimin.model.kinds import Ballots, Consultation, Data, Opinion, Topic, Triage, known, listed
from weimin.model.kinds import Platform as PlatformData
from weimin.model.kinds.outcome import Publication
from weimin.model.network import SET_UP_BY
from weimin.model.parameter import Parameters
from weimin.model.period import parse_period
from weimin.model.place import level_of


class DossierCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a dossier.

    `year`: of its first dated event, or else of its approval, or else of its number. `steps`: those of which it has an event;
    `skipped`: those without one that the topic lists with a reason. `totals`: what is counted → how many.
    `ballots`: of each evaluation that can be recomputed.
    """

    id: str
    year: int
    steps: frozenset[int]
    skipped: frozenset[int]
    totals: Mapping[str, int]
    ballots: tuple[CountedBallots, ...]
    by_period: PeriodCounts

    @property
    def platform(self) -> str:
        return self.id.partition("/")[0]


class PlatformCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a platform. `open`: it is not closed. `in_time`: it was established before its deadline.

    `opinions`: by decision, `none` without one.
    """

    platform: str
    open: bool
    established: bool
    in_time: bool
    opinions: Mapping[str, int]
    plans_by_year: PeriodCounts


def count_platform(records: PlatformRecords, as_of: date) -> PlatformCounts:
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
        open=_is_open(data, as_of),
        established=bool(since),
        in_time=last is not None and last <= SET_UP_BY[level_of(records.code)],
        opinions=opinions,
        plans_by_year=plan_period_counts(records),
    )


def _is_open(data: object, as_of: date) -> bool:
    """It records no day of its closing, or one whose first possible day is still to come."""
    if not isinstance(data, PlatformData) or data.closed is None:
        return True
    first = parse_period(data.closed.date).first if known(data.closed.date) else None
    return first is not None and first > as_of


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
    steps = frozenset(_STEP_OF_KIND.get(e.kind, 0) or _consultation_step(e.data) for e in dossier.events) - {0}
    topic = dossier.topic.data if dossier.topic else None
    skips = listed(topic.skipped) if isinstance(topic, Topic) else ()
    return DossierCounts(
        id=dossier.id,
        year=_year(dossier),
        steps=steps,
        skipped=frozenset(_STEP_OF_WORD.get(s.step, 0) for s in skips) - steps - {0},
        totals=totals,
        ballots=tuple(ballots.values()),
        by_period=dossier_period_counts(dossier, ballots, _low(dossier, ballots, parameters)),
    )


_STEP_OF_KIND = {"topic": 1, "followup": 4, "evaluation": 5}
_STEP_OF_WORD = {"selection": 2, "progress": 3, "supervision": 4, "evaluation": 5}


def _consultation_step(data: Data) -> int:
    """A consultation on progress or completion is the third step, any other the second."""
    if not isinstance(data, Consultation):
        return 0
    return 3 if data.about in ("progress", "completion") else 2


def _low(dossier: Dossier, ballots: Mapping[str, CountedBallots], parameters: Parameters) -> frozenset[str]:
    """Stems of the evaluations whose ballots, counted again, lie below the threshold that an issued rule sets for their day."""
    days = {e.stem: e.span.last if e.span else None for e, _ in dossier.evaluations}
    lines = {stem: parameters.at("low_satisfaction", dossier.platform, days[stem]) for stem in ballots}
    return frozenset(
        stem for stem, b in ballots.items() if lines[stem].published and b.counted / b.valid < float(lines[stem].value)
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
        formula = parameters.at("satisfaction_formula", dossier.platform, event.span.last if event.span else None).value
        if isinstance(data.ballots, Ballots) and data.ballots.valid > 0 and not data.only_of_units:
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
