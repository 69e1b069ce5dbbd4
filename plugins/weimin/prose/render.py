"""Markdown → safe HTML, and → plain text.

Prose comes from many authors and appears on a public site, so two independent checks come between a file and a page:
`weimin check` rejects unsafe markup in the source (`markup`, F112) and markup above the limits (`limits`, F106), and the
renderer sanitises whatever it gets. The steps of `render`:

1. `paragraphs`: a body without any markup is split into paragraphs and escaped; most bodies end here. The result is byte
   for byte the one of the complete path.
2. `limits.within_limits`: a body above the limits raises ValueError, because a Markdown parser could take hours for it.
3. `parser`: Python-Markdown without raw HTML, entities, references and attributes. It moves headings below those of the
   page, turns clause markers into ids, and puts the site's folder before links to the site's own addresses.
4. `sanitise`: an allow-list of tags, attributes and addresses (nh3). Nothing outside the list leaves, whatever the parser
   produced. `links` decides which addresses are safe, here and in the check.

Invariants, each covered by tests:

- What `markup.problems` accepts passes the sanitiser without change.
- No step corrects anything: an address is accepted or dropped as it is.
- The output needs no more escaping (`SafeHtml`); the page has one `h1`, which is never in the prose.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache

from weimin.model.output import SafeHtml
from weimin.prose.limits import within_limits
from weimin.prose.paragraphs import paragraphs
from weimin.prose.parser import parser
from weimin.prose.sanitise import sanitise, sanitise_styled, strip_tags

_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_SPACES = re.compile(r"\s+")
# a line break between two Chinese characters is not a space, nor is one after Chinese punctuation
_WIDE = r"[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
_SOFT_BREAK = re.compile(rf"(?<={_WIDE})\n\s*(?={_WIDE})")
_UNDERLINED = re.compile(r"^[\s>*+-]*[=-]+[ \t]*$", re.MULTILINE)  # may turn the line above it into a heading
_AFTER_STOP = re.compile(r"(?<=[，。、；：！？])\s+")


def render(
    body: str,
    *,
    heading_level: int = 2,
    anchors: bool = False,
    root: str = "",
    styles: Mapping[str, str] | None = None,
) -> SafeHtml:
    """The prose of a record as HTML that needs no more escaping.

    `heading_level` (2 to 6) is the level of the highest heading of the body, whether it was written with one `#` or two: no
    level is skipped, and the page keeps its one h1. `anchors`: a heading that ends with `{#3.3.4}` gets the id `c-3.3.4`;
    otherwise the marker is removed. `root` is the folder of the site, put before links to its own addresses. `styles`: tag
    → its style attribute; with it, links become their text.
    Raises ValueError for a body above the limits (F106).
    """
    if not 2 <= heading_level <= 6:
        raise ValueError(f"heading_level is 2 to 6, not {heading_level}")
    if styles is not None:
        return SafeHtml(sanitise_styled(_markup(body, heading_level, False, root), styles))
    plain_paragraphs = paragraphs(body)
    if plain_paragraphs is not None:
        return SafeHtml("\n".join([f"<p>{paragraph}</p>" for paragraph in plain_paragraphs]))
    return render_markup(body, heading_level=heading_level, anchors=anchors, root=root)


def render_markup(body: str, *, heading_level: int = 2, anchors: bool = False, root: str = "") -> SafeHtml:
    """As `render`, always by the parser."""
    return SafeHtml(sanitise(_markup(body, heading_level, anchors, root)))


def _markup(body: str, level: int, anchors: bool, root: str) -> str:
    if not within_limits(body):
        raise ValueError("the body is above the limits of prose (F106)")
    return _converted(body, level if "#" in body or _UNDERLINED.search(body) else 2, anchors, root)


@lru_cache(maxsize=64)  # a body is on the page of its dossier, of its record, and in the WeChat article
def _converted(body: str, level: int, anchors: bool, root: str) -> str:
    return parser().convert(body, level=level, anchors=anchors, root=root)


def plain_text(body: str, limit: int) -> str:
    """The text of the body without markup on one line; at most `limit` characters, the last one “…” if it was cut."""
    blocks = paragraphs(body)
    text = (
        _words(_beginning(body, limit)) if blocks is None else _one_line("\n".join(_joined(block) for block in blocks))
    )
    if len(text) <= limit:
        return text
    return text[: max(0, limit - 1)].rstrip() + "…" if limit > 0 else ""


def _beginning(body: str, limit: int) -> str:
    """The first blocks that contain more than `limit` characters of text, or all: an excerpt does not need a whole document."""
    gap = _BLANK_LINES.search(body, 3 * limit)
    if gap and len(_words(body[: gap.start()])) > limit:
        return body[: gap.start()]
    return body


def _words(body: str) -> str:
    # in rendered HTML, a line break between two characters (not tags) is one within a paragraph
    return _one_line(html.unescape(strip_tags(_joined(render_markup(body)))))


def _joined(text: str) -> str:
    return _SOFT_BREAK.sub("", text)


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", _AFTER_STOP.sub("", text.strip()))
