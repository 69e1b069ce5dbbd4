"""Draws a share image: the same content, fonts and version of Pillow give the same bytes."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from weimin.share_images.content import HEIGHT, WIDTH, ImageContent
from weimin.share_images.fonts import Fonts
from weimin.share_images.layout import Layout, layout

Colour = tuple[int, int, int]

COLOURS = {
    "paper": "#ffffff",
    "ink": "#16191d",
    "soft": "#4f5762",
    "line": "#d3d8df",
    "done": "#1c6336",
    "now": "#174a8b",
    "owed": "#9c241b",
    "skipped": "#624f00",
    "skipped-ground": "#f8f1d8",
}
"""The colours of the light theme (theme/static/css/weimin.css)."""

_SHADES = 8  # between text colour and background, for anti-aliased edges
_PAIRS = (*(("paper", ink) for ink in ("ink", "soft", "done", "now", "owed", "skipped")), ("skipped-ground", "skipped"))
_LEVEL = 6  # of compression; 9 takes eight times as long and saves a tenth


def draw_image(content: ImageContent, fonts: Fonts) -> bytes:
    """A PNG of 1200 × 630 pixels with a palette."""
    image = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["paper"])
    _draw_layout(ImageDraw.Draw(image), layout(content, fonts), fonts)
    out = BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", compress_level=_LEVEL)
    return out.getvalue()


def _draw_layout(canvas: ImageDraw.ImageDraw, placed: Layout, fonts: Fonts) -> None:
    for block in placed.rectangles:
        left, top, right, bottom = block.box
        canvas.rectangle((left, top, right - 1, bottom - 1), fill=COLOURS[block.ground])
    for p in placed.texts:
        face = fonts.face(p.bold, p.size)
        canvas.text((round(p.x), round(p.base)), p.text, fill=COLOURS[p.ink], font=face, anchor="ls")
    if placed.code:
        code, left, top, module = placed.code
        for x, y, length in code.runs:
            at = left + x * module, top + y * module
            canvas.rectangle((*at, at[0] + length * module - 1, at[1] + module - 1), fill=COLOURS["ink"])


@cache
def _palette() -> Image.Image:
    """Every colour and the shades between text and background: a fixed palette makes images small and fast to write."""
    colours = [_colour(name) for name in COLOURS]
    for ground, ink in _PAIRS:
        below, above = _colour(ground), _colour(ink)
        for n in range(1, _SHADES):
            red, green, blue = (b + (a - b) * n // _SHADES for a, b in zip(above, below, strict=True))
            colours.append((red, green, blue))
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in colours for part in colour])
    return image


def _colour(name: str) -> Colour:
    text = COLOURS[name]
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
