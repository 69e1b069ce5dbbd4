"""Rows of figures as a plain text table."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns aligned by the width that a terminal gives them; the first to the left, figures to the right."""
    widths = [max(width(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return "".join(_line(row, widths) for row in (head, *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell + " " * (w - width(cell)) if i == 0 else " " * (w - width(cell)) + cell
        for i, (cell, w) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip() + "\n"


def width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
