"""A block: a few pages that are fetched together, to be verified and shown; and its cells, which the terms tell apart."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from weimin.site.search.documents import Doc, read, terms_of

CELLS = 16  # of a block; in a block of more pages some share one


def block_file(docs: Iterable[Doc]) -> bytes:
    """The published file: a JSON list of lines, in the order of their addresses, the last one first."""
    newest = sorted(docs, key=lambda d: d.address, reverse=True)
    return b"[" + b",\n".join(d.data for d in newest) + b"]\n"


def terms_of_block(number: int, docs: Iterable[Doc]) -> dict[int, set[str]]:
    """The terms of each of its cells that has a page, by the number of the cell."""
    taken: dict[int, set[str]] = {}
    for doc in sorted(docs, key=lambda d: d.address):
        taken.setdefault(number * CELLS + _free(doc.address, number, taken), set()).update(terms_of(read(doc.data)))
    return taken


def _free(address: str, number: int, taken: dict[int, set[str]]) -> int:
    """Its own cell, else the next one that is free: a page that comes moves few others, in most blocks none."""
    own = (crc32(address.encode()) >> 16) % CELLS
    return next(((own + n) % CELLS for n in range(CELLS) if number * CELLS + (own + n) % CELLS not in taken), own)
