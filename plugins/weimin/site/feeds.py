"""Atom feeds (RFC 4287): all records, outcomes, corrections, and one for each platform; and the table of feeds.

An entry is a record of a dossier. Its id comes from its reference, so it outlives a change of address; `updated` is the
day of the record, or of its last correction. No clock is read, and a feed without an entry is not written.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import msgspec

from weimin.dossiers.disclosure import change_hidden, correction_hidden, is_withheld
from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Consultation, Correction
from weimin.model.page import Page
from weimin.model.summary import EvaluationRow, Summary
from weimin.model.view import DossierView, RegisterView
from weimin.site.calendar import ADDRESS as CALENDAR
from weimin.site.calendar import calendar_pages, has_entries
from weimin.site.feed import Feed
from weimin.site.page import data
from weimin.site.site_context import SiteContext
from weimin.wording.counts import format_percent, format_reported
from weimin.wording.dates import format_date

MOST = 50  # entries of a feed: what a reader that comes once a month expects to find
ATOM = "http://www.w3.org/2005/Atom"
OWN_PAGE = ("consultation", "outcome", "evaluation")


def _counted(name: str) -> Callable[[RegisterView], bool]:
    """A condition: the sum `name` of the whole network is positive."""
    return lambda view: view.ledger.sums("all").get(name, 0) > 0


FEEDS: dict[str, Feed] = {
    "all": Feed("全部动态", "/feeds/all.atom", _counted("dossiers")),
    "results": Feed("成果公布", "/feeds/results.atom", _counted("outcomes"), page="/results/", kinds=("outcome",)),
    "corrections": Feed("更正", "/feeds/corrections.atom", _counted("correcting"), kinds=("correction",)),
    "calendar": Feed("日历", CALENDAR, has_entries, build=calendar_pages, reads=("day",)),
}
"""Name → feed, the one place that says which feeds of the whole network there are; each platform has one in addition."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry: one record. `on`: its day, None where the year is unknown; `platforms`: codes of those whose feeds have it."""

    ref: str
    kind: str
    title: str
    address: str
    by: str
    platforms: tuple[str, ...]
    on: date | None
    updated: date
    text: str
    themes: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[date, str]:
        return self.updated, self.ref


