"""Text of users made harmless and put in order: what every report does with what it was given."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from weimin.model.finding import Finding, Severity

RANK = {Severity.ERROR: 0, Severity.DUTY: 1, Severity.NOTICE: 2}


_PASSED_THROUGH = "\n\u3000"  # the wide blank of Chinese text is no sign in Python's eyes


def printable(text: str) -> str:
    """Control characters as visible escapes: a file name or value cannot drive the terminal."""
    return "".join(c if c.isprintable() or c in _PASSED_THROUGH else f"\\x{ord(c):02x}" for c in text)


def one_line(text: str) -> str:
    """Printable, and on one line."""
    return printable(text).replace("\n", " ")


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then duties by how long they are overdue, then notices; within that in order of place."""
    return sorted(findings, key=lambda f: (RANK[f.severity], -f.overdue_days, *f.order))


def fingerprinted(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each with an id that stays the same when lines above it come or go: no line number is in it.

    The same words twice in one file are told apart by their order.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for f in findings:
        what = (f.code, f.path, f.message)
        seen[what] += 1
        words = "\0".join((*what, str(seen[what])))
        yield f, hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def label(f: Finding) -> str:
    """错误, 待办, 逾期 or 提示."""
    return "逾期" if f.overdue_days else f.severity.label
