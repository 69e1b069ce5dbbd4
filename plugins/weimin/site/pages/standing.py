"""The pages of a platform's standing records: project lists, plans, guidance, rules."""

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
from weimin.site.filed import Filed, article, filed_of, source_words
from weimin.site.page import page
from weimin.site.presenters.presenter import Teller, rows, sources_of
from weimin.site.shell import Shell, full_name
from weimin.site.source_links import Doors
from weimin.site.view_models import Crumb, Head, Row
from weimin.wording.dates import date_words
from weimin.wording.parameters import name_words, value_words

FOLDERS = ("projects", "plans", "guidance", "rules")
_TYPES = {"projects": "projects", "plan": "plan", "guidance": "guidance", "rule": "rulebook"}


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a project list or of a plan."""

    anchor: str
    name: DisplayText
    rows: tuple[Row, ...]


class YearView(msgspec.Struct, frozen=True, kw_only=True):
    """This year's plan against what was held; `held` counts a meeting once, where it is recorded."""

    year: int
    href: str
    planned: int
    dropped: int
    held: int
    claim: str
    items: tuple[ItemView, ...]


def platform_record_pages(view: PlatformView, shell: Shell, doors: Doors) -> Iterator[Page]:
    """A page for each record that has an address of its own."""
    filed = filed_of(view.revisions)
    for record in view.records.records:
        if record.place.folder in FOLDERS and record.place.kind in _TYPES:
            yield _standing_page(view, shell, record, filed.get(record.place.path), doors)


def platform_record_title(record: Record, shell: Shell) -> str:
    """Its own title where it has one; else the year or day of its name and what it is."""
    match record.data:
        case Projects(title=title) | RuleBook(title=title):
            return title
    stem, name = record.place.stem, shell.kind_names[record.place.kind]
    when = date_words(stem) if stem.isdigit() else date_words(record.place.on.text) if record.place.on else stem
    return when.removesuffix("年") + name if name.startswith("年") else when + name


def platform_record_links(view: PlatformView, shell: Shell) -> tuple[tuple[str, tuple[DisplayText, ...]], ...]:
    """The records by kind, the newest first, as links."""
    groups: dict[str, list[DisplayText]] = {}
    for record in reversed(view.records.records):
        place = record.place
        if place.folder in FOLDERS and place.kind in _TYPES:
            href = shell.urls.platform_record(view.row.code, place.folder, place.stem)
            groups.setdefault(place.kind, []).append(DisplayText(text=platform_record_title(record, shell), href=href))
    return tuple((shell.kind_names[kind], tuple(groups[kind])) for kind in _TYPES if kind in groups)


def _standing_page(view: PlatformView, shell: Shell, record: Record, filed: Filed | None, doors: Doors) -> Page:
    place = record.place
    title = platform_record_title(record, shell)
    name = full_name(view.row)
    head = Head(
        title=title,
        address=f"/{view.row.code}/{place.folder}/{place.stem}.html",
        description=f"{name}：{title}",
        crumbs=(*shell.crumbs(view.row.code), Crumb(title)),
        section="network",
        kind=place.kind,
        keywords=(shell.kind_names[place.kind], view.row.area),
        article=article(filed, source_words(name, record.data.compiled_from)),
    )
    t = Teller(shell, place.path, place.kind)
    return page(
        shell,
        _TYPES[place.kind],
        head,
        platform_name=name,
        platform_href=shell.urls.platform(view.row.code),
        sources=sources_of(record.data.compiled_from, place.path),
        path=place.path,
        doors=doors,
        **_content(t, shell, record),
    )


def _content(t: Teller, shell: Shell, record: Record) -> dict[str, Any]:
    match record.data:
        case Projects() as projects:
            items = tuple(_project(t, i, n) for n, i in enumerate(listed(projects.items)))
            return {"rows": _adopted(t, "adopted", projects.adopted), "items": items, "partial": bool(projects.partial)}
        case Plan() as plan:
            return {"rows": _adopted(t, "approved", plan.approved), "items": plan_items(t, plan)}
        case Guidance() as guidance:
            told = (t.several("to", guidance.to, t.who), t.row("form", t.choice("form", guidance.form)))
            return {"rows": told, "body": shell.render(record.body) if record.body.strip() else None}
        case RuleBook() as book:
            return {"rows": _book(t, book), "clauses": shell.clauses(record.body), "numbers": _numbers(t, book)}
    raise TypeError(record.place.path)


