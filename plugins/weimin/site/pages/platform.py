"""The page of a platform: its name and place, its posts, its plan and consultations, its dossiers, its duties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weimin.model.codes import STEPS
from weimin.model.finding import Severity
from weimin.model.kinds import Opinion, Platform, Triage, listed
from weimin.model.kinds.platform_records import Closed, LeadingGroup, Members
from weimin.model.page import Page
from weimin.model.states import OVER
from weimin.model.summary import DutyRow, Summary
from weimin.model.view import PlatformView
from weimin.site.charts.platform import platform_below, platform_year
from weimin.site.display_text import DisplayText
from weimin.site.json_documents import json_bytes, platform_data
from weimin.site.page import data, page
from weimin.site.pages.platform_records import platform_record_links, platform_record_pages, year_plan
from weimin.site.presenters.duties import own_list, public_notices
from weimin.site.presenters.presenter import Presenter, gathered, rows, safe_url, sources_of
from weimin.site.presenters.revisions import revision_views
from weimin.site.presenters.standing import corrected_rows
from weimin.site.rows import dossier_rows
from weimin.site.site_context import SiteContext, full_name
from weimin.site.source_links import platform_source_links
from weimin.site.structured_data import platform_node
from weimin.site.view_models import Head, Row

MOST = 50  # revisions on a platform's page; its index.json has all of them


def platform_pages(view: PlatformView, context: SiteContext) -> Iterator[Page]:
    """The platform, its project lists, plans, guidance and rules, and `index.json`."""
    row = view.row
    address = f"/{row.code}/"
    name = full_name(row)
    head = Head(
        title=name,
        address=address,
        description=f"{name}的平台信息、协商卷宗和待办",
        crumbs=context.crumbs(row.code),
        section="network",
        kind="platform",
        keywords=(name, row.area, row.level.platform),
        about=platform_node(context, row),
    )
    source_links = platform_source_links(view, context)
    yield page(context, "platform", head, source_links=source_links, **_context(view, context))
    yield from platform_record_pages(view, context, source_links)
    yield data(f"{address}index.json", json_bytes(platform_data(view, context.urls)))


def _context(view: PlatformView, context: SiteContext) -> dict[str, Any]:
    record = view.records.platform
    platform = record.data if record and isinstance(record.data, Platform) else Platform()
    present = Presenter(context, record.place.path if record else view.row.path, "platform")
    duties = [f for f in view.findings if f.severity == Severity.DUTY]
    year = None if view.row.over else year_plan(view, context)
    return {
        "row": view.row,
        "level": view.row.level.label,
        "kind": view.row.level.platform,
        "has_records": view.row.has_records,
        "about": _about(present, platform),
        "leading": _leading(present, platform.leading_group),
        "posts": _posts(present, platform),
        "reach": _reach(present, platform),
        "sources": sources_of(platform.compiled_from, record.place.path if record else ""),
        "year": year,
        "year_chart": platform_year(view, year.year) if year else None,
        "links": (*platform_record_links(view, context), *_reports(view, context)),
        "opinions": _opinions(view, context),
        "groups": _by_step(view.dossiers, context),
        "dossier_count": len(view.dossiers),
        "joint": dossier_rows(view.joint, context),
        "inherited": dossier_rows(view.inherited, context),
        "duties": own_list(
            context,
            (*duties, *view.inherited_findings),
            (*(d for s in view.dossiers for d in s.duties), *_inherited_duties(view)),
        ),
        "notices": public_notices((f for f in view.findings if f.severity == Severity.NOTICE), context),
        "revisions": revision_views(context, view.revisions[-MOST:], lambda r: r.descriptions),
        "revision_count": len(view.revisions),
        "feed": context.urls.to(f"/feeds/{view.row.code}.atom") if _has_feed(view) else "",
        "below_chart": platform_below(view, context),
        "below": tuple((context.urls.platform(b.row.code), b) for b in view.below),
    }


def _inherited_duties(view: PlatformView) -> Iterator[DutyRow]:
    """What the platform owes in dossiers of closed ones."""
    return (d for s in view.inherited for d in s.duties if d.owed_by == view.row.code)


def _reports(view: PlatformView, context: SiteContext) -> Iterator[tuple[str, tuple[DisplayText, ...]]]:
    """The years with a report on this platform, under one heading; empty without a report."""
    if view.reports:
        hrefs = ((year, context.urls.to(f"/reports/{year}/{view.row.code}/")) for year in view.reports)
        yield "年度报告", tuple(DisplayText(text=f"{year}年", href=href) for year, href in hrefs)


def _has_feed(view: PlatformView) -> bool:
    """Its feed holds its own dossiers, those it took part in, and those of all below it."""
    return bool(view.dossiers or view.joint or any(b.dossiers for b in view.below))


def _about(present: Presenter, p: Platform) -> tuple[Row, ...]:
    return rows(
        present.row("brand", present.text("brand", p.brand)),
        present.several("former_names", p.former_names, present.text),
        present.several("hosts", p.hosts, present.text),
        present.row("established", present.date("established", p.established)),
        *_closed(present, p.closed),
        *corrected_rows(present, p.corrected),
    )


def _closed(present: Presenter, closed: Closed | None) -> tuple[Row, ...]:
    if closed is None:
        return ()
    return (
        present.row("closed", present.date("closed.date", closed.date), present.text("closed.reason", closed.reason)),
        *rows(present.row("closed.into", present.who("closed.into", closed.into))),
    )


def _leading(present: Presenter, group: LeadingGroup | str | None) -> tuple[Row, ...]:
    """职务 → 由谁担任, the office first."""
    if not isinstance(group, LeadingGroup):
        return rows(present.row("leading_group", present.text("leading_group", group)))
    office = rows(present.row("leading_group.office_at", present.text("leading_group.office_at", group.office_at)))
    return (*office, *_holders(present, "leading_group.posts", group.posts))


def _posts(present: Presenter, p: Platform) -> tuple[Row, ...]:
    return _holders(present, "posts", p.posts)


def _holders(present: Presenter, field: str, posts: Any) -> tuple[Row, ...]:
    if not isinstance(posts, tuple) or not posts:
        return rows(present.row(field, present.text(field, posts)))
    pointer = "/" + field.replace(".", "/")
    return gathered(
        Row(post.role, (present.text(f"{field}.held_by", post.held_by, f"{pointer}/{n}/held_by"),))
        for n, post in enumerate(posts)
    )


def _reach(present: Presenter, p: Platform) -> tuple[Row, ...]:
    """联系委员 and 征集渠道: how residents reach the platform."""
    return rows(*_members(present, p.members), *_channels(present, p))


def _members(present: Presenter, m: Members | str | None) -> tuple[Row, ...]:
    if not isinstance(m, Members):
        return (present.row("members", present.text("members", m)),)
    return (
        present.row("members", present.count("members.count", m.count)),
        present.several("members.sectors", m.sectors, present.text),
        present.row("members.schedule", present.text("members.schedule", m.schedule)),
    )


def _channels(present: Presenter, p: Platform) -> tuple[Row, ...]:
    found = listed(p.channels)
    if not found:
        return (present.row("channels", present.text("channels", p.channels)),)
    out = []
    for n, c in enumerate(found):
        kind = present.choice("channels.kind", c.kind, f"/channels/{n}/kind").text
        where = f"{kind}：{c.where}" if c.where and c.where != "unpublished" else kind
        out.append(present.value(f"/channels/{n}/kind", where, href=safe_url(c.url)))
    return (present.row("channels", *out),)


def _opinions(view: PlatformView, context: SiteContext) -> tuple[tuple[str, int, str], ...]:
    """社情民意 by decision: (name, number, decision). The pages never show their text."""
    counts: dict[tuple[str, str], int] = {}
    for record in view.records.of_kind("opinion"):
        o = record.data
        if isinstance(o, Opinion):
            decided = (isinstance(o.triage, Triage) and o.triage.decision) or "none"
            name = context.label("opinion", "triage.decision", decided) if decided != "none" else "尚未处理"
            counts[name, decided] = counts.get((name, decided), 0) + 1
    return tuple((name, count, decided) for (name, decided), count in counts.items())


def _by_step(summaries: tuple[Summary, ...], context: SiteContext) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Dossiers by the step at which they stand, those that are closed or ended last."""
    groups: dict[str, list[Summary]] = {name: [] for name in (*STEPS.values(), *(state.label for state in OVER))}
    for s in summaries:
        name = s.state.label if s.state in OVER else STEPS.get(s.at, STEPS[1])
        groups[name].append(s)
    return tuple((name, dossier_rows(found, context)) for name, found in groups.items() if found)
