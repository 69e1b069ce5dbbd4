"""What happened in a year or a month, counted record by record: the figures of 年度报告 and 每月简报 (`KEY` 在).

A year counts what is known to that year, a month what is known to that month.
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

Dated = Mapping[tuple[str, str], int]
"""(what, `2026` or `2026-05`) → how often."""

_MONTH = re.compile(r"\d{4}-\d{2}(?:-\d{2})?", re.ASCII)


class Dates:
    """Added up along the chain of platforms once: thousands of figures are looked up."""

    def __init__(self, found: Iterable[tuple[str, Dated]]) -> None:
        """`found`: a dossier or a platform, and what happened there."""
        self._sums: dict[str, Counter[tuple[str, str]]] = {}
        for node, counts in found:
            for scope in _scopes(node):
                self._sums.setdefault(scope, Counter()).update(counts)

    def count(self, what: str, period: str, scope: str) -> int:
        """`scope` as in an expression: empty, a dossier, `CODE`, `CODE*` or `CODE/*`."""
        top = scope.removesuffix("/*")
        if top != scope:
            return self.count(what, period, f"{top}*") - self.count(what, period, top)
        return self._sums.get(scope, Counter())[what, period]


def _scopes(node: str) -> Iterator[str]:
    """All in which it counts: itself, its platform, those above it, everything."""
    platform = node.partition("/")[0]
    yield from dict.fromkeys((node, platform, ""))
    yield from (f"{at}*" for at in chain_of(platform))


def dated_of(dossier: Dossier, rated: Mapping[str, tuple[int, int]]) -> Dated:
    """`rated`: stem of an evaluation that can be recomputed → (valid ballots, satisfied)."""
    found: Counter[tuple[str, str]] = Counter()
    for when, what, n in (*_held(dossier), *_outcomes(dossier), *_evaluations(dossier, rated), *_measures(dossier)):
        for period in when:
            found[what, period] += n
    return found


def planned_of(own: PlatformRecords) -> Dated:
    """Items of a platform's plans that were not dropped, by the year of the plan."""
    found: Counter[tuple[str, str]] = Counter()
    for record in own.of_kind("plan"):
        if isinstance(record.data, Plan):
            found["计划协商", record.place.stem] += sum(not item.dropped for item in listed(record.data.items))
    return found


def _when(event: Event) -> tuple[str, ...]:
    """The year, and the month where it is known."""
    year = str(event.on.year) if event.on and event.on.year is not None else ""
    return tuple(p for p in (year, _month(event.on.text) if event.on else "") if p)


def _month(text: str) -> str:
    return text[:7] if _MONTH.fullmatch(text) else ""


def _held(dossier: Dossier) -> Iterator[tuple[tuple[str, ...], str, int]]:
    for event, data in dossier.consultations:
        if data.same_as is None:
            yield _when(event), "开展协商", number_of(data.times) or 1


def _outcomes(dossier: Dossier) -> Iterator[tuple[tuple[str, ...], str, int]]:
    for event, data in dossier.outcomes:
        decided = data.publication if isinstance(data.publication, Publication) else None
        yield _when(event), "形成的成果", 1
        if decided is not None and decided.decision == "publish":
            yield _when(event), "其中公布的", 1
            yield tuple(p for p in (_month(decided.date or ""),) if p), "公布的成果", 1
        if decided is not None and decided.decision == "withhold":
            yield _when(event), "其中不公布的", 1


def _evaluations(dossier: Dossier, rated: Mapping[str, tuple[int, int]]) -> Iterator[tuple[tuple[str, ...], str, int]]:
    for event, _ in dossier.evaluations:
        yield _when(event), "民主评议", 1
        if event.stem in rated:
            valid, good = rated[event.stem]
            yield _when(event), "能复算的评议", 1
            yield _when(event), "有效票", valid
            yield _when(event), "满意票", good


def _measures(dossier: Dossier) -> Iterator[tuple[tuple[str, ...], str, int]]:
    last = {m.id: (event, m) for event, f in dossier.followups for m in listed(f.measures)}
    for line in dossier.measures:
        event, m = last.get(line.id, (None, None))
        if event is None or m is None or m.state != "done" or not isinstance(line.value, Measure):
            continue
        day = _done(event, m.done)
        if day is None:
            continue
        when = (str(day.year), day.isoformat()[:7])
        due = parse_period(line.value.due).last if line.value.due and known(line.value.due) else None
        yield when, "办好的落实事项", 1
        if line.value.due and known(line.value.due):
            yield when, "有期限可比的", 1
            yield when, "按期办好的", int(due is not None and day <= due)


def _done(event: Event, done: Done | str | None) -> date | None:
    if isinstance(done, Done) and done.date is not None and known(done.date):
        return parse_period(done.date).last
    return event.span.last if event.span else None
