"""Python-Markdown as this register reads it: plain prose, tables and sane lists; no raw HTML, no references, no attributes."""

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
    """Moves headings below those of the page, and turns the marker of a clause into an id. Set before each document."""

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
    """Puts the folder that the site lives in before links to its own addresses. Set before each document."""

    root = ""

    def run(self, root: Element) -> None:
        if not self.root:
            return
        for link in root.iter("a"):
            address = link.get("href", "")
            if address.startswith("/") and not address.startswith("//"):
                link.set("href", self.root + address)


class LiteralStars(InlineProcessor):
    """Stars that hide digits or letters (138****1234、苏N***88、张**、李*) stay stars, as the writer saw them.

    Python-Markdown would read them as emphasis and print what was masked without its mask.
    """

    NEAR = 1_000  # characters looked back for an emphasis that is open: each look costs its length
    _FORMS = (
        r"\*{4,}|(?<=[0-9])\*+(?=[0-9A-Za-z])|(?<=[A-Za-z])\*+(?=[0-9])"
        # nothing emphasised begins with these; after an odd number of runs it is the end of an emphasis
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
    """One for a process: setting up Python-Markdown costs as much as some documents. Not for several threads."""

    def __init__(self) -> None:
        self._markdown = Markdown(extensions=[TableExtension(use_align_attribute=True), SaneListExtension()])
        # safety.md 1.6: what stands in <…> is text
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")
        self._markdown.inlinePatterns.deregister("entity")
        self._markdown.postprocessors.deregister("raw_html")
        # “[注]: 以上” would vanish from the page as the definition of a reference; none is offered, so nothing vanishes
        self._markdown.parser.blockprocessors.deregister("reference")
        for pattern in ("reference", "image_reference", "short_reference", "short_image_ref"):
            self._markdown.inlinePatterns.deregister(pattern)
        # instead of the parser's own form, which takes an address apart from what stands around it
        self._markdown.inlinePatterns.register(AutomailInlineProcessor(MAIL_IN_ANGLES, self._markdown), "automail", 110)
        # before `em_strong` (60), after code and links
        self._markdown.inlinePatterns.register(LiteralStars(self._markdown), "weimin-stars", 65)
        self._headings = Headings(self._markdown)
        self._links = SiteLinks(self._markdown)
        # before `inline` (20), while a heading is still its words; after it, when there are links
        self._markdown.treeprocessors.register(self._headings, "weimin-headings", 25)
        self._markdown.treeprocessors.register(self._links, "weimin-links", 15)

    def convert(self, body: str, *, level: int, anchors: bool, root: str) -> str:
        self._headings.level, self._headings.anchors = level, anchors
        self._links.root = root
        self._markdown.reset()
        return self._markdown.convert(body)


@cache
def parser() -> Parser:
    return Parser()
