"""Line breaking of Chinese text, and the largest font size with which a title fits its area."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

Measure = Callable[[str], float]
"""The width of a text in pixels."""

NOT_FIRST = frozenset("，。、；：？！,.;:?!…—～·%‰℃°′″）】》〉」』〕｝”’)]}>＞々ー－-/／")
NOT_LAST = frozenset("（【《〈「『〔｛“‘([{<＜¥￥$#＃№第")
_WORDS = re.compile(r"[A-Za-z0-9À-ɏ](?:[A-Za-z0-9À-ɏ.,:/%+~_@&='’×-]*[A-Za-z0-9À-ɏ%+])?")
_NUMBER_END = re.compile(r"[0-9%+]\Z")
ELLIPSIS = "…"
_PAUSES = frozenset("，。、；：？！）》”… ")
_OPENINGS = frozenset("（《“【")
_PAUSE_WORTH = 0.25  # as much as two lines may differ: half of their mean


class FittedText(msgspec.Struct, frozen=True):
    """Lines with their font size; `size` in pixels."""

    size: int
    lines: tuple[str, ...]


def unbreakable_parts(text: str) -> list[str]:
    """The text in parts that are not broken: a word or number with its following sign, a character with its punctuation."""
    found: list[str] = []
    glue = False
    for part in _parts(text):
        if found and (glue or part[0] in NOT_FIRST or part[0] == " "):
            found[-1] += part
        else:
            found.append(part)
        glue = part[-1] in NOT_LAST or bool(_NUMBER_END.search(part))
    return found


def _parts(text: str) -> list[str]:
    parts, at = [], 0
    while at < len(text):
        word = _WORDS.match(text, at)
        end = word.end() if word else at + 1
        parts.append(text[at:end])
        at = end
    return parts


def wrap(text: str, max_width: float, measure: Measure) -> list[str]:
    """Lines no wider than `max_width`, each filled as far as possible; a part that is too wide is cut at the limit."""
    lines: list[str] = []
    line = ""
    for piece in unbreakable_parts(text):
        if line and measure((line + piece).rstrip()) > max_width:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while measure(line.rstrip()) > max_width and len(line) > 1:
            cut = _cut(line, max_width, measure)
            lines.append(line[:cut].rstrip())
            line = line[cut:].lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _cut(text: str, max_width: float, measure: Measure) -> int:
    """How many characters fit, at least one; a line does not begin with a character that must not be first."""
    limit = 1
    while limit < len(text) and measure(text[: limit + 1]) <= max_width:
        limit += 1
    cut = limit
    while cut > 1 and (text[cut] in NOT_FIRST or text[cut - 1] in NOT_LAST):
        cut -= 1
    return cut if cut > 1 else limit


def fit_lines(
    text: str, measure: Callable[[int], Measure], sizes: Sequence[int], max_width: float, height: float, leading: float
) -> FittedText:
    """The first of the sizes (descending) with which the text fits width and `height`, in lines of similar length.

    `leading`: line distance relative to the size. With the last size, text that does not fit is cut and marked with “…”.
    """
    for size in sizes:
        lines = wrap(text, max_width, measure(size))
        if len(lines) * size * leading <= height:
            return FittedText(size, tuple(_balanced(text, max_width, measure(size), lines)))
    limit = max(1, int(height // (sizes[-1] * leading)))
    shown = lines[:limit]
    shown[-1] = shorten(shown[-1] + ELLIPSIS, max_width, measure(sizes[-1]))
    return FittedText(sizes[-1], tuple(shown))


def _balanced(text: str, max_width: float, measure: Measure, lines: list[str]) -> list[str]:
    """The same number of lines, of similar length, preferably ending at a pause of the sentence.

    The cost of a line is the square of its distance from the mean width; a pause at its end reduces the cost.
    """
    parts = unbreakable_parts(text)
    widths = [measure(part) for part in parts]
    if len(lines) < 2 or max(widths) > max_width:
        return lines
    mean = sum(widths) / len(lines)
    ends: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for left in reversed(range(len(lines))):
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in ends.items():
            for end, width in _lines_from(widths, start, max_width):
                pause = end < len(parts) and (parts[end - 1][-1] in _PAUSES or parts[end][0] in _OPENINGS)
                total = cost + ((mean - width) / mean) ** 2 - (_PAUSE_WORTH if pause else 0)
                complete = end == len(parts)
                if complete == (left == 0) and (end not in longer or total < longer[end][0]):
                    longer[end] = total, (*cuts, end)
        ends = longer
    if len(parts) not in ends:
        return lines
    cuts = ends[len(parts)][1]
    return ["".join(parts[a:b]).strip() for a, b in zip((0, *cuts), cuts, strict=False)]


def _lines_from(widths: list[float], start: int, max_width: float) -> Iterator[tuple[int, float]]:
    """(end, width) of every line that begins with part `start` and fits the width."""
    width = 0.0
    for end in range(start, len(widths)):
        width += widths[end]
        if width > max_width:
            return
        yield end + 1, width


def shorten(text: str, max_width: float, measure: Measure) -> str:
    """One line within the width; text that does not fit is cut and marked with “…”."""
    if measure(text) <= max_width:
        return text
    shown = text.removesuffix(ELLIPSIS)
    while shown and measure(shown + ELLIPSIS) > max_width:
        shown = shown[:-1]
    return shown.rstrip() + ELLIPSIS


def fit_one_line(text: str, measure: Callable[[int], Measure], sizes: Sequence[int], max_width: float) -> FittedText:
    """The first of the sizes (descending) with which the text fits one line; with the last size it is shortened."""
    size = next((s for s in sizes if measure(s)(text) <= max_width), sizes[-1])
    return FittedText(size, (shorten(text, max_width, measure(size)),))
