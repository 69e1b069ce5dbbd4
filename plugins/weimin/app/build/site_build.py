"""One build of the site: yields every file that differs from the last build, in a fixed order.

The steps, each of which renders only what is stale:

1. what all pages share (page_context.py): if it differs, every page is stale; if only the day or the commit differs, the
   pages that read it are;
2. the pages, open data rows, feed entries and search lines of units, by this process, worker processes or a cluster;
3. the pages of the network (network_pages.py): feeds, jobs of page types, summary pages;
4. files of open data in which a row changed, with the pages that list them; sitemap.xml; files of the search index in
   which a line changed;
5. files of the theme, manifests, the transparency log;
6. build.json, which names the digest of every manifest.

The store is changed in the same order. It is committed by the caller when all files are written (build.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from weimin.adapters.cluster import Cluster
from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import static_files
from weimin.adapters.workers import map_parallel
from weimin.app.build.artifacts import Artifacts, OutputFile
from weimin.app.build.network_pages import NetworkPages
from weimin.app.build.open_data_files import OpenDataFiles
from weimin.app.build.page_context import PageContext, build_of
from weimin.app.build.remote_rendering import render_remotely
from weimin.app.build.render import Renderer, RenderResult
from weimin.app.build.render_inputs import RenderInputs
from weimin.app.build.rendered_pages import RenderedPages
from weimin.app.build.search_index import SearchIndex
from weimin.app.build.updated_pages import UpdatedPages, updated_pages
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.history.stored_replay import history_replay_of
from weimin.engine.options import Tick
from weimin.engine.provenance import origin_of
from weimin.engine.queries.list_entry import EntryRow, ListEntryTable
from weimin.engine.queries.page import PageTable
from weimin.engine.queries.share_image import ShareImageTable
from weimin.engine.state import RENDER
from weimin.engine.stored_ledger import StoredLedger
from weimin.model.codes import CODES
from weimin.site.feeds import Entry, feeds_of
from weimin.site.json_documents import build_page
from weimin.site.page_types import TYPES
from weimin.site.search.documents import prose_doc, rule_doc
from weimin.site.sitemap_files import sitemap_part_of

LogWriter = Callable[[str], Iterable[OutputFile]]
"""The digest of all pages → the files of the transparency log, which are published beside them."""
_ENTRIES = msgspec.msgpack.Decoder(tuple[Entry, ...])


def no_log(_pages: str) -> Iterable[OutputFile]:
    """No files of a transparency log: this build is not a release."""
    return ()


class SiteBuild:
    """One build of the site of a computed register. `changed` may be called once."""

    def __init__(
        self,
        computed: ComputedRegister,
        base_url: str = "",
        tick: Tick = lambda what, n, total: None,
        *,
        released: bool = False,
        history: bool | None = None,
        share_images: bool = False,
        cluster: Cluster | None = None,
    ) -> None:
        """`released`: a transparency log is published beside the pages. `history`: as for `history_replay_of`.

        `share_images`: share images are drawn. `cluster`: the machines that render units, if there are enough of them.
        """
        self.computed, self._state, self._cluster = computed, computed.state, cluster
        store = self._state.store
        self._first = not self._state.meta.text("built")
        commit, dirty = origin_of(computed.register)
        replay = history_replay_of(self._state, computed.register.tree, commit, computed.as_of, tick, history)
        ledger = StoredLedger(computed)
        build = build_of(
            computed, commit, dirty=dirty, history=replay is not None, base_url=base_url, share_images=share_images
        )
        self.page_context = PageContext(computed, ledger, replay, build, base_url, released=released)
        self.renderer = Renderer(computed.judge, self.page_context.site_context, self.page_context.tables)
        self.render_inputs = RenderInputs(computed, ledger, replay, share_images=share_images)
        self.artifacts = Artifacts(self._state, sitemap_part_of(TYPES))
        self._rendered = RenderedPages(self._state, self.artifacts)
        self._network_pages = NetworkPages(
            computed, ledger, self.page_context, self.renderer, self.artifacts, self._rendered, first=self._first
        )
        self._pages, self._entries = PageTable(store), ListEntryTable(store)
        self._share_images = ShareImageTable(store)
        self._open_data = OpenDataFiles(store, self.page_context.tables.by_name)
        self._search = SearchIndex(self._state)
        self._changed_lists: set[str] = set()  # feeds that a unit changed

    def changed(self, jobs: int, tick: Tick, log: LogWriter | None = None) -> Iterator[OutputFile]:
        """(path, content) of every file that is new or differs, build.json last. `jobs`: the number of worker processes."""
        self._compare_context()
        yield from self._units(jobs, tick)
        self._state.invalidate_dependents(f"list:{name}" for name in sorted(self._changed_lists))
        yield from self._network_pages.changed(self._changed_lists, jobs, tick)
        yield from self._open_data_files()
        yield from self._network_pages.sitemaps()
        yield from self._search_files()
        yield from self.artifacts.put("^theme", static_files(theme_dir()).items())
        yield from self.artifacts.manifests()
        yield from self.artifacts.put("^log", log(self.artifacts.pages_digest) if log else ())
        yield from self.artifacts.manifests()
        page = build_page(self.page_context.view.build, self.artifacts.manifest_digests, self.artifacts.files)
        yield from self.artifacts.put("^build", [self.renderer.rendered(page)])
        self._state.meta.set_text("built", "yes")
        self.artifacts.close()

    def _compare_context(self) -> None:
        """Mark what has to be rendered again because what all pages share differs from the last build."""
        meta, digest = self._state.meta, self.page_context.digest
        if meta.text("page_context") not in ("", digest):
            self._state.mark_stale(RENDER, self._pages.ids())
        meta.set_text("page_context", digest)
        build = self.page_context.view.build
        for name, value in (("day", build.as_of.isoformat()), ("commit", build.commit)):
            if meta.text(name) != value:
                self._state.invalidate_dependents([name])
            meta.set_text(name, value)

    # Units
    def _units(self, jobs: int, tick: Tick) -> Iterator[OutputFile]:
        inventory = self.computed.register.inventory
        if self._first:
            stale = sorted(inventory.unit_ids(dossiers=True) + inventory.unit_ids(dossiers=False))
        else:
            stale = [i for i in self._state.stale(RENDER) if i[0].isdigit()]
        self._state.commit_for_workers(jobs, len(stale))
        units = [i for i in stale if i in self.computed.register.units]
        for removed in sorted(set(stale) - set(units)):
            yield from self._store_unit(RenderResult(unit=removed), removed=True)
        for result in self._results(units, jobs, lambda n: tick("生成页面", n, len(units))):
            yield from self._store_unit(result)

    def _results(self, units: list[str], jobs: int, tick: Callable[[int], None]) -> Iterator[RenderResult]:
        """The rendered units, in order."""
        if self._cluster is not None and len(units) >= self._cluster.min_items:
            inputs = map(self.render_inputs, units)
            return render_remotely(self._cluster, self.computed.judge, self.page_context, inputs, tick)
        return map_parallel(self.renderer, units, jobs, tick, prepare=self.render_inputs)

    def _store_unit(self, result: RenderResult, *, removed: bool = False) -> Iterator[OutputFile]:
        """Store what rendering a unit gave in place of the result before; its files that differ.

        `removed`: the unit has no files any more, and the result is empty.
        """
        unit = result.unit
        before = self._pages.delete(unit)
        entries_before = _ENTRIES.decode(before) if before else ()
        for row in _feed_rows(unit, entries_before):
            self._entries.delete(row)
        if not removed:
            dependency_set = self._state.dependency_set(tuple(sorted(set(result.dependencies))))
            self._pages.insert(unit, dependency_set, msgspec.msgpack.encode(result.entries) if result.entries else b"")
            self._entries.insert(_feed_rows(unit, result.entries))
        if entries_before != result.entries:
            feeds = (name for e in (*entries_before, *result.entries) for name in feeds_of(e))
            self._changed_lists |= {f"feed:{name}" for name in feeds}
        self._open_data.put(unit, result.packed)
        self._search.put(unit, result.docs)
        self._share_images.replace(unit, result.share_images)
        yield from self.artifacts.put(unit, result.files, result.share_images)
        self._state.mark_computed(RENDER, unit)

    # Files with rows or lines of many units
    def _open_data_files(self) -> Iterator[OutputFile]:
        """The open data files in which a row changed; their pages and the data package, which list all of them."""
        for producer, files in self._open_data.files():
            yield from self.artifacts.put(producer, files)
        if self._open_data.has_changes or self._rendered.is_stale("^data"):
            pages = self.page_context.data_pages(self._open_data.listed())
            shown, digest = self._rendered.shown("^data"), self.page_context.digest
            updated = updated_pages(pages, shown, digest, self.renderer.rendered)
            yield from self._rendered.store("^data", updated, ("day",))

    def _search_files(self) -> Iterator[OutputFile]:
        """The files of the search index in which a line changed. Rules and prose are searchable too."""
        if self._rendered.is_stale("^search"):
            view, context = self.page_context.view, self.page_context.site_context
            prose = (prose_doc(record, context) for record in (*view.pages, *view.news))
            self._search.put("^search", (*(rule_doc(code) for code in CODES.values()), *prose))
            yield from self._rendered.store("^search", UpdatedPages(), ("ref:site",))
        for path, data in self._search.files():
            yield from self.artifacts.put(f"^search:{path}", [(path, data)] if data is not None else [])


def _feed_rows(unit: str, entries: Iterable[Entry]) -> list[EntryRow]:
    """The rows by which a unit is listed in feeds: one for each feed, ranked by its newest entry."""
    newest: dict[str, str] = {}
    for e in entries:
        for name in feeds_of(e):
            newest[name] = max(newest.get(name, ""), e.updated.isoformat())
    return [(f"feed:{name}", rank, f"@{unit}", "") for name, rank in newest.items()]


def site_files(
    computed: ComputedRegister,
    jobs: int,
    base_url: str,
    tick: Tick,
    log: LogWriter = no_log,
    *,
    history: bool | None = None,
    share_images: bool = False,
) -> Iterator[OutputFile]:
    """Every file of the site, whatever was built before: pages, theme, a manifest for each folder, the log; build.json last.

    `history`: whether pages show the history of records; None: if the history is complete. Raises NothingToCheck if it is
    requested and not complete.
    """
    computed.state.clear_pages()
    site = SiteBuild(computed, base_url, tick, released=log is not no_log, history=history, share_images=share_images)
    yield from site.changed(jobs, tick, log)
