"""Views made from the register as checked; pages rendered from the views, a folder at a time."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from weimin import __version__
from weimin.adapters.installation import example_files, example_message, published_schemas, schema_files, theme_dir
from weimin.adapters.templates import environment, render
from weimin.adapters.workers import each
from weimin.app.check import Held, Tick
from weimin.app.doors import Lines, with_doors
from weimin.app.past import past_of
from weimin.app.provenance import installed, origin_of
from weimin.app.register import Unit
from weimin.app.shards import Shards
from weimin.app.trail_rows import trail_rows
from weimin.model.codes import CODES
from weimin.model.dossier import Standing
from weimin.model.finding import Finding
from weimin.model.history import Revision, TrailFinding
from weimin.model.network import Network, PlatformRow
from weimin.model.page import Page
from weimin.model.record import Record
from weimin.model.summary import Summary
from weimin.model.trail_rows import TrailRows
from weimin.model.view import BelowRow, Build, DossierView, Example, PlatformView, RegisterView
from weimin.prose.clauses import clauses
from weimin.prose.render import render as render_prose
from weimin.site.calendar import calendar_pages, has_entries
from weimin.site.feeds import Entry, Feeds, entries_of, feed_names
from weimin.site.opendata.encode import Packed, pack
from weimin.site.opendata.rows import Row, dossier_rows, platform_rows
from weimin.site.opendata.tables import tables_of
from weimin.site.pages.dossier import dossier_pages
from weimin.site.pages.opendata import data_pages
from weimin.site.pages.platform import platform_pages
from weimin.site.pages.register import build_page, register_pages
from weimin.site.shell import Shell
from weimin.site.urls import Urls
from weimin.site.wording.labels import labels_of

Written = tuple[str, bytes]


class Site:
    """All that pages are made from. `outputs` gives every file of the site but the theme's own and the manifests."""

    def __init__(
        self,
        held: Held,
        base_url: str = "",
        tick: Tick = lambda what, n, total: None,
        *,
        released: bool = False,
        history: bool | None = None,
    ) -> None:
        """`released`: a log of checkpoints stands beside the pages. `history`: as `past_of` has it."""
        self.held = held
        examples = _examples()
        commit, dirty = origin_of(held.register.tree, held.commit)
        self.past = past_of(held.register.tree, commit, held.as_of, tick, history)
        build = Build(
            as_of=held.as_of,
            commit=commit,
            dirty=dirty,
            history=self.past is not None,
            version=__version__,
            base_url=base_url,
            checked={"records": held.records, "dossiers": len(held.summaries), "platforms": len(held.judge.network)},
            installed=installed(examples),
        )
        told = self.past.findings if self.past else ()
        self.view = _register_view(held, build, trail_rows(held, self.past, released), (*held.findings, *told))
        self.shell = _shell(held, self.view, examples)
        self.environment = environment(theme_dir())
        self.lines = Lines(held.register.by_path, held.register.tree.read)
        self.tables = tables_of(*_schemas())
        self._own: dict[str, list[Summary]] = defaultdict(list)
        self._joint: dict[str, list[Summary]] = defaultdict(list)
        self._titles = {s.id: s.title for s in held.summaries}
        for s in held.summaries:
            self._own[s.platform].append(s)
            for code in sorted({code for c in s.consultations for code in c.joint}):
                self._joint[code].append(s)
        self._findings: dict[str, list[Finding]] = defaultdict(list)
        for f in held.findings:
            if f.dossier is None:
                self._findings[f.path].append(f)
        self._trail: dict[str, list[TrailFinding]] = defaultdict(list)
        for found in told:
            self._trail[found.dossier or ""].append(found)
        self._below = _below_rows(held.judge.network, held.summaries, self.view.platform_duties)

    def outputs(self, jobs: int, tick: Tick) -> Iterator[Written]:
        """(path, bytes) of every page and data file but build.json, in a fixed order."""
        units = [u for u in self.held.register.units.values() if u.platform]
        feeds = Feeds(self.shell)
        shards = Shards(self.tables.by_name)
        for batch, entries, rows in each(self._unit, units, jobs, lambda n: tick("生成页面", n, len(units))):
            yield from batch
            feeds.add(entries)
            shards.add(rows)
        for page in (*register_pages(self.view, self.shell), *feeds.pages(), *calendar_pages(self.view, self.shell)):
            yield self._written(page)
        yield from shards.files()
        for page in data_pages(self.view, self.shell, self.tables.by_name, shards.written, published_schemas()):
            yield self._written(page)

    def rows(self, unit: Unit) -> tuple[Row, ...]:
        """The rows of open data of one folder."""
        if unit.is_dossier:
            return tuple(dossier_rows(self._dossier_view(unit), self.tables))
        row = self.held.judge.network.get(unit.id)
        if row is None:
            return ()
        standing = self.held.register.standing(self.held.register.read(unit))
        return tuple(platform_rows(self._platform_view(row, standing), self.tables))

    def build_json(self, digests: list[tuple[str, str]], files: int) -> Written:
        return self._written(build_page(self.view, digests, files))

    def _written(self, page: Page) -> Written:
        return page.path, with_doors(self.environment, page, render(self.environment, page), self.lines)

    def _unit(self, unit: Unit) -> tuple[list[Written], tuple[Entry, ...], tuple[Packed, ...]]:
        entries: tuple[Entry, ...] = ()
        if unit.is_dossier:
            view = self._dossier_view(unit)
            pages, entries = dossier_pages(view, self.shell), entries_of(view, self.shell)
            packed = pack(dossier_rows(view, self.tables), self.tables.by_name)
        else:
            row = self.held.judge.network.get(unit.id)
            if row is None:
                return [], entries, ()
            standing = self.held.register.standing(self.held.register.read(unit))
            platform = self._platform_view(row, standing)
            pages = platform_pages(platform, self.shell)
            packed = pack(platform_rows(platform, self.tables), self.tables.by_name)
        written = [self._written(p) for p in pages]
        return written + [(path, data) for path, data in self._attachments(unit)], entries, packed

    def _attachments(self, unit: Unit) -> Iterator[Written]:
        for place in unit.places:
            if place.kind == "attachment":
                name = place.path.rpartition("/")[2]
                yield f"{unit.id}/attachments/{name}", self.held.register.tree.read(place.path)

    def _dossier_view(self, unit: Unit) -> DossierView:
        inbound = self.held.inbound.get(unit.id, ())
        folder = self.held.register.read(unit)
        verdict = self.held.judge.verdict(folder, inbound, self.held.carried.get(unit.id, ()))
        named = {i.source.rpartition("/")[0] for i in inbound}
        named |= {text.rpartition("#")[0] or text for _s, _p, _r, text in verdict.dossier.refs}
        titles = {d: self._titles[d] for d in sorted(_dossier_of(n) for n in named) if d in self._titles}
        return DossierView(
            dossier=verdict.dossier,
            summary=verdict.summary,
            findings=verdict.findings,
            duties=verdict.duties,
            inbound=inbound,
            titles=titles,
            originals=folder.records,
            revisions=self._revisions(unit.id),
            trail=tuple(self._trail.get(unit.id, ())),
        )

    def _revisions(self, unit: str) -> tuple[Revision, ...]:
        return self.past.revisions.get(unit, ()) if self.past else ()

    def _platform_view(self, row: PlatformRow, standing: Standing) -> PlatformView:
        return PlatformView(
            row=row,
            standing=standing,
            dossiers=tuple(self._own.get(row.code, ())),
            joint=tuple(self._joint.get(row.code, ())),
            below=tuple(self._below[b.code] for b in self.held.judge.network.below(row.code)),
            findings=tuple(f for path in standing.paths for f in self._findings.get(path, ())),
            revisions=self._revisions(row.code),
        )


