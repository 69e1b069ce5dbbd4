"""On which pages a row stands, how sums go up the chain of platforms, and what is read back from them."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from made_rows import VILLAGE

from weimin.dossiers.compile import compile_platform_records
from weimin.model.kinds import Plan
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.place import place_of
from weimin.totals.durations import Durations
from weimin.totals.facets import STATES, THEMES, SectionRow, is_on, narrow_pages
from weimin.totals.months import planned_of
from weimin.totals.periods import durations, month_of, report_years, rolled_up


def item(at: str = "2026-03-31", state: str = "open") -> SectionRow:
    return SectionRow("k", at, at, state)


@pytest.mark.parametrize(
    ("at", "month", "year"),
    [
        ("2026-03-31", "2026-03", "2026"),
        ("2026-03-31-outcome", "2026-03", "2026"),
        ("2026-12", "2026-12", "2026"),
        ("2026-01", "2026-01", "2026"),
        ("2026-00", "", "2026"),
        ("2026-13", "", "2026"),
        ("2026-10", "2026-10", "2026"),
        ("2026-Q1", "", "2026"),
        ("2026-011", "", "2026"),
        ("2026", "", "2026"),
        ("XXXX-outcome", "", ""),
        ("by-2026-03-10", "", ""),
        ("", "", ""),
    ],
)
def test_month_and_year_of_a_row(at: str, month: str, year: str) -> None:
    assert (item(at).month, item(at).year) == (month, year)


@pytest.mark.parametrize(
    ("code", "places", "level"),
    [
        ("990100", [], "city"),
        ("990101", ["990101"], "county"),
        ("990101001", ["990101", "990101001"], "township"),
        (VILLAGE, ["990101", "990101001"], "village"),
        ("x", [], "unknown"),
    ],
)
def test_a_row_stands_on_the_pages_of_its_county_and_township(code: str, places: list[str], level: str) -> None:
    found = [kept.path.removeprefix("duties/") for kept in narrow_pages("duties", code, ("教育", "没有"), item())]
    assert found == ["2026-03", "2026", *places, f"level-{level}", "state-open", "theme-education"]


def test_each_page_is_named_by_the_wider_ones() -> None:
    found = {kept.path: kept.counted_on for kept in narrow_pages("results", VILLAGE, ("其他",), item(state="publish"))}
    assert found == {
        "results/2026-03": (("results", "2026-03"), ("results/2026", "2026-03")),
        "results/2026": (("results", "2026"),),
        "results/990101": (("results", "990101"),),
        "results/990101/2026": (("results/990101", "2026"), ("results/2026", "990101")),
        "results/990101001": (("results/990101", "990101001"),),
        "results/990101001/2026": (("results/990101001", "2026"), ("results/990101/2026", "990101001")),
        "results/level-village": (("results", "level-village"),),
        "results/state-publish": (("results", "state-publish"),),
        "results/theme-other": (("results", "theme-other"),),
    }
    undated = [kept.path for kept in narrow_pages("results", "990101", (), item("XXXX"))]
    assert undated == ["results/undated", "results/990101", "results/level-county", "results/state-open"]


@pytest.mark.parametrize(
    ("page", "at", "stays"),
    [
        ("results/undated", "2026", True),
        ("results/undated", "2026-03", False),
        ("results/state-open", "2026-03", True),
        ("results/state-publish", "2026-03", False),
        ("results/2026-03", "2026-03-01", True),
        ("results/2026-03", "2026-03-31", True),
        ("results/2026-03", "2026-02-28", False),
        ("results/2026-03", "2026-04-01", False),
        ("results/2026", "2026-01-01", True),
        ("results/2026", "2026-12-31", True),
        ("results/2026", "2025-12-31", False),
        ("results/990101/2026", "2027-01-01", False),
        ("results/990101", "2025-12-31", True),
        ("results/level-village", "2025", True),
        ("results/past", "2025", True),
    ],
)
def test_a_row_is_on_a_page_for_its_own_day_or_state(page: str, at: str, stays: bool) -> None:
    assert is_on(page, item(at)) is stays


def test_every_theme_and_state_has_an_address() -> None:
    addresses = [*THEMES.values(), *(state for states in STATES.values() for state in states)]
    assert all(re.fullmatch("[a-z]+", address) for address in addresses)
    assert len(set(THEMES.values())) == len(THEMES) == 14
    assert (THEMES["教育"], THEMES["公共安全"], THEMES["unpublished"]) == ("education", "safety", "unpublished")


@pytest.mark.parametrize(
    ("scope", "others"),
    [
        (f"platform:{VILLAGE}", ["platform:990101001", "platform:990101", "platform:990100"]),
        ("platform:990100", []),
        ("page:reports/2026/990101", ["page:reports/2026/990100", "page:reports/2026"]),
        ("page:reports/2026", []),
        ("page:reports/26/990101", []),
        ("all", []),
        ("page:bulletin/2026-03", []),
    ],
)
def test_sums_go_up_the_chain(scope: str, others: list[str]) -> None:
    found = rolled_up({(scope, "open"): 2, (scope, "overdue"): 1})
    assert found == {(at, name): n for at in (scope, *others) for name, n in (("open", 2), ("overdue", 1))}


def test_sums_of_two_platforms_meet_above_them() -> None:
    found = rolled_up({("platform:990101", "open"): 2, ("platform:990102", "open"): 3})
    assert found["platform:990100", "open"] == 5


def test_the_years_of_a_platform_are_the_newest_first_and_those_with_something() -> None:
    assert report_years({"report-2025": 1, "report-2026": 2, "report-2024": 0, "open": 3}) == ("2026", "2025")


def test_days_are_read_back_from_sums() -> None:
    sums = {"done:12": 2, "done:3": 1, "done:?": 4, "done:7": 0, "agreed:5": 1, "done": 9}
    assert durations(sums, "done") == Durations(days=(3, 12, 12), unknown=4)
    assert durations(sums, "answered") == Durations()


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-03", "2026-03"),
        ("2026-03-31", "2026-03"),
        ("2026-Q1", ""),
        ("2026", ""),
        ("XXXX-03", ""),
        ("2026-XX", ""),
        ("by-2026-03-10", ""),
        ("", ""),
    ],
)
def test_the_month_of_a_day(text: str, month: str) -> None:
    assert month_of(text) == month


def planned(files: dict[str, Any]) -> dict[str, int]:
    records = []
    for name, raw in files.items():
        place = place_of(f"content/network/990100/990101/{name}")
        assert isinstance(place, Place)
        records.append(Record(place=place, data=msgspec.convert(raw, Plan), raw=raw, body=""))
    return planned_of(compile_platform_records("990101", records, lambda kind, raw: (None, "")))


def test_what_is_planned_month_by_month() -> None:
    items = [
        {"subject": "路灯", "when": "2026-05"},
        {"subject": "停车", "when": "2026-05-31"},
        {"subject": "水渠", "when": "2026-Q2"},
        {"subject": "公厕"},
        {"subject": "广场", "when": "2027-01"},
        {"subject": "戏台", "when": "2026-06", "dropped": "不办"},
        {"subject": "桥", "when": "2026-12"},
    ]
    later = [{"subject": "路", "when": "2027-01-01"}]
    found = planned({"plans/2026.yml": {"items": items}, "plans/2027.yml": {"items": later}})
    assert found == {"2026-05": 2, "2026-12": 1, "2026-?": 3, "2027-01": 1}
    assert planned({"plans/2026.yml": {"items": []}}) == {}
