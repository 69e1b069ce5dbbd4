"""What one unit adds to the sums and lists of the whole network.

A page of the whole network never reads all units. Each unit (a dossier, or a platform's own files) makes its
contributions when it is computed; the engine stores them, and adds or subtracts the difference when the unit changes
(engine/stored_totals.py). There are two kinds:

- **sums**: (scope, name) → number. The scopes are
  `all` (the whole network), `platform:CODE` (a platform with those below it), `page:PATH` (a page of its own, as
  `page:results/2026-05` or `page:reports/2026/321302`), and the small tables `publication`, `ground`, `withholding`;
- **list entries** (`model.ledger.ListEntry`): the place of the unit in a list, by a rank that is a day in ISO, so that
  the text order is the order of days. The lists are `results`, `duties`, `coming` … and `page:PATH`.

A unit contributes what it alone knows: sums of a platform's scope are added up along the chain of platforms above it
afterwards (`totals.periods.rolled_up`), once for all units of a run.

Example. A dossier of the village 321302001001 with one outcome, decided to be published on 3 May 2026, adds
`("all", "outcomes"): 1`, `("publication", "publish"): 1`, `("page:results", "rows"): 1`, `("page:results", "2026-05"): 1`
and the entry `ListEntry("results", "2026-05-03", "2026-05-03-outcome")`.

Invariants:

- contributions are a function of the unit's summary or findings alone, so that subtracting the old and adding the new
  ones gives what a computation from nothing gives;
- a withheld outcome is counted and never quoted: an entry names a file, its text comes from the summary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from weimin.model.finding import Finding
from weimin.model.ledger import Contributions, ListEntry
from weimin.model.network import PlatformRow
from weimin.model.summary import EvaluationRow, Summary
from weimin.totals.facets import (
    NO_DAY,
    PAGE,
    ROWS,
    SectionRow,
    earliest_first,
    narrow_pages,
    platform_duties,
    section_rows,
)
from weimin.totals.facets import STATES as SECTIONS
from weimin.totals.periods import BULLETIN, PLATFORM, month_sums_of_dossier, year_sums_of_dossier, year_sums_of_platform


def contributions_of_dossier(s: Summary) -> Contributions:
    narrow = NarrowPageSums()
    for section in SECTIONS:
        for row in section_rows(section, s):
            narrow.add(section, s.platform, s.themes, row)
    months = month_sums_of_dossier(s)
    papers = [ListEntry(scope, s.id) for scope in sorted({scope for scope, _ in months if scope != PAGE + BULLETIN})]
    sums = {**_sums(s), **narrow.sums, **months, **year_sums_of_dossier(s)}
    return Contributions(entries=(*_entries(s), *narrow.entries(), *papers), sums=sums)


def contributions_of_platform(code: str, findings: Sequence[Finding], planned: Mapping[str, int]) -> Contributions:
    """What a platform's own files add: its own duties, and `planned`, month (`2026-05`) → items of its plan.

    `findings`: all of its folder; those of dossiers add nothing here. The `key` of an entry is the number of the finding.
    """
    narrow = NarrowPageSums(keyed=True)
    for platform, row in platform_duties(findings):
        narrow.add("duties", platform, (), row)
    entries, sums = [*narrow.entries()], narrow.sums
    for n, f in enumerate(findings):
        if f.dossier is None and f.owed_by and not f.exempt:
            late = f.overdue_days > 0
            entries.append(ListEntry("duties", _rank(f.due), str(n)))
            if late:
                entries.append(ListEntry("overdue", _rank(f.due), str(n)))
            for scope in ("all", PLATFORM + f.owed_by):
                sums[scope, "open"] += 1
                sums[scope, "overdue"] += late
            sums["all", "dated"] += f.due is not None
    entries += [ListEntry(f"heir:{heir}", code) for heir in sorted(_heirs(code, findings))]
    return Contributions(entries=tuple(entries), sums={**sums, **year_sums_of_platform(code, planned)})


def _heirs(code: str, findings: Sequence[Finding]) -> set[str]:
    """The platforms that owe something for a closed one, as its own findings say."""
    owed = (f.owed_by for f in findings if f.dossier is None and f.owed_by and not f.exempt)
    return {debtor for debtor in owed if debtor != code}


class NarrowPageSums:
    """Sums and list entries of the narrow pages of one unit. A page lists a dossier once, by its first row there."""

    def __init__(self, *, keyed: bool = False) -> None:
        """`keyed`: a page lists each row by itself, under its key, as the duties of a platform are."""
        self.sums: Counter[tuple[str, str]] = Counter()
        self._keyed = keyed
        self._ranks: dict[tuple[str, str], str] = {}

    def add(self, section: str, code: str, themes: tuple[str, ...], row: SectionRow) -> None:
        sums, ranks, first = self.sums, self._ranks, min if earliest_first(section) else max
        sums[PAGE + section, ROWS] += 1
        key = row.key if self._keyed else ""
        for narrow in narrow_pages(section, code, themes, row):
            page = PAGE + narrow.path
            sums[page, ROWS] += 1
            for above, name in narrow.counted_on:
                sums[PAGE + above, name] += 1
            at = (page, key)
            ranks[at] = first(ranks[at], row.rank) if at in ranks else row.rank

    def entries(self) -> Iterator[ListEntry]:
        return (ListEntry(page, rank, key) for (page, key), rank in self._ranks.items())


def contributions_of_row(row: PlatformRow) -> Contributions:
    """What the row of a platform adds: itself, and whether it has records of its own. One that is closed adds nothing."""
    open_ = int(not row.over)
    scope = PLATFORM + row.code
    return Contributions(sums={(scope, "platforms"): open_, (scope, "heard"): open_ * row.has_records})


def _rank(day: date | None) -> str:
    return day.isoformat() if day else NO_DAY


def _newest(day: date | None) -> str:
    return day.isoformat() if day else ""


def _entries(s: Summary) -> Iterator[ListEntry]:
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
    if s.heir and any(d.owed_by == s.heir for d in s.duties):
        yield ListEntry(f"heir:{s.heir}", s.id)
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
    sums["all", "judged"] += sum(m.state == "done" and m.in_time is not None for m in s.measures)
    sums["all", "in_time"] += sum(bool(m.state == "done" and m.in_time) for m in s.measures)
    for o in s.outcomes:
        sums["all", "outcomes"] += 1
        sums["publication", o.decision] += 1
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
