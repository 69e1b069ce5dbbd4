"""年度报告: the report of a year, on the whole network and on each platform with a consultation or a plan in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from weimin.model.figures import FIGURES, expression
from weimin.model.kinds import RuleBook, known, listed
from weimin.model.page import Page
from weimin.model.period import parse_period
from weimin.model.place import level_of, parent_code
from weimin.model.record import Record
from weimin.model.view import RegisterView
from weimin.site.charts.drawing import Chart
from weimin.site.charts.funnel import counted_steps, funnel
from weimin.site.charts.months import months
from weimin.site.charts.times import times
from weimin.site.display_text import DisplayText
from weimin.site.json_documents import FORMAT, json_bytes
from weimin.site.page import data, page
from weimin.site.pages.report_figures import entries_of
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Crumb, Head
from weimin.totals.facets import PAGE
from weimin.totals.periods import REPORTS, UNKNOWN, durations
from weimin.wording.counts import format_percent

TITLE = "年度报告"


class Below(msgspec.Struct, frozen=True, kw_only=True):
    """A platform one level below with all below it, or the platform of the report itself without those (`own`)."""

    code: str
    name: DisplayText
    planned: int
    held: int
    dossiers: int
    outcomes: int
    rated: int
    valid: int
    good: int
    own: bool = False

    def count_of(self, year: str, *names: str) -> str:
        """The expression of the `data-count` of some of its figures."""
        scope = self.code if self.own else f"{self.code}*"
        return expression(*names, scope=scope, only={FIGURES[names[0]].narrowed: year})

    @property
    def satisfaction(self) -> str:
        """The rate with the ballots that it stands on; empty where there are none."""
        if not self.valid:
            return ""
        return f"{format_percent(self.good / self.valid)}（{self.rated}次评议，有效票{self.valid}张）"


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
        description="每年计划了多少、开展了多少，各步开展了多少，用了多少天，群众满意不满意",
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
    entries = entries_of(sums, code, year)
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


_PARTS = ("planned", "held", "dossiers", "outcomes", "rated", "valid", "good")


def _below(year: str, code: str, view: RegisterView, context: SiteContext) -> Iterator[Below]:
    """The parts of a report's figures: the platforms one level below, and what the platform itself has beside them.

    The network of one city has the parts of that city.
    """
    network = view.network
    tops = [row for row in network.rows.values() if parent_code(row.code) not in network.rows]
    whole = code or (tops[0].code if len(tops) == 1 else "")
    rows = network.below(whole) if whole else tops
    found = {row.code: view.ledger.sums(f"{PAGE}{REPORTS}/{year}/{row.code}") for row in rows}
    parts = {at: sums for at, sums in found.items() if any(sums.values())}
    if whole and parts:
        own = Counter(view.ledger.sums(f"{PAGE}{REPORTS}/{year}/{whole}"))
        for sums in parts.values():
            own.subtract({name: sums.get(name, 0) for name in _PARTS})
        if any(own[name] for name in _PARTS):
            name = DisplayText(text=f"{context.area(whole)}本级", href=context.urls.platform(whole))
            yield _part(whole, name, own, own=True)
    for at, sums in parts.items():
        href = context.urls.to(f"/{REPORTS}/{year}/{at}/")
        name = DisplayText(text=network.rows[at].area, href=href)
        yield _part(at, name, sums)


def _part(code: str, name: DisplayText, sums: Mapping[str, int], *, own: bool = False) -> Below:
    planned, held, dossiers, outcomes, rated, valid, good = (sums.get(name, 0) for name in _PARTS)
    return Below(
        code=code,
        name=name,
        planned=planned,
        held=held,
        dossiers=dossiers,
        outcomes=outcomes,
        rated=rated,
        valid=valid,
        good=good,
        own=own,
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
        "below": [{"code": b.code, "own": b.own, **{name: getattr(b, name) for name in _PARTS}} for b in below],
    }
