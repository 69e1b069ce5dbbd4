"""The calendar as calendar programs read it: what is coming, what is due, whole days, stable ids."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import msgspec
import pytest
from made_records import FULL
from made_register import dossier_views, register_view, site_context_of

from weimin.model.finding import Finding, Severity
from weimin.model.summary import AnnouncementRow
from weimin.model.view import RegisterView
from weimin.site.calendar import calendar

LONG = "一、二; 三\\四" * 30
COMING = (
    AnnouncementRow(when="2026-12-03", day=date(2026, 12, 3), about=LONG, where="村部，二楼", how="到场"),
    AnnouncementRow(when="2026-12", day=date(2026, 12, 31), about="路灯", where=None, how="unpublished"),
    AnnouncementRow(when="2026-11-01", day=date(2026, 11, 1), about="已经过去", where=None, how=None),
    AnnouncementRow(when="unpublished", day=None, about="没有日子", where=None, how=None),
)


def view_with(**changes: object) -> RegisterView:
    summaries = [
        msgspec.structs.replace(v.summary, announcements=COMING, **changes) if v.dossier.id == FULL else v.summary
        for v in dossier_views()
    ]
    late = Finding(
        code="W706",
        slug="platform-idle",
        severity=Severity.DUTY,
        path="content/x",
        line=1,
        column=1,
        message="全年没有开展协商",
        hint="",
        clause=None,
        dossier=None,
        owed_by="990101001",
        due=date(2026, 12, 31),
    )
    return register_view(summaries, {"990101001": (late,)})


@pytest.fixture(scope="module")
def written() -> bytes:
    view = view_with()
    return calendar(view, site_context_of(view))


@pytest.fixture(scope="module")
def events(written: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(written).walk("VEVENT"))


def test_what_is_coming_and_what_is_due_is_in_it(events):
    assert [(str(e["SUMMARY"]).partition("：")[0], e["DTSTART"].dt) for e in events] == [
        ("到期", date(2026, 11, 1)),
        ("协商预告", date(2026, 12, 1)),
        ("协商预告", date(2026, 12, 3)),
        ("到期", date(2026, 12, 31)),
    ]


def test_a_day_is_a_whole_day_and_a_month_is_the_month(events):
    lengths = [e["DTEND"].dt - e["DTSTART"].dt for e in events]
    assert lengths == [timedelta(days=n) for n in (1, 31, 1, 1)]
    assert "具体哪一天还没有公布" in events[1]["DESCRIPTION"]


def test_the_words_come_through_as_they_are(events):
    assert LONG in events[2]["DESCRIPTION"]
    assert str(events[2]["LOCATION"]) == "村部，二楼"


def test_nothing_is_wrong_with_it_and_ids_are_unique(written, events):
    assert icalendar.Calendar.from_ical(written).errors == []
    assert all(e.errors == [] for e in events)
    assert len({str(e["UID"]) for e in events}) == len(events)


def test_lines_are_folded_between_characters(written):
    lines = written.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]


def test_the_stamp_is_the_record_s_day_and_no_clock(events):
    last = next(v.summary.last for v in dossier_views() if v.dossier.id == FULL)
    assert {e["DTSTAMP"].dt.date() for e in events} == {last, date(2026, 12, 31)}


def test_a_matter_that_was_ended_is_no_longer_announced():
    view = view_with(ended="withdrawn")
    assert b"LOCATION" not in calendar(view, site_context_of(view))
