"""Words cut to a limit, at the end of a clause where there is one, and never without saying so."""

from __future__ import annotations

import re

import msgspec

MORE = "……全文见阅读原文"
_STOP = re.compile(r"[。！？；，：、）》”]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_PLAIN_START = re.compile(r"[^\s#>*+\-|`=0-9]")


class Clipped(msgspec.Struct, frozen=True, kw_only=True):
    """`text` has at most `most` characters; `full` is how many there were."""

    text: str
    full: int
    most: int

    @property
    def cut(self) -> bool:
        return self.full > self.most

    @property
    def length(self) -> int:
        return len(self.text)


def clip(text: str, most: int, mark: str = "…") -> Clipped:
    """`mark` replaces the rest."""
    if len(text) <= most:
        return Clipped(text=text, full=len(text), most=most)
    return Clipped(text=_clauses(text, most - len(mark)) + mark, full=len(text), most=most)


def _clauses(text: str, most: int) -> str:
    """As many clauses as fit; where they are too long for that, as many characters."""
    ends = [m.start() for m in _STOP.finditer(text[:most])]
    if ends and ends[-1] >= most // 2:
        return text[: ends[-1]]
    return text[:most]


def blocks(body: str) -> list[str]:
    """The paragraphs, lists and tables of a body, in their order."""
    return [block for block in _BLANK_LINES.split(body.strip("\n")) if block.strip()]


def beginnings(block: str) -> list[str]:
    """The paragraph up to each end of a sentence or clause, the shortest first; nothing of a list or a table, which stay whole."""
    if not _PLAIN_START.match(block.lstrip("　")):
        return []
    ends = [m.end() for m in re.finditer(r"[。！？；，]", block)]
    return [block[:end] for end in ends if end < len(block)]
