"""Pages of the whole network: feeds, sitemaps, fixed groups of pages (home, lists, rules …) and summary pages.

A group of pages is stale if something that it read has changed. Only those of its pages whose content changed are rendered
(updated_pages.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from weimin.adapters.workers import map_parallel
from weimin.app.build.artifacts import Artifacts, OutputFile
from weimin.app.build.page_context import PageContext
from weimin.app.build.render import Renderer
from weimin.app.build.rendered_pages import RenderedPages
from weimin.app.build.summary_pages import SummaryInput, SummaryPages
from weimin.app.build.updated_pages import UpdatedPages, updated_pages
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Tick
from weimin.engine.queries.list_entry import ListEntryTable
from weimin.engine.queries.page import PageTable
from weimin.engine.queries.sitemap_page import SitemapPageTable
from weimin.engine.queries.total import TotalTable
from weimin.engine.state import RENDER
from weimin.engine.stored_ledger import StoredLedger
from weimin.site.feeds import Entry, feed_page
from weimin.site.page_types import Job
from weimin.site.page_types import jobs as network_jobs
from weimin.site.sitemap_files import sitemap_files, sitemap_index, sitemap_names
from weimin.totals.facets import PAGE

_ENTRIES = msgspec.msgpack.Decoder(tuple[Entry, ...])
_SITEMAP = "^sitemap.xml"
"""The group of sitemap.xml; its parts follow after a colon."""
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
        self._sitemap_pages = SitemapPageTable(self._state.store)

    def changed(self, changed_lists: Collection[str], jobs: int, tick: Tick) -> Iterator[OutputFile]:
        """The files that differ. `changed_lists`: the feeds that units changed in this build."""
        yield from self._feeds(changed_lists)
        for name, job in network_jobs().items():
            yield from self._group(name, job)
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
                page = feed_page(name.removeprefix("feed:"), entries, self._context.site_context)
                files = (self._renderer.rendered(page),)
            yield from self._rendered.store(f"^{name}", UpdatedPages(files=files), dependencies.collect())

    def _feed_entries(self, item: str) -> tuple[Entry, ...]:
        """The feed entries of a unit, which a list of a feed names as `@UNIT`."""
        data = self._pages.data_of(item[1:])
        return _ENTRIES.decode(data) if data else ()

    def sitemaps(self) -> Iterator[OutputFile]:
        """The parts of sitemap.xml to which this build added a page or from which it removed one, and the index of parts.

        All parts if the context of all pages changed. Without a base URL there are none, because their addresses are absolute.
        """
        context = self._context.site_context
        if not context.urls.base:
            for part in sorted(self._pages.sitemaps()):
                yield from self._artifacts.put(part, ())
                self._rendered.forget(part)
            return
        counts = self._sitemap_pages.counts()
        changed = self._artifacts.changed_sitemap_parts | (set(counts) if self._rendered.is_stale(_SITEMAP) else set())
        if not changed:
            return
        for part in sorted(changed):
            pages = sitemap_files(context, part, self._sitemap_pages.of_part(part))
            files = tuple(self._renderer.rendered(page) for page in pages)
            yield from self._rendered.store(f"{_SITEMAP}:{part}", UpdatedPages(files=files), ())
            if not files:
                self._rendered.forget(f"{_SITEMAP}:{part}")
        names = [name for part, count in counts.items() for name in sitemap_names(part, count)]
        index = self._renderer.rendered(sitemap_index(context, names))
        yield from self._rendered.store(_SITEMAP, UpdatedPages(files=(index,)), ())

    def _group(self, name: str, job: Job) -> Iterator[OutputFile]:
        """The pages of a job, if they are stale."""
        group = f"^job:{name}"
        if not self._rendered.is_stale(group):
            return
        dependencies = self._computed.register.dependencies
        dependencies.collect()
        pages = job.build(self._context.view_for(job), self._context.site_context)
        updated = updated_pages(pages, self._rendered.shown(group), self._context.digest, self._renderer.rendered)
        yield from self._rendered.store(group, updated, (*job.reads, *dependencies.collect()))

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