def urn(name: str) -> str:
    """A permanent id of a thing with a name of its own."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:weimin:{name}").urn


def feeds_with_entries(view: RegisterView) -> tuple[str, ...]:
    """Names of the feeds that have an entry, known before any of them is made."""
    return tuple(name for name, feed in FEEDS.items() if feed.has_entries(view))


def entries_of(view: DossierView, context: SiteContext) -> tuple[Entry, ...]:
    """An entry for each record of a dossier."""
    dossier, summary = view.dossier, view.summary
    joint = {code for _, c in dossier.consultations if isinstance(c, Consultation) for code in _codes(c)}
    platforms = {row.code for row in context.network.chain(dossier.platform)} | {dossier.platform} | joint
    otherwise = summary.last or date(dossier.year, 1, 1)
    return tuple(_entry(dossier, summary, e, tuple(sorted(platforms)), otherwise, context) for e in dossier.events)


def _codes(c: Consultation) -> tuple[str, ...]:
    return c.joint if isinstance(c.joint, tuple) else ()


def _entry(
    dossier: Dossier, summary: Summary, event: Event, platforms: tuple[str, ...], otherwise: date, context: SiteContext
) -> Entry:
    on = event.on.sort_day if event.on and event.on.last else None
    days = [on or otherwise, *(a.on.sort_day for a in event.changes if a.on.last)]
    own = event.kind in OWN_PAGE
    return Entry(
        ref=f"{dossier.id}/{event.stem}",
        kind=event.kind,
        title=f"{context.kind_names[event.kind]}：{dossier.title}",
        address=f"/{dossier.id}/{event.stem}.html" if own else f"/{dossier.id}/#{event.stem}",
        by=context.platform_name(dossier.platform),
        platforms=platforms,
        on=on,
        updated=max(days),
        text="。".join(w.rstrip("。") for w in _words(dossier, summary, event, context) if w) + "。",
        themes=summary.themes,
    )


def _words(dossier: Dossier, summary: Summary, event: Event, context: SiteContext) -> Iterator[str]:
    """Platform, day and a short text; of a withheld record only that it is withheld."""
    yield context.platform_name(dossier.platform)
    yield format_date(event.on.text) if event.on else ""
    yield "据公开报道整理" if event.compiled else ""
    if is_withheld(event):
        yield "决定不公布"
        return
    for outcome in summary.outcomes:
        if outcome.stem == event.stem:
            yield context.label("outcome", "consensus", outcome.consensus) if outcome.consensus else ""
            yield outcome.excerpt
    for evaluation in summary.evaluations:
        if evaluation.stem == event.stem:
            yield _rate_words(evaluation)
    if isinstance(event.data, Correction):
        yield "" if correction_hidden(dossier, event) else f"更正的原因：{event.data.reason}"
    elif any(not change_hidden(dossier, a) for a in event.changes):
        yield "这份记录后来有更正"


def _rate_words(e: EvaluationRow) -> str:
    if e.rate is not None:
        return f"满意率{format_percent(e.rate)}，有效票{e.valid}张"
    return f"{format_reported(e.reported)}，票数未公布" if e.reported is not None else ""


def feeds_of(entry: Entry) -> tuple[str, ...]:
    """Names of the Atom feeds that take an entry: those of its kind, and those of its platforms by their codes."""
    network = (n for n, f in FEEDS.items() if f.build is None and (not f.kinds or entry.kind in f.kinds))
    return (*network, *entry.platforms)


def feed_page(name: str, entries: Iterable[Entry], context: SiteContext) -> Page:
    """A feed of the newest of some entries, among which all that belong there must be."""
    own = [e for e in entries if name in feeds_of(e)]
    return data(_address_of(name), atom(name, _newest(own), context))


def _newest(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda e: e.order, reverse=True)[:MOST]


def atom(name: str, entries: list[Entry], context: SiteContext) -> bytes:
    """One feed. Addresses are absolute where base_url is set, else from the root of the host that serves the feed."""
    site, zone = context.site, ZoneInfo(context.site.timezone)
    link = context.urls.absolute if context.urls.base else context.urls.to
    feed = FEEDS.get(name)
    what = feed.title if feed else f"{context.platform_name(name)}及下级平台"
    network = next(iter(context.network.rows), "")
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    _add(root, "id", urn(f"{network}/feeds/{name}"))
    _add(root, "title", f"{site.title}：{what}")
    if site.demo:
        _add(root, "subtitle", "演示数据：地名、记录均为虚构")
    _add(root, "updated", _stamp(entries[0].updated, zone))
    _add(root, "link", rel="self", type="application/atom+xml", href=link(_address_of(name)))
    _add(root, "link", rel="alternate", type="text/html", href=link(feed.page if feed else f"/{name}/"))
    _add(_add(root, "author"), "name", site.operator or site.title)
    for entry in entries:
        _entry_element(root, entry, link(entry.address), zone)
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _entry_element(feed: ElementTree.Element, entry: Entry, href: str, zone: ZoneInfo) -> None:
    item = _add(feed, "entry")
    _add(item, "id", urn(entry.ref))
    _add(item, "title", entry.title)
    _add(item, "link", rel="alternate", type="text/html", href=href)
    if entry.on:
        _add(item, "published", _stamp(entry.on, zone))
    _add(item, "updated", _stamp(entry.updated, zone))
    _add(_add(item, "author"), "name", entry.by)
    for theme in entry.themes:
        _add(item, "category", term=theme)
    _add(item, "summary", entry.text, type="text")


def _address_of(name: str) -> str:
    """Of a feed of the table, or of the platform with this code."""
    return FEEDS[name].address if name in FEEDS else f"/feeds/{name}.atom"


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def _stamp(day: date, zone: ZoneInfo) -> str:
    """The beginning of a day where the site is: the hour is not recorded."""
    return datetime.combine(day, time(), zone).isoformat()
