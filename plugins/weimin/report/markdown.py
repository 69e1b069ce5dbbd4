"""Text of users in Markdown that a forge renders: it stays text, mentions nobody and links to nothing."""

from __future__ import annotations

import re

from weimin.report.plain import printable

_MARKUP = re.compile(r"([\\`*_\[\]|~$])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# bare text that forges turn into mentions, links and references to issues
_REFERENCES = (
    (re.compile("@"), "＠"),
    (re.compile("://"), "：//"),
    (re.compile(r"www\."), "www．"),
    (re.compile(r"#(?=\d)"), "＃"),
)


def text(value: str) -> str:
    """One line of Markdown that displays as `value`, also in a table cell."""
    return _MARKUP.sub(r"\\\1", _without_references(printable(value))).replace("\n", "<br>")


def block(value: str) -> str:
    """Lines unchanged in a fixed-width font, to be copied."""
    return "<pre>" + _escaped(printable(value)) + "</pre>"


def _without_references(value: str) -> str:
    for reference, instead in _REFERENCES:
        value = reference.sub(instead, value)
    return _escaped(value)


def _escaped(value: str) -> str:
    return "".join(_HTML.get(c, c) for c in value)
