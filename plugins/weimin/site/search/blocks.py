"""Blocks: the file with the lines of a few pages, and the terms of each of its cells (see the package)."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from weimin.site.search.documents import Doc, decode_line, terms_of

CELLS = 16  # of a block; in a block with more pages, some pages share a cell


def block_file(docs: Iterable[Doc]) -> bytes:
    """The published file: a JSON list of lines, in the order of their addresses, the last one first."""
    newest = sorted(docs, key=lambda d: d.address, reverse=True)
    return b"[" + b",\n".join(d.data for d in newest) + b"]\n"


def terms_of_block(number: int, docs: Iterable[Doc]) -> dict[int, set[str]]:
    """Number of the cell → the terms of its pages, for each cell of the block with a page."""
    taken: dict[int, set[str]] = {}
    for doc in sorted(docs, key=lambda d: d.address):
        taken.setdefault(number * CELLS + _free(doc.address, number, taken), set()).update(
            terms_of(decode_line(doc.data))
        )
    return taken


def _free(address: str, number: int, taken: dict[int, set[str]]) -> int:
    """The cell by the hash of its address, else the next free one: an added page moves few others, in most blocks none."""
    own = (crc32(address.encode()) >> 16) % CELLS
    return next(((own + n) % CELLS for n in range(CELLS) if number * CELLS + (own + n) % CELLS not in taken), own)
