"""Runs of digits that a reader takes for one number, whatever characters separate them, and windows on them.

A run is as long as possible: `138 0000 0000 2026` is one run of 15 digits. Detectors examine its windows: substrings of a
length that suits them, which begin and end where a reader sees a beginning and an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from weimin.rules.privacy.glyphs import DIGIT, DIGIT_OF, GAP, X_SET, without_invisible

SHORTEST = 11
RUN = re.compile(rf"{DIGIT}(?:{GAP}{DIGIT}){{{SHORTEST - 1}}}(?:{GAP}{DIGIT})*(?:{GAP}[{X_SET}](?![A-Za-z]))?")

DATE = re.compile(r"(?<!\d)(?:19|20)\d\d([-.])(?:0?[1-9]|1[0-2])\1(?:[12]\d|3[01]|0?[1-9])(?!\d)")
_LONGEST_DATE = 10
_MASKED = "***"


class Window:
    """`length` consecutive digits of a run, beginning at digit `first`."""

    __slots__ = ("digits", "first", "last", "run")

    def __init__(self, run: Run, first: int, length: int) -> None:
        self.run = run
        self.first = first
        self.last = first + length - 1
        self.digits = run.digits[first : first + length]

    @property
    def start(self) -> int:
        return self.run.at[self.first]

    @property
    def end(self) -> int:
        return self.run.at[self.last] + 1

    @property
    def gaps(self) -> list[str]:
        """The characters between the digits, without invisible ones; "" where two digits are adjacent."""
        return self.run.gaps[self.first + 1 : self.last + 1]

    @property
    def groups(self) -> list[int]:
        """The lengths of the groups of adjacent digits: 3, 4, 4 for `138 0000 0000`."""
        lengths = [1]
        for gap in self.gaps:
            if gap:
                lengths.append(1)
            else:
                lengths[-1] += 1
        return lengths

    @property
    def touches_date(self) -> bool:
        """Whether a part of the window is a date: `13. 2026-03-02 5` is a list number, a day and a count."""
        run = self.run
        dates = DATE.finditer(
            run.text, max(run.start, self.start - _LONGEST_DATE), min(run.end, self.end + _LONGEST_DATE)
        )
        return any(self.start < date.end() and date.start() < self.end for date in dates)

    @property
    def is_broken_by_chance(self) -> bool:
        """Whether the end of one line and the beginning of the next merely happen to be digits.

        A number that is really broken over two lines has no other gap, and no mark connects it to digits beside it.
        """
        gaps = [gap for gap in self.gaps if gap]
        if not any("\n" in gap for gap in gaps):
            return False
        edges = (self.run.gaps[self.first] + "".join(self.run.gaps[self.last + 1 : self.last + 2])).strip()
        return len(gaps) > 1 or bool(gaps[0].strip(" \t\r\n>") or edges)

    @property
    def is_list_of_numbers(self) -> bool:
        """Whether the gaps separate several numbers: `13 150 200 300`, `138.50 150.20 1`, version 3.14159265-2.6-1."""
        gaps = {gap for gap in self.gaps if gap}
        if len(gaps) > 1 and not gaps.isdisjoint({".", "．"}):
            return True
        if not any(gap[-1] in " \t\u3000" and "\n" not in gap for gap in gaps):
            return False
        groups = self.groups
        return groups[0] < 3 <= max(groups)


class Run:
    """One run of a text. `digits`: as ASCII, with X for a final X; `at`: the position of each; `gaps`: the gap before each."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.at = [place for place in range(start, end) if text[place] in DIGIT_OF]
        self.digits = "".join([DIGIT_OF[text[place]] for place in self.at])
        if text[end - 1] not in DIGIT_OF:
            self.at.append(end - 1)
            self.digits += "X"

    @cached_property
    def gaps(self) -> list[str]:
        edges = zip(self.at, self.at[1:], strict=False)
        return [""] + [without_invisible(self.text[left + 1 : right]) for left, right in edges]

    @cached_property
    def _starts(self) -> list[int]:
        gaps = self.gaps
        return [0] + [place for place in range(1, len(self.digits)) if gaps[place]]

    def windows(self, *lengths: int) -> Iterator[Window]:
        """Every window of these lengths, from left to right, without those that contain a masked part (`138****1234`)."""
        total = len(self.digits)
        if self.end - self.start == total:
            if total in lengths:
                yield Window(self, 0, total)
            return
        gaps = self.gaps
        for first in self._starts:
            for length in lengths:
                after = first + length
                if after > total or (after < total and not gaps[after]):
                    continue
                if not any(_MASKED in gap for gap in gaps[first + 1 : after]):
                    yield Window(self, first, length)
