"""The parts of a chart, and how its labels are kept from overlapping.

Horizontal positions are in percent of the available width; vertical ones, and sizes of letters, in `em`. So a chart fits
a phone, a desktop and paper, while its letters have the size of the text around them: nothing is scaled.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from weimin.site.display_text import DisplayText
from weimin.wording.counts import format_percent

NARROW = 16.0
"""Width in em that is there at least: weimin.css holds letters at 5.2 % of the screen, also in the largest type."""
LINE = 1.4  # em that a line of words needs


class Box(msgspec.Struct, frozen=True):
    x: str
    y: str
    width: str
    height: str
    name: str


class Stroke(msgspec.Struct, frozen=True):
    x1: str
    y1: str
    x2: str
    y2: str
    name: str


class Word(msgspec.Struct, frozen=True):
    """`anchor`: which of start, middle and end of the text is at `x`; `dx` moves it by some em."""

    x: str
    y: str
    text: str
    anchor: str = "start"
    dx: str = "0"


class Key(msgspec.Struct, frozen=True):
    """The legend of a fill; `name` is that of the boxes."""

    name: str
    text: str


class ChartRow(msgspec.Struct, frozen=True):
    """A line of the table; `key` names the fill of its box, empty without one."""

    cells: tuple[DisplayText, ...]
    key: str = ""


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A chart and its table. `id` is unique in the page; `empty`: the text in place of a chart without data.

    `columns` are the heads of the table; the first cell of a row is its head; `unit`: of all
    its numbers, where they do not say it themselves. `claim`: where in the records it all is.
    """

    id: str
    kind: str
    title: str
    desc: str = ""
    height: str = "0"
    boxes: tuple[Box, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    words: tuple[Word, ...] = ()
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[ChartRow, ...] = ()
    unit: str = ""
    empty: str = ""
    claim: str = ""


def percent(share: float) -> str:
    """0.125 → 12.5%, of the width of the picture."""
    return f"{_short(share * 100)}%"


def em(value: float) -> str:
    return f"{_short(value)}em"


def _short(value: float) -> str:
    """Two decimals at most; a hundredth of a percent is less than a dot of any screen."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def width_of(text: str) -> float:
    """About how wide words are, in em: a Chinese character 1, a letter or digit 0.6."""
    return sum(1.0 if ord(c) > 0x2E7F else 0.6 for c in text)


def share_words(part: int, whole: int) -> str:
    """91.7%; a share that rounds to 0 or 100 % and is neither reads 不到0.1% or 超过99.9%."""
    if 0 < part < whole * 0.0005:
        return "不到0.1%"
    if whole * 0.9995 < part < whole:
        return "超过99.9%"
    return format_percent(part / whole)


def shown(*texts: str | int) -> tuple[DisplayText, ...]:
    return tuple(DisplayText(text=str(t)) for t in texts)


def apart(middles: Sequence[float], texts: Sequence[str], weights: Sequence[float]) -> frozenset[int]:
    """The numbers of the labels that fit in one line without touching, chosen by weight; never one without text.

    `middles` are shares of the width.
    """
    kept: list[tuple[float, float]] = []
    found = set()
    for n in sorted(range(len(texts)), key=lambda n: (-weights[n], n)):
        half = (width_of(texts[n]) + 0.3) / 2
        middle = min(max(middles[n] * NARROW, half), NARROW - half)
        left, right = middle - half, middle + half
        if texts[n] and all(right <= a or left >= b for a, b in kept):
            kept.append((left, right))
            found.add(n)
    return frozenset(found)


def beside(share: float, y: float, text: str) -> Word:
    """A word at a place of the width that does not run over either edge."""
    half = width_of(text) / 2 / NARROW
    if share < half:
        return Word("0", em(y), text)
    if share > 1 - half:
        return Word("100%", em(y), text, "end")
    return Word(percent(share), em(y), text, "middle")
