"""Source links of a rendered page: each claim gets the line of the record that it comes from, and the page lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from weimin.adapters.templates import Templates
from weimin.model.page import Page
from weimin.model.place import Place
from weimin.records.parse import line_finder
from weimin.site.source_links import SourceLinks, with_line_marks

_PART = "parts/source_links.html"
_END = b"</main>"


class SourceLines:
    """The line of a field in the file of its record. Each file is read once while the pages of its unit are rendered."""

    def __init__(self, places: Mapping[str, Place], read: Callable[[str], bytes]) -> None:
        """`places`: path → place. `read`: path → content."""
        self._places, self._read = places, read
        self._locator_of = lru_cache(maxsize=256)(self._locator)

    def __call__(self, path: str, pointer: str) -> int:
        """The line, counted from 1, that a JSON pointer leads to; 0 if there is no such record."""
        return self._locator_of(path)(pointer)

    def _locator(self, path: str) -> Callable[[str], int]:
        place = self._places.get(path)
        return lru_cache(maxsize=1024)(line_finder(place, self._read(path))) if place is not None else _no_line


def _no_line(_pointer: str) -> int:
    return 0


def with_source_links(env: Templates, page: Page, html: bytes, lines: SourceLines) -> bytes:
    """The rendered page with its claims numbered and listed before the end of <main>; unchanged if it has no `source_links`."""
    source_links = page.context.get("source_links")
    if not isinstance(source_links, SourceLinks):
        return html
    marked, listed = with_line_marks(html, source_links, lines, page.context["context"].labels)
    if not listed:
        return html
    part = env.get_template(_PART).render(listed=listed, data=source_links.data).encode()
    before, end, after = marked.rpartition(_END)
    return before + part + end + after
