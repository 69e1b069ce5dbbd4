"""The site of a register: what of it changed, folder by folder, then what is of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from weimin.adapters.cluster import Cluster
from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import static_files
from weimin.adapters.workers import WORTHWHILE, each
from weimin.app.build.open_data_files import Shards
from weimin.app.build.outputs import Outputs, Written
from weimin.app.build.page_context import Frame, build_of
from weimin.app.build.remote_rendering import rendered as rendered_elsewhere
from weimin.app.build.render import Rendered, Renderer
from weimin.app.build.render_inputs import RenderInputs
from weimin.app.build.search_index import SearchIndex
from weimin.app.build.summary_pages import Asked, Renewed, SummaryPages, renewed
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.history.stored_replay import history_replay_of
from weimin.engine.options import Tick
from weimin.engine.provenance import origin_of
from weimin.engine.state import RENDER
from weimin.engine.stored_ledger import StoredLedger
from weimin.model.codes import CODES
from weimin.site.feeds import Entry, feed_page, feeds_of
from weimin.site.json_documents import build_page
from weimin.site.page_types import TYPES, Job
from weimin.site.page_types import jobs as network_jobs
from weimin.site.search.documents import prose_doc, rule_doc
from weimin.site.sitemap_files import sitemap_files, sitemap_index, sitemap_names, sitemap_part_of
from weimin.totals.facets import PAGE

Log = Callable[[str], Iterable[Written]]
"""The digest of all pages → the files of the transparency log that stand beside them."""
_ENTRIES = msgspec.msgpack.Decoder(tuple[Entry, ...])
_FEED = 50


class Site:
    """All that is written. `changed` gives every file that is not as the last build of this store left it."""

    def __init__(
        self,
        held: ComputedRegister,
        base_url: str = "",
        tick: Tick = lambda what, n, total: None,
        *,
        released: bool = False,
        history: bool | None = None,
        pictures: bool = False,
        cluster: Cluster | None = None,
    ) -> None:
        """`released`: a log of checkpoints stands beside the pages. `history`: as `history_replay_of` has it.

        `pictures`: share pictures are drawn. `cluster`: where pages of folders are made, if not here.
        """
        self._cluster = cluster
        self.held, self._state, self._store = held, held.state, held.state.store
        self._first = not self._state.text("built")
        commit, dirty = origin_of(held.register)
        past = history_replay_of(self._state, held.register.tree, commit, held.as_of, tick, history)
        self._ledger = StoredLedger(held)
        build = build_of(held, commit, dirty=dirty, history=past is not None, base_url=base_url, pictures=pictures)
        self.frame = Frame(held, self._ledger, past, build, base_url, released=released)
        self.renderer = Renderer(held.judge, self.frame.context, self.frame.tables)
        self.tasks = RenderInputs(held, self._ledger, past, pictures=pictures)
        self.outputs = Outputs(self._state, sitemap_part_of(TYPES))
        self._shards = Shards(self._store, self.frame.tables.by_name)
        self._search = SearchIndex(self._state)
        self._lists: set[str] = set()

    @property
    def gone(self) -> list[str]:
        return self.outputs.gone

    def changed(self, jobs: int, tick: Tick, log: Log | None = None) -> Iterator[Written]:
        """(path, bytes) of what is new or differs, in a fixed order; build.json last."""
        self._frame_changed()
        yield from self._folders(jobs, tick)
        self._state.touch(f"list:{name}" for name in sorted(self._lists))
        yield from self._feeds()
        for name, job in network_jobs().items():
            yield from self._job(name, job)
        yield from self._families(jobs, tick)
        yield from self._data()
        yield from self._sitemaps()
        yield from self._found()
        yield from self.outputs.put("^theme", static_files(theme_dir()).items())
        yield from self.outputs.manifests()
        yield from self.outputs.put("^log", log(self.outputs.pages_digest) if log else ())
        yield from self.outputs.manifests()
        digests = self.outputs.digests
        page = build_page(self.frame.view.build, digests, self.outputs.files)
        yield from self.outputs.put("^build", [self.renderer.written(page)])
        self._state.set_text("built", "yes")
        self.outputs.close()

    def _frame_changed(self) -> None:
        """What stands on every page changed: all of them are made again. What is of the day or the commit is read by few."""
        digest = self.frame.digest
        if self._state.text("frame") not in ("", digest):
            self._state.mark(RENDER, [i for (i,) in self._store.all("SELECT id FROM page ORDER BY id")])
        self._state.set_text("frame", digest)
        build = self.frame.view.build
        for name, now in (("day", build.as_of.isoformat()), ("commit", build.commit)):
            if self._state.text(name) != now:
                self._state.touch([name])
            self._state.set_text(name, now)

    # Folders
    def _folders(self, jobs: int, tick: Tick) -> Iterator[Written]:
        inventory = self.held.register.inventory
        if self._first:
            stale = sorted(inventory.unit_ids(dossiers=True) + inventory.unit_ids(dossiers=False))
        else:
            stale = [i for i in self._state.stale(RENDER) if i[0].isdigit()]
        self._share(jobs, len(stale))
        units = [i for i in stale if i in self.held.register.units]
        for gone in sorted(set(stale) - set(units)):
            yield from self._keep(Rendered(unit=gone), gone=True)
        for rendered in self._rendered(units, jobs, lambda n: tick("生成页面", n, len(units))):
            yield from self._keep(rendered)

    def _share(self, jobs: int, items: int) -> None:
        """Processes that are to do so much see what stands in the store; nobody believes it should this one be killed."""
        if jobs > 1 and items >= WORTHWHILE:
            self._state.set_text("judged", "")
            self._store.commit()
            self._state.set_text("judged", "yes")

    def _rendered(self, units: list[str], jobs: int, tick: Callable[[int], None]) -> Iterator[Rendered]:
        if self._cluster is not None and len(units) >= self._cluster.worthwhile:
            return rendered_elsewhere(self._cluster, self.held.judge, self.frame, map(self.tasks, units), tick)
        return each(self.renderer, units, jobs, tick, told=self.tasks)

    def _keep(self, rendered: Rendered, *, gone: bool = False) -> Iterator[Written]:
        """What a folder came to in place of what it was."""
        node = rendered.unit
        old = self._store.remove_row("page", (node,))
        before = _ENTRIES.decode(old[2]) if old and old[2] else ()
        for row in _in_feeds(node, before):
            self._store.remove_row("entry", row)
        if not gone:
            reads = self._state.reading(tuple(sorted(set(rendered.reads))))
            feed = msgspec.msgpack.encode(rendered.entries) if rendered.entries else b""
            self._store.add("page", [(node, reads, feed)])
            self._store.add("entry", _in_feeds(node, rendered.entries))
        if before != rendered.entries:
            self._lists |= {f"feed:{name}" for e in (*before, *rendered.entries) for name in feeds_of(e)}
        self._shards.put(node, rendered.packed)
        self._search.put(node, rendered.docs)
        self._store.remove("picture", "node", node)
        self._store.add("picture", [(path, node, digest) for path, digest in rendered.pictures.items()])
        yield from self.outputs.put(node, rendered.files, rendered.pictures)
        self._state.done(RENDER, node)

    # What is made of many folders
    def _job(self, name: str, job: Job) -> Iterator[Written]:
        """Pages of the whole network that are made together, where anything that they read changed."""
        node = f"^job:{name}"
        if not self._stale(node):
            return
        reads = self.held.register.reads
        reads.taken()
        pages = job.build(self.frame.view_for(job), self.frame.context)
        made = renewed(pages, self._shown(node), self.frame.digest, self.renderer.written)
        yield from self._made(node, made, (*job.reads, *reads.taken()))

    def _families(self, jobs: int, tick: Tick) -> Iterator[Written]:
        """Pages of which there are as many as there are sums of their own (`page:results/2026-05`); gone with their sums."""
        names = {i[1:] for i in self._state.stale(RENDER) if i.startswith(f"^{PAGE}")}
        if self._first:
            asked = "SELECT DISTINCT scope FROM amount WHERE scope GLOB ? ORDER BY scope"
            names |= {scope for (scope,) in self._store.all(asked, f"{PAGE}*/*")}
        self._share(jobs, len(names))
        sums = [Asked(name, self._shown(f"^{name}")) for name in sorted(names)]
        made = each(SummaryPages(self.frame, self.renderer), sums, jobs, lambda n: tick("生成汇总页面", n, len(sums)))
        for family in made:
            node = f"^{family.id}"
            yield from self._made(node, family.pages, family.reads)
            if not (family.pages.files or family.pages.kept):
                self._store.remove_row("page", (node,))

    def _shown(self, node: str) -> bytes:
        found = self._store.one("SELECT kept FROM page WHERE id = ?", node)
        return found[0] if found else b""

    def _stale(self, node: str) -> bool:
        known = self._store.one("SELECT 1 FROM page WHERE id = ?", node) is not None
        return not known or self._store.one("SELECT 1 FROM stale WHERE id = ? AND work = ?", node, RENDER) is not None

    def _made(self, node: str, made: Renewed, reads: Iterable[str]) -> Iterator[Written]:
        self._store.put("page", (node, self._state.reading(tuple(sorted(set(reads)))), made.shown))
        yield from self.outputs.put(node, made.files, made.kept)
        self._state.done(RENDER, node)

    def _feeds(self) -> Iterator[Written]:
        if self._first:
            lists = [
                n for (n,) in self._store.all("SELECT DISTINCT list FROM entry WHERE list GLOB 'feed:*' ORDER BY list")
            ]
        else:
            lists = [i[1:] for i in self._state.stale(RENDER) if i.startswith("^feed:")]
            lists = sorted({*lists, *(name for name in self._lists if name.startswith("feed:"))})
        for name in lists:
            reads = self.held.register.reads
            reads.taken()
            entries = [e for node in self._ledger.nodes(name, _FEED) for e in self._entries(node)]
            feed = name.removeprefix("feed:")
            files = [self.renderer.written(feed_page(feed, entries, self.frame.context))] if entries else []
            yield from self._made(f"^{name}", Renewed(files=tuple(files)), reads.taken())

    def _entries(self, node: str) -> tuple[Entry, ...]:
        found = self._store.one("SELECT kept FROM page WHERE id = ?", node[1:])
        return _ENTRIES.decode(found[0]) if found and found[0] else ()

    def _sitemaps(self) -> Iterator[Written]:
        """The parts of sitemap.xml to which a page was added or from which one was removed; all, where there are none."""
        context = self.frame.context
        node = "^sitemap.xml"
        written = {i for (i,) in self._store.all("SELECT id FROM page WHERE id = ? OR id GLOB ?", node, f"{node}:*")}
        if not context.urls.base:  # the addresses of a sitemap are absolute
            for old in sorted(written):
                yield from self.outputs.put(old, ())
                self._store.remove_row("page", (old,))
            return
        counts = self.outputs.listed_counts()
        changed = self.outputs.parts | (set(counts) if self._stale(node) else set())
        if not changed:
            return
        for part in sorted(changed):
            files = [self.renderer.written(p) for p in sitemap_files(context, part, self.outputs.listed(part))]
            yield from self._made(f"{node}:{part}", Renewed(files=tuple(files)), ())
            if not files:
                self._store.remove_row("page", (f"{node}:{part}",))
        names = [name for part, count in counts.items() for name in sitemap_names(part, count)]
        index = self.renderer.written(sitemap_index(context, names))
        yield from self._made(node, Renewed(files=(index,)), ())

    def _found(self) -> Iterator[Written]:
        """The search index; rules and prose are found, too."""
        if self._stale("^found"):
            view, context = self.frame.view, self.frame.context
            prose = (prose_doc(record, context) for record in (*view.pages, *view.news))
            self._search.put("^found", (*(rule_doc(code) for code in CODES.values()), *prose))
            yield from self._made("^found", Renewed(), ("ref:site",))
        for path, data in self._search.files():
            yield from self.outputs.put(f"^found:{path}", [(path, data)] if data is not None else [])

    def _data(self) -> Iterator[Written]:
        """Files of open data in which a row changed; their pages and the package, which list them all."""
        for node, files in self._shards.files():
            yield from self.outputs.put(node, files)
        if self._shards.touched or self._stale("^data"):
            pages = self.frame.data_pages(self._shards.written())
            made = renewed(pages, self._shown("^data"), self.frame.digest, self.renderer.written)
            yield from self._made("^data", made, ("day",))


def _in_feeds(node: str, entries: Iterable[Entry]) -> list[tuple[str, str, str, str]]:
    """A folder stands in each feed by its newest entry."""
    newest: dict[str, str] = {}
    for e in entries:
        for name in feeds_of(e):
            newest[name] = max(newest.get(name, ""), e.updated.isoformat())
    return [(f"feed:{name}", rank, f"@{node}", "") for name, rank in newest.items()]
