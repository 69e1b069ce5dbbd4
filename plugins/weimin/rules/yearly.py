"""W7 网络：年年要做的事（三（二），三（三）1，四.2）。

A platform owes these for each year from that of its first own record to that of the day of the check.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from weimin.model.finding import Duty, Problem
from weimin.model.kinds import Adopted, Plan, Projects, RuleBook, known, listed
from weimin.model.place import Level
from weimin.model.record import Record
from weimin.model.summary import ConsultationRow, EvaluationRow, OutcomeRow, Summary
from weimin.rules.clocks import Clock, clock_of
from weimin.rules.context import PlatformContext
from weimin.rules.duties import MetDay, met_in_period, reached
from weimin.rules.facts import parse_ref_or_none
from weimin.rules.registry import platform_rule
from weimin.rules.wording import parameter_source, period, quote

Row = ConsultationRow | OutcomeRow | EvaluationRow


def obliged_years(p: PlatformContext) -> range:
    """The years for which the platform owes something: from its first own dated record until it was closed."""
    own = [y for r in p.records.records if not r.compiled and (y := _year(r)) is not None]
    own += [y for s in p.summaries if not s.compiled for y in _own_years(s)]
    return range(min(own, default=p.context.as_of.year), p.context.as_of.year + 1)


def completed_years(p: PlatformContext) -> range:
    """Those of the obliged years that are over."""
    every = obliged_years(p)
    return range(every.start, min(every.stop, p.context.as_of.year))


def _year(record: Record) -> int | None:
    if record.place.kind in ("plan", "projects") and record.place.stem[:4].isdigit():
        return int(record.place.stem[:4])
    if record.place.kind in ("opinion", "guidance") and record.place.on is not None:
        return record.place.on.year
    return None


def _own_years(summary: Summary) -> list[int]:
    rows: tuple[Row, ...] = (*summary.consultations, *summary.outcomes, *summary.evaluations)
    own = [r.year for r in rows if not r.compiled and r.year is not None]
    return own if rows else [int(summary.id.split("/")[1][:4])]


def _owed(
    p: PlatformContext, code: str, year: int, clock: Clock, fact: str, hint: str, parameter: str, met: MetDay | None
) -> Duty:
    return Duty(
        code=code,
        path=p.path,
        pointer="/area",
        message=f"“{p.row.area}”{fact}",
        hint=hint,
        owed_by=p.code,
        since=date(year, 1, 1),
        met=met.day if met else None,
        met_on=met.text if met else "",
        parameter=parameter,
        **clock.fields,
    )


@platform_rule("W705")
def plan_missing(p: PlatformContext) -> Iterator[Duty]:
    plans = {r.place.stem: r.data for r in p.records.of_kind("plan")}
    for year in obliged_years(p):
        parameter = p.context.parameter("plan_due", p.code, date(year, 1, 1))
        clock = clock_of(date.fromisoformat(f"{year}-{parameter.value}"), parameter)
        plan = plans.get(str(year))
        met = reached(_approved(plan), p.context.as_of) if isinstance(plan, Plan) else None
        yield _owed(
            p,
            "W705",
            year,
            clock,
            f"有 {year} 年协商计划"
            if met
            else f"还没有 {year} 年协商计划{clock.words('制定', parameter_source(parameter))}",
            f"补一份：weimin new plan --platform {p.code} --on {year}",
            parameter.name,
            met,
        )


def _approved(plan: Plan) -> MetDay:
    if isinstance(plan.approved, Adopted) and plan.approved.date is not None and known(plan.approved.date):
        return met_in_period(period(plan.approved.date))
    return met_in_period(None)


@platform_rule("W706")
def platform_idle(p: PlatformContext) -> Iterator[Duty]:
    """Counts the consultations that the platform held itself: one that it only took part in counts for the platform that
    held it, and a record of several consultations counts as several."""
    for year in obliged_years(p):
        try:
            parameter = p.context.parameter("consultations_per_year", p.code, date(year, 1, 1))
        except KeyError:  # cities and counties: the defaults name no number
            return
        required, held, met = parameter.days, 0, None
        for day, times in _held(p, year):
            held += times
            if held >= required:
                met = met_in_period(period(day))
                break
        clock = clock_of(date(year, 12, 31), parameter)
        fact = f"{year} 年开展协商 {held} 次"
        if met is None:
            fact = f"{year} 年应开展协商 {required} 次，现有 {held} 次"
            if not parameter.basis.binds:
                fact = f"{year} 年开展协商 {held} 次，少于本站参考的 {required} 次（非文件规定）"
            fact += clock.words("办理", parameter_source(parameter))
        hint = "开展过的，把协商记录补入卷宗；没有开展的，安排协商"
        yield _owed(p, "W706", year, clock, f" {fact}", hint, parameter.name, met)


def has_consultation_ahead(p: PlatformContext) -> bool:
    """Whether a consultation is dated after the day of the check: it counts from its day on."""
    return any(_is_ahead(p, c) for s in p.summaries for c in s.consultations)


def _is_ahead(p: PlatformContext, c: ConsultationRow) -> bool:
    return c.day is not None and c.day > p.context.as_of


def _held(p: PlatformContext, year: int) -> list[tuple[str, int]]:
    rows = [
        c for s in p.summaries for c in s.consultations if c.year == year and c.same_as is None and not _is_ahead(p, c)
    ]
    rows.sort(key=lambda c: (c.day or date.min, c.on))
    return [(c.on, c.times) for c in rows]


@platform_rule("W709")
def assessment_missing(p: PlatformContext) -> Iterator[Duty]:
    """Met by a rule record of the platform, or of one above it, with indicators (考核指标) in force in that year.

    There is no record of an assessment itself: its figures are computed from the records, for the report of the year.
    """
    for year in completed_years(p):
        parameter = p.context.parameter("assessment_due", p.code, date(year + 1, 1, 1))
        clock = clock_of(date.fromisoformat(f"{year + 1}-{parameter.value}"), parameter)
        met = any(_assesses(r, p.row.level, year) for r in (*p.records.of_kind("rule"), *p.rule_records))
        fact = f" {year} 年有考核指标"
        if not met:
            until = clock.words("补上", parameter_source(parameter))
            fact = f" {year} 年还没有考核和履职评估的指标{until}：为民协商列入目标考核、履职评估"
        hint = "考核办法发布以后，在规则记录（rules）里写 indicators：每项指标的 name、formula、weight、clause"
        yield _owed(p, "W709", year, clock, fact, hint, parameter.name, met_in_period(None) if met else None)


def _assesses(record: Record, level: Level, year: int) -> bool:
    book = record.data
    if not isinstance(book, RuleBook) or not listed(book.indicators):
        return False
    if isinstance(book.applies_to, tuple) and level.value not in book.applies_to:
        return False
    start = period(book.effective_from).first if book.effective_from and known(book.effective_from) else None
    end = period(book.effective_to).last if book.effective_to and known(book.effective_to) else None
    return (start is None or start <= date(year, 12, 31)) and (end is None or end >= date(year, 1, 1))


@platform_rule("W710")
def item_not_consulted(p: PlatformContext) -> Iterator[Problem]:
    """Reported when the year is over. A consultation counts for the items to which its topic or its own record refers."""
    for record in p.records.of_kind("projects"):
        projects, stem = record.data, record.place.stem
        if not isinstance(projects, Projects) or projects.adopted is None or not stem.isdigit():
            continue
        if int(stem) >= p.context.as_of.year:
            continue
        consulted = _consulted_items(p, record.place.ref, int(stem))
        for i, item in enumerate(listed(projects.items)):
            if item.item not in consulted:
                yield Problem(
                    code="W710",
                    path=record.place.path,
                    pointer=f"/items/{i}/item",
                    message=f"{stem} 年实事项目第 {item.item} 项{quote(item.name)}当年没有协商记录：协商围绕实事项目的选定、实施状况和完成情况",
                    hint=f"协商过的，在那个卷宗的 topic.md 写\nprojects:\n  - list: {record.place.ref}\n    item: {quote(item.item)[1:-1]}",
                )


def _consulted_items(p: PlatformContext, ref: str, year: int) -> set[str]:
    """The items of a project list about which a consultation was held in a year, by this platform or by others."""
    refs: set[str] = set()
    for summary in (*p.summaries, *p.referring_summaries):
        held = {c.stem for c in summary.consultations if c.year == year}
        if held:
            refs |= {text for text in summary.projects if text.startswith(f"{ref}#")}
        refs |= {text for stem, _, _, text in summary.refs if stem in held and text.startswith(f"{ref}#")}
    for i in p.context.inbound:
        if i.role in ("project", "about") and i.on is not None and i.on.year == year:
            refs.add(i.target)
    return {
        r.line for text in refs if (r := parse_ref_or_none(text)) is not None and r.record == ref and r.line is not None
    }


@platform_rule("W711")
def no_guidance(p: PlatformContext) -> Iterator[Problem]:
    """Reported when the year is over."""
    if p.row.level not in (Level.CITY, Level.COUNTY):
        return
    guided = {r.place.on.year for r in p.records.of_kind("guidance") if r.place.on is not None}
    for year in completed_years(p):
        if year not in guided:
            yield Problem(
                code="W711",
                path=p.path,
                pointer="/area",
                message=f"“{p.row.area}” {year} 年没有示范引导或指导下级平台的记录：市、县（区）对下级平台有指导之责",
                hint=f"指导过的，补一份：weimin new guidance --platform {p.code} --on 日期",
            )
