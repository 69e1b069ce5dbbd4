"""Rendering of one unit: pages, feed entries, open data rows, share images and search lines, from a render input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from weimin.adapters.fonts import share_image_fonts
from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import Templates, environment, render
from weimin.app.build.share_images import ShareImages
from weimin.app.build.source_links import SourceLines, with_source_links
from weimin.dossiers.disclosure import attachment_hidden
from weimin.engine.inventory import Unit
from weimin.engine.judge import Judge
from weimin.model.dossier import Dossier, Inbound
from weimin.model.finding import Duty, Finding
from weimin.model.history import Revision, TrailFinding
from weimin.model.page import Page
from weimin.model.summary import Summary
from weimin.model.view import BelowRow, DossierView, PlatformView
from weimin.opendata.encode import EncodedRows, encode_rows
from weimin.opendata.rows import DataRow, dossier_rows, platform_rows
from weimin.opendata.tables import Tables
from weimin.site.feeds import Entry, entries_of
from weimin.site.pages.dossier import dossier_pages
from weimin.site.pages.platform import platform_pages
from weimin.site.search.documents import Doc, dossier_doc, platform_doc
from weimin.site.site_context import SiteContext


class RenderInput(msgspec.Struct, frozen=True, kw_only=True):
    """A unit to render, and everything that its pages show of other units and of the store.

    `inbound`, `carried`: as for Judge.dossier. `titles`: dossier → title, empty if there is no such dossier. `revisions`,
    `trail`: what the history replay found. `own`, `joint`, `inherited`, `inherited_findings`, `below`, `reports`,
    `findings`: of a platform, as in PlatformView.
    `share_images`: path → digest of what the existing image shows; None if no images are drawn. `dependencies`: the keys of
    what was read to make this input.
    """

    unit: str
    inbound: tuple[Inbound, ...] = ()
    carried: tuple[Duty, ...] = ()
    titles: dict[str, str] = {}
    revisions: tuple[Revision, ...] = ()
    trail: tuple[TrailFinding, ...] = ()
    own: tuple[Summary, ...] = ()
    joint: tuple[Summary, ...] = ()
    inherited: tuple[Summary, ...] = ()
    inherited_findings: tuple[Finding, ...] = ()
    below: tuple[BelowRow, ...] = ()
    reports: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    share_images: dict[str, bytes] | None = None
    dependencies: tuple[str, ...] = ()


class RenderResult(msgspec.Struct, frozen=True, kw_only=True):
    """What rendering a unit gives. `entries`: of feeds. `packed`: rows of open data. `docs`: lines of the search index.

    `share_images`: path → digest of what the image shows, of all images; `files` contains only those that were drawn.
    """

    unit: str
    files: tuple[tuple[str, bytes], ...] = ()
    entries: tuple[Entry, ...] = ()
    packed: tuple[EncodedRows, ...] = ()
    share_images: dict[str, bytes] = {}
    docs: tuple[Doc, ...] = ()
    dependencies: tuple[str, ...] = ()


class Renderer:
    """Renders units; the same object for all units of a build."""

    def __init__(self, judge: Judge, context: SiteContext, tables: Tables) -> None:
        self.judge, self.context, self.tables = judge, context, tables
        self.register = judge.register

    @cached_property
    def _environment(self) -> Templates:
        return environment(theme_dir())

    @cached_property
    def _lines(self) -> SourceLines:
        def read(path: str) -> bytes:
            self.register.dependencies.record(f"ref:{path}")
            return self.register.tree.read(path)

        return SourceLines(self.register.by_path, read)

    @cached_property
    def _share_images(self) -> ShareImages:
        return ShareImages(*share_image_fonts())

    def rendered(self, page: Page) -> tuple[str, bytes]:
        """(path, content) of a page, with its source links."""
        html = render(self._environment, page)
        return page.path, with_source_links(self._environment, page, html, self._lines)

    def __call__(self, render_input: RenderInput) -> RenderResult:
        """Render a unit. Raises MissingGlyph, OSError."""
        unit = self.register.units.get(render_input.unit)
        if unit is None:
            return RenderResult(unit=render_input.unit)
        self.register.dependencies.collect()
        entries: tuple[Entry, ...] = ()
        attached: Iterable[tuple[str, bytes]] = ()
        share_images: dict[str, bytes] = {}
        docs: tuple[Doc, ...]
        if unit.is_dossier:
            view = self.dossier(unit, render_input)
            pages = dossier_pages(view, self.context, pictures=render_input.share_images is not None)
            entries = entries_of(view, self.context)
            drawn: list[tuple[str, bytes]] = []
            if render_input.share_images is not None:
                share_images, drawn = self._share_images.of(view, self.context, render_input.share_images)
            docs = (dossier_doc(view.summary, self.context),)
            attached = (*self._attachments(view.dossier), *drawn)
            rows = tuple(dossier_rows(view, self.tables))
        else:
            platform = self.platform(unit, render_input)
            if platform is None:
                return RenderResult(
                    unit=render_input.unit,
                    dependencies=(*render_input.dependencies, *self.register.dependencies.collect()),
                )
            docs = (platform_doc(platform.row, self.context),)
            pages, rows = platform_pages(platform, self.context), tuple(platform_rows(platform, self.tables))
        return RenderResult(
            unit=render_input.unit,
            files=(*(self.rendered(p) for p in pages), *attached),
            entries=entries,
            packed=encode_rows(rows, self.tables.by_name),
            share_images=share_images,
            docs=docs,
            dependencies=(
                *render_input.dependencies,
                *self.register.dependencies.collect(),
                *(f"title:{i}" for i in render_input.titles),
            ),
        )

    def rows(self, render_input: RenderInput) -> tuple[DataRow, ...]:
        """The open data rows of a unit, without rendering anything."""
        unit = self.register.units[render_input.unit]
        if unit.is_dossier:
            return tuple(dossier_rows(self.dossier(unit, render_input), self.tables))
        platform = self.platform(unit, render_input)
        return tuple(platform_rows(platform, self.tables)) if platform else ()

    def dossier(self, unit: Unit, render_input: RenderInput) -> DossierView:
        """The dossier judged again, from its files; findings and duties are too large to be stored for its pages."""
        folder = self.register.read(unit)
        verdict = self.judge.verdict(folder, render_input.inbound, render_input.carried)
        return DossierView(
            dossier=verdict.dossier,
            summary=verdict.summary,
            findings=verdict.findings,
            duties=verdict.duties,
            inbound=render_input.inbound,
            titles={i: title for i, title in render_input.titles.items() if title},
            originals=folder.records,
            revisions=render_input.revisions,
            trail=render_input.trail,
        )

    def platform(self, unit: Unit, render_input: RenderInput) -> PlatformView | None:
        """None if the platform has no row in the network."""
        row = self.judge.network.get(unit.id)
        if row is None:
            return None
        records = self.register.platform_records(self.register.read(unit))
        return PlatformView(
            row=row,
            records=records,
            dossiers=render_input.own,
            joint=render_input.joint,
            inherited=render_input.inherited,
            inherited_findings=render_input.inherited_findings,
            below=render_input.below,
            reports=render_input.reports,
            findings=render_input.findings,
            revisions=render_input.revisions,
        )

    def _attachments(self, dossier: Dossier) -> Iterator[tuple[str, bytes]]:
        for path in dossier.attachments:
            if not attachment_hidden(dossier, path):
                yield f"{dossier.id}/attachments/{path.rpartition('/')[2]}", self.register.tree.read(path)
