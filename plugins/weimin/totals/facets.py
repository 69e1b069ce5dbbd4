"""The pages of a section that are narrower than its first page: by month, year, place, level, theme and state.

A section is one of the five lists of the whole network (results, evaluations, consulting, duties, reported-up). Its first
page `/results/` shows the newest rows. A reader narrows it: `/results/2026-05/`, `/results/321302/2026/`,
`/results/theme-water/`. This module says, for one row, on which of these pages it is (docs/adr/0059).

The pieces, in the order in which they are used:

1. `section_rows` takes the summary of a dossier and gives its rows in a section (`SectionRow`): a dossier with two
   outcomes has two rows in `results`. `platform_duties` does the same for what platforms owe themselves.
2. `narrow_pages` takes a row and gives every page that lists it (`NarrowPage`).
3. `totals.contributions` turns these pages into sums and list entries, named `page:` and the path of the page.
4. The page is built from its list; `is_on` drops the rows of a dossier that are on the page only because another row of
   the same dossier is.

Example. An outcome of 3 May 2026 of a village in the township 321302001 is on `results/2026-05`, `results/2026`,
`results/321302`, `results/321302/2026`, `results/321302001`, `results/321302001/2026`, `results/level-village`,
`results/state-publish` and a page for each theme. The page `results/321302` is counted on `results` under the name
`321302`: that number stands beside the link 宿城区.

Invariants:

- the path of a page is its address without the outer slashes, and its list and its sums are named `page:` + path;
- a page exists exactly where its sum ROWS is positive;
- a row without a known month is on the page `undated`, so that the pages of months cover all rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from weimin.model.finding import Finding
from weimin.model.place import level_of, parent_code
from weimin.model.summary import Summary

PAGE = "page:"
"""The prefix of the lists and scopes that have a page of their own; the address of the page follows it."""
ROWS = "rows"
"""The name in the sums of a page of the number of its rows; the other names are those of the narrower pages."""
UNDATED = "undated"
NO_DAY = "~"
"""The rank of a row without a day, in a list with the earliest day first: it sorts after every day."""
WITH_YEARS = frozenset({"results", "evaluations", "reported-up"})
"""Sections with a page for each place and year: their rows remain, while the rows of the others are open matters."""

THEMES: Mapping[str, str] = {
    "教育": "education",
    "医疗卫生": "health",
    "养老助残": "care",
    "就业社保": "work",
    "住房物业": "housing",
    "交通出行": "traffic",
    "环境卫生": "cleanliness",
    "生态水利": "water",
    "水电气网": "supply",
    "公共安全": "safety",
    "文化体育": "culture",
    "乡村建设": "village",
    "其他": "other",
    "unpublished": "unpublished",
}
"""Theme → its name in an address."""

STATES: Mapping[str, Mapping[str, str]] = {
    "results": {"publish": "已公布", "withhold": "决定不公布", "open": "没有登记公布决定"},
    "evaluations": {"low": "满意率低", "rated": "其他能复算的", "unrated": "未能复算"},
    "consulting": {"ahead": "预告", "now": "正在协商"},
    "duties": {"overdue": "逾期", "open": "没有逾期"},
    "reported-up": {"answered": "已答复", "open": "未答复"},
}
"""Section → state → its name, in the order in which the page offers them. The keys are the sections that there are."""

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?![0-9])", re.ASCII)


class SectionRow(msgspec.Struct, frozen=True):
    """A row of a unit in a section. `key`: which of the unit's rows; `at`: its day as the record writes it, or the stem of
    the file, which begins with the day; `rank` orders the list; `state`: one of the section's STATES.
    """

    key: str
    at: str
    rank: str
    state: str

    @property
    def month(self) -> str:
        """YYYY-MM where it is known."""
        return self.at[:7] if _MONTH.match(self.at) else ""

    @property
    def year(self) -> str:
        return self.at[:4] if self.at[:4].isdigit() else ""


class NarrowPage(msgspec.Struct, frozen=True):
    """A page that lists a row. `counted_on`: the pages that link to it with a count, each with its name there."""

    path: str
    counted_on: tuple[tuple[str, str], ...]


def earliest_first(section: str) -> bool:
    return section == "duties"


def section_rows(section: str, s: Summary) -> Iterator[SectionRow]:
    """The rows of a dossier in a section. Raises KeyError for an unknown section."""
    return ROWS_OF_SECTION[section](s)


def _results(s: Summary) -> Iterator[SectionRow]:
    for o in s.outcomes:
        yield SectionRow(o.stem, o.on, _iso(o.day), o.decision)


def _evaluations(s: Summary) -> Iterator[SectionRow]:
    for e in s.evaluations:
        yield SectionRow(e.stem, e.on, _iso(e.day), "low" if e.low else "unrated" if e.rate is None else "rated")


def _consulting(s: Summary) -> Iterator[SectionRow]:
    if not s.ended:
        for n, c in enumerate(s.announcements):
            if not c.past:
                yield SectionRow(str(n), c.when, _iso(c.day), "ahead")
    if not (s.outcomes or s.ended or s.closed or s.compiled):
        yield SectionRow("", s.last_on, _iso(s.last), "now")


def _duties(s: Summary) -> Iterator[SectionRow]:
    for n, d in enumerate(s.duties):
        yield _duty_row(str(n), d.due, late=d.overdue_days > 0)


def _duty_row(key: str, due: date | None, *, late: bool) -> SectionRow:
    return SectionRow(key, _iso(due), _iso(due) or NO_DAY, "overdue" if late else "open")


def platform_duties(findings: Sequence[Finding]) -> Iterator[tuple[str, SectionRow]]:
    """The duties of platforms themselves: (code of the platform, row). The `key` of a row is the number of the finding."""
    for n, f in enumerate(findings):
        if f.dossier is None and f.owed_by and not f.exempt:
            yield f.owed_by, _duty_row(str(n), f.due, late=f.overdue_days > 0)


def _reported(s: Summary) -> Iterator[SectionRow]:
    withheld = {o.stem for o in s.outcomes if o.publication == "withhold"}
    for u in s.upward:
        if u.stem not in withheld:
            yield SectionRow(f"{u.stem}#{u.id}", u.stem, _iso(u.on), "answered" if u.answered else "open")


ROWS_OF_SECTION: Mapping[str, Callable[[Summary], Iterator[SectionRow]]] = {
    "results": _results,
    "evaluations": _evaluations,
    "consulting": _consulting,
    "duties": _duties,
    "reported-up": _reported,
}


def narrow_pages(section: str, code: str, themes: tuple[str, ...], item: SectionRow) -> Iterator[NarrowPage]:
    """All pages of a section that list a row of the platform `code`, except the first page of the section."""
    month, year = item.month or UNDATED, item.year
    county, town = _county_and_township(code)
    in_year = ((f"{section}/{year}", month),) if year else ()
    yield NarrowPage(f"{section}/{month}", ((section, month), *in_year))
    if year:
        yield NarrowPage(f"{section}/{year}", ((section, year),))
    for place, above in ((county, section), (town, f"{section}/{county}")):
        if place:
            yield NarrowPage(f"{section}/{place}", ((above, place),))
            if year and section in WITH_YEARS:
                yield NarrowPage(
                    f"{section}/{place}/{year}", ((f"{section}/{place}", year), (f"{above}/{year}", place))
                )
    kinds = (f"level-{_level(code)}", f"state-{item.state}", *(f"theme-{THEMES[t]}" for t in themes if t in THEMES))
    for kind in kinds:
        yield NarrowPage(f"{section}/{kind}", ((section, kind),))


def _level(code: str) -> str:
    try:
        return level_of(code).value
    except ValueError:
        return "unknown"


def _county_and_township(code: str) -> tuple[str, str]:
    """The county and the township of a platform; empty where it is above them."""
    if not code.isdigit():
        return "", ""
    town = code[:9] if len(code) >= 9 else ""
    county = code[:6] if town or parent_code(code) else ""
    return county, town


def is_on(path: str, item: SectionRow) -> bool:
    """Whether this row is on the page by its own day and state. A page lists a dossier once, by its first row there; its
    other rows belong on the page only if they are of the same month, year or state.
    """
    last = path.rpartition("/")[2]
    if last == UNDATED:
        return not item.month
    if last.startswith("state-"):
        return last == f"state-{item.state}"
    if _MONTH.fullmatch(last):
        return item.month == last
    return item.year == last if len(last) == 4 and last.isdigit() else True


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
