"""The site of a register: what of it changed, folder by folder, then what is of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from weimin.adapters.cluster import Cluster
from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import static_files
from weimin.adapters.workers import MIN_PARALLEL, map_parallel
from weimin.app.build.artifacts import Artifacts, OutputFile
from weimin.app.build.open_data_files import OpenDataFiles
from weimin.app.build.page_context import DEPENDENCIES, PageContext, build_of
from weimin.app.build.remote_rendering import rendered as rendered_elsewhere
from weimin.app.build.render import Renderer, RenderResult
from weimin.app.build.render_inputs import RenderInputs
from weimin.app.build.search_index import SearchIndex
from weimin.app.build.summary_pages import SummaryInput, SummaryPages, UpdatedPages, updated_pages
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.history.stored_replay import history_replay_of
from weimin.engine.options import Tick
from weimin.engine.provenance import origin_of
from weimin.engine.state import RENDER
from weimin.engine.stored_ledger import StoredLedger
from weimin.model.codes import CODES
from weimin.site.feeds import Entry, feed_page, feeds_of
from weimin.site.pages.register import JOBS, build_page, fixed_addresses, sitemap_index, sitemap_part
from weimin.site.search.documents import prose_doc, rule_doc
from weimin.totals.facets import PAGE

LogWriter = Callable[[str], Iterable[OutputFile]]
"""The digest of all pages → the files of the transparency log that stand beside them."""
_ENTRIES = msgspec.msgpack.Decoder(tuple[Entry, ...])
_SITEMAP = 9  # digits of a code: a part of the sitemap is of a township, or of what has no township above it
_FEED = 50


class SiteBuild:
    """All that is written. `changed` gives every file that is not as the last build of this store left it."""

    def __init__(
        self,
        held: ComputedRegister,
        base_url: str = "",
        tick: Tick = lambda what, n, total: None,
        *,
        released: bool = False,
        history: bool | None = None,
        share_images: bool = False,
        cluster: Cluster | None = None,
    ) -> None:
        """`released`: a log of checkpoints stands beside the pages. `history`: as `history_replay_of` has it.

        `share_images`: share images are drawn. `cluster`: where pages of folders are made, if not here.
        """
        self._cluster = cluster
        self.held, self._state, self._store = held, held.state, held.state.store
        self._first = not self._state.text("built")
        commit, dirty = origin_of(held.register)
        past = history_replay_of(self._state, held.register.tree, commit, held.as_of, tick, history)
        self._ledger = StoredLedger(held)
        build = build_of(
            held, commit, dirty=dirty, history=past is not None, base_url=base_url, share_images=share_images
        )
        self.page_context = PageContext(held, self._ledger, past, build, base_url, released=released)
        self.renderer = Renderer(held.judge, self.page_context.shell, self.page_context.tables)
        self.tasks = RenderInputs(held, self._ledger, past, share_images=share_images)
        self.artifacts = Artifacts(self._state)
        self._shards = OpenDataFiles(self._store, self.page_context.tables.by_name)
        self._search = SearchIndex(self._state)
        self._lists: set[str] = set()

    @property
    def gone(self) -> list[str]:
        return self.artifacts.gone

    def changed(self, jobs: int, tick: Tick, log: LogWriter | None = None) -> Iterator[OutputFile]:
        """(path, bytes) of what is new or differs, in a fixed order; build.json last."""
        self._frame_changed()
        yield from self._folders(jobs, tick)
        self._state.invalidate_dependents(f"list:{name}" for name in sorted(self._lists))
        yield from self._feeds()
        yield from self._sitemaps()
        for name in JOBS:
            yield from self._job(name)
        yield from self._families(jobs, tick)
        yield from self._data()
        yield from self._found()
        yield from self.artifacts.put("^theme", static_files(theme_dir()).items())
        yield from self.artifacts.manifests()
        yield from self.artifacts.put("^log", log(self.artifacts.pages_digest) if log else ())
        yield from self.artifacts.manifests()
        digests = self.artifacts.digests
        page = build_page(self.page_context.view, digests, self.artifacts.files)
        yield from self.artifacts.put("^build", [self.renderer.written(page)])
        self._state.set_text("built", "yes")
        self.artifacts.close()

    def _frame_changed(self) -> None:
        """What stands on every page changed: all of them are made again. What is of the day or the commit is read by few."""
        digest = self.page_context.digest
        if self._state.text("frame") not in ("", digest):
            self._state.mark_stale(RENDER, [i for (i,) in self._store.all_rows("SELECT id FROM page ORDER BY id")])
        self._state.set_text("frame", digest)
        build = self.page_context.view.build
        for name, now in (("day", build.as_of.isoformat()), ("commit", build.commit)):
            if self._state.text(name) != now:
                self._state.invalidate_dependents([name])
            self._state.set_text(name, now)

    # Folders
    def _folders(self, jobs: int, tick: Tick) -> Iterator[OutputFile]:
        inventory = self.held.register.inventory
        if self._first:
            stale = sorted(inventory.unit_ids(dossiers=True) + inventory.unit_ids(dossiers=False))
        else:
            stale = [i for i in self._state.stale(RENDER) if i[0].isdigit()]
        self._share(jobs, len(stale))
        units = [i for i in stale if i in self.held.register.units]
        for gone in sorted(set(stale) - set(units)):
            yield from self._keep(RenderResult(unit=gone), gone=True)
        for rendered in self._rendered(units, jobs, lambda n: tick("生成页面", n, len(units))):
            yield from self._keep(rendered)

    def _share(self, jobs: int, items: int) -> None:
        """Processes that are to do so much see what stands in the store; nobody believes it should this one be killed."""
        if jobs > 1 and items >= MIN_PARALLEL:
            self._state.set_text("judged", "")
            self._store.commit()
            self._state.set_text("judged", "yes")

    def _rendered(self, units: list[str], jobs: int, tick: Callable[[int], None]) -> Iterator[RenderResult]:
        if self._cluster is not None and len(units) >= self._cluster.min_items:
            return rendered_elsewhere(self._cluster, self.held.judge, self.page_context, map(self.tasks, units), tick)
        return map_parallel(self.renderer, units, jobs, tick, prepare=self.tasks)

    def _keep(self, rendered: RenderResult, *, gone: bool = False) -> Iterator[OutputFile]:
        """What a folder came to in place of what it was."""
        node = rendered.unit
        old = self._store.delete_row("page", (node,))
        before = _ENTRIES.decode(old[2]) if old and old[2] else ()
        for row in _in_feeds(node, before):
            self._store.delete_row("entry", row)
        if not gone:
            reads = self._state.dependency_set(tuple(sorted(set(rendered.dependencies))))
            feed = msgspec.msgpack.encode(rendered.entries) if rendered.entries else b""
            self._store.insert("page", [(node, reads, feed)])
            self._store.insert("entry", _in_feeds(node, rendered.entries))
        if before != rendered.entries:
            self._lists |= {f"feed:{name}" for e in (*before, *rendered.entries) for name in feeds_of(e)}
        self._shards.put(node, rendered.packed)
        self._search.put(node, rendered.docs)
        self._store.delete_where("picture", "node", node)
        self._store.insert("picture", [(path, node, digest) for path, digest in rendered.share_images.items()])
        yield from self.artifacts.put(node, rendered.files, rendered.share_images)
        if (old is None) != gone:
            part = node.partition("/")[0][:_SITEMAP]
            self._lists.add(f"sitemap:{part}")
        self._state.mark_computed(RENDER, node)

    # What is made of many folders
    def _job(self, name: str) -> Iterator[OutputFile]:
        """Pages of the whole network that are made together, where anything that they read changed."""
        node = f"^{name}"
        if not self._stale(node):
            return
        dependencies = self.held.register.dependencies
        dependencies.collect()
        pages = JOBS[name](self.page_context.seen_by(name), self.page_context.shell)
        made = updated_pages(pages, self._shown(node), self.page_context.digest, self.renderer.written)
        yield from self._made(node, made, (*DEPENDENCIES.get(name, ()), *dependencies.collect()))

    def _families(self, jobs: int, tick: Tick) -> Iterator[OutputFile]:
        """Pages of which there are as many as there are sums of their own (`page:results/2026-05`); gone with their sums."""
        names = {i[1:] for i in self._state.stale(RENDER) if i.startswith(f"^{PAGE}")}
        if self._first:
            asked = "SELECT DISTINCT scope FROM amount WHERE scope GLOB ? ORDER BY scope"
            names |= {scope for (scope,) in self._store.all_rows(asked, f"{PAGE}*/*")}
        self._share(jobs, len(names))
        sums = [SummaryInput(name, self._shown(f"^{name}")) for name in sorted(names)]
        made = map_parallel(
            SummaryPages(self.page_context, self.renderer), sums, jobs, lambda n: tick("生成汇总页面", n, len(sums))
        )
        for family in made:
            node = f"^{family.id}"
            yield from self._made(node, family.pages, family.dependencies)
            if not (family.pages.files or family.pages.kept):
                self._store.delete_row("page", (node,))

    def _shown(self, node: str) -> bytes:
        found = self._store.first_row("SELECT kept FROM page WHERE id = ?", node)
        return found[0] if found else b""

    def _stale(self, node: str) -> bool:
        known = self._store.first_row("SELECT 1 FROM page WHERE id = ?", node) is not None
        return (
            not known
            or self._store.first_row("SELECT 1 FROM stale WHERE id = ? AND work = ?", node, RENDER) is not None
        )

    def _made(self, node: str, made: UpdatedPages, reads: Iterable[str]) -> Iterator[OutputFile]:
        self._store.replace_row("page", (node, self._state.dependency_set(tuple(sorted(set(reads)))), made.shown))
        yield from self.artifacts.put(node, made.files, made.kept)
        self._state.mark_computed(RENDER, node)

    def _feeds(self) -> Iterator[OutputFile]:
        if self._first:
            lists = [
                n
                for (n,) in self._store.all_rows(
                    "SELECT DISTINCT list FROM entry WHERE list GLOB 'feed:*' ORDER BY list"
                )
            ]
        else:
            lists = [i[1:] for i in self._state.stale(RENDER) if i.startswith("^feed:")]
            lists = sorted({*lists, *(name for name in self._lists if name.startswith("feed:"))})
        for name in lists:
            dependencies = self.held.register.dependencies
            dependencies.collect()
            entries = [e for node in self._ledger.nodes(name, _FEED) for e in self._entries(node)]
            feed = name.removeprefix("feed:")
            files = [self.renderer.written(feed_page(feed, entries, self.page_context.shell))] if entries else []
            yield from self._made(f"^{name}", UpdatedPages(files=tuple(files)), dependencies.collect())

    def _entries(self, node: str) -> tuple[Entry, ...]:
        found = self._store.first_row("SELECT kept FROM page WHERE id = ?", node[1:])
        return _ENTRIES.decode(found[0]) if found and found[0] else ()

    def _sitemaps(self) -> Iterator[OutputFile]:
        """A part for each township, so that a new dossier rewrites one; addresses have to be absolute."""
        shell = self.page_context.shell
        stand = [
            i for (i,) in self._store.all_rows("SELECT id FROM page WHERE id = '^sitemap' OR id GLOB '^sitemap:*'")
        ]
        if not shell.urls.base:
            for node in sorted(stand):
                yield from self.artifacts.put(node, ())
                self._store.delete_row("page", (node,))
            return
        inventory = self.held.register.inventory
        codes = sorted({code[:_SITEMAP] for code in inventory.unit_ids(dossiers=False)})
        again = (*self._lists, *(i[1:] for i in self._state.stale(RENDER))) if stand else ()
        touched = {n.partition(":")[2] for n in again if n.startswith("sitemap:")} if stand else set(codes)
        for part in sorted(touched):
            units = (f"/{unit}/" for unit in inventory.units_of(part, exact=len(part) < _SITEMAP))
            files = [self.renderer.written(sitemap_part(shell, part, units))] if part in codes else []
            yield from self._made(f"^sitemap:{part}", UpdatedPages(files=tuple(files)), ())
        fixed = sitemap_part(shell, "pages", fixed_addresses(self.page_context.view))
        index = sitemap_index(shell, ["pages", *codes])
        made = UpdatedPages(files=tuple(self.renderer.written(p) for p in (fixed, index)))
        yield from self._made("^sitemap", made, ())

    def _found(self) -> Iterator[OutputFile]:
        """The search index; rules and prose are found, too."""
        if self._stale("^found"):
            view, shell = self.page_context.view, self.page_context.shell
            prose = (prose_doc(record, shell) for record in (*view.pages, *view.news))
            self._search.put("^found", (*(rule_doc(code) for code in CODES.values()), *prose))
            yield from self._made("^found", UpdatedPages(), ("ref:site",))
        for path, data in self._search.files():
            yield from self.artifacts.put(f"^found:{path}", [(path, data)] if data is not None else [])

    def _data(self) -> Iterator[OutputFile]:
        """Files of open data in which a row changed; their pages and the package, which list them all."""
        for node, files in self._shards.files():
            yield from self.artifacts.put(node, files)
        if self._shards.touched or self._stale("^data"):
            pages = self.page_context.data_pages(self._shards.written())
            made = updated_pages(pages, self._shown("^data"), self.page_context.digest, self.renderer.written)
            yield from self._made("^data", made, ("day",))


def _in_feeds(node: str, entries: Iterable[Entry]) -> list[tuple[str, str, str, str]]:
    """A folder stands in each feed by its newest entry."""
    newest: dict[str, str] = {}
    for e in entries:
        for name in feeds_of(e):
            newest[name] = max(newest.get(name, ""), e.updated.isoformat())
    return [(f"feed:{name}", rank, f"@{node}", "") for name, rank in newest.items()]
