"""Network-wide lists as tables: results, evaluations, what is being consulted, what is owed, what was reported up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from weimin.model.finding import Finding
from weimin.model.ledger import Ledger, ListRow
from weimin.model.summary import DutyRow, OutcomeRow, Summary
from weimin.site.claims import event_claim, record_claim
from weimin.site.display_text import DisplayText
from weimin.site.presenters.duties import basis_shown, due_shown, with_rules
from weimin.site.presenters.evaluation import below_reference
from weimin.site.rate_text import ballots_text, rate_text
from weimin.site.site_context import SiteContext
from weimin.totals.facets import PAGE, ROWS, SectionRow, earliest_first, is_on, platform_duties, section_rows
from weimin.wording.dates import format_date, html_datetime
from weimin.wording.duties import DutyText, parse_duty, without_platform_name

MOST = 30  # rows of the first page of a section


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    """The first cell is what it is about; `state` colours the row's label.

    `claim` is that of the label, `text_claim` that of the text: both values are on the page that the row links to. The text
    of rows under the name of a place (`named`) is shown once for all rows that follow each other.
    """

    title: DisplayText
    area: DisplayText
    on: DisplayText
    label: str = ""
    state: str = ""
    text: str = ""
    compiled: bool = False
    claim: str = ""
    text_claim: str = ""
    named: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    rows: tuple[TableRow, ...]
    total: int

    def head(self, count: int) -> Table:
        return Table(rows=self.rows[:count], total=self.total)


def _area(s: Summary, context: SiteContext) -> DisplayText:
    return DisplayText(text=context.area(s.platform), href=context.urls.platform(s.platform))


def _on(text: str, claim: str) -> DisplayText:
    if not text:
        return DisplayText(text="日期未记录", state="unrecorded")
    return DisplayText(text=format_date(text), stamp=html_datetime(text), claim=claim)


def results(ledger: Ledger, context: SiteContext, count: int = MOST) -> Table:
    """成果公布: outcomes, the newest first; of one that is withheld, that it was decided so."""
    lines = ledger.newest("results", count)
    rows = tuple(_result(s, key, context) for s, key in _dossiers(lines))
    return Table(rows=rows, total=_total(ledger, "results"))


def _result(s: Summary, key: str, context: SiteContext) -> TableRow:
    o = next(o for o in s.outcomes if o.stem == key)
    withheld = o.publication == "withhold"
    agreed = context.label("outcome", "consensus", o.consensus) if o.consensus else ""
    return TableRow(
        title=DisplayText(text=s.title, href=context.urls.event(s.id, o.stem)),
        area=_area(s, context),
        on=_on(o.on, event_claim(s.id, o.stem)),
        label="决定不公布" if withheld else agreed,
        state="withheld" if withheld else "done",
        text="" if withheld else o.excerpt,
        compiled=o.compiled,
        claim=_decided(s, o),
    )


def _decided(s: Summary, o: OutcomeRow) -> str:
    if o.publication == "withhold":
        return event_claim(s.id, o.stem, "/publication/decision")
    return event_claim(s.id, o.stem, "/consensus") if o.consensus else ""


def _dossiers(lines: Iterable[ListRow]) -> Iterator[tuple[Summary, str]]:
    return ((line.summary, line.key) for line in lines if line.summary is not None)


def _total(ledger: Ledger, section: str) -> int:
    return ledger.sums(PAGE + section).get(ROWS, 0)


def evaluations(ledger: Ledger, context: SiteContext, count: int = MOST) -> Table:
    return _rated(ledger, "evaluations", _total(ledger, "evaluations"), context, count)


def low_ratings(ledger: Ledger, context: SiteContext, count: int = MOST) -> Table:
    """满意率低的 and what was decided."""
    return _rated(ledger, "low", ledger.sums("all").get("low", 0), context, count)


def _rated(ledger: Ledger, name: str, total: int, context: SiteContext, count: int) -> Table:
    lines = ledger.newest(name, count)
    rows = tuple(_evaluation(s, key, context) for s, key in _dossiers(lines))
    return Table(rows=rows, total=total)


def _evaluation(s: Summary, key: str, context: SiteContext) -> TableRow:
    e = next(e for e in s.evaluations if e.stem == key)
    ballots = event_claim(s.id, e.stem, "/ballots")
    counts = ballots_text(e) if e.valid else ""
    label, claim = rate_text(e, s.id)
    decision = context.label("evaluation", "reconsult.decision", e.reconsult) if e.reconsult else ""
    asked = (e.low or e.reference_line is not None) and not e.compiled
    after = f"；{decision}" if decision else "；尚未决定是否再协商" if asked else ""
    if reference := below_reference(e.reference_line):
        after = f"；{reference}{after}"
    return TableRow(
        title=DisplayText(text=s.title, href=context.urls.event(s.id, e.stem)),
        area=_area(s, context),
        on=_on(e.on, event_claim(s.id, e.stem)),
        label=label,
        state="owed" if e.low else "done" if e.rate is not None and e.reference_line is None else "",
        text=counts + after if counts else after.removeprefix("；"),
        compiled=e.compiled,
        claim=claim,
        text_claim=ballots if e.valid else "",
    )


def consulting(ledger: Ledger, context: SiteContext, count: int = MOST) -> Table:
    """正在协商 and 预告: what is announced for a day to come, the soonest first; then open dossiers without an outcome yet."""
    today = context.build.as_of.isoformat()
    coming = [_consulted(s, key, context) for s, key in _dossiers(ledger.soonest("coming", count, today))]
    going = [_consulted(s, "", context) for s, _ in _dossiers(ledger.newest("going", count))]
    total = _total(ledger, "consulting")
    return Table(rows=tuple((*coming, *going)[:count]), total=total)


def _consulted(s: Summary, key: str, context: SiteContext) -> TableRow:
    """`key`: the number of an announcement; empty for the consulting itself."""
    if not key:
        return TableRow(
            title=DisplayText(text=s.title, href=context.urls.dossier(s.id)),
            area=_area(s, context),
            on=_on(s.last_on, event_claim(s.id, s.last_stem)),
            label=s.state.label,
            state=s.state.tone,
        )
    c = s.announcements[int(key)]
    return TableRow(
        title=DisplayText(text=s.title, href=context.urls.dossier(s.id)),
        area=_area(s, context),
        on=_on(c.when, event_claim(s.id, "topic", f"/announces/{key}"))
        if c.when != "unpublished"
        else DisplayText(text="未公布", state="unpublished"),
        label="预告",
        state="ahead",
        text="，".join(w for w in (c.about, c.where, c.how) if w and w != "unpublished"),
    )


def duties(ledger: Ledger, context: SiteContext, count: int = MOST, *, overdue_only: bool = False) -> Table:
    """督办: what is owed, the oldest day first, by dossiers and by platforms themselves."""
    name = "overdue" if overdue_only else "duties"
    rows = _grouped(_of_line("duties", line, line.key, context) for line in ledger.soonest(name, count))
    total = ledger.sums("all").get("overdue" if overdue_only else "open", 0)
    return Table(rows=rows, total=total)


def _grouped(rows: Iterable[TableRow]) -> tuple[TableRow, ...]:
    """Of one day first what dossiers owe, then what places owe, those of the same words together."""
    return tuple(sorted(rows, key=lambda r: (r.on.stamp or "~", r.named, r.text if r.named else "")))


def _duty(s: Summary, key: str, context: SiteContext) -> TableRow:
    d = s.duties[int(key)]
    title = DisplayText(text=s.title, href=context.urls.dossier(s.id, "duties"))
    text = _duty_text(parse_duty(d.message), context)
    return _owed(title, d.owed_by, d, context, text, record_claim(d.path))


def _own_duty(f: Finding, context: SiteContext) -> TableRow:
    """What a platform owes itself."""
    owed_by = f.owed_by or ""
    title = DisplayText(text=context.who(owed_by), href=context.urls.to(f"/{owed_by}/#duties"))
    duty = parse_duty(f.message)
    text = _duty_text(msgspec.structs.replace(duty, fact=without_platform_name(duty.fact)), context)
    row = _owed(title, owed_by, f, context, text, record_claim(f.path))
    return msgspec.structs.replace(row, area=DisplayText(text=""), named=True)


def _duty_text(duty: DutyText, context: SiteContext) -> str:
    """The fact and, in brackets, how its day was counted."""
    words = (duty.counted, basis_shown(duty.basis, context).text)
    why = "，".join(w for w in words if w)
    fact = with_rules(duty.fact, context)
    return f"{fact}（{why}）" if why else fact


def _owed(
    title: DisplayText, owed_by: str, duty: DutyRow | Finding, context: SiteContext, text: str, claim: str
) -> TableRow:
    late = duty.overdue_days > 0
    return TableRow(
        title=title,
        area=DisplayText(text=context.who(owed_by), href=context.who_href(owed_by)),
        on=due_shown(duty.due, duty.basis, claim, "期限"),
        label="逾期" if late else "待办",
        state="owed" if late else "now",
        text=text,
        claim=claim,
        text_claim=claim if text else "",
    )


def reported_up(ledger: Ledger, context: SiteContext, count: int = MOST) -> Table:
    """上报与答复: matters reported up; the words only where they are public."""
    lines = ledger.newest("reported-up", count)
    rows = tuple(_reported(s, key, context) for s, key in _dossiers(lines))
    return Table(rows=rows, total=_total(ledger, "reported-up"))


def _reported(s: Summary, key: str, context: SiteContext) -> TableRow:
    u = next(u for u in s.upward if f"{u.stem}#{u.id}" == key)
    at = [other.id for other in s.upward if other.stem == u.stem].index(u.id)
    return TableRow(
        title=DisplayText(text=s.title, href=context.urls.dossier(s.id, "upward")),
        area=_area(s, context),
        on=_on(u.reported, event_claim(s.id, u.stem, f"/upward/{at}/reported/date"))
        if u.reported and u.reported != "unpublished"
        else DisplayText(text="尚未上报" if not s.compiled else "上报日期未记录", state="unrecorded"),
        label="已答复" if u.answered else "未答复",
        state="done" if u.answered else "now",
        text="，".join(
            w
            for w in (
                context.label("outcome", "upward.kind", u.kind) if u.kind else "",
                f"报{context.who(u.to)}" if u.to and u.to != "unpublished" else "",
                u.text or "内容不公开",
            )
            if w
        ),
    )


_ROWS: Mapping[str, Callable[[Summary, str, SiteContext], TableRow]] = {
    "results": _result,
    "evaluations": _evaluation,
    "consulting": _consulted,
    "duties": _duty,
    "reported-up": _reported,
}


def rows_of(path: str, ledger: Ledger, context: SiteContext, count: int) -> list[TableRow]:
    """The first rows of a page of a section (`results/321302/2026`), in its order."""
    section = path.partition("/")[0]
    soonest = earliest_first(section)
    lines = (ledger.soonest if soonest else ledger.newest)(PAGE + path, count)
    found = [(item.rank, n, line, item) for n, line in enumerate(lines) for item in _items(section, path, line)]
    found.sort(key=lambda row: row[0], reverse=not soonest)
    rows = (_of_line(section, line, item.key, context) for _, _, line, item in found[:count])
    return list(_grouped(rows)) if section == "duties" else list(rows)


def _items(section: str, path: str, line: ListRow) -> Iterator[SectionRow]:
    if line.summary is not None:
        yield from (row for row in section_rows(section, line.summary) if is_on(path, row))
    elif line.finding is not None:
        for _, item in platform_duties([line.finding]):
            yield SectionRow(line.key, item.at, item.rank, item.state)


def _of_line(section: str, line: ListRow, key: str, context: SiteContext) -> TableRow:
    if line.summary is not None:
        return _ROWS[section](line.summary, key, context)
    if line.finding is None:
        raise ValueError(line)  # a list names nothing else
    return _own_duty(line.finding, context)
