"""Suggestions for dates, numbers, codes and counts in another form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.model.period import parse_period
from weimin.records.suggest import (
    calendar_error,
    suggest_code,
    suggest_count,
    suggest_date,
    suggest_doc_no,
    suggest_url,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019.11.20", "2019-11-20"),
        ("2019/11/20", "2019-11-20"),
        ("2019年11月20日", "2019-11-20"),
        ("2019 年 11 月 20 日", "2019-11-20"),
        ("２０１９－１１－２０", "2019-11-20"),
        ("2019-1-5", "2019-01-05"),
        ("20191120", "2019-11-20"),
        ("2026-03-01 10:00", "2026-03-01"),
        ("2019年11月", "2019-11"),
        ("2019.11", "2019-11"),
        ("201911", "2019-11"),
        ("2019年", "2019"),
        ("2026年一季度", "2026-Q1"),
        ("2026年第3季度", "2026-Q3"),
        ("2026q2", "2026-Q2"),
        ("2026年上半年", "2026-H1"),
        ("2026年下半年", "2026-H2"),
        ("2026-02-30", ""),
        ("2026-13", ""),
        ("11月20日", ""),
        ("年底", ""),
    ],
)
def test_date(written: str, expected: str) -> None:
    assert suggest_date(written) == expected


@given(st.text("0123456789年月日.-/ QH季度上下半一", max_size=12))
def test_a_date_that_is_offered_is_a_date(text: str) -> None:
    expected = suggest_date(text)
    assert not expected or parse_period(expected).text == expected


def test_a_day_that_the_calendar_does_not_have() -> None:
    assert calendar_error("2026-02-30") == "2026 年 2 月只有 28 天"
    assert calendar_error("2024.4.31") == "2024 年 4 月只有 30 天"
    assert calendar_error("2026-03-01") == ""
    assert calendar_error("2026-13-01") == ""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("样政办发[2019]1号", "样政办发〔2019〕1号"),
        ("样政办发【2019】第10号", "样政办发〔2019〕10号"),
        ("样政办发（2019）01号", "样政办发〔2019〕1号"),
        ("样政办发〔２０１９〕１号", "样政办发〔2019〕1号"),
        ("样政办发 [2019] 1 号", "样政办发〔2019〕1号"),
        ("样政办发2019年1号", ""),
    ],
)
def test_document_number(written: str, expected: str) -> None:
    assert suggest_doc_no(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("30", "30"),
        ("30人", "30"),
        ("约30", "{about: 30, as: 约}"),
        ("近30人", "{about: 30, as: 近}"),
        ("30余人", "{about: 30, as: 余}"),
        ("30多名", "{about: 30, as: 多}"),
        ("30人左右", "{about: 30, as: 上下}"),
        ("３０人", "30"),
        ("若干", ""),
    ],
)
def test_count(written: str, expected: str) -> None:
    assert suggest_count(written) == expected


def test_code_and_address() -> None:
    assert suggest_code("９９０１０１ 001") == "990101001"
    assert suggest_code("9901") == ""
    assert suggest_url("example.org/a") == "https://example.org/a"
    assert suggest_url("ftp://example.org") == ""
