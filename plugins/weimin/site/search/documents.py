"""The lines of the search index: one for each dossier, platform and page, with the words that its page shows (see the package)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from weimin.model.codes import Code
from weimin.model.kinds import News
from weimin.model.kinds import Page as ProseData
from weimin.model.network import PlatformRow
from weimin.model.place import chain_of, level_of
from weimin.model.record import Record
from weimin.model.summary import Summary
from weimin.site.search.words import ANY, fold, pairs
from weimin.site.site_context import SiteContext, full_name
from weimin.wording.dates import format_date

PLATFORMS, PAGES = "platforms", "pages"
"""Groups of the lines of other pages than dossiers; the group of a dossier is the year of its number."""

_TAG = re.compile(r"<[^>]*>")
_LONGEST = 2000  # characters of a page's prose that a search covers


class Line(msgspec.Struct, frozen=True, array_like=True):
    """What is published of a page: enough to find a word in it, to filter it and to list it.

    `kind`: d dossier, p platform, n prose and news, r rule. `has`: letters of what a dossier has (`HAS`).
    """

    kind: str
    address: str
    title: str
    area: str = ""
    on: str = ""
    state: str = ""
    label: str = ""
    has: str = ""
    themes: tuple[str, ...] = ()
    text: str = ""


HAS = {"c": "协商活动", "o": "协商成果", "e": "民主评议", "u": "上报事项"}
COMPILED = "x"


class Doc(msgspec.Struct, frozen=True):
    """A line and its position in the index: the `group` in which pages are counted, the `month` (0 to 11) in which a dossier
    began, and the `spot`, the place whose pages are in the same or a near block. No field depends on another page.
    """

    group: str
    month: int
    spot: str
    address: str
    data: bytes


def dossier_doc(s: Summary, context: SiteContext) -> Doc:
    """A dossier. Of a withheld outcome, only that there is one; of a matter reported up, what is public."""
    year = int(s.id.rpartition("/")[2][:4])
    line = Line(
        kind="d",
        address=f"/{s.id}/",
        title=_flat(s.title),
        area=_area(s.platform, context),
        on=format_date(s.last_on) if s.last_on else "",
        state=s.state.tone,
        label=s.state.label,
        has=_has(s),
        themes=s.themes,
        text="\n".join(_flat(t) for t in _texts(s, context) if t),
    )
    return Doc(str(year), _month(s.day, year), s.platform[:9], line.address, _bytes(line))


def platform_doc(row: PlatformRow, context: SiteContext) -> Doc:
    """A platform: its name and the names of the places around it."""
    line = Line(kind="p", address=f"/{row.code}/", title=_flat(full_name(row)), area=_area(row.code, context))
    return Doc(PLATFORMS, 0, row.code[:9], line.address, _bytes(line))


def rule_doc(code: Code) -> Doc:
    line = Line(kind="r", address=f"/rules/{code.code}/", title=f"{code.code} {code.requirement}")
    return Doc(PAGES, 0, code.code, line.address, _bytes(line))


def prose_doc(record: Record, context: SiteContext) -> Doc:
    """A page of the site or a piece of news."""
    data = record.data
    assert isinstance(data, ProseData | News)
    stem = record.place.stem
    news = data if isinstance(data, News) else None
    line = Line(
        kind="n",
        address=f"/news/{stem}.html" if news else f"/{stem}/",
        title=_flat(data.title),
        area=context.who(news.platform) if news and news.platform else "",
        on=format_date(news.date) if news else "",
        text=_flat(html.unescape(_TAG.sub(" ", str(context.render(record.body)))))[:_LONGEST],
    )
    return Doc(PAGES, 0, stem, line.address, _bytes(line))


def decode_line(data: bytes) -> Line:
    return msgspec.json.decode(data, type=Line)


def words_of(line: Line) -> str:
    """The text that is searched, folded; a match never reaches over the end of a text line."""
    return fold("\n".join((line.title, line.area, *line.themes, line.text)))


def terms_of(line: Line) -> Iterator[str]:
    """The terms of a line: pairs of characters, and filters. A term may be repeated."""
    yield ANY
    yield from pairs(words_of(line))
    yield "=k" + line.kind
    if line.kind not in "dp":
        return
    code, _, number = line.address.strip("/").partition("/")
    yield "=l" + level_of(code).value
    yield from ("@" + c for c in chain_of(code) if not c.endswith("00") or len(c) > 6)
    if line.kind == "d":
        yield "#" + number
        yield "=s" + line.label
        yield from ("=k" + letter for letter in line.has)
        yield from ("=t" + theme for theme in line.themes)


def _bytes(line: Line) -> bytes:
    return msgspec.json.encode(line)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _area(code: str, context: SiteContext) -> str:
    return " ".join(row.area for row in reversed(context.network.chain(code)))


def _month(day: date | None, year: int) -> int:
    """0 to 11: the month in which a dossier began, within the year of its number."""
    if day is None or day.year < year:
        return 0
    return day.month - 1 if day.year == year else 11


def _has(s: Summary) -> str:
    found = {"c": s.consultations, "o": s.outcomes, "e": s.evaluations, "u": s.upward}
    return "".join(letter for letter in HAS if found[letter]) + (COMPILED if s.compiled else "")


def _texts(s: Summary, context: SiteContext) -> Iterable[str]:
    withheld = {o.stem for o in s.outcomes if o.publication == "withhold"}
    for o in s.outcomes:
        if o.stem not in withheld:
            yield o.excerpt
    for m in s.measures:
        if m.stem not in withheld:
            yield f"{m.text} {context.who(m.unit) if m.unit else ''}".strip()
    for u in s.upward:
        if u.stem not in withheld and u.text:
            yield u.text
