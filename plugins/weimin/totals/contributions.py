"""What a dossier or a platform adds to the sums and lists of the whole network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from weimin.model.finding import Finding
from weimin.model.ledger import Contributions, ListEntry
from weimin.model.network import PlatformRow
from weimin.model.summary import EvaluationRow, Summary
from weimin.totals.facets import LAST, PAGE, ROWS, Item, items, owing, pages, soonest_first
from weimin.totals.facets import STATES as SECTIONS
from weimin.totals.periods import BULLETIN, PLATFORM, month_of_dossier, year_of_dossier, year_of_platform


def contributions_of_dossier(s: Summary) -> Contributions:
    paged = Paged()
    for section in SECTIONS:
        for item in items(section, s):
            paged.take(section, s.platform, s.themes, item)
    months = month_of_dossier(s)
    papers = [ListEntry(scope, s.id) for scope in sorted({scope for scope, _ in months if scope != PAGE + BULLETIN})]
    sums = {**_sums(s), **paged.sums, **months, **year_of_dossier(s)}
    return Contributions(entries=(*_places(s), *paged.places(), *papers), sums=sums)


def contributions_of_platform(code: str, findings: Sequence[Finding], planned: Mapping[str, int]) -> Contributions:
    """What a platform owes itself: findings that are no dossier's; and what it planned (`2026-05` → items).

    `key` is the number of the finding.
    """
    paged = Paged(keyed=True)
    for owes, item in owing(findings):
        paged.take("duties", owes, (), item)
    places, sums = [*paged.places()], paged.sums
    for n, f in enumerate(findings):
        if f.dossier is None and f.owed_by and not f.exempt:
            late = f.overdue_days > 0
            places.append(ListEntry("duties", _rank(f.due), str(n)))
            if late:
                places.append(ListEntry("overdue", _rank(f.due), str(n)))
            for scope in ("all", PLATFORM + f.owed_by):
                sums[scope, "open"] += 1
                sums[scope, "overdue"] += late
            sums["all", "dated"] += f.due is not None
    return Contributions(entries=tuple(places), sums={**sums, **year_of_platform(code, planned)})


class Paged:
    """The pages of sections on which a folder's rows stand; of a dossier each once, by the row that comes first there."""

    def __init__(self, *, keyed: bool = False) -> None:
        """`keyed`: each row by itself, under its key."""
        self.sums: Counter[tuple[str, str]] = Counter()
        self._keyed = keyed
        self._ranks: dict[tuple[str, str], str] = {}

    def take(self, section: str, code: str, themes: tuple[str, ...], item: Item) -> None:
        sums, ranks, first = self.sums, self._ranks, min if soonest_first(section) else max
        sums[PAGE + section, ROWS] += 1
        key = item.key if self._keyed else ""
        for kept in pages(section, code, themes, item):
            page = PAGE + kept.path
            sums[page, ROWS] += 1
            for above, name in kept.named:
                sums[PAGE + above, name] += 1
            at = (page, key)
            ranks[at] = first(ranks[at], item.rank) if at in ranks else item.rank

    def places(self) -> Iterator[ListEntry]:
        return (ListEntry(page, rank, key) for (page, key), rank in self._ranks.items())


def contributions_of_row(row: PlatformRow) -> Contributions:
    """A platform counts, with whether it was heard from."""
    return Contributions(
        sums={(PLATFORM + row.code, "platforms"): 1, (PLATFORM + row.code, "heard"): int(row.has_records)}
    )


def _rank(day: date | None) -> str:
    return day.isoformat() if day else LAST


def _newest(day: date | None) -> str:
    return day.isoformat() if day else ""


def _places(s: Summary) -> Iterator[ListEntry]:
    yield ListEntry("recent", _newest(s.last))
    withheld = {o.stem for o in s.outcomes if o.publication == "withhold"}
    for o in s.outcomes:
        yield ListEntry("results", _newest(o.day), o.stem)
        if o.publication == "publish" and s.ended is None:
            yield ListEntry("published", _newest(o.day), o.stem)
    for e in s.evaluations:
        yield ListEntry("evaluations", _newest(e.day), e.stem)
        if e.low:
            yield ListEntry("low", _newest(e.day), e.stem)
    for n, c in enumerate(s.announcements):
        if not s.ended:
            yield ListEntry("coming", _rank(c.day), str(n))
    if not (s.outcomes or s.ended or s.closed or s.compiled):
        yield ListEntry("going", _newest(s.last))
    for n, d in enumerate(s.duties):
        yield ListEntry("duties", _rank(d.due), str(n))
        if d.overdue_days > 0:
            yield ListEntry("overdue", _rank(d.due), str(n))
    for u in s.upward:
        if u.stem not in withheld:
            yield ListEntry("reported-up", _newest(u.on), f"{u.stem}#{u.id}")
    if s.corrected_fields:
        yield ListEntry("corrected", _newest(s.last_correction))
    for code in sorted({code for c in s.consultations for code in c.joint}):
        yield ListEntry(f"joint:{code}", s.id)


def _sums(s: Summary) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    late = sum(d.overdue_days > 0 for d in s.duties)
    for scope in ("all", PLATFORM + s.platform):
        sums[scope, "dossiers"] += 1
        sums[scope, "open"] += len(s.duties)
        sums[scope, "overdue"] += late
    sums["all", "dated"] += sum(d.due is not None for d in s.duties)
    sums["all", "coming"] += len(s.announcements)
    sums["all", "unpublished"] += sum(not u.text for u in s.upward)
    sums["all", "corrected"] += s.corrected_fields
    sums["all", "correcting"] += s.corrections
    sums["all", "measures"] += len(s.measures)
    sums["all", "done"] += sum(m.state == "done" for m in s.measures)
    sums["all", "in_time"] += sum(bool(m.state == "done" and m.in_time) for m in s.measures)
    for o in s.outcomes:
        sums["all", "outcomes"] += 1
        sums["publication", o.publication or "open"] += 1
        if o.publication == "withhold":
            sums["ground", o.ground or ""] += 1
            sums["withholding", s.platform] += 1
    for e in s.evaluations:
        sums["all", "low"] += e.low
        _rated(e, sums)
    return sums


def _rated(e: EvaluationRow, sums: Counter[tuple[str, str]]) -> None:
    if e.rate is not None and e.valid:
        sums["all", "rated"] += 1
        sums["all", "good"] += round(e.rate * e.valid)
        sums["all", "valid"] += e.valid