def site_of(held: Held, tick: Tick) -> Site:
    """What rows of open data are made from: no address, no history."""
    return Site(held, tick=tick, history=False)


def _dossier_of(ref: str) -> str:
    """The dossier a reference names: its first two parts."""
    return "/".join(ref.split("/")[:2])


def _register_view(held: Held, build: Build, trail: TrailRows, found: tuple[Finding, ...]) -> RegisterView:
    register = held.register
    site_unit = register.units.get("site")
    prose = register.read(site_unit).records if site_unit else ()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for f in found:
        counts[f.code]["exempt" if f.exempt else f.severity.value] += 1
    return RegisterView(
        site=register.site,
        build=build,
        network=held.judge.network,
        parameters=held.judge.parameters,
        summaries=held.summaries,
        rule_books=held.books,
        pages=tuple(r for r in prose if r.place.kind == "page"),
        news=tuple(r for r in prose if r.place.kind == "news"),
        rule_counts={code: dict(c) for code, c in sorted(counts.items())},
        platform_duties=tuple(f for f in held.findings if f.dossier is None and f.owed_by and not f.exempt),
        trail=trail,
    )


def _shell(held: Held, view: RegisterView, examples: Mapping[str, tuple[Example, ...]]) -> Shell:
    schemas, common = _schemas()
    urls = Urls(view.site.base_url or view.build.base_url)
    return Shell(
        site=view.site,
        build=view.build,
        network=view.network,
        parameters=view.parameters,
        labels=labels_of(schemas, common),
        render=partial(render_prose, root=urls.root),
        clauses=clauses,
        prose=[(r.place.stem, _title(r)) for r in view.pages],
        news=bool(view.news),
        examples=examples,
        feeds=feed_names(view.summaries),
        calendar=has_entries(view),
    )


