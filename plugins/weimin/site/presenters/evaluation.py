"""民主评议: raw counts, the formula, and how the rate follows."""

from __future__ import annotations

from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Ballots, Evaluation, listed
from weimin.model.summary import EvaluationRow
from weimin.site.charts.drawing import Chart
from weimin.site.charts.tally import Part, tally
from weimin.site.display_text import DisplayText
from weimin.site.presenters.lines import when
from weimin.site.presenters.presenter import Presenter, rows
from weimin.site.site_context import SiteContext
from weimin.site.view_models import BarPart, EvaluationView, Row
from weimin.wording.counts import format_count, format_number, format_percent

_PARTS = ("satisfied", "basically_satisfied", "dissatisfied", "unsure", "abstained")
_BAR = 360  # units of a card's bar


def evaluation_view(
    context: SiteContext, dossier: Dossier, event: Event, evaluation: Evaluation, row: EvaluationRow | None
) -> EvaluationView:
    """`row` carries the rate by the parameter's formula and whether it is low, as the rules see them."""
    present = Presenter(context, event.path, "evaluation", event.changes)
    ballots = evaluation.ballots if isinstance(evaluation.ballots, Ballots) else None
    formula = formula_at(context, dossier, event)
    return EvaluationView(
        stem=event.stem,
        on=when(present, event),
        href=context.urls.event(dossier.id, event.stem),
        of=tuple(_target(present, dossier, ref, n) for n, ref in enumerate(evaluation.of)),
        rows=rows(
            present.row("body", present.text("body", evaluation.body)),
            present.row("way", present.text("way", evaluation.way)),
        ),
        counts=_counts(present, ballots)
        if ballots
        else (present.row("ballots", present.text("ballots", evaluation.ballots)),),
        tally=_tally(present, event.stem, ballots) if ballots else None,
        bar=_bar(present, ballots) if ballots else (),
        legend=_legend(present, ballots) if ballots else (),
        rate=_rate(present, evaluation, ballots, formula),
        sum=_sum(present, ballots, formula) if ballots and ballots.valid > 0 else "",
        other=_other(present, evaluation, ballots, formula),
        low=bool(row and row.low),
        reference=below_reference(row.reference_line if row else None),
        reported=ballots is None and evaluation.published_rate is not None,
        decision=_decision(present, evaluation),
        aspects=tuple(
            (a.name, f"{format_count(a.score)} / {format_count(a.out_of)}") for a in listed(evaluation.aspects)
        ),
        path=event.path,
    )


def below_reference(line: float | None) -> str:
    """低于本站参考线80%（非文件规定）; empty without a line."""
    return f"低于本站参考线{format_percent(line)}（非文件规定）" if line is not None else ""


def formula_at(context: SiteContext, dossier: Dossier, event: Event) -> str:
    on = event.on.last if event.on else None
    return str(context.parameters.at("satisfaction_formula", dossier.platform, on).value)


def _target(present: Presenter, dossier: Dossier, ref: str, n: int) -> DisplayText:
    return present.ref("of", ref, dossier=dossier.id, pointer=f"/of/{n}")


def _counts(present: Presenter, b: Ballots) -> tuple[Row, ...]:
    return tuple(
        present.row(f"ballots.{name}", present.count(f"ballots.{name}", getattr(b, name)))
        for name in ("eligible", "present", "issued", "returned", "invalid")
        if getattr(b, name) is not None
    )


def _legend(present: Presenter, b: Ballots) -> tuple[tuple[str, str, DisplayText], ...]:
    """Every answer that was counted, those with no ballot too."""
    return tuple(
        (name, present.title(f"ballots.{name}"), present.count(f"ballots.{name}", getattr(b, name)))
        for name in _PARTS
        if getattr(b, name) is not None
    )


def _tally(present: Presenter, stem: str, b: Ballots) -> Chart:
    parts = [Part(label, getattr(b, name), count) for name, label, count in _legend(present, b)]
    return tally(parts, title="评议结果", id=f"tally-{stem}", claim=present.claim("/ballots"))


def _bar(present: Presenter, b: Ballots) -> tuple[BarPart, ...]:
    if b.valid <= 0 or b.parts <= 0:
        return ()
    parts, x = [], 0.0
    for name in _PARTS:
        if count := getattr(b, name):
            width = _BAR * count / b.parts
            label = present.title(f"ballots.{name}")
            parts.append(BarPart(name=name, label=label, count=count, x=f"{x:.1f}", width=f"{width:.1f}"))
            x += width
    return tuple(parts)


def _rate(present: Presenter, evaluation: Evaluation, b: Ballots | None, formula: str) -> DisplayText:
    if b is not None and (rate := b.rate(formula)) is not None:
        few = f"（有效票只有 {b.valid} 张，比例仅供参考）" if b.few else ""
        return DisplayText(text=format_percent(rate) + few, claim=present.claim("/ballots"))
    if evaluation.published_rate is not None and b is None:
        text = f"{format_number(evaluation.published_rate)}%（票数未公布，未能复算）"
        return DisplayText(text=text, claim=present.claim("/published_rate"))
    if b is not None:
        return DisplayText(text="没有有效票，不能计算", state="unrecorded", claim=present.claim("/ballots"))
    shown = present.text("ballots", evaluation.ballots)
    return DisplayText(text=f"票数{shown.text}，不能计算", state=shown.state or "unrecorded", claim=shown.claim)


def _sum(present: Presenter, b: Ballots, formula: str) -> str:
    good = f"{present.title('ballots.satisfied')} {b.satisfied}"
    if formula == "satisfied_and_basic":
        good = f"（{good} ＋ {present.title('ballots.basically_satisfied')} {b.basically_satisfied}）"
    valid = f"有效票 {b.valid}（收回 {b.returned} － 无效 {b.invalid or 0}）"
    rate = b.rate(formula)
    return f"满意率 ＝ {good} ÷ {valid} ＝ {format_percent(rate) if rate is not None else ''}"


def _other(present: Presenter, evaluation: Evaluation, b: Ballots | None, formula: str) -> str:
    """The rate by the record's own formula, where that is another one (W505)."""
    own = evaluation.formula
    if b is None or own in (None, "unpublished", formula) or (rate := b.rate(own)) is None:
        return ""
    return f"原记录的口径是“{present.context.label('evaluation', 'formula', own)}”，按它算是 {format_percent(rate)}"


def _decision(present: Presenter, evaluation: Evaluation) -> tuple[Row, ...]:
    d = evaluation.reconsult
    if d is None:
        return ()
    return (
        present.row("reconsult", present.choice("reconsult.decision", d.decision)),
        *rows(
            present.row("reconsult.by", present.who("reconsult.by", d.by)),
            present.row("reconsult.date", present.date("reconsult.date", d.date)),
            present.row("reconsult.reason", present.text("reconsult.reason", d.reason)),
        ),
    )
