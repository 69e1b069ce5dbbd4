"""Which pages of a section a row stands on: by month, year, place, level, theme, state (docs/adr/0059).

A page is named by its address (`results/321302/2026`); its list and its sums are those of `page:` and that name.
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
"""What the names of lists and scopes begin with that have a page of their own."""
ROWS = "rows"
"""In the sums of a page: how many rows it has; the other names are those of narrower pages."""
UNDATED = "undated"
LAST = "~"
"""The rank of what has no day, in a list of which the earliest stand first."""
WITH_YEARS = frozenset({"results", "evaluations", "reported-up"})
"""Sections with a page for each place and year: what is done stays, what is open goes away."""

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
"""What a theme is called in an address."""

STATES: Mapping[str, Mapping[str, str]] = {
    "results": {"publish": "已公布", "withhold": "决定不公布", "open": "没有登记公布决定"},
    "evaluations": {"low": "满意率低", "rated": "其他能复算的", "unrated": "未能复算"},
    "consulting": {"ahead": "预告", "now": "正在协商"},
    "duties": {"overdue": "逾期", "open": "未到期"},
    "reported-up": {"answered": "已答复", "open": "未答复"},
}
"""Section → state → its name, in the order in which they are offered."""

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?![0-9])", re.ASCII)


class Item(msgspec.Struct, frozen=True):
    """A row of a folder. `at`: its day as it is written, or the file that begins with it; `rank` orders it."""

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


class Kept(msgspec.Struct, frozen=True):
    """A page on which a row stands and the pages that name it, each with the name that it has there."""

    path: str
    named: tuple[tuple[str, str], ...]


def soonest_first(section: str) -> bool:
    return section == "duties"


def items(section: str, s: Summary) -> Iterator[Item]:
    """The rows that a dossier has in a section."""
    return _ITEMS[section](s)


def _results(s: Summary) -> Iterator[Item]:
    for o in s.outcomes:
        yield Item(o.stem, o.on, _iso(o.day), o.publication or "open")


def _evaluations(s: Summary) -> Iterator[Item]:
    for e in s.evaluations:
        yield Item(e.stem, e.on, _iso(e.day), "low" if e.low else "unrated" if e.rate is None else "rated")


def _consulting(s: Summary) -> Iterator[Item]:
    if not s.ended:
        for n, c in enumerate(s.announcements):
            if not c.past:
                yield Item(str(n), c.when, _iso(c.day), "ahead")
    if not (s.outcomes or s.ended or s.closed or s.compiled):
        yield Item("", s.last_on, _iso(s.last), "now")


def _duties(s: Summary) -> Iterator[Item]:
    for n, d in enumerate(s.duties):
        yield owed(str(n), d.due, late=d.overdue_days > 0)


def owed(key: str, due: date | None, *, late: bool) -> Item:
    return Item(key, _iso(due), _iso(due) or LAST, "overdue" if late else "open")


def owing(findings: Sequence[Finding]) -> Iterator[tuple[str, Item]]:
    """What a platform owes itself: by whom, and the row. `key` is the number of the finding."""
    for n, f in enumerate(findings):
        if f.dossier is None and f.owed_by and not f.exempt:
            yield f.owed_by, owed(str(n), f.due, late=f.overdue_days > 0)


def _reported(s: Summary) -> Iterator[Item]:
    withheld = {o.stem for o in s.outcomes if o.publication == "withhold"}
    for u in s.upward:
        if u.stem not in withheld:
            yield Item(f"{u.stem}#{u.id}", u.stem, _iso(u.on), "answered" if u.answered else "open")


_ITEMS: Mapping[str, Callable[[Summary], Iterator[Item]]] = {
    "results": _results,
    "evaluations": _evaluations,
    "consulting": _consulting,
    "duties": _duties,
    "reported-up": _reported,
}


def pages(section: str, code: str, themes: tuple[str, ...], item: Item) -> Iterator[Kept]:
    """All pages of a section on which a row of a platform stands, but the first one."""
    month, year = item.month or UNDATED, item.year
    county, town = _places(code)
    in_year = ((f"{section}/{year}", month),) if year else ()
    yield Kept(f"{section}/{month}", ((section, month), *in_year))
    if year:
        yield Kept(f"{section}/{year}", ((section, year),))
    for place, above in ((county, section), (town, f"{section}/{county}")):
        if place:
            yield Kept(f"{section}/{place}", ((above, place),))
            if year and section in WITH_YEARS:
                yield Kept(f"{section}/{place}/{year}", ((f"{section}/{place}", year), (f"{above}/{year}", place)))
    kinds = (f"level-{_level(code)}", f"state-{item.state}", *(f"theme-{THEMES[t]}" for t in themes if t in THEMES))
    for kind in kinds:
        yield Kept(f"{section}/{kind}", ((section, kind),))


def _level(code: str) -> str:
    try:
        return level_of(code).value
    except ValueError:
        return "unknown"


def _places(code: str) -> tuple[str, str]:
    """The county and the township of a platform; empty where it is above them."""
    if not code.isdigit():
        return "", ""
    town = code[:9] if len(code) >= 9 else ""
    county = code[:6] if town or parent_code(code) else ""
    return county, town


def stands(path: str, item: Item) -> bool:
    """A row of a dossier on this page is on it for its own sake: its day and state, not its neighbour's."""
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
