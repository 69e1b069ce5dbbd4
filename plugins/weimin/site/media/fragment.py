"""An article as WeChat's editor keeps it: elements with their styles in them, no class, no link, and its exact length.

The editor drops style sheets, scripts, frames, ids and classes, and links in the text do not open.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weimin.site.view_models import Html

_INK = "color:#1b1f24"
_TEXT = f"margin:0 0 16px;font-size:16px;line-height:1.75;{_INK}"
_HEAD = f"margin:24px 0 12px;line-height:1.5;font-weight:bold;{_INK}"
_CELL = (
    f"padding:6px 8px;border:1px solid #c9ced4;font-size:15px;line-height:1.6;text-align:left;vertical-align:top;{_INK}"
)
_LIST = f"margin:0 0 16px;padding-left:24px;font-size:16px;line-height:1.75;{_INK}"

PROSE = {
    "p": _TEXT,
    "h2": f"{_HEAD};font-size:19px",
    "h3": f"{_HEAD};font-size:18px",
    "h4": f"{_HEAD};font-size:17px",
    "h5": f"{_HEAD};font-size:16px",
    "h6": f"{_HEAD};font-size:16px",
    "ul": _LIST,
    "ol": _LIST,
    "li": "margin:0 0 6px",
    "blockquote": f"margin:0 0 16px;padding-left:12px;border-left:3px solid #c9ced4;{_INK}",
    "table": "width:100%;margin:0 0 16px;border-collapse:collapse",
    "th": f"{_CELL};font-weight:bold;background-color:#f4f5f7",
    "td": _CELL,
    "strong": "font-weight:bold",
    "img": "max-width:100%",
}
"""The one table of styles; no shade for dark pages, WeChat makes its own."""

_OWN = {
    **PROSE,
    "small": "margin:0 0 16px;font-size:14px;line-height:1.6;color:#565d66",
    "note": "margin:0 0 16px;padding:8px 12px;font-size:14px;line-height:1.6;color:#6b5900;background-color:#f6f0d8",
    "tbody": "",
    "tr": "",
    "figure": "margin:0 0 16px",
}


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """An element; or, with `prose`, what `render` made of a record's text; with `src`, a picture and `text` its words.

    `added`: characters that copying puts in, because it makes the addresses of pictures absolute.
    """

    tag: str = ""
    style: str = ""
    text: str = ""
    inside: tuple[Node, ...] = ()
    src: str = ""
    prose: Html | None = None
    added: int = 0


def node(tag: str, text: str = "", *inside: Node, look: str = "") -> Node:
    """`look`: another row of the table of styles than the tag's own."""
    return Node(tag=tag, style=_OWN[look or tag], text=text, inside=inside)


def several(inside: Iterable[Node]) -> Node:
    """One after the other, without an element around them."""
    return Node(inside=tuple(inside))


def picture(src: str, words: str, added: int) -> Node:
    return node("p", "", Node(tag="img", style=_OWN["img"], src=src, text=words, added=added), look="figure")


def prose(html: Html, added: int) -> Node:
    """`added`: for each of its pictures."""
    return Node(prose=html, added=added * str(html).count("<img "))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Node:
    """The first cell of a row heads it where the table has no head of its own."""
    top = [node("tr", "", *(node("th", name) for name in head))] if head else []
    body = [
        node("tr", "", *(node("td" if head or n else "th", words) for n, words in enumerate(cells))) for cells in rows
    ]
    return node("table", "", node("tbody", "", *top, *body))


def length(found: Node) -> int:
    """Characters of the element as HTML, as the clipboard gets them and the template writes them."""
    if found.prose is not None:
        return len(str(found.prose)) + found.added
    style = f' style="{found.style}"' if found.style else ""
    if found.src:
        return (
            len(f'<img src="" alt=""{style}>')
            + _escaped(found.src)
            + _escaped(found.text)
            + _quotes(found.text)
            + found.added
        )
    tags = len(f"<{found.tag}{style}></{found.tag}>") if found.tag else 0
    return tags + _escaped(found.text) + sum(length(n) for n in found.inside)


def _escaped(text: str) -> int:
    """As HTML writes it: & < > and the no-break space by their names."""
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">")) + 5 * text.count("\xa0")


def _quotes(text: str) -> int:
    return 5 * text.count('"')
