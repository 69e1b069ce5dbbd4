"""Summary pages: the pages of a network-wide total, by month, place, level, theme or state.

A total of a large register has many pages, and most changes show on one of them, so they are compared one by one
(updated_pages.py).
"""

from __future__ import annotations

import msgspec

from weimin.app.build.page_context import PageContext
from weimin.app.build.render import Renderer
from weimin.app.build.updated_pages import UpdatedPages, updated_pages
from weimin.site.page_types import summary_pages, summary_reads
from weimin.totals.facets import PAGE


class SummaryInput(msgspec.Struct, frozen=True):
    """`id`: the scope of a total that has pages (`page:results/2026-05`). `shown`: as UpdatedPages had it last time."""

    id: str
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
        pages = summary_pages(kind)(path, self._context.view, self._context.site_context)
        updated = updated_pages(pages, summary.shown, self._context.digest, self._renderer.rendered)
        return SummaryResult(id=summary.id, pages=updated, dependencies=(*summary_reads(kind), *dependencies.collect()))
