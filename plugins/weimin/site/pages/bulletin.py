"""简报: the bulletin of a month, for print and screen: what was published, agreed, done, rated low and not done in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from weimin.model.page import Page
from weimin.model.summary import Summary
from weimin.model.view import RegisterView
from weimin.site.claims import event_claim, record_claim
from weimin.site.display_text import DisplayText
from weimin.site.json_documents import FORMAT, json_bytes
from weimin.site.page import data, page
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Crumb, Head
from weimin.totals.facets import PAGE
from weimin.totals.periods import BULLETIN, month_of
from weimin.wording.counts import format_percent
from weimin.wording.dates import format_date, format_day
from weimin.wording.duties import parse_duty

TITLE = "每月简报"
MOST = 100
"""Lines of a part: as many as a printed bulletin has room for."""


class BulletinLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a part: title of the dossier, place, text; `rank` orders the lines."""

    rank: str
    title: DisplayText
    area: str
    text: DisplayText


class Part(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    total: int
    lines: tuple[BulletinLine, ...]


_Lines = Callable[[Summary, str, SiteContext], Iterator[BulletinLine]]


def bulletins_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The list of the months with a bulletin, the newest first."""
    months = sorted((m for m, n in view.ledger.sums(PAGE + BULLETIN).items() if n), reverse=True)
    head = Head(
        title=TITLE,
        address=f"/{BULLETIN}/",
        description="每个月公布了什么、商定了什么、办好了什么，哪些满意率低，哪些到期没有办",
        crumbs=context.crumbs_to(Crumb(TITLE)),
        section=BULLETIN,
        kind="bulletins",
    )
    links = [(format_date(m), context.urls.to(f"/{BULLETIN}/{m}/")) for m in months]
    yield page(context, "bulletins", head, links=links, empty="还没有可以出简报的月份。", intro=head.description)
    yield data(f"/{BULLETIN}/index.json", json_bytes({"format": FORMAT, "months": months}))


def bulletin_pages(path: str, view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The bulletin of the path `bulletin/2026-05`; no page where all sums are 0."""
    month = path.rpartition("/")[2]
    sums = {name: n for name, n in view.ledger.sums(PAGE + path).items() if n}
    if not sums:
        return
    lines = [line.summary for line in view.ledger.soonest(PAGE + path, 1_000_000) if line.summary is not None]
    parts = tuple(p for name, lines_of in _PARTS.items() if (p := _part(name, lines_of, lines, month, context)).total)
    words = format_date(month)
    counts = _counts(sums, month)
    head = Head(
        title=f"{words}简报",
        address=f"/{path}/",
        description=f"{words}：{'，'.join(c.text for c in counts)}。",
        crumbs=context.crumbs_to(Crumb(TITLE, context.urls.to(f"/{BULLETIN}/")), Crumb(words)),
        section=BULLETIN,
        kind="bulletin",
    )
    yield page(context, "bulletin", head, counts=counts, parts=parts)
    rows = [{"name": p.name, "total": p.total, "rows": [_row(line) for line in p.lines]} for p in parts]
    yield data(f"/{path}/index.json", json_bytes({"format": FORMAT, "month": month, "sums": sums, "parts": rows}))


def _counts(sums: Mapping[str, int], month: str) -> tuple[DisplayText, ...]:
    """The figures of the month, each with the expression of its `data-count` (docs/adr/0055)."""
    named = (
        ("开展协商", "held", "次", "开展协商"),
        ("形成成果", "agreed", "件", "形成的成果"),
        ("公布成果", "published", "件", "公布的成果"),
        ("办好落实事项", "done", "项", "办好的落实事项"),
        ("民主评议", "evaluations", "次", "民主评议"),
    )
    return tuple(
        DisplayText(text=f"{name}{sums.get(key, 0)}{unit}", count=f"{what}?在={month}")
        for name, key, unit, what in named
    )


def _part(name: str, lines_of: _Lines, summaries: list[Summary], month: str, context: SiteContext) -> Part:
    lines = sorted((line for s in summaries for line in lines_of(s, month, context)), key=lambda line: line.rank)
    return Part(name=name, total=len(lines), lines=tuple(lines[:MOST]))


def _row(line: BulletinLine) -> Mapping[str, str]:
    return {"title": line.title.text, "address": line.title.href, "area": line.area, "text": line.text.text}


def _line(s: Summary, rank: str, href: str, text: DisplayText, context: SiteContext) -> BulletinLine:
    return BulletinLine(rank=rank, title=DisplayText(text=s.title, href=href), area=context.area(s.platform), text=text)


def _published(s: Summary, month: str, context: SiteContext) -> Iterator[BulletinLine]:
    for o in s.outcomes:
        if o.publication == "publish" and o.decided and month_of(o.decided) == month:
            text = DisplayText(
                text=f"{format_date(o.decided)}决定公布", claim=event_claim(s.id, o.stem, "/publication/date")
            )
            yield _line(s, o.decided, context.urls.event(s.id, o.stem), text, context)


def _agreed(s: Summary, month: str, context: SiteContext) -> Iterator[BulletinLine]:
    for o in s.outcomes:
        if month_of(o.on) == month:
            text = DisplayText(text=format_date(o.on), claim=event_claim(s.id, o.stem))
            yield _line(s, o.on, context.urls.event(s.id, o.stem), text, context)


def _done(s: Summary, month: str, context: SiteContext) -> Iterator[BulletinLine]:
    for m in s.measures:
        if m.done is not None and m.done.isoformat()[:7] == month and m.stem not in _withheld(s):
            text = DisplayText(text=f"“{m.text}”，{format_day(m.done)}办好")
            yield _line(s, m.done.isoformat(), context.urls.dossier(s.id, m.id), text, context)


def _withheld(s: Summary) -> set[str]:
    return {o.stem for o in s.outcomes if o.publication == "withhold"}


def _low(s: Summary, month: str, context: SiteContext) -> Iterator[BulletinLine]:
    for e in s.evaluations:
        if e.low and month_of(e.on) == month:
            assert e.rate is not None  # low is said of counted ballots alone
            words = f"满意率{format_percent(e.rate)}，有效票{e.valid}张"
            text = DisplayText(text=words, claim=event_claim(s.id, e.stem, "/ballots"))
            yield _line(s, e.on, context.urls.event(s.id, e.stem), text, context)


def _overdue(s: Summary, month: str, context: SiteContext) -> Iterator[BulletinLine]:
    for d in s.duties:
        if d.overdue_days > 0 and d.due is not None and d.due.isoformat()[:7] == month:
            text = DisplayText(
                text=f"{parse_duty(d.message).fact}（{context.who(d.owed_by)}）", claim=record_claim(d.path)
            )
            yield _line(s, d.due.isoformat(), context.urls.dossier(s.id, "duties"), text, context)


_PARTS: Mapping[str, _Lines] = {
    "公布的成果": _published,
    "形成的成果": _agreed,
    "办好的落实事项": _done,
    "满意率低的评议": _low,
    "当月到期、至今没有办的": _overdue,
}
