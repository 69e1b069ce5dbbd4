"""民主评议: raw counts, the formula, and how the rate follows."""

from __future__ import annotations

from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Ballots, Evaluation, listed
from weimin.model.summary import EvaluationRow
from weimin.site.charts.drawing import Chart
from weimin.site.charts.tally import Part, tally
from weimin.site.display_text import DisplayText
from weimin.site.presenters.lines import when
from weimin.site.presenters.presenter import Teller, rows
from weimin.site.shell import Shell
from weimin.site.view_models import BarPart, EvaluationView, Row
from weimin.wording.counts import format_count, format_number, format_percent

_PARTS = ("satisfied", "basically_satisfied", "dissatisfied", "unsure", "abstained")
_BAR = 360  # units of a card's bar


def evaluation_view(
    shell: Shell, dossier: Dossier, event: Event, evaluation: Evaluation, row: EvaluationRow | None
) -> EvaluationView:
    """`row` carries the rate by the parameter's formula and whether it is low, as the rules see them."""
    t = Teller(shell, event.path, "evaluation", event.changes)
    ballots = evaluation.ballots if isinstance(evaluation.ballots, Ballots) else None
    formula = formula_at(shell, dossier, event)
    return EvaluationView(
        stem=event.stem,
        on=when(t, event),
        href=shell.urls.event(dossier.id, event.stem),
        of=tuple(_target(t, dossier, ref, n) for n, ref in enumerate(evaluation.of)),
        rows=rows(t.row("body", t.text("body", evaluation.body)), t.row("way", t.text("way", evaluation.way))),
        counts=_counts(t, ballots) if ballots else (t.row("ballots", t.text("ballots", evaluation.ballots)),),
        tally=_tally(t, event.stem, ballots) if ballots else None,
        bar=_bar(t, ballots) if ballots else (),
        legend=_legend(t, ballots) if ballots else (),
        rate=_rate(t, evaluation, ballots, formula),
        sum=_sum(t, ballots, formula) if ballots and ballots.valid > 0 else "",
        other=_other(t, evaluation, ballots, formula),
        low=bool(row and row.low and row.rate is not None),
        decision=_decision(t, evaluation),
        aspects=tuple(
            (a.name, f"{format_count(a.score)} / {format_count(a.out_of)}") for a in listed(evaluation.aspects)
        ),
        path=event.path,
    )


def formula_at(shell: Shell, dossier: Dossier, event: Event) -> str:
    on = event.on.last if event.on else None
    return str(shell.parameters.at("satisfaction_formula", dossier.platform, on).value)


def _target(t: Teller, dossier: Dossier, ref: str, n: int) -> DisplayText:
    return t.ref("of", ref, dossier=dossier.id, pointer=f"/of/{n}")


def _counts(t: Teller, b: Ballots) -> tuple[Row, ...]:
    return tuple(
        t.row(f"ballots.{name}", t.count(f"ballots.{name}", getattr(b, name)))
        for name in ("eligible", "present", "issued", "returned", "invalid")
        if getattr(b, name) is not None
    )


def _legend(t: Teller, b: Ballots) -> tuple[tuple[str, str, DisplayText], ...]:
    """Every answer that was counted, those with no ballot too."""
    return tuple(
        (name, t.title(f"ballots.{name}"), t.count(f"ballots.{name}", getattr(b, name)))
        for name in _PARTS
        if getattr(b, name) is not None
    )


def _tally(t: Teller, stem: str, b: Ballots) -> Chart:
    parts = [Part(label, getattr(b, name), count) for name, label, count in _legend(t, b)]
    return tally(parts, title="评议结果", id=f"tally-{stem}", claim=t.claim("/ballots"))


def _bar(t: Teller, b: Ballots) -> tuple[BarPart, ...]:
    if b.valid <= 0 or b.parts <= 0:
        return ()
    parts, x = [], 0.0
    for name in _PARTS:
        if count := getattr(b, name):
            width = _BAR * count / b.parts
            label = t.title(f"ballots.{name}")
            parts.append(BarPart(name=name, label=label, count=count, x=f"{x:.1f}", width=f"{width:.1f}"))
            x += width
    return tuple(parts)


def _rate(t: Teller, evaluation: Evaluation, b: Ballots | None, formula: str) -> DisplayText:
    if b is not None and (rate := b.rate(formula)) is not None:
        few = f"（有效票只有 {b.valid} 张，比例仅供参考）" if b.few else ""
        return DisplayText(text=format_percent(rate) + few, claim=t.claim("/ballots"))
    if evaluation.published_rate is not None and b is None:
        text = f"{format_number(evaluation.published_rate)}%（公布的数，票数未公布，未能复算）"
        return DisplayText(text=text, claim=t.claim("/published_rate"))
    if b is not None:
        return DisplayText(text="没有有效票，不能计算", state="unrecorded", claim=t.claim("/ballots"))
    shown = t.text("ballots", evaluation.ballots)
    return DisplayText(text=f"票数{shown.text}，不能计算", state=shown.state or "unrecorded", claim=shown.claim)


def _sum(t: Teller, b: Ballots, formula: str) -> str:
    good = f"{t.title('ballots.satisfied')} {b.satisfied}"
    if formula == "satisfied_and_basic":
        good = f"（{good} ＋ {t.title('ballots.basically_satisfied')} {b.basically_satisfied}）"
    valid = f"有效票 {b.valid}（收回 {b.returned} － 无效 {b.invalid or 0}）"
    rate = b.rate(formula)
    return f"满意率 ＝ {good} ÷ {valid} ＝ {format_percent(rate) if rate is not None else ''}"


def _other(t: Teller, evaluation: Evaluation, b: Ballots | None, formula: str) -> str:
    """The rate by the record's own formula, where that is another one (W505)."""
    own = evaluation.formula
    if b is None or own in (None, "unpublished", formula) or (rate := b.rate(own)) is None:
        return ""
    return f"原记录的口径是“{t.shell.label('evaluation', 'formula', own)}”，按它算是 {format_percent(rate)}"


def _decision(t: Teller, evaluation: Evaluation) -> tuple[Row, ...]:
    d = evaluation.reconsult
    if d is None:
        return ()
    return (
        t.row("reconsult", t.choice("reconsult.decision", d.decision)),
        *rows(
            t.row("reconsult.by", t.who("reconsult.by", d.by)),
            t.row("reconsult.date", t.date("reconsult.date", d.date)),
            t.row("reconsult.reason", t.text("reconsult.reason", d.reason)),
        ),
    )
