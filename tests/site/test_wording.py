"""How dates, counts, clauses, parameters and references read."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.model.kinds import Approx
from weimin.wording.clauses import format_clause
from weimin.wording.counts import format_count, format_percent, format_yuan
from weimin.wording.dates import format_date, format_day, format_span, html_datetime
from weimin.wording.labels import labels_of
from weimin.wording.parameters import NAMES, format_parameter_value, parameter_name
from weimin.wording.references import format_ref


@pytest.mark.parametrize(
    ("written", "words", "machine"),
    [
        ("2026-03-02", "2026年3月2日", "2026-03-02"),
        ("2019-12", "2019年12月", "2019-12"),
        ("2026-Q1", "2026年第一季度", ""),
        ("2026-Q4", "2026年第四季度", ""),
        ("2020-H1", "2020年上半年", ""),
        ("2020-H2", "2020年下半年", ""),
        ("2026", "2026年", "2026"),
        ("by-2020-09-09", "不晚于2020年9月9日", ""),
        ("XXXX-12-31", "12月31日（年份未载）", ""),
        ("XXXX-12", "12月（年份未载）", ""),
        ("XXXX", "年份未载", ""),
    ],
)
def test_a_date_is_said_in_the_precision_known(written, words, machine):
    assert format_date(written) == words
    assert html_datetime(written) == machine


@pytest.mark.parametrize("written", ["", "2026-3-2", "2026-Q", "by-XXXX", "3月", "２０２６"])
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError) as refused:
        format_date(written)
    assert str(refused.value) == written


@pytest.mark.parametrize(
    ("on", "time", "until", "words"),
    [
        ("2026-03-02", "morning", None, "2026年3月2日上午"),
        ("2026-03-02", None, "2026-03-06", "2026年3月2日至3月6日"),
        ("2026-03-02", None, "2027-01-06", "2026年3月2日至2027年1月6日"),
        ("2026-03-02", "unpublished", "unpublished", "2026年3月2日"),
        ("2026-03", None, "2026", "2026年3月至2026年"),
    ],
)
def test_a_span_names_its_end(on, time, until, words):
    assert format_span(on, time, until) == words


def test_a_day_is_said_in_full():
    assert format_day(date(2026, 11, 2)) == "2026年11月2日"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (30, "30人"),
        (0, "0人"),
        (2.0, "2人"),
        (2.5, "2.5人"),
        (Approx(about=30), "约30人"),
        (Approx(about=30, as_="约"), "约30人"),
        (Approx(about=30, as_="近"), "近30人"),
        (Approx(about=30, as_="余"), "30余人"),
        (Approx(about=30, as_="多"), "30多人"),
        (Approx(about=30, as_="上下"), "30人上下"),
        ("unpublished", "未公布"),
        ("若干", "若干"),
    ],
)
def test_a_count_is_said_as_it_was_printed(value, words):
    assert format_count(value, "人") == words


@pytest.mark.parametrize(
    ("rate", "words"), [(1.0, "100%"), (60 / 65, "92.3%"), (0.8, "80%"), (0.0, "0%"), (0.9996, "100%")]
)
def test_a_rate_has_one_decimal_at_most(rate, words):
    assert format_percent(rate) == words


@pytest.mark.parametrize(
    ("anchor", "words"),
    [("3.3.4", "三（三）4"), ("2.1", "二1"), ("4", "四"), ("house", "house"), ("1.2.3.4", "1.2.3.4")],
)
def test_a_clause_is_cited_as_the_plan_numbers_it(anchor, words):
    assert format_clause(anchor) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (15, "15"),
        (0.8, "80%"),
        ("03-31", "3月31日"),
        ("free", "不要求审定"),
        ({"township": 2, "village": 1}, "乡镇级 2，村居级 1"),
    ],
)
def test_a_parameter_has_words(value, words):
    assert format_parameter_value(value) == words


def test_every_parameter_with_a_default_has_a_name():
    from weimin.model.parameter import DEFAULTS

    assert {name.partition(".")[0] for name in DEFAULTS} == set(NAMES)
    assert parameter_name("consultations_per_year.village") == "每年协商次数（村居级）"


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("2026-03-02-consultation", "2026年3月2日协商"),
        ("by-2020-09-09-consultation-2", "不晚于2020年9月9日协商（之2）"),
        ("2026-03-10-outcome#m1", "2026年3月10日成果（m1）"),
        ("990101/2026-001", "样例县2026-001号卷宗"),
        ("990101/2026-001/topic", "样例县2026-001号卷宗议题"),
        ("990101", "样例县"),
        ("990101/projects/2026#24", "样例县2026 清单（24）"),
        ("2026-99-99-consultation", "2026年99月99日协商"),
        ("不是引用", "不是引用"),
    ],
)
def test_a_reference_reads_as_what_it_names(ref, words):
    names = {"consultation": "协商", "outcome": "成果", "topic": "议题", "projects": "清单"}
    assert format_ref(ref, names, lambda code: "样例县") == words


def test_labels_come_from_the_schemas_through_lists_and_references():
    common = {"$defs": {"count": {"type": "integer", "x-unit": "人"}, "way": {"x-labels": {"a": "甲"}}}}
    schema = {
        "title": "样例",
        "properties": {
            "lines": {
                "title": "各条",
                "items": {
                    "title": "一条",
                    "properties": {"n": {"title": "人数", "$ref": "common.schema.json#/$defs/count"}},
                },
            },
            "way": {"anyOf": [{"$ref": "common.schema.json#/$defs/way"}, {"type": "string"}]},
        },
    }
    assert labels_of({"made": schema}, common) == {
        "made": "样例",
        "made.lines": "各条",
        "made.lines.n": "人数",
        "made.lines.n@unit": "人",
        "made.way.a": "甲",
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0元"),
        (9_999, "9999元"),
        (10_000, "1万元"),
        (46_000_000, "4600万元"),
        (123_456, "12.3456万元"),
        (100_000_000, "1亿元"),
        (123_456_789, "12345.6789万元"),
        (120_000_000, "1.2亿元"),
        (Approx(about=46_000_000, as_="余"), "4600余万元"),
        (Approx(about=12_345, as_="多"), "12345多元"),
        (Approx(about=300_000), "约30万元"),
        (Approx(about=20_000, as_="上下"), "2万元上下"),
        ("unpublished", "未公布"),
    ],
)
def test_money_is_printed_in_a_unit_that_can_be_read(value, words):
    assert format_yuan(value) == words


@given(st.integers(0, 10**12))
def test_money_is_exact(yuan: int):
    number, unit = re.fullmatch(r"([0-9.]+)(亿元|万元|元)", format_yuan(yuan)).groups()
    size = {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit]
    assert Decimal(number) * size == yuan
    assert len(number.partition(".")[2]) <= 4
