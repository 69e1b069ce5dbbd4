"""The last touch to a page: each claim gets its place in the records, and the page ends with the list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from weimin.adapters.templates import Templates
from weimin.model.page import Page
from weimin.model.place import Place
from weimin.records.parse import locator
from weimin.site.source_links import SourceLinks, with_line_marks

_PART = "parts/source_links.html"
_END = b"</main>"


class Lines:
    """Where a field stands in the file of its record. A file is read once while the pages of its folder are made."""

    def __init__(self, places: Mapping[str, Place], read: Callable[[str], bytes]) -> None:
        self._places, self._read = places, read
        self._of = lru_cache(maxsize=256)(self._open)

    def __call__(self, path: str, pointer: str) -> int:
        """1-based; 0 where there is no such record."""
        return self._of(path)(pointer)

    def _open(self, path: str) -> Callable[[str], int]:
        place = self._places.get(path)
        return lru_cache(maxsize=1024)(locator(place, self._read(path))) if place is not None else _nowhere


def _nowhere(_pointer: str) -> int:
    return 0


def with_source_links(env: Templates, page: Page, html: bytes, lines: Lines) -> bytes:
    """The page as `render` made it, its claims numbered; as it was where its context names no records (`source_links`)."""
    source_links = page.context.get("source_links")
    if not isinstance(source_links, SourceLinks):
        return html
    marked, listed = with_line_marks(html, source_links, lines, page.context["context"].labels)
    if not listed:
        return html
    part = env.get_template(_PART).render(listed=listed, data=source_links.data).encode()
    before, end, after = marked.rpartition(_END)
    return before + part + end + after
