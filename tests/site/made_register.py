"""A register of made records as the views that pages are made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from made_ledger import MadeLedger
from made_records import (
    CITY,
    COMPILED,
    COUNTY,
    FULL,
    SILENT,
    TOWN,
    VILLAGE,
    WITHHELD,
    compiled_dossier,
    full_dossier,
    house,
    made_plan,
    record,
    standing_records,
    withheld_dossier,
)
from made_trail import FOUND, REVISIONS, trail

from builders.value import revive
from weimin.adapters.installation import published_schemas, schema_files
from weimin.adapters.store import Store
from weimin.app.build.open_data_files import OpenDataFiles
from weimin.dossiers.compile import compile_dossier, compile_platform_records
from weimin.dossiers.fold import steps_with_findings
from weimin.dossiers.summary import summarise
from weimin.engine.tables import TABLES
from weimin.model.basis import Basis
from weimin.model.dossier import Dossier
from weimin.model.finding import Finding, Severity
from weimin.model.kinds import Evaluation, News, Site
from weimin.model.kinds import Page as ProseData
from weimin.model.network import Network, PlatformRow, folder_of
from weimin.model.page import Page
from weimin.model.parameter import Parameters, ParameterSetting
from weimin.model.rating import Rating
from weimin.model.record import Record
from weimin.model.summary import DutyRow, Summary
from weimin.model.view import BelowRow, Build, DossierView, PlatformView, RegisterView
from weimin.opendata.encode import encode_rows
from weimin.opendata.rows import dossier_rows, platform_rows
from weimin.opendata.tables import tables_of
from weimin.prose.render import render
from weimin.site.feeds import FEEDS, entries_of, feed_page, feeds_of, feeds_with_entries
from weimin.site.json_documents import build_page
from weimin.site.page_types import TYPES, jobs, summary_pages
from weimin.site.pages.dossier import dossier_pages
from weimin.site.pages.opendata import data_pages
from weimin.site.pages.platform import platform_pages
from weimin.site.site_context import SiteContext
from weimin.wording.labels import labels_of

AS_OF = date(2026, 11, 22)

_AREAS = {CITY: "样例市", COUNTY: "样例县", TOWN: "样例镇", VILLAGE: "样例村", SILENT: "静默村"}


@cache
def labels() -> dict[str, str]:
    schemas = {name.partition(".")[0]: json.loads(text) for name, text in schema_files().items()}
    return labels_of(schemas, schemas.pop("common"))


def network() -> Network:
    return Network(
        PlatformRow(
            code=code,
            area=area,
            name=area + _kind(code),
            established="2019-12" if code == VILLAGE else None,
            has_records=code in (CITY, VILLAGE),
        )
        for code, area in _AREAS.items()
    )


def _kind(code: str) -> str:
    return {6: "为民协商办公室", 9: "为民协商议事室", 12: "为民协商联系点"}[len(code)] if code != CITY else "为民协商网"


def parameters() -> Parameters:
    return Parameters(
        [ParameterSetting(name="report_days", value=7, platform=CITY, source=f"{CITY}/rules/house#days", house=True)]
    )


def _rating(event: Any, data: Evaluation) -> Rating:
    rate = data.ballots.rate("satisfied_and_basic") if data.ballots and not isinstance(data.ballots, str) else None
    return Rating(rate=rate, line=0.8, basis=Basis.RULE)


def dossier_of(dossier_id: str, records: Iterable[Record]) -> Dossier:
    return compile_dossier(dossier_id, list(records), [], revive)


def summary_of(dossier: Dossier, duties: tuple[DutyRow, ...] = (), *, closed: bool = False) -> Summary:
    return summarise(
        dossier,
        steps=steps_with_findings(dossier.steps, frozenset(d.code for d in duties), missing=False),
        duties=duties,
        closed=closed,
        next_day=None,
        rate=_rating,
        answered={},
        excerpt=lambda body, limit: body[:limit],
    )


def dossier_views() -> list[DossierView]:
    owed = DutyRow(
        code="W402",
        message="“修剪行道树”要在期限前完成",
        owed_by=VILLAGE,
        due=date(2026, 11, 1),
        overdue_days=21,
        basis=Basis.RECORD,
        path=f"{folder_of(VILLAGE)}/2026-001/2026-03-10-outcome.md",
        pointer="/measures/1",
    )
    views = []
    for dossier_id, records, duties in (
        (FULL, full_dossier(), (owed,)),
        (WITHHELD, withheld_dossier(), ()),
        (COMPILED, compiled_dossier(), ()),
    ):
        dossier = dossier_of(dossier_id, records)
        views.append(
            DossierView(
                dossier=dossier,
                originals=tuple(records),
                summary=summary_of(dossier, duties),
                findings=_findings(dossier_id),
                revisions=REVISIONS.get(dossier_id, ()),
                trail=FOUND.get(dossier_id, ()),
            )
        )
    return views


def _findings(dossier_id: str) -> tuple[Finding, ...]:
    if dossier_id != FULL:
        return ()
    return (
        Finding(
            code="W404",
            slug="done-below-target",
            severity=Severity.NOTICE,
            path="",
            line=1,
            column=1,
            message="“装路灯”完成的数量少于目标",
            hint="",
            clause=None,
            dossier=FULL,
        ),
    )


def platform_views(summaries: Iterable[Summary]) -> Iterator[PlatformView]:
    found, net = list(summaries), network()
    for code, row in net.rows.items():
        below = tuple(
            BelowRow(row=b, platforms=1, has_records=int(b.has_records), dossiers=1, open_duties=1, overdue=1)
            for b in net.below(code)
        )
        yield PlatformView(
            row=row,
            records=compile_platform_records(code, standing_records().get(code, []), revive),
            dossiers=tuple(s for s in found if s.platform == code),
            joint=tuple(s for s in found if code == TOWN and s.platform == VILLAGE),
            below=below,
            revisions=REVISIONS.get(code, ()),
        )


def register_view(
    summaries: Iterable[Summary], owed: Mapping[str, tuple[Finding, ...]] | None = None, **site: Any
) -> RegisterView:
    prose = record("content/pages/about.md", {"title": "关于"}, "这里登记协商。[看规则](/rules/)")
    news = record(
        "content/news/2026-03-05-lamps.md",
        {"title": "议路灯", "date": "2026-03-05", "platform": VILLAGE, "about": [FULL]},
        "昨天议了路灯。",
    )
    assert isinstance(prose.data, ProseData)
    assert isinstance(news.data, News)
    return RegisterView(
        site=Site(title="样例为民协商", operator="样例市政协", contact="样例市样例路1号", **site),
        build=Build(as_of=AS_OF, commit="0" * 40, version="0.1.0"),
        network=network(),
        parameters=parameters(),
        ledger=MadeLedger(summaries, network(), owed or {}),
        rule_books=(made_plan(), house()),
        pages=(prose,),
        news=(news,),
        rule_counts={"W402": {"duty": 1}},
    )


class MadeClause(msgspec.Struct, frozen=True):
    anchor: str
    title: str
    html: Any


def clauses(body: str) -> tuple[MadeClause, ...]:
    """A heading that ends with an anchor opens a clause."""
    found: list[tuple[str, str, list[str]]] = []
    for line in body.splitlines():
        head, _, anchor = line.rpartition(" {#")
        if line.startswith("#") and anchor:
            found.append((anchor.rstrip("}"), head.lstrip("# "), []))
        elif found:
            found[-1][2].append(line)
    return tuple(MadeClause(anchor, title, render("\n".join(words))) for anchor, title, words in found)


def site_context_of(view: RegisterView) -> SiteContext:
    return SiteContext(
        site=view.site,
        build=view.build,
        network=view.network,
        parameters=view.parameters,
        labels=labels(),
        render=render,
        clauses=clauses,
        prose=[("about", "关于")],
        page_types=TYPES,
        feeds=[FEEDS[name] for name in feeds_with_entries(view)],
    )


def pages_of(**site: Any) -> list[Page]:
    """Every page of the made register."""
    return pages_of_views(dossier_views(), **site)[0]


def pages_of_views(views: list[DossierView], **site: Any) -> tuple[list[Page], SiteContext]:
    """Every page of a register of these dossiers, and what the pages share."""
    register = msgspec.structs.replace(register_view((v.summary for v in views), **site), trail=trail(views))
    context = site_context_of(register)
    entries = [e for v in views for e in entries_of(v, context)]
    feeds = [feed_page(name, entries, context) for name in sorted({n for e in entries for n in feeds_of(e)})]
    pages = [p for v in views for p in dossier_pages(v, context)]
    pages += [p for v in platform_views(v.summary for v in views) for p in platform_pages(v, context)]
    made = [p for job in jobs().values() for p in job.build(register, context)]
    for scope in register.ledger.scopes():
        section, _, narrower = scope.removeprefix("page:").partition("/")
        if narrower and scope.startswith("page:"):
            made += summary_pages(section)(f"{section}/{narrower}", register, context)
    return [*pages, *made, *feeds, *open_data(views, register, context), build_page(register.build)], context


def open_data(views: list[DossierView], register: RegisterView, context: SiteContext) -> list[Page]:
    """The data files of the made register and the pages about them."""
    schemas = {name.partition(".")[0]: json.loads(text) for name, text in schema_files().items()}
    tables = tables_of(schemas, schemas.pop("common"))
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.sqlite", "made", TABLES)
        shards = OpenDataFiles(store, tables.by_name)
        for view in views:
            shards.put(view.dossier.id, encode_rows(dossier_rows(view, tables), tables.by_name))
        for platform in platform_views(v.summary for v in views):
            shards.put(platform.row.code, encode_rows(platform_rows(platform, tables), tables.by_name))
        files = [Page(path=path, data=content) for _, made in shards.files() for path, content in made]
        store.close()
    return [*files, *data_pages(register, context, tables.by_name, shards.listed(), published_schemas())]


def write(pages: Iterable[tuple[str, bytes]], target: Path) -> None:
    for path, content in pages:
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
