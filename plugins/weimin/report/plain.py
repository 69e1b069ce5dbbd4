"""Text of users made harmless, and findings sorted and labelled: common to all reports."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from weimin.model.finding import Finding, Severity

RANK = {Severity.ERROR: 0, Severity.DUTY: 1, Severity.NOTICE: 2}


_PASSED_THROUGH = "\n\u3000"  # the ideographic space is not printable for Python


def printable(text: str) -> str:
    """The text with control characters as visible escapes: a file name or value cannot control the terminal."""
    return "".join(c if c.isprintable() or c in _PASSED_THROUGH else f"\\x{ord(c):02x}" for c in text)


def one_line(text: str) -> str:
    """The printable text on one line."""
    return printable(text).replace("\n", " ")


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then duties by days overdue, then notices; within each in order of path and line."""
    return sorted(findings, key=lambda f: (RANK[f.severity], -f.overdue_days, *f.order))


def fingerprinted(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with an id that does not contain the line number, so that it survives edits above it.

    Equal messages in one file are numbered in their order.
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
