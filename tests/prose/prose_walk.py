"""An oracle that shares no code with the sanitiser: html5lib parses the HTML, and every node must be allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Comment, Element

import html5lib

TAGS = frozenset(
    {
        *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre", "blockquote"),
        *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "img"),
    }
)
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
    **{f"h{n}": {"id"} for n in range(2, 7)},
}
# as a browser reads an address: leading and trailing controls and spaces are cut, tabs and line breaks are dropped
_EDGES = "".join(map(chr, range(0x21)))
_OUTWARD = re.compile(r"(?:https?://[^/@\\]+(?:[/?#].*)?|mailto:[^?]+|tel:[^?]+)", re.IGNORECASE | re.DOTALL)
_INWARD = re.compile(r"attachments/[a-z0-9-]+\.(?:jpg|png|webp|pdf)|/(?![/\\])[\w./#-]*", re.ASCII)


def elements(html: str) -> Iterator[Element]:
    # a fragment of a page's <main>: what closes it early shows as an element that is not allowed
    for element in html5lib.parseFragment(
        html, container="main", treebuilder="etree", namespaceHTMLElements=False
    ).iter():
        if element.tag is Comment or element.tag != "DOCUMENT_FRAGMENT":
            yield element


def unsafe(html: str) -> list[str]:
    """The forbidden parts as text; empty for safe HTML."""
    found = []
    for element in elements(html):
        if not isinstance(element.tag, str) or element.tag not in TAGS:
            found.append(f"element {element.tag}")
            continue
        found += [
            f"{element.tag}@{name}={value}"
            for name, value in element.attrib.items()
            if name not in ATTRIBUTES.get(element.tag, set()) or not _value_is_safe(name, value)
        ]
    return found


def _value_is_safe(name: str, value: str) -> bool:
    if name == "href":
        seen = re.sub(r"[\t\n\r]", "", value.strip(_EDGES))
        return seen == value and bool(_OUTWARD.fullmatch(seen) or (_INWARD.fullmatch(seen) and ".." not in seen))
    if name == "src":
        return bool(re.fullmatch(r"attachments/[a-z0-9-]+\.(?:jpg|png|webp)", value))
    if name == "id":
        return bool(re.fullmatch(r"c-[0-9a-z.-]+", value))
    return name != "rel" or {"nofollow", "noopener", "noreferrer", "ugc"} == set(value.split())


def addresses(html: str) -> list[str]:
    """Every href and src, in order of the document; an element without one leaves an empty text."""
    names = {"a": "href", "img": "src"}
    return [element.get(names[element.tag], "") for element in elements(html) if element.tag in names]
