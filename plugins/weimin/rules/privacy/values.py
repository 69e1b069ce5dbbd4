"""Personal data written with escapes: a reader sees the digit 1 for `"\\u0031"` in YAML, `&#49;` in Markdown, `%31` in a link."""

from __future__ import annotations

import html
import re

from weimin.model.finding import Problem
from weimin.rules.privacy.detect import find_hits
from weimin.rules.privacy.hit import Hit
from weimin.rules.privacy.text import place_hits

_ESCAPE = re.compile(
    r"\\x(?P<x>[0-9A-Fa-f]{2})|\\u(?P<u>[0-9A-Fa-f]{4})|\\U(?P<U>[0-9A-Fa-f]{8})|\\[ \t]*\n[ \t]*"
    r"|(?P<entity>&#?[0-9A-Za-z]{1,10};)|%(?P<percent>[2-7][0-9A-Fa-f])"
)
_LAST = 0x10FFFF


def scan_values(path: str, raw: str, first_line: int = 1) -> list[Problem]:
    """A problem for each piece of personal data of which a part is escaped, placed in the text as written.

    What `scan_text` finds in the same text without decoding is left out.
    """
    if "\\" not in raw and "&" not in raw and "%" not in raw:
        return []
    decoded, places = _decode(raw)
    if len(decoded) == len(raw):
        return []
    hits = [Hit(hit.code, places[hit.start], places[hit.end], hit.masked) for hit in find_hits(decoded)]
    hidden = [hit for hit in hits if _ESCAPE.search(raw, hit.start, hit.end)]
    if not hidden:
        return []
    plain = {(hit.code, hit.start) for hit in find_hits(raw)}
    return place_hits(path, raw, [hit for hit in hidden if (hit.code, hit.start) not in plain], first_line)


def _decode(raw: str) -> tuple[str, list[int]]:
    """The decoded text, and for each of its characters (and for its end) the position in `raw`."""
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for found in _ESCAPE.finditer(raw):
        plain = _plain(found)
        pieces += [raw[done : found.start()], plain]
        places += [*range(done, found.start()), *([found.start()] * len(plain))]
        done = found.end()
    pieces.append(raw[done:])
    places += range(done, len(raw) + 1)
    return "".join(pieces), places


def _plain(found: re.Match[str]) -> str:
    number = found["x"] or found["u"] or found["U"] or found["percent"]
    if number:
        code = int(number, 16)
        return chr(code) if code <= _LAST else found[0]
    return html.unescape(found["entity"]) if found["entity"] else ""
