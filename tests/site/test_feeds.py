"""Feeds as their readers read them: valid, never empty, with ids and days that stay, and nothing withheld."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import feedparser
import msgspec
import pytest
from lxml import etree
from made_records import CITY, FULL, SECRET, SILENT, TOWN, VILLAGE, WITHHELD
from made_register import AS_OF, dossier_views, pages_of, register_view, site_context_of

from weimin.site.calendar import calendar_pages, has_entries
from weimin.site.feeds import FEEDS, MOST, Entry, atom, entries_of, feed_page, feeds_with_entries

BASE = "https://example.org"


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    """Every feed of the made register by its address."""
    found = {f"/{p.path}": p.data for p in pages_of(base_url=BASE) if p.path.endswith(".atom") and p.data}
    assert len(found) > 3
    return found


def read(data: bytes) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def test_every_feed_is_atom_with_what_the_standard_asks_for(written):
    for address, data in written.items():
        feed = read(data)
        assert feed.feed.id.startswith("urn:uuid:")
        assert feed.feed.title
        assert feed.feed.author
        assert [link.href for link in feed.feed.links if link.rel == "self"] == [BASE + address]
        assert 0 < len(feed.entries) <= MOST
        for entry in feed.entries:
            assert entry.id.startswith("urn:uuid:")
            assert entry.title
            assert entry.summary
            assert entry.link.startswith(BASE)
            assert entry.updated <= AS_OF.isoformat() + "T"


def test_every_feed_holds_to_the_grammar_of_the_standard(written):
    """RELAX NG, by libxml2; and the grammar does refuse what RFC 4287 refuses."""
    grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
    for address, data in written.items():
        assert grammar.validate(etree.fromstring(data)), (address, grammar.error_log.last_error)
    good = written["/feeds/all.atom"].decode()
    for old, new in (
        ("updated>", "modified>"),
        ("+08:00<", "<"),
        ("<id>urn:uuid:", "<id>"),
        ('<link rel="alternate"', '<link alternate="alternate"'),
        ("<author>", "<author><name>x</name>"),
        ("<entry>", "<entry><title>x</title>"),
    ):
        bad = good.replace(old, new)
        assert bad != good, old
        assert not grammar.validate(etree.fromstring(bad.encode())), old


def test_ids_are_unique_and_newest_comes_first(written):
    assert len({read(data).feed.id for data in written.values()}) == len(written)
    for data in written.values():
        entries = read(data).entries
        assert len({e.id for e in entries}) == len(entries)
        assert [e.updated for e in entries] == sorted((e.updated for e in entries), reverse=True)


def test_ids_do_not_move_with_the_address_or_the_day(written):
    elsewhere = {f"/{p.path}": p.data for p in pages_of(base_url="https://elsewhere.example/weimin") if p.data}
    for address, data in written.items():
        there = read(elsewhere[address])
        assert [e.id for e in there.entries] == [e.id for e in read(data).entries]
        assert all(e.link.startswith("https://elsewhere.example/weimin/") for e in there.entries)


def test_every_entry_leads_to_a_page_that_is_there(written):
    paths = {f"{BASE}/{p.path.removesuffix('index.html')}" for p in pages_of(base_url=BASE)}
    links = {e.link.partition("#")[0] for data in written.values() for e in read(data).entries}
    assert len(links) > 5
    assert links <= paths


def test_the_day_is_that_of_the_record_or_of_its_correction(written):
    entries = {e.link: e for e in read(written["/feeds/all.atom"]).entries}
    outcome = entries[f"{BASE}/{FULL}/2026-03-10-outcome.html"]
    assert outcome.published == "2026-03-10T00:00:00+08:00"
    full = next(v.dossier for v in dossier_views() if v.dossier.id == FULL)
    corrected = full.of_kind("correction")[0].on.sort_day
    assert outcome.updated == f"{corrected.isoformat()}T00:00:00+08:00"
    assert "后来有更正" in outcome.summary


def test_results_are_outcomes_and_corrections_are_corrections(written):
    results = read(written["/feeds/results.atom"]).entries
    assert {e.title.partition("：")[0] for e in results} == {"协商成果"}
    assert {e.title.partition("：")[0] for e in read(written["/feeds/corrections.atom"]).entries} == {"更正"}
    assert any("决定不公布" in e.summary for e in results)


def test_a_platform_s_feed_holds_what_lies_below_it_and_a_silent_one_has_none(written):
    def links(code):
        return {e.link for e in read(written[f"/feeds/{code}.atom"]).entries}

    assert links(VILLAGE) < links(TOWN) == links(CITY)
    assert f"/feeds/{SILENT}.atom" not in written


def test_nothing_withheld_is_in_any_feed(written):
    assert [address for address, data in written.items() if SECRET in data.decode()] == []
    hidden = [e for e in read(written["/feeds/corrections.atom"]).entries if WITHHELD in e.link]
    assert len(hidden) == 1
    assert "原因" not in hidden[0].summary


def test_pages_name_the_feeds_that_are_there(written):
    names = feeds_with_entries(register_view(v.summary for v in dossier_views()))
    assert set(names) == set(FEEDS)
    assert {FEEDS[name].address for name in names if FEEDS[name].build is None} <= set(written)
    assert feeds_with_entries(register_view(())) == ()


def test_a_feed_keeps_the_newest_and_no_more():
    view = register_view(v.summary for v in dossier_views())
    first = date(2020, 1, 1)
    one = entries_of(dossier_views()[0], site_context_of(view))[0]
    made = [msgspec.structs.replace(one, ref=f"x/{n}", updated=first + timedelta(days=n)) for n in range(7 * MOST)]
    feed = feed_page("all", [*made[::2], *made[1::2]], site_context_of(view))
    assert feed.data is not None
    shown = [e.updated[:10] for e in read(feed.data).entries]
    assert shown == [e.updated.isoformat() for e in reversed(made[-MOST:])]


def test_markup_and_marks_in_a_title_stay_text():
    context = site_context_of(register_view(v.summary for v in dossier_views()))
    words = "<b>&amp;</b> “引号” ]]>"
    entry = Entry(
        ref="a",
        kind="topic",
        title=words,
        address="/a/",
        by="样例",
        platforms=(),
        on=None,
        updated=date(2026, 1, 1),
        text=words,
    )
    made = atom("all", [entry], context).decode()
    assert "<b>" not in made
    assert made.count("&lt;b&gt;&amp;amp;&lt;/b&gt;") == 2


def test_an_empty_calendar_is_not_written():
    view = register_view(())
    assert not has_entries(view)
    assert list(calendar_pages(view, site_context_of(view))) == []
