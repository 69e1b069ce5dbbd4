"""年度报告: the report of a year, on the whole network and on each platform with a consultation or a plan in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from weimin.model.kinds import RuleBook, known, listed
from weimin.model.page import Page
from weimin.model.period import parse_period
from weimin.model.place import Level, level_of, parent_code
from weimin.model.record import Record
from weimin.model.view import RegisterView
from weimin.site.charts.drawing import Chart
from weimin.site.charts.funnel import counted_steps, funnel
from weimin.site.charts.months import months
from weimin.site.charts.times import times
from weimin.site.display_text import DisplayText
from weimin.site.json_documents import FORMAT, json_bytes
from weimin.site.page import data, page
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Crumb, Head
from weimin.totals.facets import PAGE
from weimin.totals.periods import REPORTS, UNKNOWN, durations
from weimin.wording.counts import format_number, format_percent

TITLE = "年度报告"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of the year: `name`, `values`, each with the expression of its `data-count`, and `how` it is counted."""

    name: str
    values: tuple[DisplayText, ...]
    how: str


class Below(msgspec.Struct, frozen=True, kw_only=True):
    """A platform one level below with its figures of the year."""

    code: str
    name: DisplayText
    planned: int
    held: int
    dossiers: int
    outcomes: int
    satisfaction: str

    def count_of(self, year: str, what: str) -> str:
        """The expression of the `data-count` of one of its figures."""
        return f"{what}@{self.code}*?{'年' if what == '卷宗' else '在'}={year}"


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator of the assessment (考核指标) by the rules of the platform or of one above it."""

    name: str
    formula: str
    weight: str
    clause: str
    book: DisplayText
    claim: str


def reports_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The list of the years with a report."""
    years = sorted((y for y, n in view.ledger.sums(PAGE + REPORTS).items() if n), reverse=True)
    head = Head(
        title=TITLE,
        address=f"/{REPORTS}/",
        description="每年计划了多少、开展了多少，开展了哪些步骤，用了多少天，群众满意不满意",
        crumbs=context.crumbs_to(Crumb(TITLE)),
        section=REPORTS,
        kind=REPORTS,
    )
    links = [(f"{y}年", context.urls.to(f"/{REPORTS}/{y}/")) for y in years]
    yield page(context, REPORTS, head, links=links, empty="还没有可以汇总的年份。", intro=head.description)
    yield data(f"/{REPORTS}/index.json", json_bytes({"format": FORMAT, "years": [int(y) for y in years]}))


