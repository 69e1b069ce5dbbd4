"""Pages of the whole network: feeds, sitemaps, fixed groups of pages (home, lists, rules …) and summary pages.

A group of pages is rendered if something that it read has changed; of its pages, those are that show something else
(updated_pages.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from weimin.adapters.workers import map_parallel
from weimin.app.build.artifacts import Artifacts, OutputFile
from weimin.app.build.page_context import DEPENDENCIES, PageContext
from weimin.app.build.render import Renderer
from weimin.app.build.rendered_pages import RenderedPages
from weimin.app.build.summary_pages import SummaryInput, SummaryPages
from weimin.app.build.updated_pages import UpdatedPages, updated_pages
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Tick
from weimin.engine.queries.list_entry import ListEntryTable
from weimin.engine.queries.page import PageTable
from weimin.engine.queries.total import TotalTable
from weimin.engine.state import RENDER
from weimin.engine.stored_ledger import StoredLedger
from weimin.site.feeds import Entry, feed_page
from weimin.site.pages.register import JOBS, fixed_addresses, sitemap_index, sitemap_part
from weimin.totals.facets import PAGE

_ENTRIES = msgspec.msgpack.Decoder(tuple[Entry, ...])
_SITEMAP_DIGITS = 9
"""The length of the code by which sitemaps are divided: a part covers a township, or a platform above townships."""
_FEED_UNITS = 50
"""The number of units whose entries a feed contains."""


class NetworkPages:
    """Renders the pages of the network in one build."""

    def __init__(
        self,
        computed: ComputedRegister,
        ledger: StoredLedger,
        context: PageContext,
        renderer: Renderer,
        artifacts: Artifacts,
        rendered: RenderedPages,
        *,
        first: bool,
    ) -> None:
        """`first`: nothing was rendered before."""
        self._computed, self._state, self._first = computed, computed.state, first
        self._ledger, self._context, self._renderer = ledger, context, renderer
        self._artifacts, self._rendered = artifacts, rendered
        self._pages, self._entries = PageTable(self._state.store), ListEntryTable(self._state.store)
        self._totals = TotalTable(self._state.store)

    def changed(self, changed_lists: Collection[str], jobs: int, tick: Tick) -> Iterator[OutputFile]:
        """The files that differ. `changed_lists`: the feeds and sitemaps that units changed in this build."""
        yield from self._feeds(changed_lists)
        yield from self._sitemaps(changed_lists)
        for name in JOBS:
            yield from self._group(name)
        yield from self._summary_pages(jobs, tick)

    def _feeds(self, changed_lists: Collection[str]) -> Iterator[OutputFile]:
        if self._first:
            feeds = self._entries.feeds()
        else:
            stale = (i[1:] for i in self._state.stale(RENDER) if i.startswith("^feed:"))
            feeds = sorted({*stale, *(name for name in changed_lists if name.startswith("feed:"))})
        dependencies = self._computed.register.dependencies
        for name in feeds:
            dependencies.collect()
            entries = [e for unit in self._ledger.newest_units(name, _FEED_UNITS) for e in self._feed_entries(unit)]
            files: tuple[OutputFile, ...] = ()
            if entries:  # a feed without entries is removed
                page = feed_page(name.removeprefix("feed:"), entries, self._context.shell)
                files = (self._renderer.rendered(page),)
            yield from self._rendered.store(f"^{name}", UpdatedPages(files=files), dependencies.collect())

    def _feed_entries(self, item: str) -> tuple[Entry, ...]:
        """The feed entries of a unit, which a list of a feed names as `@UNIT`."""
        data = self._pages.data_of(item[1:])
        return _ENTRIES.decode(data) if data else ()

    def _sitemaps(self, changed_lists: Collection[str]) -> Iterator[OutputFile]:
        """The sitemap in parts, so that a new dossier changes one of them. Without a base URL there is none, because the
        addresses in it have to be absolute.
        """
        shell = self._context.shell
        stored = self._pages.sitemaps()
        if not shell.urls.base:
            for part in sorted(stored):
                yield from self._artifacts.put(part, ())
                self._rendered.forget(part)
            return
        inventory = self._computed.register.inventory
        codes = sorted({code[:_SITEMAP_DIGITS] for code in inventory.unit_ids(dossiers=False)})
        if stored:
            again = (*changed_lists, *(i[1:] for i in self._state.stale(RENDER)))
            parts = {name.partition(":")[2] for name in again if name.startswith("sitemap:")}
        else:
            parts = set(codes)
        for part in sorted(parts):
            units = (f"/{unit}/" for unit in inventory.units_of(part, exact=len(part) < _SITEMAP_DIGITS))
            files = (self._renderer.rendered(sitemap_part(shell, part, units)),) if part in codes else ()
            yield from self._rendered.store(f"^sitemap:{part}", UpdatedPages(files=files), ())
        fixed = sitemap_part(shell, "pages", fixed_addresses(self._context.view))
        index = sitemap_index(shell, ["pages", *codes])
        updated = UpdatedPages(files=tuple(self._renderer.rendered(page) for page in (fixed, index)))
        yield from self._rendered.store("^sitemap", updated, ())

    def _group(self, name: str) -> Iterator[OutputFile]:
        """A group of pages that are made together, if it is stale."""
        group = f"^{name}"
        if not self._rendered.is_stale(group):
            return
        dependencies = self._computed.register.dependencies
        dependencies.collect()
        pages = JOBS[name](self._context.view_of(name), self._context.shell)
        updated = updated_pages(pages, self._rendered.shown(group), self._context.digest, self._renderer.rendered)
        yield from self._rendered.store(group, updated, (*DEPENDENCIES.get(name, ()), *dependencies.collect()))

    def _summary_pages(self, jobs: int, tick: Tick) -> Iterator[OutputFile]:
        """The pages of totals that have pages of their own (`page:results/2026-05`); removed together with the total."""
        names = {i[1:] for i in self._state.stale(RENDER) if i.startswith(f"^{PAGE}")}
        if self._first:
            names |= {*self._totals.scopes_like(f"{PAGE}*/*")}
        self._state.commit_for_workers(jobs, len(names))
        inputs = [SummaryInput(name, self._rendered.shown(f"^{name}")) for name in sorted(names)]
        job = SummaryPages(self._context, self._renderer)
        results = map_parallel(job, inputs, jobs, lambda n: tick("生成汇总页面", n, len(inputs)))
        for result in results:
            group = f"^{result.id}"
            yield from self._rendered.store(group, result.pages, result.dependencies)
            if not (result.pages.files or result.pages.unchanged):
                self._rendered.forget(group)


def sitemap_list(unit: str) -> str:
    """The name under which a unit's part of the sitemap is among the changed lists."""
    return f"sitemap:{unit.partition('/')[0][:_SITEMAP_DIGITS]}"
