"""What a text is found by: every pair of neighbouring characters. `theme/static/js/search/terms.js` reads texts the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_WIDE = range(0xFF01, 0xFF5F)
_FOLDED = {c: c - 0xFEE0 for c in _WIDE} | {0x3000: 0x20}
_LOWER = {c: c + 0x20 for c in range(0x41, 0x5B)}
_TABLE = _FOLDED | {c: _LOWER.get(n, n) for c, n in _FOLDED.items()} | _LOWER

RUN = re.compile(
    "[a-z0-9\u00c0-\u1fff\u2e80-\u2fff\u3005-\u3007\u3040-\ufe0f\ufe70-\ufeff\uff66-\uffdc\U00010000-\U0010ffff]+"
)
"""Letters, digits and Chinese characters; punctuation and blanks part them."""

ANY = "*"
"""A term that every page has."""


def fold(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones, capitals small; every character keeps its place."""
    return text.translate(_TABLE)


def pairs(folded: str) -> Iterator[str]:
    """The pairs of neighbouring characters in the runs of a folded text, in order, again where they come again."""
    for run in RUN.findall(folded):
        for a, b in pairwise(run):
            yield a + b


def hash_of(term: str) -> int:
    """FNV-1a of the code points, its halves folded: the same number in a browser as here."""
    h = 0x811C9DC5
    for c in term:
        h = ((h ^ ord(c)) * 0x01000193) & 0xFFFFFFFF
    return h ^ (h >> 15)
