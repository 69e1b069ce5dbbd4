"""Counts what happened in a year or a month, record by record: the figures of 年度报告 and 每月简报 (the filter 在).

A year includes what is dated to the year, a month only what is dated to the month.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from weimin.model.dossier import Dossier, Event, PlatformRecords
from weimin.model.kinds import Done, Measure, Plan, known, listed, number_of
from weimin.model.kinds.outcome import Publication
from weimin.model.period import parse_period
from weimin.model.place import chain_of

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
    dossier: Dossier, ballots: Mapping[str, tuple[int, int]], low: frozenset[str] = frozenset()
) -> PeriodCounts:
    """The counts of a dossier. `ballots`: stem of an evaluation that can be recomputed → (valid, satisfied); `low`: stems."""
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
        yield _periods_of(event), "形成的成果", 1
        if decided is not None and decided.decision == "publish":
            yield _periods_of(event), "其中公布的", 1
            yield tuple(p for p in (_month(decided.date or ""),) if p), "公布的成果", 1
        if decided is not None and decided.decision == "withhold":
            yield _periods_of(event), "其中不公布的", 1


def _evaluations(
    dossier: Dossier, ballots: Mapping[str, tuple[int, int]], low: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], str, int]]:
    for event, _ in dossier.evaluations:
        yield _periods_of(event), "民主评议", 1
        if event.stem in ballots:
            valid, satisfied = ballots[event.stem]
            yield _periods_of(event), "能复算的评议", 1
            yield _periods_of(event), "有效票", valid
            yield _periods_of(event), "满意票", satisfied
        if event.stem in low:
            yield _periods_of(event), "满意率低的评议", 1


def _measures(dossier: Dossier) -> Iterator[tuple[tuple[str, ...], str, int]]:
    last = {m.id: (event, m) for event, f in dossier.followups for m in listed(f.measures)}
    for line in dossier.measures:
        event, m = last.get(line.id, (None, None))
        if event is None or m is None or m.state != "done" or not isinstance(line.value, Measure):
            continue
        day = _completion_day(event, m.done)
        if day is None:
            continue
        periods = (str(day.year), day.isoformat()[:7])
        due = parse_period(line.value.due).last if line.value.due and known(line.value.due) else None
        yield periods, "办好的落实事项", 1
        if line.value.due and known(line.value.due):
            yield periods, "有期限可比的", 1
            yield periods, "按期办好的", int(due is not None and day <= due)


def _completion_day(event: Event, done: Done | str | None) -> date | None:
    if isinstance(done, Done) and done.date is not None and known(done.date):
        return parse_period(done.date).last
    return event.span.last if event.span else None
