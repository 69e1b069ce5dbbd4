"""The last step of rendering: an allow-list of tags, attributes and addresses, whatever the parser produced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import nh3

from weimin.prose.links import image_is_safe, link_is_safe

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
TAGS = HEADINGS | {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "img"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    **{heading: {"id"} for heading in HEADINGS},
}
ALIGNMENTS = {"left", "right", "center"}
REL = "nofollow noopener noreferrer ugc"
SCHEMES = {"https", "http", "mailto", "tel"}

_ID = re.compile(r"c-[0-9a-z.-]+", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    """The value unchanged, or None: an attribute is never corrected."""
    match attribute:
        case "href":
            good = link_is_safe(value)
        case "src":
            good = image_is_safe(value)
        case "id":
            good = bool(_ID.fullmatch(value))
        case "start":
            good = bool(_NUMBER.fullmatch(value))
        case _:
            good = True
    return value if good else None


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(),
    attributes=ATTRIBUTES,
    attribute_filter=_allowed,
    tag_attribute_values={"th": {"align": ALIGNMENTS}, "td": {"align": ALIGNMENTS}},
    set_tag_attribute_values={"img": {"loading": "lazy"}},
    url_schemes=SCHEMES,
    link_rel=REL,
    strip_comments=True,
)
_TEXT_ONLY = nh3.Cleaner(tags=set(), clean_content_tags=set(), attributes={}, link_rel=None)


def sanitise(html: str) -> str:
    """The HTML reduced to the allow-list."""
    return _CLEANER.clean(html)


def sanitise_styled(html: str, styles: Mapping[str, str]) -> str:
    """As `sanitise`, with a style attribute by tag: for editors that remove style sheets.

    Such editors remove links and ids too, so a link is reduced to its text.
    """
    return _styled(tuple(sorted(styles.items()))).clean(html)


@lru_cache(maxsize=4)
def _styled(styles: tuple[tuple[str, str], ...]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS) - {"a"},
        clean_content_tags=set(),
        attributes={"img": ATTRIBUTES["img"], "ol": ATTRIBUTES["ol"]},
        attribute_filter=_allowed,
        set_tag_attribute_values={tag: {"style": style} for tag, style in styles},
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def strip_tags(html: str) -> str:
    """The text of sanitised HTML, still escaped."""
    return _TEXT_ONLY.clean(html)
