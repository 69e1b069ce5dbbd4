"""The page of a platform: what it is, where it stands, who is there, what it planned and held, what it owes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weimin.model.codes import STEPS
from weimin.model.finding import Severity
from weimin.model.kinds import Opinion, Platform, Triage, listed
from weimin.model.kinds.platform_records import Closed, LeadingGroup, Members
from weimin.model.page import Page
from weimin.model.summary import Summary
from weimin.model.view import PlatformView
from weimin.site.charts.platform import platform_below, platform_year
from weimin.site.display_text import DisplayText
from weimin.site.linked import platform_node
from weimin.site.machine import json_bytes, platform_data
from weimin.site.page import data, page
from weimin.site.pages.standing import platform_record_links, platform_record_pages, year_plan
from weimin.site.presenters.duties import duty_views, finding_views, told_findings
from weimin.site.presenters.presenter import Teller, gathered, rows, safe_url, sources_of
from weimin.site.presenters.revisions import revision_views
from weimin.site.rows import dossier_rows
from weimin.site.shell import Shell, full_name
from weimin.site.source_links import platform_doors
from weimin.site.view_models import Head, Row

MOST = 50  # revisions on a platform's page; all of them stand in its index.json


def platform_pages(view: PlatformView, shell: Shell) -> Iterator[Page]:
    """The platform, its project lists, plans, guidance and rules, and `index.json`."""
    row = view.row
    address = f"/{row.code}/"
    name = full_name(row)
    head = Head(
        title=name,
        address=address,
        description=f"{name}的平台信息、协商卷宗和待办",
        crumbs=shell.crumbs(row.code),
        section="network",
        kind="platform",
        keywords=(name, row.area, row.level.platform),
        about=platform_node(shell, row),
    )
    doors = platform_doors(view, shell)
    yield page(shell, "platform", head, doors=doors, **_context(view, shell))
    yield from platform_record_pages(view, shell, doors)
    yield data(f"{address}index.json", json_bytes(platform_data(view, shell.urls)))


def _context(view: PlatformView, shell: Shell) -> dict[str, Any]:
    record = view.records.platform
    platform = record.data if record and isinstance(record.data, Platform) else Platform()
    t = Teller(shell, record.place.path if record else view.row.path, "platform")
    duties = [f for f in view.findings if f.severity == Severity.DUTY]
    year = year_plan(view, shell)
    return {
        "row": view.row,
        "level": view.row.level.label,
        "kind": view.row.level.platform,
        "heard": view.row.heard,
        "about": _about(t, platform),
        "leading": _leading(t, platform.leading_group),
        "posts": _posts(t, platform),
        "reach": _reach(t, platform),
        "sources": sources_of(platform.compiled_from, record.place.path if record else ""),
        "year": year,
        "year_chart": platform_year(view, year.year) if year else None,
        "links": (*platform_record_links(view, shell), *_reports(view, shell)),
        "opinions": _opinions(view, shell),
        "groups": _by_step(view.dossiers, shell),
        "dossier_count": len(view.dossiers),
        "joint": dossier_rows(view.joint, shell),
        "duties": (*finding_views(shell, duties), *duty_views(shell, (d for s in view.dossiers for d in s.duties))),
        "notices": told_findings((f for f in view.findings if f.severity == Severity.NOTICE), shell),
        "revisions": revision_views(shell, view.revisions[-MOST:], lambda r: r.what),
        "revision_count": len(view.revisions),
        "feed": shell.urls.to(f"/feeds/{view.row.code}.atom") if _has_feed(view) else "",
        "below_chart": platform_below(view, shell),
        "below": tuple((shell.urls.platform(b.row.code), b) for b in view.below),
    }


def _reports(view: PlatformView, shell: Shell) -> Iterator[tuple[str, tuple[DisplayText, ...]]]:
    """Years with an account of this platform and those below it, under one heading; none where there are none."""
    if view.reports:
        hrefs = ((year, shell.urls.to(f"/reports/{year}/{view.row.code}/")) for year in view.reports)
        yield "年度报告", tuple(DisplayText(text=f"{year}年", href=href) for year, href in hrefs)


def _has_feed(view: PlatformView) -> bool:
    """Its feed holds its own dossiers, those it took part in, and those of all below it."""
    return bool(view.dossiers or view.joint or any(b.dossiers for b in view.below))


def _about(t: Teller, p: Platform) -> tuple[Row, ...]:
    return rows(
        t.row("brand", t.text("brand", p.brand)),
        t.several("former_names", p.former_names, t.text),
        t.several("hosts", p.hosts, t.text),
        t.row("established", t.date("established", p.established)),
        *_closed(t, p.closed),
    )


def _closed(t: Teller, closed: Closed | None) -> tuple[Row, ...]:
    if closed is None:
        return ()
    return (
        t.row("closed", t.date("closed.date", closed.date), t.text("closed.reason", closed.reason)),
        *rows(t.row("closed.into", t.who("closed.into", closed.into))),
    )


def _leading(t: Teller, group: LeadingGroup | str | None) -> tuple[Row, ...]:
    """职务 → 由谁担任, the office first."""
    if not isinstance(group, LeadingGroup):
        return rows(t.row("leading_group", t.text("leading_group", group)))
    office = rows(t.row("leading_group.office_at", t.text("leading_group.office_at", group.office_at)))
    return (*office, *_holders(t, "leading_group.posts", group.posts))


def _posts(t: Teller, p: Platform) -> tuple[Row, ...]:
    return _holders(t, "posts", p.posts)


def _holders(t: Teller, field: str, posts: Any) -> tuple[Row, ...]:
    if not isinstance(posts, tuple) or not posts:
        return rows(t.row(field, t.text(field, posts)))
    pointer = "/" + field.replace(".", "/")
    return gathered(
        Row(post.role, (t.text(f"{field}.held_by", post.held_by, f"{pointer}/{n}/held_by"),))
        for n, post in enumerate(posts)
    )


def _reach(t: Teller, p: Platform) -> tuple[Row, ...]:
    """联系委员 and 征集渠道: how to be heard here."""
    return rows(*_members(t, p.members), *_channels(t, p))


def _members(t: Teller, m: Members | str | None) -> tuple[Row, ...]:
    if not isinstance(m, Members):
        return (t.row("members", t.text("members", m)),)
    return (
        t.row("members", t.count("members.count", m.count)),
        t.several("members.sectors", m.sectors, t.text),
        t.row("members.schedule", t.text("members.schedule", m.schedule)),
    )


def _channels(t: Teller, p: Platform) -> tuple[Row, ...]:
    found = listed(p.channels)
    if not found:
        return (t.row("channels", t.text("channels", p.channels)),)
    out = []
    for n, c in enumerate(found):
        kind = t.choice("channels.kind", c.kind, f"/channels/{n}/kind").text
        where = f"{kind}：{c.where}" if c.where and c.where != "unpublished" else kind
        out.append(t.show(f"/channels/{n}/kind", where, href=safe_url(c.url)))
    return (t.row("channels", *out),)


def _opinions(view: PlatformView, shell: Shell) -> tuple[tuple[str, int, str], ...]:
    """社情民意, counted by what was done with them (name, number, the choice itself); their words stay in the records."""
    counts: dict[tuple[str, str], int] = {}
    for record in view.records.of_kind("opinion"):
        o = record.data
        if isinstance(o, Opinion):
            decided = (isinstance(o.triage, Triage) and o.triage.decision) or "none"
            name = shell.label("opinion", "triage.decision", decided) if decided != "none" else "尚未处理"
            counts[name, decided] = counts.get((name, decided), 0) + 1
    return tuple((name, count, decided) for (name, decided), count in counts.items())


def _by_step(summaries: tuple[Summary, ...], shell: Shell) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Dossiers by the furthest step they reached, those that are closed or ended last."""
    groups: dict[str, list[Summary]] = {name: [] for name in (*STEPS.values(), "已办结", "已终止")}
    for s in summaries:
        name = "已终止" if s.ended else "已办结" if s.closed else STEPS.get(s.step, STEPS[1])
        groups[name].append(s)
    return tuple((name, dossier_rows(found, shell)) for name, found in groups.items() if found)
