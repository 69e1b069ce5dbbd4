"""Dates in Chinese, in the precision in which they are known."""

from __future__ import annotations

import re
from datetime import date

_QUARTERS = "一二三四"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_PART = re.compile(r"(\d{4})-([QH])([1-4])", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NO_YEAR = re.compile(r"XXXX(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_TIMES = {"morning": "上午", "afternoon": "下午", "evening": "晚上"}


def format_day(day: date) -> str:
    """2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def format_date(text: str) -> str:
    """A date of docs/reference/records.md: 2019年12月, 2020年上半年, 不晚于2020年9月9日, 12月31日（年份未载）.

    Raises ValueError for a text that has none of its forms.
    """
    if m := _DAY.fullmatch(text):
        return f"{m[1]}年{int(m[2])}月{int(m[3])}日"
    if m := _MONTH.fullmatch(text):
        return f"{m[1]}年{int(m[2])}月"
    if m := _PART.fullmatch(text):
        if m[2] == "Q":
            return f"{m[1]}年第{_QUARTERS[int(m[3]) - 1]}季度"
        return f"{m[1]}年{'上' if m[3] == '1' else '下'}半年"
    if _YEAR.fullmatch(text):
        return f"{text}年"
    if text.startswith("by-") and _DAY.fullmatch(text[3:]):
        return f"不晚于{format_date(text[3:])}"
    if m := _NO_YEAR.fullmatch(text):
        known = (f"{int(m[1])}月" if m[1] else "") + (f"{int(m[2])}日" if m[2] else "")
        return f"{known}（年份未载）" if known else "年份未载"
    raise ValueError(text)


def format_span(text: str, time: str | None = None, until: str | None = None) -> str:
    """A date with half-day and last day, if they are known: 2026年3月2日上午; 2026年3月2日至3月6日."""
    words = format_date(text) + _TIMES.get(time or "", "")
    if not until or until == "unpublished":
        return words
    end = format_date(until)
    year = f"{text[:4]}年"
    return f"{words}至{end.removeprefix(year) if len(until) > 4 and words.startswith(year) else end}"


def html_datetime(text: str) -> str:
    """The value for `<time datetime>`: a year, month or day; empty for periods that HTML has no form for."""
    return text if _DAY.fullmatch(text) or _MONTH.fullmatch(text) or _YEAR.fullmatch(text) else ""
