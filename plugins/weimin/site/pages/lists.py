"""成果公布, 评议结果, 正在协商, 督办, 上报与答复: the newest of each in front, and pages by month, year, place, level, theme, state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from weimin.model.ledger import Ledger
from weimin.model.page import Page
from weimin.model.view import RegisterView
from weimin.site.json_documents import json_bytes, table_data
from weimin.site.page import data, page
from weimin.site.pages.deadlines import deadline_note
from weimin.site.pages.filters import Filter, filters_of, name_of
from weimin.site.site_context import SiteContext
from weimin.site.tables import Table, TableRow, consulting, duties, evaluations, reported_up, results, rows_of
from weimin.site.view_models import Crumb, Head
from weimin.totals.facets import PAGE, ROWS, UNDATED, WITH_YEARS

_Tabled = Callable[[Ledger, SiteContext], Table]

LISTS: Mapping[str, tuple[str, str, str, _Tabled]] = {
    "results": ("成果公布", "各平台的协商成果，新的在前。", "还没有登记协商成果。", results),
    "evaluations": ("评议结果", "民主评议的结果，满意率按票数复算。", "还没有登记民主评议。", evaluations),
    "consulting": (
        "正在协商与预告",
        "正在商量的事，和已经预告的协商。",
        "现在没有登记正在协商的事，也没有预告。",
        consulting,
    ),
    "duties": (
        "督办",
        "该办未办的事：由谁办，什么时候到期。",
        "没有待办的事。据公开报道整理的卷宗和尚未填报的平台不计待办。",
        duties,
    ),
    "reported-up": (
        "上报与答复",
        "协商中反映出来、上报给上级的事，和上级的答复。",
        "还没有登记上报的事。",
        reported_up,
    ),
}
"""Section → title, introduction, the text of an empty list, and the function that gives its rows."""

PER_PAGE = 100
_ALL = 1_000_000


def list_pages(name: str, view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The first page of a section, and the same rows as data."""
    title, intro, empty, tabled = LISTS[name]
    table = tabled(view.ledger, context)
    head = Head(
        title=title,
        address=f"/{name}/",
        description=intro,
        crumbs=context.crumbs_to(Crumb(title)),
        section=name,
        kind="list",
    )
    filters = filters_of(name, view.ledger.sums(PAGE + name), context)
    note = f"共{table.total}条，这里是{_order(name)}{len(table.rows)}条；其余按月份、地方看。"
    limits = deadline_note(name, context)
    yield from _listed(
        context, head, table, filters, intro, note if table.total > len(table.rows) else "", empty, limits=limits
    )


def narrow_pages(path: str, view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The pages of a narrower path of a section (`results/2026-05`), PER_PAGE rows each; no page without rows."""
    section = path.partition("/")[0]
    sums = view.ledger.sums(PAGE + path)
    complete = _has_all_rows(path)
    rows = rows_of(path, view.ledger, context, _ALL if complete else PER_PAGE)
    total = sums.get(ROWS, 0)
    parts = [rows[at : at + PER_PAGE] for at in range(0, len(rows), PER_PAGE)]
    filters, limits = filters_of(path, sums, context), deadline_note(path, context)
    for n, part in enumerate(parts, 1):
        note = f"共{total}条，这里是第{n}页。" if len(parts) > 1 else ""
        if not complete and total > len(rows):
            note = f"共{total}条，这里是{_order(section)}{len(rows)}条；其余按月份看，或者选更小的范围。"
        yield from _listed(
            context,
            _head(path, n, context),
            _table(part, total),
            filters,
            "",
            note,
            "",
            _pager(path, n, len(parts), context),
            limits=limits,
        )


def _table(rows: Sequence[TableRow], total: int) -> Table:
    return Table(rows=tuple(rows), total=total)


def _order(section: str) -> str:
    return {"duties": "期限最早的", "consulting": "最近的"}.get(section, "最新的")


def _has_all_rows(path: str) -> bool:
    """Whether the path has pages for all of its rows: a month, and a township (in a year, where the section has such pages)."""
    section, *names = path.split("/")
    month = len(names[-1]) == 7 or names[-1] == UNDATED
    return month or (len(names[0]) == 9 and names[0].isdigit() and (len(names) == 2 or section not in WITH_YEARS))


def _head(path: str, n: int, context: SiteContext) -> Head:
    section, *names = path.split("/")
    title, intro = LISTS[section][:2]
    narrowed = "，".join(name_of(section, name, context) for name in names)
    heading = f"{title}：{narrowed}" + (f"（第{n}页）" if n > 1 else "")
    return Head(
        title=heading,
        address=_address(path, n),
        description=f"{intro}{narrowed}",
        crumbs=context.crumbs_to(Crumb(title, context.urls.to(f"/{section}/")), Crumb(heading.partition("：")[2])),
        section=section,
        kind="narrow",
    )


def _address(path: str, n: int) -> str:
    return f"/{path}/" if n == 1 else f"/{path}/p{n}/"


def _pager(path: str, n: int, count: int, context: SiteContext) -> tuple[tuple[str, str, bool], ...]:
    """(text, address, whether it is this page) of the neighbouring pages; empty for a single page."""
    near = sorted({1, count, *range(max(n - 2, 1), min(n + 2, count) + 1)}) if count > 1 else []
    return tuple((str(m), context.urls.to(_address(path, m)), m == n) for m in near)


def _listed(
    context: SiteContext,
    head: Head,
    table: Table,
    filters: tuple[Filter, ...],
    intro: str,
    note: str,
    empty: str,
    pager: tuple[tuple[str, str, bool], ...] = (),
    *,
    limits: str = "",
) -> Iterator[Page]:
    """`limits`: that a place has set no time limits."""
    words = {"intro": intro, "note": note, "empty": empty, "limits": limits}
    shown = words | {"table": table, "filters": filters, "pager": pager}
    yield page(context, head.section if head.kind == "list" else head.kind, head, **shown)
    yield data(f"{head.address}index.json", json_bytes(table_data(table)))
