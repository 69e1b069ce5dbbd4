"""Which number counts, and what a township or village may set: shorter than above, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from make import CITY, COUNTY, TOWN, VILLAGE, make_platform, setting

from weimin.engine.register import given_parameters
from weimin.model.basis import Basis
from weimin.model.finding import Severity
from weimin.model.parameter import DEFAULTS, Parameters, shortens
from weimin.rules.run import apply_platform_rules

DAY = date(2026, 3, 10)


def at(*settings: Any, name: str = "report_days", platform: str = VILLAGE, on: date | None = DAY) -> tuple[Any, Basis]:
    found = Parameters(settings).at(name, platform, on)
    return found.value, found.basis


def test_an_issued_rule_of_the_county_goes_before_the_citys_and_both_before_this_sites_own():
    city, county = setting("report_days", 10), setting("report_days", 20, COUNTY)
    house, unissued = setting("report_days", 3, COUNTY, house=True), setting("report_days", 4, COUNTY, issued=False)
    assert at() == (DEFAULTS["report_days"], Basis.DEFAULT)
    assert at(house) == (3, Basis.DEFAULT)
    assert at(house, unissued) == (4, Basis.DEFAULT)
    assert at(house, unissued, city) == (10, Basis.RULE)
    assert at(house, unissued, city, county) == (20, Basis.RULE)


@pytest.mark.parametrize("code", [TOWN, VILLAGE])
@pytest.mark.parametrize(("own", "counts"), [(9, 9), (10, 10), (11, 10), (3660, 10)])
def test_below_the_county_a_number_is_only_shortened(code, own, counts):
    assert at(setting("report_days", 10), setting("report_days", own, code)) == (counts, Basis.RULE)


def test_a_village_shortens_what_its_township_left():
    city, town = setting("report_days", 10), setting("report_days", 6, TOWN)
    assert at(city, town, setting("report_days", 8, VILLAGE)) == (6, Basis.RULE)
    assert at(city, town, setting("report_days", 5, VILLAGE)) == (5, Basis.RULE)


def test_a_number_that_was_set_before_the_one_above_is_compared_with_that_one():
    """It has effect from the day of the one above, so it is not refused either."""
    own = setting("report_days", 3, VILLAGE, since=date(2026, 2, 1))
    above = setting("report_days", 5, COUNTY, since=date(2026, 3, 1))
    found = Parameters([own, above]).above(own)
    assert found is not None and found.value == 5
    assert Parameters([own]).above(own) is None
    assert at(own, above) == (3, Basis.RULE)
    assert at(own, above, on=date(2026, 2, 10)) == (7, Basis.DEFAULT)


@pytest.mark.parametrize("more", [{}, {"house": True}, {"issued": False}])
@pytest.mark.parametrize("name", ["report_days", "low_satisfaction", "topic_approval", "consultations_per_year"])
def test_a_village_absolves_itself_of_nothing(name, more):
    """With a file of its own of whatever sort, and nothing set above it."""
    lax = {"report_days": 3000, "low_satisfaction": 0, "topic_approval": "free", "consultations_per_year": 0}[name]
    strict = setting("topic_approval", "required", COUNTY, house=True)
    assert at(strict, setting(name, lax, VILLAGE, **more), name=name) == at(strict, name=name)


@pytest.mark.parametrize(
    ("since", "committed", "first"),
    [
        (None, None, date.min),
        (date(2026, 2, 1), None, date(2026, 2, 1)),
        (None, date(2026, 3, 1), date(2026, 3, 1)),
        (date(2026, 2, 1), date(2026, 3, 1), date(2026, 3, 1)),
        (date(2026, 4, 1), date(2026, 3, 1), date(2026, 4, 1)),
    ],
)
def test_a_rule_binds_from_the_later_of_two_days(since, committed, first):
    rule = setting("report_days", 10, since=since, committed=committed)
    assert at(rule, on=first) == (10, Basis.RULE)
    if first > date.min:
        assert at(rule, on=date.fromordinal(first.toordinal() - 1)) == (7, Basis.DEFAULT)


def test_this_sites_own_number_counts_from_its_own_day():
    own = setting("report_days", 3, house=True, since=date(2026, 2, 1), committed=date(2026, 3, 20))
    assert at(own) == (3, Basis.DEFAULT)


@pytest.mark.parametrize(
    ("name", "value", "above", "shorter"),
    [
        ("report_days", 6, 7, True),
        ("report_days", 7, 7, False),
        ("plan_due", "03-15", "03-31", True),
        ("plan_due", "04-01", "03-31", False),
        ("assessment_due", "02-01", "03-31", True),
        ("response_days.village", 6, 7, True),
        ("notice_days", 3, 7, False),
        ("low_satisfaction", 0.5, 0.8, False),
        ("consultations_per_year", 0, 1, False),
        ("topic_approval", "free", "required", False),
    ],
)
def test_what_is_shorter(name, value, above, shorter):
    assert shortens(name, value, above) is shorter


RULE = {"title": "村里的办法", "issued": "2026-01-05", "effective_from": "2026-01-10", "applies_to": ["village"]}


def problems(
    code: str, number: Any, *above: Any, name: str = "report_days", slug: str = "2026-own", heard: bool = True
):
    raw = RULE | {"parameters": [{"name": name, "value": number, "clause": "#1"}]}
    platform = make_platform(code, {f"rules/{slug}.md": raw}, row={"has_records": heard})
    own = given_parameters(platform.records.of_kind("rule"))
    platform = make_platform(
        code, {f"rules/{slug}.md": raw}, row={"has_records": heard}, settings=[*above, *own], issued=False
    )
    return [f for f in apply_platform_rules(platform).findings if f.code == "W131"]


def test_of_several_parameters_the_fix_deletes_one():
    lines = [{"name": name, "value": 99, "clause": "#1"} for name in ("report_days", "followup_days")]
    files = {"rules/2026-own.md": RULE | {"parameters": lines}}
    own = given_parameters(make_platform(VILLAGE, files).records.of_kind("rule"))
    findings = apply_platform_rules(make_platform(VILLAGE, files, settings=[*own], issued=False)).findings
    hints = {f.hint for f in findings if f.code == "W131"}
    assert hints == {"从 parameters 里删去这一项，正文照旧"}


@pytest.mark.parametrize("code", [TOWN, VILLAGE])
@pytest.mark.parametrize(
    ("number", "above", "name", "said"),
    [
        (15, (), "report_days", "上级没有印发过规则来定这个数"),
        (15, (10,), "report_days", "上级定的是 10，没有更短"),
        (10, (10,), "report_days", "上级定的是 10，没有更短"),
        (9, (10,), "report_days", ""),
        ({"village": 9}, (10,), "report_days", ""),
        ({"village": 11}, (10,), "report_days", "上级定的是 10，没有更短"),
        (3, (7,), "notice_days", "这一项不由乡镇、村居定"),
        (0.5, (0.8,), "low_satisfaction", "这一项不由乡镇、村居定"),
        (5, (), "not_a_parameter_of_ours", ""),
    ],
)
def test_number_not_shortened(code, number, above, name, said):
    found = problems(code, number, *(setting(name, n, COUNTY) for n in above), name=name)
    assert [f.severity for f in found] == [Severity.ERROR] * bool(said)
    assert all(said in f.message and f.pointer == "/parameters/0/name" for f in found)


def test_number_not_shortened_is_asked_of_platforms_without_other_records_and_of_no_city_or_county():
    assert problems(VILLAGE, 15, heard=False)
    assert not problems(COUNTY, 15) and not problems(CITY, 15)


@pytest.mark.parametrize(("number", "bad"), [(3, False), (30, True)])
def test_a_house_record_below_shortens_this_sites_own_numbers_too(number, bad):
    assert bool(problems(VILLAGE, number, slug="house")) is bad
    assert not problems(COUNTY, number, slug="house")


@pytest.mark.parametrize(("since", "bad"), [(date(2026, 1, 10), True), (date(2026, 1, 11), False)])
def test_a_rule_above_that_came_later_makes_no_error_of_one_that_stood(since, bad):
    """The county shortens to 8 days: the village's 9 of before were shorter than 10 on their day, but count no more."""
    old, new = (
        setting("report_days", 10, COUNTY, since=date(2025, 1, 1)),
        setting("report_days", 8, COUNTY, since=since),
    )
    assert bool(problems(VILLAGE, 9, old, new)) is bad
    assert at(old, new, setting("report_days", 9, VILLAGE)) == (8, Basis.RULE)


@pytest.mark.parametrize(
    ("name", "number", "above", "example", "fixed"),
    [
        ("report_days", 15, 10, "value: 9", 9),
        ("report_days", {"village": 15}, 10, "village: 9", {"village": 9}),
        ("plan_due", "04-30", "03-31", 'value: "03-30"', "03-30"),
        ("plan_due", "04-30", "03-01", 'value: "02-28"', "02-28"),
        ("plan_due", "04-30", "01-01", "", None),
        ("report_days", 15, 0, "", None),
        ("notice_days", 3, 7, "", None),
        ("report_days", 15, None, "", None),
    ],
)
def test_the_fix_is_to_shorten_or_to_delete(name, number, above, example, fixed):
    rules = () if above is None else (setting(name, above, COUNTY),)
    (found,) = problems(VILLAGE, number, *rules, name=name)
    delete = "删去 parameters 这一整段，正文照旧"  # an empty list is refused (S102)
    assert found.hint == (f"改成更短的，例如 {example}；不缩短的，{delete}" if example else delete)
    if fixed is not None:
        assert not problems(VILLAGE, fixed, *rules, name=name)
