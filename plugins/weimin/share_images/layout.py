"""The positions of all texts on a share image, as boxes that tests can check before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.share_images.content import WIDTH, ImageContent
from weimin.share_images.fonts import Fonts
from weimin.share_images.lines import fit_lines, fit_one_line
from weimin.share_images.qr import Qr, qr_of

EDGE = 64  # empty pixels on both sides
ROOM = WIDTH - 2 * EDGE
_BAND = 40  # height of the strip with 演示数据
_HEAD = 56, 104  # top and bottom of the line with kind and place
_TITLE = 120, 336
_SHORT_SIZES = (80, 72, 66, 60)  # font sizes of a title in one line
_TITLE_SIZES = (66, 60, 54, 50, 46, 42, 38, 36, 34, 32)
_LEADING = 1.36
_OUTCOME = 388  # base line
_OUTCOME_SIZES = (32, 30, 28, 26, 24, 22, 20)
_STEPS = 430
_QR = 196  # maximum pixels of a side
_QR_LEAST = 3  # minimum pixels of a module
_FOOT = 578  # base line
_GAP = 40
_ABOVE, _BELOW = 0.9, 0.16  # extent of a character above and below its base line, relative to its size


class TextLine(msgspec.Struct, frozen=True):
    """A line of text: `x` and `base` of its base line, `size` in pixels, `ink` the name of its colour."""

    text: str
    x: float
    base: float
    size: int
    bold: bool
    ink: str
    width: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x, self.base - self.size * _ABOVE, self.x + self.width, self.base + self.size * _BELOW


class Rectangle(msgspec.Struct, frozen=True):
    """A rectangle of one colour, below the text."""

    box: tuple[float, float, float, float]
    ground: str


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """`code`: the QR code, its left and top, and the pixels of a module; None if there is no address to scan."""

    rectangles: tuple[Rectangle, ...]
    texts: tuple[TextLine, ...]
    code: tuple[Qr, int, int, int] | None = None


def layout(content: ImageContent, fonts: Fonts) -> Layout:
    """All texts and rectangles of the image, and its QR code."""
    code = _code(content)
    parts = [*_top(content, fonts), *_head(content, fonts), *_title(content, fonts), *_outcome(content, fonts)]
    right = code[1] - _GAP if code else WIDTH - EDGE
    parts += [*_steps(content, fonts, right), *_foot(content, fonts, right, printed=code is None)]
    return Layout(
        rectangles=tuple(p for p in parts if isinstance(p, Rectangle)),
        texts=tuple(p for p in parts if isinstance(p, TextLine)),
        code=code,
    )


def _code(content: ImageContent) -> tuple[Qr, int, int, int] | None:
    if not content.scan:
        return None
    try:
        code = qr_of(content.address)
    except ValueError:
        return None
    module = _QR // code.size
    if module < _QR_LEAST:
        return None
    side = module * code.size
    return code, WIDTH - EDGE - side + 4 * module, _STEPS - 14, module


def _text(fonts: Fonts, text: str, x: float, base: float, size: int, ink: str, *, bold: bool = False) -> TextLine:
    return TextLine(text, x, base, size, bold, ink, fonts.measure(bold, size)(text))


def _top(content: ImageContent, fonts: Fonts) -> Iterator[Rectangle | TextLine]:
    if not content.demo:
        yield Rectangle((0, 0, WIDTH, 12), "now")
        return
    yield Rectangle((0, 0, WIDTH, _BAND), "skipped-ground")
    words = "演示数据：地名、记录均为虚构"
    width = fonts.measure(True, 22)(words)
    yield _text(fonts, words, (WIDTH - width) / 2, 29, 22, "skipped", bold=True)


def _head(content: ImageContent, fonts: Fonts) -> Iterator[Rectangle | TextLine]:
    """The kind, the place, and the marks on the right."""
    top, bottom = _HEAD
    base = bottom - 14
    kind = _text(fonts, content.kind, EDGE + 18, base, 28, "paper", bold=True)
    right = EDGE + kind.width + 36
    yield Rectangle((EDGE, top, right, bottom), "now")
    yield kind
    left = float(WIDTH - EDGE)
    for mark in reversed(content.marks):
        words = _text(fonts, mark, 0, base, 26, "skipped", bold=True)
        left -= words.width + 32
        yield Rectangle((left, top, left + words.width + 32, bottom), "skipped-ground")
        yield msgspec.structs.replace(words, x=left + 16)
        left -= 14
    room = left - right - 20 - (20 if content.marks else 0)
    fitted_text = fit_one_line(content.place, lambda size: fonts.measure(False, size), (30, 28, 26, 24), room)
    yield _text(fonts, fitted_text.lines[0], right + 20, base, fitted_text.size, "soft")


def _title(content: ImageContent, fonts: Fonts) -> Iterator[TextLine]:
    """The title, vertically centred in its area."""
    top, bottom = _TITLE
    fitted_text = fit_one_line(content.title, lambda size: fonts.measure(True, size), _SHORT_SIZES, ROOM)
    if fitted_text.lines != (content.title,):
        fitted_text = fit_lines(
            content.title, lambda size: fonts.measure(True, size), _TITLE_SIZES, ROOM, bottom - top, _LEADING
        )
    step = fitted_text.size * _LEADING
    first = top + (bottom - top - step * len(fitted_text.lines)) / 2 + step / 2 + fitted_text.size * 0.37
    for n, line in enumerate(fitted_text.lines):
        yield _text(fonts, line, EDGE, round(first + n * step), fitted_text.size, "ink", bold=True)


def _outcome(content: ImageContent, fonts: Fonts) -> Iterator[TextLine]:
    fitted_text = fit_one_line(content.outcome, lambda size: fonts.measure(True, size), _OUTCOME_SIZES, ROOM)
    yield _text(fonts, fitted_text.lines[0], EDGE, _OUTCOME, fitted_text.size, content.tone, bold=True)


def _steps(content: ImageContent, fonts: Fonts, right: float) -> Iterator[Rectangle | TextLine]:
    """The five steps as sections of a bar: the colour of the state, the name, the state as text."""
    width = (right - EDGE - 4 * 14) / 5
    for n, step in enumerate(content.steps):
        x = EDGE + n * (width + 14)
        known = step.state in ("done", "now", "owed", "skipped")
        yield Rectangle((x, _STEPS, x + width, _STEPS + 8), step.state if known else "line")
        name = fit_one_line(step.name, lambda size: fonts.measure(False, size), (24, 23, 22, 20), width)
        yield _text(fonts, name.lines[0], x, _STEPS + 44, name.size, "ink" if known else "soft")
        label = fit_one_line(step.label, lambda size: fonts.measure(True, size), (23, 22, 20), width)
        yield _text(fonts, label.lines[0], x, _STEPS + 78, label.size, step.state if known else "soft", bold=True)


def _foot(content: ImageContent, fonts: Fonts, right: float, *, printed: bool) -> Iterator[Rectangle | TextLine]:
    """The day and the site; without a QR code also the printed address."""
    base = _FOOT - 6 if printed else _FOOT
    yield Rectangle((EDGE, base - 42, right, base - 41), "line")
    day = _text(fonts, content.day, EDGE, base, 24, "soft")
    yield day
    left = EDGE + day.width + 36
    site = fit_one_line(content.site, lambda size: fonts.measure(True, size), (24, 22, 20), right - left)
    yield _text(fonts, site.lines[0], left, base, site.size, "soft", bold=True)
    if printed:
        fitted_text = fit_one_line(content.address, lambda size: fonts.measure(False, size), (24, 22, 20), ROOM)
        yield _text(fonts, fitted_text.lines[0], EDGE, base + 36, fitted_text.size, "soft")
