"""Python-Markdown as configured for records: prose, tables, sane lists; no raw HTML, references or attributes."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import AutomailInlineProcessor, InlineProcessor
from markdown.treeprocessors import Treeprocessor

from weimin.prose.headings import split_marker
from weimin.prose.links import MAIL_IN_ANGLES

_HEADING = re.compile(r"h[1-6]")


class Headings(Treeprocessor):
    """Moves headings below those of the page and turns clause markers into ids. Configured before each document."""

    level = 2
    anchors = False

    def run(self, root: Element) -> None:
        found = [element for element in root.iter() if _HEADING.fullmatch(element.tag)]
        highest = min((int(element.tag[1]) for element in found), default=1)
        for element in found:
            element.tag = f"h{min(6, int(element.tag[1]) - highest + self.level)}"
            title, anchor = split_marker(element.text or "")
            if anchor:
                element.text = title
                if self.anchors:
                    element.set("id", f"c-{anchor}")


class SiteLinks(Treeprocessor):
    """Puts the folder of the site before links to its own addresses. Configured before each document."""

    root = ""

    def run(self, root: Element) -> None:
        if not self.root:
            return
        for link in root.iter("a"):
            address = link.get("href", "")
            if address.startswith("/") and not address.startswith("//"):
                link.set("href", self.root + address)


class LiteralStars(InlineProcessor):
    """Stars that mask digits or letters (138****1234、苏N***88、张**、李*) stay stars, as the author sees them.

    Python-Markdown would read them as emphasis and print the masked text without its mask.
    """

    NEAR = 1_000  # characters searched backwards for an open emphasis: the cost grows with this length
    _FORMS = (
        r"\*{4,}|(?<=[0-9])\*+(?=[0-9A-Za-z])|(?<=[A-Za-z])\*+(?=[0-9])"
        # emphasised text does not begin with these; after an odd number of runs they end an emphasis
        r"|(?P<before_stop>(?<![*\s])\*{1,3}(?=[、，。；：！？）》」』”’]))"
    )
    _RUN = re.compile(r"\*+")

    def __init__(self, markdown: Markdown) -> None:
        super().__init__(self._FORMS, markdown)

    # the base class is typed for any node; a text node is a plain string
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int, int]:  # type: ignore[override]
        near = data[max(0, m.start() - self.NEAR) : m.start()]
        if m["before_stop"] and len(self._RUN.findall(near)) % 2:
            return None, m.start(), m.end()
        return m[0], m.start(), m.end()


class Parser:
    """A configured parser, one per process: its set-up takes as long as some documents. Not thread-safe."""

    def __init__(self) -> None:
        self._markdown = Markdown(extensions=[TableExtension(use_align_attribute=True), SaneListExtension()])
        # safety.md 1.6: the content of <…> is text
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")
        self._markdown.inlinePatterns.deregister("entity")
        self._markdown.postprocessors.deregister("raw_html")
        # “[注]: 以上” would disappear from the page as the definition of a reference; so references are not supported
        self._markdown.parser.blockprocessors.deregister("reference")
        for pattern in ("reference", "image_reference", "short_reference", "short_image_ref"):
            self._markdown.inlinePatterns.deregister(pattern)
        # instead of the parser's own pattern, which separates an address from the text around it
        self._markdown.inlinePatterns.register(AutomailInlineProcessor(MAIL_IN_ANGLES, self._markdown), "automail", 110)
        # before `em_strong` (60), after code and links
        self._markdown.inlinePatterns.register(LiteralStars(self._markdown), "weimin-stars", 65)
        self._headings = Headings(self._markdown)
        self._links = SiteLinks(self._markdown)
        # before `inline` (20), while a heading is still text; after it, when links exist
        self._markdown.treeprocessors.register(self._headings, "weimin-headings", 25)
        self._markdown.treeprocessors.register(self._links, "weimin-links", 15)

    def convert(self, body: str, *, level: int, anchors: bool, root: str) -> str:
        """HTML of the body, not yet sanitised; the arguments as in `render`."""
        self._headings.level, self._headings.anchors = level, anchors
        self._links.root = root
        self._markdown.reset()
        return self._markdown.convert(body)


@cache
def parser() -> Parser:
    """The parser of this process."""
    return Parser()
