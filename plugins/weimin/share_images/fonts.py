"""The two fonts of the images: their characters, text widths and faces."""

from __future__ import annotations

import struct
from functools import cached_property
from io import BytesIO

from PIL import ImageFont

from weimin.share_images.lines import Measure

_UNICODE = {(3, 10), (0, 4), (0, 6)}  # (platform, encoding) of the tables that cover all characters


class Fonts:
    """Two OpenType fonts; faces and widths are made once per process.

    Raises ValueError for bytes that are not such a font.
    """

    def __init__(self, regular: bytes, bold: bytes) -> None:
        self._data = {False: regular, True: bold}
        self._faces: dict[tuple[bool, int], ImageFont.FreeTypeFont] = {}
        self._widths: dict[tuple[bool, int], dict[str, float]] = {}

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters for which both fonts have a glyph."""
        return characters_of(self._data[False]) & characters_of(self._data[True])

    def face(self, bold: bool, size: int) -> ImageFont.FreeTypeFont:
        """A face of `size` pixels. Basic layout is sufficient for Chinese and needs no further library."""
        found = self._faces.get((bold, size))
        if found is None:
            data = BytesIO(self._data[bold])
            found = self._faces[bold, size] = ImageFont.truetype(data, size, layout_engine=ImageFont.Layout.BASIC)
        return found

    def measure(self, bold: bool, size: int) -> Measure:
        """A function that returns the width of a text: the sum of its characters, each measured once."""
        widths = self._widths.setdefault((bold, size), {})
        face = self.face(bold, size)

        def width(text: str) -> float:
            total = 0.0
            for character in text:
                one = widths.get(character)
                if one is None:
                    one = widths[character] = face.getlength(character)
                total += one
            return total

        return width


def characters_of(font: bytes) -> frozenset[str]:
    """The characters of an OpenType font, from its `cmap` table of format 12. Raises ValueError if there is none."""
    try:
        return _characters(font)
    except (struct.error, KeyError, StopIteration) as broken:
        raise ValueError("not an OpenType font with a full table of characters") from broken


def _characters(font: bytes) -> frozenset[str]:
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {tag: at for tag, _, at, _ in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count])}
    cmap = tables[b"cmap"]
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    records = struct.iter_unpack(">HHI", font[cmap + 4 : cmap + 4 + 8 * count])
    at = next(cmap + offset for platform, encoding, offset in records if (platform, encoding) in _UNICODE)
    form, _, _, _, groups = struct.unpack_from(">HHIII", font, at)
    if form != 12:
        raise KeyError(form)
    ranges = struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * groups])
    return frozenset(chr(c) for first, last, _ in ranges for c in range(first, last + 1))
