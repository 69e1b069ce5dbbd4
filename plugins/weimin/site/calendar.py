"""`/feeds/consulting.ics` (RFC 5545): consultations that were announced, and the days by which duties are due.

Whole days only: hours are not recorded. A time known to the month alone spans the month. DTSTAMP is the day of the
dossier's last record, never the clock's.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from weimin.model.page import Page
from weimin.model.period import parse_period
from weimin.model.summary import AnnouncementRow, Summary
from weimin.model.view import RegisterView
from weimin.site.page import data
from weimin.site.site_context import SiteContext
from weimin.wording.duties import parse_duty

MOST = 1000  # announcements, days to come and days past: the nearest of each
ADDRESS = "/feeds/consulting.ics"
_FOLD = 75  # octets of a line


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """From `first` to `last`, both included. `key` names it for ever."""

    key: str
    first: date
    last: date
    stamp: date
    summary: str
    text: str
    where: str
    address: str
    kind: str  # 协商预告 or 到期


def has_entries(view: RegisterView) -> bool:
    """Whether the calendar has an entry: an announcement to come or a duty with a day."""
    return any(True for _ in _ahead(view)) or view.ledger.sums("all").get("dated", 0) > 0


def calendar_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The calendar, where it has an entry."""
    if has_entries(view):
        yield data(ADDRESS, calendar(view, context))


def _ahead(view: RegisterView) -> Iterator[tuple[Summary, AnnouncementRow]]:
    """What is announced, from today on."""
    for line in view.ledger.soonest("coming", MOST, view.build.as_of.isoformat()):
        if line.summary is not None and (row := line.summary.announcements[int(line.key)]).day is not None:
            yield line.summary, row


def _entries(view: RegisterView, context: SiteContext) -> Iterator[Entry]:
    for s, c in _ahead(view):
        yield _coming(s, c, _stamp(s), context)
    today = view.build.as_of.isoformat()
    for line in (*view.ledger.newest("overdue", MOST), *view.ledger.soonest("duties", MOST, today)):
        if line.summary is not None and (d := line.summary.duties[int(line.key)]).due:
            s = line.summary
            words = (f"{s.title}：{parse_duty(d.message).fact}", d.owed_by, f"/{s.id}/#duties")
            yield _due(f"{s.id}/{d.code}/{d.path}/{d.message}", d.due, _stamp(s), words, context)
        elif (f := line.finding) is not None and f.due and f.owed_by:
            words = (parse_duty(f.message).fact, f.owed_by, f"/{f.owed_by}/#duties")
            yield _due(f"{f.owed_by}/{f.code}/{f.path}/{f.message}", f.due, f.due, words, context)


def _stamp(s: Summary) -> date:
    return s.last or date(int(s.id.partition("/")[2][:4]), 1, 1)


def _coming(s: Summary, c: AnnouncementRow, stamp: date, context: SiteContext) -> Entry:
    period = parse_period(c.when)
    last = period.last or stamp
    about, where, how = (w if w and w != "unpublished" else "" for w in (c.about, c.where, c.how))
    vague = "" if period.is_day else "具体哪一天还没有公布"
    parts = (about, f"地点：{where}" if where else "", f"怎么参加：{how}" if how else "", vague)
    return Entry(
        key=f"{s.id}/announces/{c.when}/{about}",
        first=period.first or last,
        last=last,
        stamp=stamp,
        summary=f"协商预告：{s.title}",
        text="；".join(w for w in (context.platform_name(s.platform), *parts) if w),
        where=where,
        address=f"/{s.id}/",
        kind="协商预告",
    )


def _due(key: str, due: date, stamp: date, words: tuple[str, str, str], context: SiteContext) -> Entry:
    message, owed_by, address = words
    return Entry(
        key=key,
        first=due,
        last=due,
        stamp=stamp,
        summary=f"到期：{message}",
        text=f"由{context.who(owed_by)}办理",
        where="",
        address=address,
        kind="到期",
    )


def calendar(view: RegisterView, context: SiteContext) -> bytes:
    """All entries in order of days."""
    found: dict[str, Entry] = {}
    for entry in _entries(view, context):
        found.setdefault(entry.key, entry)
    link = context.urls.absolute if context.urls.base else context.urls.to
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//weimin//consulting//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(view.site.title)}：协商预告和到期事项",
    ]
    if view.site.demo:
        lines.append("X-WR-CALDESC:演示数据：地名、记录均为虚构")
    for key, e in sorted(found.items(), key=lambda f: (f[1].first, f[0])):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:weimin:{key}')}",
            f"DTSTAMP:{e.stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{e.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{e.last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(e.summary)}",
            f"DESCRIPTION:{_text(e.text)}",
            f"CATEGORIES:{_text(e.kind)}",
            "TRANSP:TRANSPARENT",
        ]
        lines += [f"LOCATION:{_text(e.where)}"] if e.where else []
        lines += [f"URL:{link(e.address)}"] if context.urls.base else []
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _text(value: str) -> str:
    """A value of type TEXT."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, continued on the next with a space in front; no character is cut in two."""
    out, width = bytearray(), 0
    for character in line:
        octets = character.encode()
        if width + len(octets) > _FOLD:
            out += b"\r\n "
            width = 1
        out += octets
        width += len(octets)
    return bytes(out + b"\r\n")
