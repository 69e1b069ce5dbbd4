"""Figures as a plain text table."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from weimin.bench.process import ProcessUsage


def row(name: str, usage: ProcessUsage) -> tuple[str, ...]:
    """The row of one task; a dash for figures that are zero."""
    m = usage
    figures = (f"{m.wall:.2f}", f"{m.cpu:.2f}", f"{m.memory:.0f}", _or_dash(m.disk / 1e6, ".1f"))
    return (
        f"{name}（到时限停止）" if m.stopped else name,
        *figures,
        _or_dash(m.files, "d"),
        _or_dash(m.comparison_table / 1e6, ".1f"),
    )


def _or_dash(number: float, form: str) -> str:
    return format(number, form) if number else "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns aligned by their width in a terminal; the first to the left, figures to the right."""
    widths = [max(width(cells[i]) for cells in (head, *rows)) for i in range(len(head))]
    return "".join(_line(cells, widths) for cells in (head, *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell + " " * (w - width(cell)) if i == 0 else " " * (w - width(cell)) + cell
        for i, (cell, w) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip() + "\n"


def width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
