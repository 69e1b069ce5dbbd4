"""The pages of a platform's own records: project lists, plans, guidance, rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from weimin.model.kinds import Guidance, Plan, Projects, RuleBook, listed
from weimin.model.kinds.platform_records import Adopted, PlanItem, ProjectItem
from weimin.model.page import Page
from weimin.model.record import Record
from weimin.model.view import PlatformView
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.page import page
from weimin.site.presenters.presenter import Presenter, rows, sources_of
from weimin.site.presenters.standing import corrected_rows
from weimin.site.record_dates import RecordDates, article, record_dates_of, source_words
from weimin.site.site_context import SiteContext, full_name
from weimin.site.source_links import SourceLinks
from weimin.site.view_models import Crumb, Head, Row
from weimin.wording.dates import format_date
from weimin.wording.parameters import format_parameter_value, parameter_name

FOLDERS = ("projects", "plans", "guidance", "rules")
_TYPES = {"projects": "projects", "plan": "plan", "guidance": "guidance", "rule": "rulebook"}


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a project list or of a plan."""

    anchor: str
    name: DisplayText
    rows: tuple[Row, ...]


class YearView(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of the year and the number of consultations held; a joint consultation is counted once, where it is recorded."""

    year: int
    href: str
    planned: int
    dropped: int
    held: int
    claim: str
    items: tuple[ItemView, ...]


def platform_record_pages(view: PlatformView, context: SiteContext, source_links: SourceLinks) -> Iterator[Page]:
    """A page for each record that has an address of its own."""
    filed = record_dates_of(view.revisions)
    for record in view.records.records:
        if record.place.folder in FOLDERS and record.place.kind in _TYPES:
            yield _record_page(view, context, record, filed.get(record.place.path), source_links)


def platform_record_title(record: Record, context: SiteContext) -> str:
    """Its own title where it has one; else the year or day of its name and what it is."""
    match record.data:
        case Projects(title=title) | RuleBook(title=title):
            return title
    stem, name = record.place.stem, context.kind_names[record.place.kind]
    when = format_date(stem) if stem.isdigit() else format_date(record.place.on.text) if record.place.on else stem
    return when.removesuffix("年") + name if name.startswith("年") else when + name


def platform_record_links(view: PlatformView, context: SiteContext) -> tuple[tuple[str, tuple[DisplayText, ...]], ...]:
    """The records by kind, the newest first, as links."""
    groups: dict[str, list[DisplayText]] = {}
    for record in reversed(view.records.records):
        place = record.place
        if place.folder in FOLDERS and place.kind in _TYPES:
            href = context.urls.platform_record(view.row.code, place.folder, place.stem)
            groups.setdefault(place.kind, []).append(
                DisplayText(text=platform_record_title(record, context), href=href)
            )
    return tuple((context.kind_names[kind], tuple(groups[kind])) for kind in _TYPES if kind in groups)


def _record_page(
    view: PlatformView, context: SiteContext, record: Record, filed: RecordDates | None, source_links: SourceLinks
) -> Page:
    place = record.place
    title = platform_record_title(record, context)
    name = full_name(view.row)
    head = Head(
        title=title,
        address=f"/{view.row.code}/{place.folder}/{place.stem}.html",
        description=f"{name}：{title}",
        crumbs=(*context.crumbs(view.row.code), Crumb(title)),
        section="network",
        kind=place.kind,
        keywords=(context.kind_names[place.kind], view.row.area),
        article=article(filed, source_words(name, record.data.compiled_from)),
    )
    present = Presenter(context, place.path, place.kind)
    return page(
        context,
        _TYPES[place.kind],
        head,
        platform_name=name,
        platform_href=context.urls.platform(view.row.code),
        sources=sources_of(record.data.compiled_from, place.path),
        path=place.path,
        source_links=source_links,
        **_content(present, context, record),
    )


def _content(present: Presenter, context: SiteContext, record: Record) -> dict[str, Any]:
    match record.data:
        case Projects() as projects:
            items = tuple(_project(present, i, n) for n, i in enumerate(listed(projects.items)))
            return {
                "rows": (
                    *_adopted(present, "adopted", projects.adopted),
                    *corrected_rows(present, projects.corrected),
                ),
                "items": items,
                "partial": bool(projects.partial),
            }
        case Plan() as plan:
            head = (*_adopted(present, "approved", plan.approved), *corrected_rows(present, plan.corrected))
            return {"rows": head, "items": plan_items(present, plan)}
        case Guidance() as guidance:
            told = (
                present.several("to", guidance.to, present.who),
                present.row("form", present.choice("form", guidance.form)),
            )
            return {"rows": told, "body": context.render(record.body) if record.body.strip() else None}
        case RuleBook() as book:
            return {
                "rows": _book(present, book),
                "clauses": context.clauses(record.body),
                "numbers": _numbers(present, book),
            }
    raise TypeError(record.place.path)


def _adopted(present: Presenter, field: str, a: Adopted | str | None) -> tuple[Row, ...]:
    if not isinstance(a, Adopted):
        return (present.row(field, present.text(field, a)),)
    return (
        present.row(f"{field}.by", present.who(f"{field}.by", a.by)),
        present.row(f"{field}.date", present.date(f"{field}.date", a.date)),
    )


def _project(present: Presenter, item: ProjectItem, n: int) -> ItemView:
    at = f"/items/{n}"
    progress = tuple(
        Row(
            format_date(p.as_of),
            (
                DisplayText(
                    text=present.choice("items.progress.state", p.state).text,
                    claim=present.claim(f"{at}/progress/{m}/state"),
                ),
            ),
        )
        for m, p in enumerate(listed(item.progress))
    )
    return ItemView(
        anchor=item.item,
        name=present.text("items.name", item.name, f"{at}/name"),
        rows=(
            *rows(
                present.row("items.lead", present.who("items.lead", item.lead, f"{at}/lead")),
                present.row("items.plan", present.text("items.plan", item.plan, f"{at}/plan")),
                present.row("items.due", present.date("items.due", item.due, f"{at}/due")),
            ),
            *progress,
        ),
    )


def plan_items(present: Presenter, plan: Plan) -> tuple[ItemView, ...]:
    return tuple(_planned(present, item, n) for n, item in enumerate(listed(plan.items)))


def _planned(present: Presenter, item: PlanItem, n: int) -> ItemView:
    at = f"/items/{n}"
    return ItemView(
        anchor=str(n + 1),
        name=present.text("items.subject", item.subject, f"{at}/subject"),
        rows=rows(
            present.row("items.when", present.date("items.when", item.when, f"{at}/when")),
            present.row(
                "items.dossier", present.ref("items.dossier", item.dossier, "查看卷宗", pointer=f"{at}/dossier")
            ),
            present.row("items.dropped", present.text("items.dropped", item.dropped, f"{at}/dropped")),
        ),
    )


def _book(present: Presenter, book: RuleBook) -> tuple[Row, ...]:
    return rows(
        present.row("doc_no", present.text("doc_no", book.doc_no)),
        present.row("issued", present.date("issued", book.issued)),
        present.row("effective_from", present.date("effective_from", book.effective_from)),
        present.row("effective_to", present.date("effective_to", book.effective_to)),
        present.several("applies_to", book.applies_to, present.choice)
        if book.applies_to
        else present.row("applies_to", UNRECORDED),
        present.row("supersedes", present.ref("supersedes", book.supersedes)),
    )


def _numbers(present: Presenter, book: RuleBook) -> tuple[tuple[DisplayText, DisplayText, str], ...]:
    """The parameters: name, value, clause."""
    return tuple(
        (
            DisplayText(text=parameter_name(p.name)),
            present.value(f"/parameters/{n}/value", p.value, format_parameter_value),
            p.clause or "",
        )
        for n, p in enumerate(listed(book.parameters))
    )


def year_plan(view: PlatformView, context: SiteContext) -> YearView | None:
    """The newest year with a plan or a consultation; None where there is neither."""
    plans = {int(r.place.stem): r for r in view.records.of_kind("plan") if r.place.stem.isdigit()}
    held = [c for s in view.dossiers for c in s.consultations if c.year is not None and c.same_as is None]
    year = max((*plans, *(c.year for c in held if c.year is not None)), default=None)
    if year is None:
        return None
    record = plans.get(year)
    plan = record.data if record and isinstance(record.data, Plan) else None
    items = plan_items(Presenter(context, record.place.path, "plan"), plan) if record and plan else ()
    return YearView(
        year=year,
        href=context.urls.platform_record(view.row.code, "plans", str(year)) if record else "",
        planned=len(items),
        dropped=sum(1 for i in listed(plan.items) if i.dropped) if plan else 0,
        held=sum(c.times for c in held if c.year == year),
        claim=f"{record.place.path}#/items" if record else "",
        items=items,
    )