def _schemas() -> tuple[dict[str, Any], Any]:
    schemas = {name.removesuffix(".schema.json"): json.loads(text) for name, text in schema_files().items()}
    common = schemas.pop("common")
    return schemas, common


def installed_now() -> dict[str, str]:
    """Digests of the schemas, the theme and the examples that a build would use now."""
    return installed(_examples())


def _examples() -> dict[str, tuple[Example, ...]]:
    """The tested bad and good case of every rule, and the words of the check on the bad one."""
    found: dict[str, tuple[Example, ...]] = {}
    for code in CODES.values():
        parts: list[Example] = []
        for which, title in (("bad", "不合要求的例子"), ("good", "合要求的例子")):
            parts += [
                Example(name=f"{title}：{path}", text=text) for path, text in example_files(code.code, code.slug, which)
            ]
            if which == "bad" and (said := example_message(code.code, code.slug)):
                parts.append(Example(name="核对时这样说", text=said))
        if parts:
            found[code.code] = tuple(parts)
    return found


def _title(record: Record) -> str:
    title: Any = getattr(record.data, "title", record.place.stem)
    return str(title)


def _below_rows(
    network: Network, summaries: tuple[Summary, ...], platform_duties: tuple[Finding, ...]
) -> Mapping[str, BelowRow]:
    """Figures of every platform with all below it, summed from the leaves up in one pass."""
    totals: dict[str, Counter[str]] = {code: Counter() for code in network.rows}
    for row in network.rows.values():
        totals[row.code]["platforms"] = 1
        totals[row.code]["heard"] = int(row.heard)
    for s in summaries:
        if s.platform in totals:
            totals[s.platform]["dossiers"] += 1
            totals[s.platform]["open"] += len(s.duties)
            totals[s.platform]["overdue"] += sum(d.overdue_days > 0 for d in s.duties)
    for f in platform_duties:
        if f.owed_by in totals:
            totals[f.owed_by]["open"] += 1
            totals[f.owed_by]["overdue"] += f.overdue_days > 0
    for code in sorted(totals, key=len, reverse=True):
        parent = network.rows[code].parent
        if parent in totals and parent != code:
            totals[parent].update(totals[code])
    return {
        code: BelowRow(
            row=network.rows[code],
            platforms=t["platforms"],
            heard=t["heard"],
            dossiers=t["dossiers"],
            open_duties=t["open"],
            overdue=t["overdue"],
        )
        for code, t in totals.items()
    }