def _adopted(t: Teller, field: str, a: Adopted | str | None) -> tuple[Row, ...]:
    if not isinstance(a, Adopted):
        return (t.row(field, t.text(field, a)),)
    return (
        t.row(f"{field}.by", t.who(f"{field}.by", a.by)),
        t.row(f"{field}.date", t.date(f"{field}.date", a.date)),
    )


def _project(t: Teller, item: ProjectItem, n: int) -> ItemView:
    at = f"/items/{n}"
    progress = tuple(
        Row(
            date_words(p.as_of),
            (
                DisplayText(
                    text=t.choice("items.progress.state", p.state).text, claim=t.claim(f"{at}/progress/{m}/state")
                ),
            ),
        )
        for m, p in enumerate(listed(item.progress))
    )
    return ItemView(
        anchor=item.item,
        name=t.text("items.name", item.name, f"{at}/name"),
        rows=(
            *rows(
                t.row("items.lead", t.who("items.lead", item.lead, f"{at}/lead")),
                t.row("items.plan", t.text("items.plan", item.plan, f"{at}/plan")),
                t.row("items.due", t.date("items.due", item.due, f"{at}/due")),
            ),
            *progress,
        ),
    )


def plan_items(t: Teller, plan: Plan) -> tuple[ItemView, ...]:
    return tuple(_planned(t, item, n) for n, item in enumerate(listed(plan.items)))


def _planned(t: Teller, item: PlanItem, n: int) -> ItemView:
    at = f"/items/{n}"
    return ItemView(
        anchor=str(n + 1),
        name=t.text("items.subject", item.subject, f"{at}/subject"),
        rows=rows(
            t.row("items.when", t.date("items.when", item.when, f"{at}/when")),
            t.row("items.dossier", t.ref("items.dossier", item.dossier, "查看卷宗", pointer=f"{at}/dossier")),
            t.row("items.dropped", t.text("items.dropped", item.dropped, f"{at}/dropped")),
        ),
    )


def _book(t: Teller, book: RuleBook) -> tuple[Row, ...]:
    return rows(
        t.row("doc_no", t.text("doc_no", book.doc_no)),
        t.row("issued", t.date("issued", book.issued)),
        t.row("effective_from", t.date("effective_from", book.effective_from)),
        t.row("effective_to", t.date("effective_to", book.effective_to)),
        t.several("applies_to", book.applies_to, t.choice) if book.applies_to else t.row("applies_to", UNRECORDED),
        t.row("supersedes", t.ref("supersedes", book.supersedes)),
    )


def _numbers(t: Teller, book: RuleBook) -> tuple[tuple[DisplayText, DisplayText, str], ...]:
    """The parameters: name, value, clause."""
    return tuple(
        (
            DisplayText(text=name_words(p.name)),
            t.show(f"/parameters/{n}/value", p.value, value_words),
            p.clause or "",
        )
        for n, p in enumerate(listed(book.parameters))
    )


def year_plan(view: PlatformView, shell: Shell) -> YearView | None:
    """The newest year that has a plan or a consultation; none where there is neither."""
    plans = {int(r.place.stem): r for r in view.records.of_kind("plan") if r.place.stem.isdigit()}
    held = [c for s in view.dossiers for c in s.consultations if c.year is not None and c.same_as is None]
    year = max((*plans, *(c.year for c in held if c.year is not None)), default=None)
    if year is None:
        return None
    record = plans.get(year)
    plan = record.data if record and isinstance(record.data, Plan) else None
    items = plan_items(Teller(shell, record.place.path, "plan"), plan) if record and plan else ()
    return YearView(
        year=year,
        href=shell.urls.platform_record(view.row.code, "plans", str(year)) if record else "",
        planned=len(items),
        dropped=sum(1 for i in listed(plan.items) if i.dropped) if plan else 0,
        held=sum(c.times for c in held if c.year == year),
        claim=f"{record.place.path}#/items" if record else "",
        items=items,
    )
