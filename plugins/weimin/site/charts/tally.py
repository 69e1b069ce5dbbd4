"""Ballots as one bar, part by part, each with its own filling and its number."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from weimin.site.charts.drawing import (
    LINE,
    NARROW,
    Box,
    Chart,
    ChartRow,
    Stroke,
    Word,
    apart,
    beside,
    em,
    percent,
    share_words,
    width_of,
)
from weimin.site.display_text import DisplayText

_BAR = 1.5  # em
HEIGHT = em(LINE + _BAR)
HATCHED = frozenset({"k2", "k3", "k5"})
"""Fills with strokes, so that they differ without colour."""


class Part(msgspec.Struct, frozen=True):
    """One answer and how often it was given; `shown` is the number with its claim."""

    label: str
    count: int
    shown: DisplayText


def tally(parts: Sequence[Part], *, title: str, id: str, unit: str = "票", claim: str = "") -> Chart:
    """The parts in the order given, the first the best; those without any are in the table alone.

    Raises ValueError for more than five parts or a count below 0.
    """
    if len(parts) > 5 or any(p.count < 0 for p in parts):
        raise ValueError(parts)
    total = sum(p.count for p in parts)
    table = Chart(
        id=id,
        kind="tally",
        title=title,
        columns=("意见", "票数", "所占比例"),
        rows=tuple(_row(p, f"k{n + 1}", total) for n, p in enumerate(parts)),
        claim=claim,
    )
    if not total:
        return msgspec.structs.replace(table, empty=f"没有一{unit}。")
    starts = [sum(p.count for p in parts[:n]) / total for n in range(len(parts))]
    ends = [*starts[1:], 1.0]
    drawn = [(n, f"k{n + 1}") for n, p in enumerate(parts) if p.count]
    middle = em(LINE + _BAR / 2)
    return msgspec.structs.replace(
        table,
        desc=f"共{total}{unit}：" + "，".join(f"{p.label}{p.count}{unit}" for p in parts) + "。",
        height=HEIGHT,
        boxes=tuple(Box(percent(starts[n]), em(LINE), percent(ends[n] - starts[n]), em(_BAR), k) for n, k in drawn),
        strokes=tuple(
            Stroke(percent(starts[n]), middle, percent(ends[n]), middle, k) for n, k in drawn if k in HATCHED
        ),
        words=tuple(_words(parts, starts, ends)),
    )


def _row(part: Part, key: str, total: int) -> ChartRow:
    share = share_words(part.count, total) if total else "无"
    return ChartRow((DisplayText(text=part.label), part.shown, DisplayText(text=share)), key)


def _words(parts: Sequence[Part], starts: Sequence[float], ends: Sequence[float]) -> list[Word]:
    """Above each part its name and number where the part is as wide as they are, else the number if it finds room."""
    middles = [(a + b) / 2 for a, b in zip(starts, ends, strict=True)]
    texts = [_text(p, b - a) for p, a, b in zip(parts, starts, ends, strict=True)]
    return [beside(middles[n], 1.0, texts[n]) for n in sorted(apart(middles, texts, [p.count for p in parts]))]


def _text(part: Part, share: float) -> str:
    if not part.count:
        return ""
    full = f"{part.label}{part.count}"
    return full if width_of(full) < share * NARROW else str(part.count)
