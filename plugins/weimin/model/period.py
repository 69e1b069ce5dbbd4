"""Dates of which only the month, quarter, half or year is known, as periods: a first and a last possible day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import msgspec

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_PART = re.compile(r"(\d{4})-([QH])([1-4])", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NO_YEAR = re.compile(r"XXXX(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Period(msgspec.Struct, frozen=True):
    """A date as precisely as it is known. `text`: as recorded.

    `first` None: the earliest possible day is not known (`by-…`, `XXXX`); `last` None: nor is the latest (`XXXX`).
    """

    text: str
    first: date | None
    last: date | None

    @property
    def year(self) -> int | None:
        """The year in whose figures it counts; None for a date without a known year."""
        return self.last.year if self.last else None

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last

    @property
    def sort_day(self) -> date:
        """The first possible day, or else the last, or else the first day of the calendar."""
        return self.first or self.last or date.min

    def certainly_before(self, other: Period) -> bool:
        """Whether every day of this period is before every day of the other."""
        return self.last is not None and other.first is not None and self.last < other.first

    def until(self, end: Period) -> Period:
        """The period from the first possible day of this one to the last of `end` (the field `until` of a record)."""
        return Period(f"{self.text}/{end.text}", self.first, end.last)


def _span(text: str, y: int, m1: int, m2: int) -> Period:
    return Period(text, date(y, m1, 1), date(y, m2, monthrange(y, m2)[1]))


def parse_period(text: str, *, in_name: bool = False) -> Period:
    """Parse the date of a field, or with `in_name` that of a file name, which may also be `by-DATE` or `XXXX…`.

    Raises ValueError for a text in none of the forms of docs/reference/records.md, and for days that do not exist (2026-02-30) or lie
    outside 1900 to 2200.
    """
    if in_name and text.startswith("by-"):
        day = parse_period(text[3:])
        if not day.is_day:
            raise ValueError(text)
        return Period(text, None, day.last)
    if m := _DAY.fullmatch(text):
        d = date(int(m[1]), int(m[2]), int(m[3]))
        out = Period(text, d, d)
    elif m := _MONTH.fullmatch(text):
        out = _span(text, int(m[1]), int(m[2]), int(m[2])) if 1 <= int(m[2]) <= 12 else _refuse(text)
    elif m := _PART.fullmatch(text):
        months = 3 if m[2] == "Q" else 6
        n = int(m[3])
        if n * months > 12:
            raise ValueError(text)
        out = _span(text, int(m[1]), (n - 1) * months + 1, n * months)
    elif _YEAR.fullmatch(text):
        out = _span(text, int(text), 1, 12) if text != "0000" else _refuse(text)
    elif in_name and (m := _NO_YEAR.fullmatch(text)):
        if m[1] and not 1 <= int(m[1]) <= 12:
            raise ValueError(text)
        if m[2]:
            date(2000, int(m[1]), int(m[2]))  # raises for no such day; 2000 was a leap year and has 02-29
        return Period(text, None, None)
    else:
        raise ValueError(text)
    if not 1900 <= out.first.year <= 2200:  # type: ignore[union-attr]
        raise ValueError(text)
    return out


def _refuse(text: str) -> Period:
    raise ValueError(text)
