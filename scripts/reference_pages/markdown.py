"""Markdown tables, and the generated parts of a page between their markers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_PART = re.compile(r"<!-- generated: (?P<name>[a-z ]+) -->\n(?P<text>.*?)<!-- end: (?P=name) -->\n", re.DOTALL)
_MARKER = re.compile(r"<!-- (?:generated|end): (.*?) -->")


class Fault(Exception):
    """The page and the generator disagree about the parts; the message says where."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of GitHub's Markdown. Cells are Markdown already, except that `|` and line ends are escaped here."""
    lines = [_row(head), "|" + "---|" * len(head)]
    lines += [_row(row) for row in rows]
    return "".join(line + "\n" for line in lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """The text as code, also where it holds a backtick."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def text(plain: str) -> str:
    """Plain text in which nothing is read as Markdown or HTML."""
    return re.sub(r"([\\`*_<\[])", r"\\\1", plain)


def replace_parts(page: str, content: str, parts: Mapping[str, str]) -> str:
    """`content` with each generated part replaced. Raises Fault where the markers are not exactly those of `parts`, in order."""
    found = [match["name"] for match in _PART.finditer(content)]
    if found != list(parts):
        raise Fault(f"{page}: the page has the generated parts {found}, the program {list(parts)}")
    if len(_MARKER.findall(content)) != 2 * len(found):
        raise Fault(f"{page}: a marker of a generated part stands without its other half")

    def made(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- generated: {name} -->\n\n{parts[name]}\n<!-- end: {name} -->\n"

    return _PART.sub(made, content)
