"""Summary pages: the pages of a network-wide total. Those that show something else than before are rendered.

A total of a large register has many pages (by month, place, level, theme, state), and most changes show on one of them; a
rule has a page, and most changes show on none. A page is compared by everything that its template receives: if a digest of
the template's name and context is the same as last time, the rendered page is the same, and it is not rendered. What all
pages share is in the context's own digest (page_context.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from weimin.app.build.page_context import DEPENDENCIES, PageContext
from weimin.app.build.render import Renderer
from weimin.model.page import Page
from weimin.site.pages.register import SUMMARY_PAGES
from weimin.totals.facets import PAGE


class SummaryInput(msgspec.Struct, frozen=True):
    """`id`: the scope of a total that has pages (`page:results/2026-05`). `shown`: as UpdatedPages had it last time."""

    id: str
    shown: bytes = b""


class UpdatedPages(msgspec.Struct, frozen=True, kw_only=True):
    """A group of pages, compared with what it showed before.

    `files`: the rendered pages, which may differ. `unchanged`: paths of pages that are the same and were not rendered.
    `shown`: encoded; path → digest of what the page shows.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    unchanged: tuple[str, ...] = ()
    shown: bytes = b""


class SummaryResult(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of a total, and the dependency keys of what they read."""

    id: str
    pages: UpdatedPages
    dependencies: tuple[str, ...] = ()


class SummaryPages:
    """Renders the pages of one total after the other; called in worker processes too."""

    def __init__(self, context: PageContext, renderer: Renderer) -> None:
        self._context, self._renderer = context, renderer

    def __call__(self, summary: SummaryInput) -> SummaryResult:
        path = summary.id.removeprefix(PAGE)
        kind = path.partition("/")[0]
        dependencies = self._renderer.register.dependencies
        dependencies.collect()
        pages = SUMMARY_PAGES[kind](path, self._context.view, self._context.shell)
        updated = updated_pages(pages, summary.shown, self._context.digest, self._renderer.rendered)
        return SummaryResult(
            id=summary.id, pages=updated, dependencies=(*DEPENDENCIES.get(kind, ()), *dependencies.collect())
        )


def updated_pages(
    pages: Iterable[Page], shown: bytes, context_digest: str, rendered: Callable[[Page], tuple[str, bytes]]
) -> UpdatedPages:
    """Render the pages that show something else than before.

    `shown`: as the last call returned it. `context_digest`: that of what all pages share. `rendered`: renders a page.
    """
    before: Mapping[str, bytes] = _decode(shown) if shown else {}
    files: list[tuple[str, bytes]] = []
    unchanged: list[str] = []
    after: dict[str, bytes] = {}
    for page in pages:
        # a page without a template costs nothing to make; a page with source links shows line numbers of records, which
        # its context does not contain
        if page.data is None and "doors" not in page.context:
            after[page.path] = shown_by(context_digest, page)
            if after[page.path] == before.get(page.path):
                unchanged.append(page.path)
                continue
        files.append(rendered(page))
    return UpdatedPages(files=tuple(files), unchanged=tuple(unchanged), shown=_encode(after) if after else b"")


def shown_by(context_digest: str, page: Page) -> bytes:
    """A digest of everything that a page shows. `context_digest`: that of what all pages share.

    Raises TypeError if the context contains something that cannot be digested, or source links.
    """
    if "doors" in page.context:
        raise TypeError(f"{page.path}: source links lead to lines of records, which its context does not contain")
    own = {name: value for name, value in page.context.items() if name != "shell"}
    return hashlib.blake2b(_encode((context_digest, page.template, own)), digest_size=16).digest()


def _plain(value: Any) -> str:
    """Rendered prose as its markup."""
    if hasattr(value, "__html__"):
        return str(value.__html__())
    raise TypeError(type(value).__name__)


_encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
_decode = msgspec.msgpack.Decoder(dict[str, bytes]).decode
