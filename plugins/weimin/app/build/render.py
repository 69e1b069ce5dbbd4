"""One folder's pages and data, from what it is told of the others. What leaves is bytes, digests and what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from weimin.adapters.fonts import card_fonts
from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import Templates, environment, render
from weimin.app.build.share_images import Pictures
from weimin.app.build.source_links import Lines, with_source_links
from weimin.dossiers.disclosure import attachment_hidden
from weimin.engine.inventory import Unit
from weimin.engine.judge import Judge
from weimin.model.dossier import Dossier, Inbound
from weimin.model.finding import Duty, Finding
from weimin.model.history import Revision, TrailFinding
from weimin.model.page import Page
from weimin.model.summary import Summary
from weimin.model.view import BelowRow, DossierView, PlatformView
from weimin.opendata.encode import Packed, pack
from weimin.opendata.rows import Row, dossier_rows, platform_rows
from weimin.opendata.tables import Tables
from weimin.site.feeds import Entry, entries_of
from weimin.site.pages.dossier import dossier_pages
from weimin.site.pages.platform import platform_pages
from weimin.site.search.documents import Doc, dossier_doc, platform_doc
from weimin.site.site_context import SiteContext


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A folder to render, and all that others know of it."""

    unit: str
    inbound: tuple[Inbound, ...] = ()
    carried: tuple[Duty, ...] = ()
    titles: dict[str, str] = {}
    revisions: tuple[Revision, ...] = ()
    trail: tuple[TrailFinding, ...] = ()
    own: tuple[Summary, ...] = ()
    joint: tuple[Summary, ...] = ()
    below: tuple[BelowRow, ...] = ()
    reports: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    pictures: dict[str, bytes] | None = None  # path → digest of what was drawn there; None: nothing is drawn
    reads: tuple[str, ...] = ()


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a task. `entries` of feeds, `packed` rows of open data. `docs`: lines of the search index.

    `pictures`: every share picture by its path, with the digest of what is on it; `files` holds only those that are new.
    """

    unit: str
    files: tuple[tuple[str, bytes], ...] = ()
    entries: tuple[Entry, ...] = ()
    packed: tuple[Packed, ...] = ()
    pictures: dict[str, bytes] = {}
    docs: tuple[Doc, ...] = ()
    reads: tuple[str, ...] = ()


class Renderer:
    """What pages of folders are made with; the same for all of them."""

    def __init__(self, judge: Judge, context: SiteContext, tables: Tables) -> None:
        self.judge, self.context, self.tables = judge, context, tables
        self.register = judge.register

    @cached_property
    def _environment(self) -> Templates:
        return environment(theme_dir())

    @cached_property
    def _lines(self) -> Lines:
        def read(path: str) -> bytes:
            self.register.reads.note(f"ref:{path}")
            return self.register.tree.read(path)

        return Lines(self.register.by_path, read)

    @cached_property
    def _pictures(self) -> Pictures:
        return Pictures(*card_fonts())

    def written(self, page: Page) -> tuple[str, bytes]:
        html = render(self._environment, page)
        return page.path, with_source_links(self._environment, page, html, self._lines)

    def __call__(self, task: Task) -> Rendered:
        """Pages, attachments, feed entries and rows of one folder."""
        unit = self.register.units.get(task.unit)
        if unit is None:
            return Rendered(unit=task.unit)
        self.register.reads.taken()
        entries: tuple[Entry, ...] = ()
        attached: Iterable[tuple[str, bytes]] = ()
        pictures: dict[str, bytes] = {}
        docs: tuple[Doc, ...]
        if unit.is_dossier:
            view = self.dossier(unit, task)
            pages = dossier_pages(view, self.context, pictures=task.pictures is not None)
            entries = entries_of(view, self.context)
            drawn: list[tuple[str, bytes]] = []
            if task.pictures is not None:
                pictures, drawn = self._pictures.of(view, self.context, task.pictures)
            docs = (dossier_doc(view.summary, self.context),)
            attached = (*self._attachments(view.dossier), *drawn)
            rows = tuple(dossier_rows(view, self.tables))
        else:
            platform = self.platform(unit, task)
            if platform is None:
                return Rendered(unit=task.unit, reads=(*task.reads, *self.register.reads.taken()))
            docs = (platform_doc(platform.row, self.context),)
            pages, rows = platform_pages(platform, self.context), tuple(platform_rows(platform, self.tables))
        return Rendered(
            unit=task.unit,
            files=(*(self.written(p) for p in pages), *attached),
            entries=entries,
            packed=pack(rows, self.tables.by_name),
            pictures=pictures,
            docs=docs,
            reads=(*task.reads, *self.register.reads.taken(), *(f"title:{i}" for i in task.titles)),
        )

    def rows(self, task: Task) -> tuple[Row, ...]:
        """The rows of open data alone."""
        unit = self.register.units[task.unit]
        if unit.is_dossier:
            return tuple(dossier_rows(self.dossier(unit, task), self.tables))
        platform = self.platform(unit, task)
        return tuple(platform_rows(platform, self.tables)) if platform else ()

    def dossier(self, unit: Unit, task: Task) -> DossierView:
        folder = self.register.read(unit)
        verdict = self.judge.verdict(folder, task.inbound, task.carried)
        return DossierView(
            dossier=verdict.dossier,
            summary=verdict.summary,
            findings=verdict.findings,
            duties=verdict.duties,
            inbound=task.inbound,
            titles={i: title for i, title in task.titles.items() if title},
            originals=folder.records,
            revisions=task.revisions,
            trail=task.trail,
        )

    def platform(self, unit: Unit, task: Task) -> PlatformView | None:
        row = self.judge.network.get(unit.id)
        if row is None:
            return None
        own = self.register.platform_records(self.register.read(unit))
        return PlatformView(
            row=row,
            records=own,
            dossiers=task.own,
            joint=task.joint,
            below=task.below,
            reports=task.reports,
            findings=task.findings,
            revisions=task.revisions,
        )

    def _attachments(self, dossier: Dossier) -> Iterator[tuple[str, bytes]]:
        for path in dossier.attachments:
            if not attachment_hidden(dossier, path):
                yield f"{dossier.id}/attachments/{path.rpartition('/')[2]}", self.register.tree.read(path)
