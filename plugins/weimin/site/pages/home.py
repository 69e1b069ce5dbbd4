"""The front page: four figures of all years, the newest outcomes, consultations under way, low ratings, overdue duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import msgspec

from weimin.model.figures import FIGURES, expression
from weimin.model.network import PlatformRow
from weimin.model.page import Page
from weimin.model.place import Level
from weimin.model.view import RegisterView
from weimin.site.charts.drawing import Chart
from weimin.site.charts.funnel import counted_steps, funnel
from weimin.site.json_documents import FORMAT, json_bytes
from weimin.site.page import data, page
from weimin.site.rows import dossier_rows
from weimin.site.site_context import SiteContext
from weimin.site.tables import Table, consulting, duties, low_ratings, results
from weimin.site.view_models import Head
from weimin.totals.periods import REPORT
from weimin.wording.counts import format_percent
from weimin.wording.dates import format_day

_FEW = 6
_ARCHIVE = ("reports", "bulletins", "figures")
"""Page types of the reports on a year or a month that is over, and of the dictionary of their figures."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A headline figure; `note`: the total that it is a part of; `count`, `note_count`: what was counted (docs/adr/0055)."""

    value: str
    unit: str
    name: str
    note: str
    href: str
    count: str
    note_count: str


def home_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The front page and its figures as data."""
    figures = _figures(view, context)
    yield _home(view, context, figures)
    facts = {
        "format": FORMAT,
        "title": view.site.title,
        "as_of": view.build.as_of.isoformat(),
        "period": _period(view),
        "figures": figures,
    }
    yield data("/index.json", json_bytes(facts))


def _home(view: RegisterView, context: SiteContext, figures: tuple[Figure, ...]) -> Page:
    """Sections without anything in them are left out."""
    title = view.site.title
    head = Head(
        title=title,
        address="/",
        description=f"{title}：群众提了什么，商定了什么，办好了没有",
        section="home",
        kind="home",
    )
    year = view.build.as_of.year
    ledger = view.ledger
    sections: tuple[tuple[str, str, Table], ...] = (
        ("最近公布的成果", "results", results(ledger, context, _FEW)),
        ("正在协商与预告", "consulting", consulting(ledger, context, _FEW)),
        ("满意率低的，后来怎样", "evaluations", low_ratings(ledger, context, _FEW)),
        ("到期未办", "duties", duties(ledger, context, _FEW, overdue_only=True)),
    )
    return page(
        context,
        "home",
        head,
        period=_period(view),
        figures=figures,
        year=year,
        funnel=_funnel(ledger.sums(f"{REPORT}{year}"), year),
        archive=tuple(_archive(context)),
        counties=tuple((row, context.urls.platform(row.code)) for row in _counties(view)),
        recent=dossier_rows((line.summary for line in ledger.newest("recent", _FEW) if line.summary), context),
        sections=tuple(
            (name, context.urls.to(f"/{section}/"), table) for name, section, table in sections if table.rows
        ),
    )


def _period(view: RegisterView) -> str:
    """The period of the figures, in words."""
    return f"各年合计，截至{format_day(view.build.as_of)}"


def _archive(context: SiteContext) -> Iterator[tuple[str, str]]:
    """Name and link of the first page of each."""
    for row in (context.page_types[name] for name in _ARCHIVE):
        if row.listed is not None:
            yield row.listed.text, context.urls.to(row.address)


def _counties(view: RegisterView) -> Iterator[PlatformRow]:
    return (row for row in view.network.rows.values() if row.level == Level.COUNTY)


def _figures(view: RegisterView, context: SiteContext) -> tuple[Figure, ...]:
    rows = [r for r in view.network.rows.values() if not r.over]
    sums = Counter(view.ledger.sums("all"))
    of_year = Counter(view.ledger.sums(f"{REPORT}{view.build.as_of.year}"))
    to: Callable[[str], str] = context.urls.to
    year = view.build.as_of.year
    return (
        _figure(
            "已填报的平台",
            str(sum(1 for r in rows if r.has_records)),
            to("/network/"),
            f"共{len(rows)}个平台",
            expression("平台"),
        ),
        _figure(
            "卷宗",
            str(sums["dossiers"]),
            to(f"/reports/{year}/" if of_year["dossiers"] else "/reports/"),
            f"其中今年{of_year['dossiers']}件",
            expression("卷宗", only={"年": year}),
        ),
        _figure("办好的落实事项", str(sums["done"]), to("/duties/"), *_in_time(sums)),
        _figure(
            "满意率",
            _satisfaction(sums),
            to("/evaluations/"),
            f"{sums['rated']}次评议，有效票{sums['valid']}张，按票数复算" if sums["rated"] else "没有能复算的评议",
            expression("能复算的评议", "有效票") if sums["rated"] else "",
        ),
    )


def _figure(name: str, value: str, href: str, note: str, note_count: str) -> Figure:
    """A figure of the registry, of the whole network and of all years."""
    unit = "" if FIGURES[name].unit == "%" else FIGURES[name].unit
    return Figure(
        value=value, unit=unit, name=name, note=note, href=href, count=expression(name), note_count=note_count
    )


def _in_time(sums: Counter[str]) -> tuple[str, str]:
    """How many were done in time, which is said only of those that had a day; and the expression of these figures."""
    whole = f"共{sums['measures']}项"
    if sums["judged"]:
        text = f"{whole}；有期限可比的{sums['judged']}项中按期{sums['in_time']}项"
        return text, expression("落实事项", "有期限可比的落实事项", "按期办好的落实事项")
    reason = "；按期多少无法计算：办好的都没有写期限" if sums["done"] else ""
    return whole + reason, expression("落实事项")


def _satisfaction(sums: Counter[str]) -> str:
    """All ballots together, each evaluation by the formula in force for it."""
    return format_percent(sums["good"] / sums["valid"]) if sums["rated"] else "无法计算"


def _funnel(of_year: Mapping[str, int], year: int) -> Chart | None:
    """In how many of a year's dossiers each step was held; None of a year without any."""
    total = of_year.get("dossiers", 0)
    if not total:
        return None
    return funnel(counted_steps(of_year, f"卷宗?年={year}"), total, title=f"{year}年的卷宗开展了哪些步骤")
