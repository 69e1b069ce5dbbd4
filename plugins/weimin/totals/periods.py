"""What a folder adds to the account of a year (年度报告) and to the paper of a month (简报), as sums of their pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import msgspec

from weimin.model.place import chain_of
from weimin.model.summary import ConsultationRow, Summary
from weimin.totals.durations import Durations, answer_times, answers_in_time, completion_times, outcome_times
from weimin.totals.facets import PAGE

REPORTS, BULLETIN = "reports", "bulletin"
REPORT, PLATFORM = f"{PAGE}{REPORTS}/", "platform:"
"""What the scopes of a report and of a platform begin with; a platform's code ends both."""
_YEAR = "report-"
_OWN = re.compile(rf"(?P<of>{PLATFORM}|{REPORT}[0-9]{{4}}/)(?P<code>[0-9]+)", re.ASCII)
UNKNOWN = "?"

Sums = Counter[tuple[str, str]]
Year = Callable[[int | None], Counter[str]]


def month_of(text: str) -> str:
    """YYYY-MM of a day or a month; empty where the month is not known."""
    return text[:7] if len(text) in (7, 10) and text[:4].isdigit() and text[5:7].isdigit() else ""


def rolled_up(sums: Mapping[tuple[str, str], int]) -> Sums:
    """Sums of platforms added up along the chain above them: once for all folders of a run, not for each."""
    found: Sums = Counter()
    wider: dict[str, tuple[str, ...]] = {}
    for (scope, name), n in sums.items():
        if scope not in wider:
            wider[scope] = tuple(_wider(scope))
        for at in (scope, *wider[scope]):
            found[at, name] += n
    return found


def _wider(scope: str) -> Iterator[str]:
    """The scopes in which a platform's sums count, too: of those above it; of a report, of the year's for the whole network."""
    if (own := _OWN.fullmatch(scope)) is None:
        return
    yield from (own["of"] + code for code in chain_of(own["code"]) if code != own["code"])
    if own["of"] != PLATFORM:
        yield own["of"].removesuffix("/")


# A year
def year_sums_of_dossier(s: Summary) -> Sums:
    """Sums of the report of its platform: `page:reports/2026/321302`; `rolled_up` gives the others."""
    sums: Sums = Counter()
    for year, names in _years(s).items():
        for name, n in names.items():
            sums[f"{REPORT}{year}/{s.platform}", name] += n
        sums[f"{PLATFORM}{s.platform}", f"{_YEAR}{year}"] += bool(names)
        sums[PAGE + REPORTS, str(year)] += 1
    return sums


def year_sums_of_platform(code: str, planned: Mapping[str, int]) -> Sums:
    """`planned`: `2026-05` → items of its plan for that month, `2026-?` those without one."""
    sums: Sums = Counter()
    for month, n in planned.items():
        year, _, number = month.partition("-")
        sums[f"{REPORT}{year}/{code}", "planned"] += n
        sums[f"{REPORT}{year}/{code}", f"planned-{number}"] += n
        sums[f"{PLATFORM}{code}", f"{_YEAR}{year}"] += n
        sums[PAGE + REPORTS, year] += n
    return sums


def report_years(sums: Mapping[str, int]) -> tuple[str, ...]:
    """The years with a report, the newest first, by the sums of a platform (`platform:321302`)."""
    return tuple(
        sorted((name.removeprefix(_YEAR) for name, n in sums.items() if name.startswith(_YEAR) and n), reverse=True)
    )


def _years(s: Summary) -> Mapping[int, Counter[str]]:
    """Year → name → how often, of one dossier."""
    years: dict[int, Counter[str]] = {}

    def of(year: int | None) -> Counter[str]:
        return years.setdefault(year, Counter()) if year is not None else Counter()

    of(s.year).update(["dossiers", *(f"step{n}" for n in s.held_steps)])
    of(s.year).update(f"skipped{n}" for n in s.skipped)
    for c in s.consultations:
        if c.same_as is None:
            of(c.year).update({"held": c.times, f"held-{month_of(c.on)[5:] or UNKNOWN}": c.times})
    for o in s.outcomes:
        of(o.year).update(["outcomes", f"outcome-{o.publication or 'open'}"])
        of(o.year).update(_days("agreed", outcome_times([msgspec.structs.replace(s, outcomes=(o,))])))
    for e in s.evaluations:
        of(e.year).update(["evaluations", *(["low"] if e.low else [])])
        if e.rate is not None and e.valid:
            of(e.year).update({"rated": 1, "good": round(e.rate * e.valid), "valid": e.valid})
    _measures(s, of)
    for a in s.answers:
        if a.met is not None:
            told = answers_in_time([a])
            found = of(_year(a.met_on))
            found.update(_days("answered", answer_times([a])))
            found.update({"answers-judged": told.judged, "answers-in-time": told.in_time})
    return years


def _measures(s: Summary, of: Year) -> None:
    """A measure counts in the year in which it was done."""
    for m in s.measures:
        if m.state == "done" and m.done is not None:
            found = of(m.done.year)
            found.update(["done", *(["in-time"] if m.in_time else []), *(["judged"] if m.in_time is not None else [])])
            found.update(_days("done", completion_times([msgspec.structs.replace(s, measures=(m,))])))


def _days(name: str, found: Durations) -> Counter[str]:
    """`done:12`: something took 12 days; `done:?`: nobody can tell."""
    days = Counter(f"{name}:{n}" for n in found.days)
    if found.unknown:
        days[f"{name}:{UNKNOWN}"] = found.unknown
    return days


def durations(sums: Mapping[str, int], name: str) -> Durations:
    """What `_days` counted, of all folders."""
    own = {key.removeprefix(f"{name}:"): n for key, n in sums.items() if key.startswith(f"{name}:") and n}
    unknown = own.pop(UNKNOWN, 0)
    return Durations(days=tuple(sorted(Counter({int(d): n for d, n in own.items()}).elements())), unknown=unknown)


def _year(text: str) -> int | None:
    return int(text[:4]) if text[:4].isdigit() else None


# A month
def consultation_month(c: ConsultationRow) -> str:
    return month_of(c.on) if c.same_as is None else ""


def month_sums_of_dossier(s: Summary) -> Sums:
    """Sums of the papers of months: `page:bulletin/2026-05`."""
    sums: Sums = Counter()
    for month, name, n in _months(s):
        if month:
            sums[f"{PAGE}{BULLETIN}/{month}", name] += n
            sums[PAGE + BULLETIN, month] += n
    return sums


def _months(s: Summary) -> Iterator[tuple[str, str, int]]:
    for c in s.consultations:
        yield consultation_month(c), "held", c.times
    for o in s.outcomes:
        yield month_of(o.on), "agreed", 1
        if o.publication == "publish":
            yield month_of(o.decided or ""), "published", 1
    for e in s.evaluations:
        month = month_of(e.on)
        yield month, "evaluations", 1
        if e.low:
            yield month, "low", 1
    for m in s.measures:
        if m.done is not None:
            yield month_of(m.done.isoformat()), "done", 1
    for d in s.duties:
        if d.overdue_days > 0 and d.due is not None:
            yield month_of(d.due.isoformat()), "overdue", 1
