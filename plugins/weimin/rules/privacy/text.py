"""P101 to P103 and P105 to P107 in a text: front matter and prose."""

from __future__ import annotations

from bisect import bisect_right

from weimin.model.finding import Problem
from weimin.rules.privacy.detect import find_hits
from weimin.rules.privacy.hit import WORDING, Hit


def scan_text(path: str, text: str, first_line: int = 1) -> list[Problem]:
    """A problem for each piece of personal data in a text, placed at its first character, with the value masked.

    `first_line`: the line of the file on which `text` begins.
    """
    hits = find_hits(text)
    return place_hits(path, text, hits, first_line) if hits else []


def place_hits(path: str, text: str, hits: list[Hit], first_line: int = 1) -> list[Problem]:
    """The hits as problems, with line and column (1-based, in characters) of each."""
    breaks = [place for place, char in enumerate(text) if char == "\n"]
    problems = []
    for hit in hits:
        line = bisect_right(breaks, hit.start - 1) if hit.start else 0
        column = hit.start - (breaks[line - 1] + 1 if line else 0) + 1
        problems.append(
            Problem(
                code=hit.code,
                path=path,
                line=first_line + line,
                column=column,
                message=f"这里写有{WORDING[hit.code].noun}“{hit.masked[:40]}”，公开的记录不写个人信息",
                hint=WORDING[hit.code].fix.format(masked=hit.masked),
            )
        )
    return problems
