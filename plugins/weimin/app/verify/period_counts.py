"""Counts what happened in a year or a month, record by record: the figures of 年度报告 and 每月简报 (the filter 在).

A year includes what is dated to the year, a month only what is dated to the month.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from weimin.model.dossier import Dossier, Event, PlatformRecords
from weimin.model.kinds import Done, Measure, Plan, known, listed, number_of
from weimin.model.kinds.outcome import Publication
from weimin.model.period import parse_period
from weimin.model.place import chain_of


class CountedBallots(msgspec.Struct, frozen=True, kw_only=True):
    """Ballots of an evaluation that can be recomputed. `counted`: those that the formula in force counts as satisfied."""

    valid: int
    satisfied: int
    basically: int
    counted: int


PeriodCounts = Mapping[tuple[str, str], int]
"""(what, `2026` or `2026-05`) → how many."""

_MONTH = re.compile(r"\d{4}-\d{2}(?:-\d{2})?", re.ASCII)


class PeriodTotals:
    """Sums by scope, computed once along the chain of platforms, because thousands of figures are looked up."""

    def __init__(self, of_units: Iterable[tuple[str, PeriodCounts]]) -> None:
        """`of_units`: a dossier or a platform, and its counts."""
        self._sums: dict[str, Counter[tuple[str, str]]] = {}
        for unit, counts in of_units:
            for scope in _scopes(unit):
                self._sums.setdefault(scope, Counter()).update(counts)

    def count(self, what: str, period: str, scope: str) -> int:
        """`scope` as in an expression: empty, a dossier, `CODE`, `CODE*` or `CODE/*`."""
        top = scope.removesuffix("/*")
        if top != scope:
            return self.count(what, period, f"{top}*") - self.count(what, period, top)
        return self._sums.get(scope, Counter())[what, period]


def _scopes(unit: str) -> Iterator[str]:
    """The scopes to which a unit adds: itself, its platform, those above it, the network."""
    platform = unit.partition("/")[0]
    yield from dict.fromkeys((unit, platform, ""))
    yield from (f"{at}*" for at in chain_of(platform))


def dossier_period_counts(
    dossier: Dossier, ballots: Mapping[str, CountedBallots], low: frozenset[str] = frozenset()
) -> PeriodCounts:
    """The counts of a dossier. `ballots`: stem of an evaluation that can be recomputed → its ballots; `low`: stems."""
    counts: Counter[tuple[str, str]] = Counter()
    for periods, what, n in (
        *_consultations(dossier),
        *_outcomes(dossier),
        *_evaluations(dossier, ballots, low),
        *_measures(dossier),
    ):
        for period in periods:
            counts[what, period] += n
    return counts


def plan_period_counts(records: PlatformRecords) -> PeriodCounts:
    """Items of a platform's annual plans that were not dropped, by the year of the plan."""
    counts: Counter[tuple[str, str]] = Counter()
    for record in records.of_kind("plan"):
        if isinstance(record.data, Plan):
            counts["计划协商", record.place.stem] += sum(not item.dropped for item in listed(record.data.items))
    return counts


def _periods_of(event: Event) -> tuple[str, ...]:
    """The year of an event, and its month where that is known."""
    year = str(event.on.year) if event.on and event.on.year is not None else ""
    return tuple(p for p in (year, _month(event.on.text) if event.on else "") if p)


def _month(text: str) -> str:
    return text[:7] if _MONTH.fullmatch(text) else ""


def _consultations(dossier: Dossier) -> Iterator[tuple[tuple[str, ...], str, int]]:
    for event, data in dossier.consultations:
        if data.same_as is None:
            yield _periods_of(event), "开展协商", number_of(data.times) or 1


def _outcomes(dossier: Dossier) -> Iterator[tuple[tuple[str, ...], str, int]]:
    for event, data in dossier.outcomes:
        decided = data.publication if isinstance(data.publication, Publication) else None
        decision = decided.decision if decided is not None else ""
        names = {"publish": "公布的成果", "withhold": "不公布的成果"}
        yield _periods_of(event), "协商成果", 1
        yield _periods_of(event), names.get(decision, "没有登记决定的成果"), 1
        if decided is not None and decision == "publish":
            yield tuple(p for p in (_month(decided.date or ""),) if p), "公布决定", 1


def _evaluations(
    dossier: Dossier, ballots: Mapping[str, CountedBallots], low: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], str, int]]:
    for event, _ in dossier.evaluations:
        yield _periods_of(event), "民主评议", 1
        if event.stem in low:
            yield _periods_of(event), "满意率低的评议", 1
        if (b := ballots.get(event.stem)) is not None:
            for what, n in (
                ("能复算的评议", 1),
                ("有效票", b.valid),
                ("满意票", b.satisfied),
                ("基本满意票", b.basically),
                ("其他有效票", b.valid - b.satisfied - b.basically),
                ("计入满意率的票", b.counted),
            ):
                yield _periods_of(event), what, n


def _measures(dossier: Dossier) -> Iterator[tuple[tuple[str, ...], str, int]]:
    for measure, day in completed_measures(dossier):
        if day is None:
            continue
        periods = (str(day.year), day.isoformat()[:7])
        yield periods, "办好的落实事项", 1
        if measure.due and known(measure.due):
            due = parse_period(measure.due).last
            yield periods, "有期限可比的落实事项", 1
            yield periods, "按期办好的落实事项", int(due is not None and day <= due)


def completed_measures(dossier: Dossier) -> list[tuple[Measure, date | None]]:
    """The measures whose last state is done, with the day: the first that was stated since the last other state, or else
    the last day of the followup with which it was reported first. The day is None where it is not known, or lies before
    the consultation in which the measure was agreed on.
    """
    found: list[tuple[Measure, date | None]] = []
    for line in dossier.measures:
        reports = [(event, m) for event, f in dossier.followups for m in listed(f.measures) if m.id == line.id]
        others = [n for n, (_, m) in enumerate(reports) if m.state != "done"]
        done = reports[others[-1] + 1 :] if others else reports
        if done and isinstance(line.value, Measure):
            days = [_stated_day(m.done) for _, m in done]
            span = done[0][0].span
            day = next((d for d in days if d is not None), span.last if span else None)
            early = day is not None and dossier.is_before_consultation(line.stem, day)
            found.append((line.value, None if early else day))
    return found


def _stated_day(done: Done | str | None) -> date | None:
    stated = done.date if isinstance(done, Done) and done.date is not None and known(done.date) else None
    return parse_period(stated).last if stated else None
