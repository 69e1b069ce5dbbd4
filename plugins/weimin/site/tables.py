"""Network-wide lists as tables: results, evaluations, what is being consulted, what is owed, what was reported up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from weimin.model.summary import EvaluationRow, Summary
from weimin.model.view import RegisterView
from weimin.site.shell import Shell
from weimin.site.shown import Shown
from weimin.site.wording.counts import percent_words
from weimin.site.wording.dates import date_words, day_words, stamp

MOST = 200  # rows of a page; the others stand on the pages of their platforms


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    """The first cell is what it is about; `state` colours the row's label."""

    title: Shown
    area: Shown
    on: Shown
    label: str = ""
    state: str = ""
    text: str = ""
    compiled: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    rows: tuple[TableRow, ...]
    total: int

    def head(self, count: int) -> Table:
        return Table(rows=self.rows[:count], total=self.total)


def _table(found: Iterable[tuple[date | None, TableRow]], *, newest: bool = True) -> Table:
    """In order of days, what has none last."""
    known = sorted((f for f in found if f[0]), key=lambda f: (f[0] or date.min, f[1].title.href), reverse=newest)
    return Table(rows=tuple(row for _, row in known[:MOST]), total=len(known))


def _everything(found: Iterable[tuple[date | None, TableRow]], *, newest: bool = True) -> Table:
    pairs = list(found)
    table = _table(pairs, newest=newest)
    unknown = tuple(row for day, row in pairs if day is None)
    return Table(rows=(*table.rows, *unknown)[:MOST], total=len(pairs))


def _area(s: Summary, shell: Shell) -> Shown:
    return Shown(text=shell.area(s.platform), href=shell.urls.platform(s.platform))


def _on(text: str) -> Shown:
    return Shown(text=date_words(text), stamp=stamp(text)) if text else Shown(text="日期未记录", state="unrecorded")


def results(summaries: Sequence[Summary], shell: Shell) -> Table:
    """成果公布: outcomes, the newest first; of one that is withheld, that it was decided so."""
    return _everything(
        (
            o.day,
            TableRow(
                title=Shown(text=s.title, href=shell.urls.event(s.id, o.stem)),
                area=_area(s, shell),
                on=_on(o.on),
                label="决定不公布"
                if o.publication == "withhold"
                else shell.label("outcome", "consensus", o.consensus)
                if o.consensus
                else "",
                state="withheld" if o.publication == "withhold" else "done",
                text="" if o.publication == "withhold" else o.excerpt,
                compiled=o.compiled,
            ),
        )
        for s in summaries
        for o in s.outcomes
    )


def evaluations(summaries: Sequence[Summary], shell: Shell) -> Table:
    return _everything((e.day, _evaluation(s, e, shell)) for s in summaries for e in s.evaluations)


def low_ratings(summaries: Sequence[Summary], shell: Shell) -> Table:
    """满意率低的 and what was decided."""
    return _everything((e.day, _evaluation(s, e, shell)) for s in summaries for e in s.evaluations if e.low)


def _evaluation(s: Summary, e: EvaluationRow, shell: Shell) -> TableRow:
    counts = f"满意{e.satisfied}、基本满意{e.basically}、不满意{e.dissatisfied}，有效票{e.valid}" if e.valid else ""
    decision = shell.label("evaluation", "reconsult.decision", e.reconsult) if e.reconsult else ""
    after = f"；{decision}" if decision else "；尚未决定是否再协商" if e.low and not e.compiled else ""
    return TableRow(
        title=Shown(text=s.title, href=shell.urls.event(s.id, e.stem)),
        area=_area(s, shell),
        on=_on(e.on),
        label=f"满意率 {percent_words(e.rate)}" if e.rate is not None else "未能复算",
        state="owed" if e.low else "done" if e.rate is not None else "",
        text=counts + after if counts else after.removeprefix("；"),
        compiled=e.compiled,
    )


def consulting(summaries: Sequence[Summary], shell: Shell) -> Table:
    """正在协商 and 预告: what is announced for a day to come, and open dossiers without an outcome yet."""
    coming = (
        (
            c.day,
            TableRow(
                title=Shown(text=s.title, href=shell.urls.dossier(s.id)),
                area=_area(s, shell),
                on=_on(c.when) if c.when != "unpublished" else Shown(text="未公布", state="unpublished"),
                label="预告",
                state="ahead",
                text="，".join(w for w in (c.about, c.where, c.how) if w and w != "unpublished"),
            ),
        )
        for s in summaries
        for c in s.coming
        if not s.ended and (c.day is None or c.day >= shell.build.as_of)
    )
    going = (
        (
            s.last,
            TableRow(
                title=Shown(text=s.title, href=shell.urls.dossier(s.id)),
                area=_area(s, shell),
                on=_on(s.last_on),
                label="正在协商",
                state="now",
            ),
        )
        for s in summaries
        if not s.outcomes and not s.ended and not s.closed and not s.compiled
    )
    return _everything([*coming, *going])


def duties(view: RegisterView, shell: Shell, *, overdue_only: bool = False) -> Table:
    """督办: what is owed, the oldest day first, by dossiers and by platforms themselves."""
    of_dossiers = (
        (
            d.due,
            TableRow(
                title=Shown(text=s.title, href=shell.urls.dossier(s.id, "duties")),
                area=Shown(text=shell.who(d.owed_by), href=shell.who_href(d.owed_by)),
                on=_due(d.due),
                label="逾期" if d.overdue_days > 0 else "待办",
                state="owed" if d.overdue_days > 0 else "now",
                text=d.message,
            ),
        )
        for s in view.summaries
        for d in s.duties
        if d.overdue_days > 0 or not overdue_only
    )
    of_platforms = (
        (
            f.due,
            TableRow(
                title=Shown(text=f.message, href=shell.urls.to(f"/{f.owed_by}/#duties")),
                area=Shown(text=shell.who(f.owed_by), href=shell.who_href(f.owed_by)),
                on=_due(f.due),
                label="逾期" if f.overdue_days > 0 else "待办",
                state="owed" if f.overdue_days > 0 else "now",
            ),
        )
        for f in view.platform_duties
        if f.owed_by in view.network.rows and f.owed_by and (f.overdue_days > 0 or not overdue_only)
    )
    return _everything([*of_dossiers, *of_platforms], newest=False)


def _due(due: date | None) -> Shown:
    if due is None:
        return Shown(text="没有期限", state="none")
    return Shown(text=f"期限{day_words(due)}", stamp=due.isoformat())


def reported_up(summaries: Sequence[Summary], shell: Shell) -> Table:
    """上报与答复: matters reported up; the words only where they are public."""
    return _everything(
        (
            u.on,
            TableRow(
                title=Shown(text=s.title, href=shell.urls.dossier(s.id, "upward")),
                area=_area(s, shell),
                on=_on(u.reported)
                if u.reported and u.reported != "unpublished"
                else Shown(text="尚未上报" if not s.compiled else "上报日期未记录", state="unrecorded"),
                label="已答复" if u.answered else "未答复",
                state="done" if u.answered else "now",
                text="，".join(
                    w
                    for w in (
                        shell.label("outcome", "upward.kind", u.kind) if u.kind else "",
                        f"报{shell.who(u.to)}" if u.to and u.to != "unpublished" else "",
                        u.text or "内容不公开",
                    )
                    if w
                ),
            ),
        )
        for s in summaries
        for u in s.upward
        if u.stem not in {o.stem for o in s.outcomes if o.publication == "withhold"}
    )
