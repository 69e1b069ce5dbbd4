"""The form of a row of the table of page types (`site/page_types.py`), and how an address tells its page type.

This module imports no builder, so that builders, the context and the head of a page can use it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from weimin.model.page import Page
from weimin.model.view import RegisterView

NetworkPages = Callable[[RegisterView, Any], Iterable[Page]]
"""(view, context) → pages of the whole network. The context is `site.site_context.SiteContext`, which holds this table."""
SummaryPages = Callable[[str, RegisterView, Any], Iterable[Page]]
"""(path of a scope of sums, view, context) → the pages of that scope: `results/2026-05` for the scope `page:results/2026-05`."""

CONTENT = "内容页"
"""The value of `PageType.column` for pages with contents of their own, in contrast to a column (栏目页)."""

WORD = re.compile(r"[A-Z]{2,}")
_WORDS: Mapping[str, str] = {
    "CODE": r"(?:[0-9]{6,12}|[A-Z][0-9]{3})",
    "YYYY": "[0-9]{4}",
    "NNN": "[0-9]{3}",
    "MM": "[0-9]{2}",
    "NARROWER": "[0-9a-z/-]+",
}
"""What the words in capitals of an address stand for; any other word is a name without a slash."""


class MapEntry(msgspec.Struct, frozen=True):
    """A line of the page 网站地图: the heading it belongs to, the name of the page and what the page holds."""

    group: str
    text: str
    description: str


class PageType(msgspec.Struct, frozen=True):
    """One kind of page.

    `template`: a file of theme/templates. `address`: as docs/interface.md writes it, words in capitals vary.
    `build`: makes all pages of this type and of the other types that name the same function; None where the builder of
    a dossier, a platform or the open data makes them. `build_scope` makes the pages of one scope of sums
    `page:SECTION/…`, for each of the `sections`.

    `reads`: dependency keys of what the builder reads without asking the ledger or the network. A page of a scope has
    those of the page `/SECTION/`.

    `column`: the type of column that the annex of 国办发〔2017〕47号 names for the page, or CONTENT for a page with a title,
    a day and a source of its own. `indexed`: search engines may list it. `in_sitemap`: sitemap.xml lists it.
    `nav`: its label in the navigation; `listed`: its line in 网站地图. The order of the rows is the order in both.
    """

    template: str
    address: str
    build: NetworkPages | None = None
    build_scope: SummaryPages | None = None
    sections: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    column: str = ""
    indexed: bool = True
    in_sitemap: bool = True
    nav: str = ""
    listed: MapEntry | None = None

    @property
    def section(self) -> str:
        """The first part of its address, by which the navigation marks where a page belongs."""
        return self.address.split("/")[1] or "home"

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression that matches the addresses of this type."""
        parts, at = [], 0
        sections = {"SECTION": f"(?:{'|'.join(map(re.escape, self.sections))})"}
        for word in WORD.finditer(self.address):
            parts += [re.escape(self.address[at : word.start()]), {**_WORDS, **sections}.get(word[0], "[^/]+")]
            at = word.end()
        return re.compile("".join([*parts, re.escape(self.address[at:])]))


def types_by_address(types: Mapping[str, PageType]) -> Callable[[str], str]:
    """A function address → name of its page type, empty for an address of none.

    A page is of the type whose address has the fewest words to fill in; of these, the longest address; then the first row.
    """
    order = sorted(types.items(), key=lambda t: (len(WORD.findall(t[1].address)), -len(t[1].address)))
    patterns = [(name, row.pattern) for name, row in order]

    def name_of(address: str) -> str:
        return next((name for name, pattern in patterns if pattern.fullmatch(address)), "")

    return name_of