def report_pages(path: str, view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The report of the path `reports/2026` or `reports/2026/321302`; no page where all sums are 0."""
    _, year, *codes = path.split("/")
    code = codes[0] if codes else ""
    sums = {name: n for name, n in view.ledger.sums(PAGE + path).items() if n}
    if not sums:
        return
    whose = context.platform_name(code) if code else "全部平台"
    title = f"{whose}{year}年{TITLE}" if code else f"{year}年{TITLE}"
    entries = _entries(sums, code, year)
    below = tuple(_below(year, code, view, context))
    head = Head(
        title=title,
        address=f"/{path}/",
        description=f"{whose}{year}年的协商：计划和开展、五个步骤、用时、满意率",
        crumbs=context.crumbs_to(*_crumbs(year, code, whose, context)),
        section=REPORTS,
        kind="report",
    )
    yield page(
        context,
        "report" if code else "year-report",
        head,
        year=year,
        platform=context.urls.platform(code) if code in view.network.rows else "",
        whole=f"{year}年全部平台" if code else "",
        entries=entries,
        charts=tuple(_charts(sums, code, year)),
        indicators=tuple(_indicators(year, code, view, context)),
        below=below,
    )
    yield data(f"/{path}/index.json", json_bytes(_data(year, code, sums, below)))


def _crumbs(year: str, code: str, whose: str, context: SiteContext) -> Iterator[Crumb]:
    yield Crumb(TITLE, context.urls.to(f"/{REPORTS}/"))
    if code:
        yield Crumb(f"{year}年", context.urls.to(f"/{REPORTS}/{year}/"))
        yield Crumb(whose)
    else:
        yield Crumb(f"{year}年")


def _entries(sums: Mapping[str, int], code: str, year: str) -> tuple[Entry, ...]:
    """The table that an assessment starts from."""
    scope = f"@{code}*" if code else ""

    def of(name: str) -> int:
        return sums.get(name, 0)

    def counted(text: str, what: str) -> DisplayText:
        return DisplayText(text=text, count="+".join(what.split()) + f"{scope}?在={year}")

    def plain(text: str) -> tuple[DisplayText, ...]:
        return (DisplayText(text=text),)

    return (
        Entry(name="计划协商", values=(counted(f"{of('planned')}项", "计划协商"),), how="年度协商计划里没取消的"),
        Entry(
            name="开展协商",
            values=(counted(f"{of('held')}次", "开展协商"),),
            how="当年开展的协商活动，同一次只计一次",
        ),
        Entry(
            name="卷宗",
            values=(DisplayText(text=f"{of('dossiers')}件", count=f"卷宗{scope}?年={year}"),),
            how="第一次活动在当年的卷宗；还没有活动的，按议题审定的年份，或者编号的年份",
        ),
        Entry(
            name="协商成果",
            values=(
                counted(
                    f"{of('outcomes')}件，公布{of('outcome-publish')}件，决定不公布{of('outcome-withhold')}件",
                    "形成的成果 其中公布的 其中不公布的",
                ),
            ),
            how="当年形成的成果",
        ),
        Entry(name="形成成果用时", values=plain(_time(sums, "agreed", "件")), how="从成果之前最后一次协商到形成成果"),
        Entry(
            name="办好的落实事项",
            values=(
                counted(
                    f"{of('done')}项，按期{of('in-time')}项（有期限可比的{of('judged')}项）",
                    "办好的落实事项 按期办好的 有期限可比的",
                ),
            ),
            how="当年办好的事项",
        ),
        Entry(name="办好用时", values=plain(_time(sums, "done", "项")), how="从形成成果到办好"),
        Entry(name="答复用时", values=plain(_time(sums, "answered", "件")), how="从应当答复之日到答复之日；当年答复的"),
        Entry(
            name="按期答复",
            values=plain(f"{of('answers-in-time')}件（有期限可比的{of('answers-judged')}件）"),
            how="对异议、建议和上报事项的答复",
        ),
        Entry(
            name="民主评议",
            values=(
                counted(f"{of('evaluations')}次", "民主评议"),
                counted(f"，满意率低的{of('low')}次", "满意率低的评议"),
            ),
            how="当年的评议",
        ),
        Entry(name="满意率", values=_satisfaction(sums, counted), how="能复算的评议，票数合在一起算"),
    )


def _time(sums: Mapping[str, int], name: str, unit: str) -> str:
    """Median and slowest tenth, and how many were left out because their days are not known."""
    found = durations(sums, name)
    left = f"；另有{found.unknown}{unit}日期不到日，没有算" if found.unknown else ""
    if (spread := found.spread) is None:
        return f"没有能算出天数的{left}"
    slow = f"最慢的一成在{spread.slow_from}天以上" if spread.count > 10 else f"最慢的{spread.most}天"
    return f"{spread.count}{unit}，中位数{format_number(spread.median)}天，{slow}{left}"


def _satisfaction(sums: Mapping[str, int], counted: Callable[[str, str], DisplayText]) -> tuple[DisplayText, ...]:
    good, valid = sums.get("good", 0), sums.get("valid", 0)
    if not valid:
        return (DisplayText(text="没有能复算的评议"),)
    text = f"{format_percent(good / valid)}（{sums.get('rated', 0)}次评议，有效票{valid}张，其中满意{good}张）"
    return (counted(text, "满意率 能复算的评议 有效票 满意票"),)


def _charts(sums: Mapping[str, int], code: str, year: str) -> Iterator[Chart]:
    scope = f"@{code}*" if code else ""
    if total := sums.get("dossiers", 0):
        counts = counted_steps(sums, f"卷宗{scope}?年={year}")
        yield funnel(counts, total, title=f"{year}年的卷宗开展了哪些步骤")
    if sums.get("held", 0) + sums.get("planned", 0):
        yield months(
            _monthly(sums, "held"),
            counted=[f"开展协商{scope}?在={year}-{month:02}" for month in range(1, 13)],
            title=f"{year}年各月的协商",
            planned=_monthly(sums, "planned") if sums.get("planned") else (),
            undated=sums.get(f"held-{UNKNOWN}", 0),
            planned_undated=sums.get(f"planned-{UNKNOWN}", 0),
        )
    if days := durations(sums, "done").days:
        yield times(days, title="办好用了几天", id="times-done", what="办好", unit="项")
    if days := durations(sums, "answered").days:
        yield times(days, title="答复用了几天", id="times-answered")


def _monthly(sums: Mapping[str, int], name: str) -> tuple[int, ...]:
    return tuple(sums.get(f"{name}-{month:02}", 0) for month in range(1, 13))


def _indicators(year: str, code: str, view: RegisterView, context: SiteContext) -> Iterator[Indicator]:
    """考核指标 in force in that year, of the platform's own rules and of those above it."""
    chain = {row.code for row in view.network.chain(code)} if code else None
    for book in view.rule_books:
        if isinstance(book.data, RuleBook) and (chain is None or book.place.platform in chain):
            yield from _book_indicators(book, book.data, year, code, context)


def _book_indicators(record: Record, book: RuleBook, year: str, code: str, context: SiteContext) -> Iterator[Indicator]:
    if not _in_force(book, year) or (
        code and isinstance(book.applies_to, tuple) and level_of(code).value not in book.applies_to
    ):
        return
    href = context.urls.platform_record(record.place.platform or "", "rules", record.place.stem)
    for n, i in enumerate(listed(book.indicators)):
        yield Indicator(
            name=i.name,
            formula=i.formula or "",
            weight="" if i.weight is None else str(i.weight),
            clause=i.clause or "",
            book=DisplayText(text=book.title, href=href),
            claim=f"{record.place.path}#/indicators/{n}",
        )


def _in_force(book: RuleBook, year: str) -> bool:
    start = parse_period(book.effective_from).first if book.effective_from and known(book.effective_from) else None
    end = parse_period(book.effective_to).last if book.effective_to and known(book.effective_to) else None
    return (start is None or start.year <= int(year)) and (end is None or end.year >= int(year))


def _below(year: str, code: str, view: RegisterView, context: SiteContext) -> Iterator[Below]:
    """The platforms one level below with a report of this year."""
    rows = view.network.below(code) if code else [r for r in view.network.rows.values() if r.level == Level.COUNTY]
    if not code:
        rows = [*(r for r in view.network.rows.values() if parent_code(r.code) is None), *rows]
    for row in rows:
        sums = view.ledger.sums(f"{PAGE}{REPORTS}/{year}/{row.code}")
        if any(sums.values()):
            valid = sums.get("valid", 0)
            yield Below(
                code=row.code,
                name=DisplayText(text=row.area, href=context.urls.to(f"/{REPORTS}/{year}/{row.code}/")),
                planned=sums.get("planned", 0),
                held=sums.get("held", 0),
                dossiers=sums.get("dossiers", 0),
                outcomes=sums.get("outcomes", 0),
                satisfaction=format_percent(sums.get("good", 0) / valid) if valid else "",
            )


def _data(year: str, code: str, sums: Mapping[str, int], below: tuple[Below, ...]) -> Mapping[str, object]:
    """The sums as they are; days as lists."""
    plain = {name: n for name, n in sums.items() if ":" not in name and not name.startswith(("held-", "planned-"))}
    days = {name: durations(sums, name) for name in ("agreed", "done", "answered")}
    return {
        "format": FORMAT,
        "year": int(year),
        "platform": code or None,
        "sums": plain,
        "held": list(_monthly(sums, "held")),
        "planned": list(_monthly(sums, "planned")),
        "days": {name: {"days": list(d.days), "unknown": d.unknown} for name, d in days.items()},
        "below": [
            {"code": b.code, "planned": b.planned, "held": b.held, "dossiers": b.dossiers, "outcomes": b.outcomes}
            for b in below
        ],
    }
