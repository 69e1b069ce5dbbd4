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
from weimin.site.shown import Shown

_BAR = 1.5  # em
HEIGHT = em(LINE + _BAR)
HATCHED = frozenset({"k2", "k3", "k5"})
"""Fillings that are told by their strokes, so that they differ without colour."""


class Part(msgspec.Struct, frozen=True):
    """One answer and how often it was given; `shown` is the number with the place that it comes from."""

    label: str
    count: int
    shown: Shown


def tally(parts: Sequence[Part], *, title: str, id: str, unit: str = "票") -> Chart:
    """The parts in the order given, the first the best; those without any are in the table alone.

    Raises ValueError for more than five parts or a count below 0.
    """
    if len(parts) > 5 or any(p.count < 0 for p in parts):
        raise ValueError(parts)
    total = sum(p.count for p in parts)
    if not total:
        return Chart(id=id, kind="tally", title=title, empty=f"没有一{unit}。")
    starts = [sum(p.count for p in parts[:n]) / total for n in range(len(parts))]
    ends = [*starts[1:], 1.0]
    keys = [f"k{n + 1}" for n in range(len(parts))]
    drawn = [n for n, p in enumerate(parts) if p.count]
    return Chart(
        id=id,
        kind="tally",
        title=title,
        desc=f"共{total}{unit}：" + "，".join(f"{p.label}{p.count}{unit}" for p in parts) + "。",
        height=HEIGHT,
        boxes=tuple(Box(percent(starts[n]), em(LINE), percent(ends[n] - starts[n]), em(_BAR), keys[n]) for n in drawn),
        strokes=tuple(
            Stroke(percent(starts[n]), em(LINE + _BAR / 2), percent(ends[n]), em(LINE + _BAR / 2), keys[n])
            for n in drawn
            if keys[n] in HATCHED
        ),
        words=tuple(_words(parts, starts, ends)),
        columns=("意见", "票数", "所占比例"),
        rows=tuple(
            ChartRow((Shown(text=p.label), p.shown, Shown(text=share_words(p.count, total))), keys[n])
            for n, p in enumerate(parts)
        ),
    )


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
