"""The QR code of an address, as the rectangles that pages, posters and share images draw."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import msgspec
import segno

QUIET = 4  # white modules around the code, as ISO/IEC 18004 requires
_CACHED = 64  # page, poster and image of one address are made one after the other


class Qr(msgspec.Struct, frozen=True, kw_only=True):
    """`size`: modules of a side including the white border. `runs`: dark runs as (x, y, length), in modules."""

    address: str
    size: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def path(self) -> str:
        """The `d` of an SVG path that is stroked one module wide along the middle of each row; relative steps, which are short."""
        parts: list[str] = []
        at = (0, 0)
        for x, y, length in self.runs:
            parts.append(f"m{x - at[0]} {y - at[1]}h{length}" if parts else f"M{x} {y}.5h{length}")
            at = x + length, y
        return "".join(parts)


@lru_cache(maxsize=_CACHED)
def qr_of(address: str) -> Qr:
    """The QR code of an address. Raises ValueError for an address that is too long (more than 2,300 letters).

    The mask is fixed: readers accept any mask, and the code is made four times as fast.
    """
    code = segno.make_qr(address, error="m", boost_error=False, mask=3)
    matrix = tuple(tuple(row) for row in code.matrix)
    return Qr(address=address, size=len(matrix) + 2 * QUIET, runs=tuple(_runs(matrix)))


def _runs(matrix: tuple[tuple[int, ...], ...]) -> Iterator[tuple[int, int, int]]:
    for y, row in enumerate(matrix):
        x = 0
        for dark, stretch in groupby(row):
            length = len(list(stretch))
            if dark:
                yield x + QUIET, y + QUIET, length
            x += length
