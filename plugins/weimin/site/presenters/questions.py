"""The five questions: what was asked, what was agreed, who must do it by when, is it done, were people satisfied."""

from __future__ import annotations

import msgspec

from weimin.dossiers.disclosure import is_withheld
from weimin.model.dossier import Dossier
from weimin.model.kinds import Consultation, Outcome, listed
from weimin.model.summary import Summary
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.presenters.absent import absent
from weimin.site.presenters.presenter import Presenter
from weimin.site.site_context import SiteContext
from weimin.site.view_models import EvaluationView, MeasureView

_FEW = 3
CONSULTING, SUPERVISION, EVALUATION = 2, 4, 5  # steps


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """`notes`: shown below the answer, smaller."""

    ask: str
    answer: DisplayText
    notes: tuple[DisplayText, ...] = ()


def five_questions(
    context: SiteContext,
    dossier: Dossier,
    summary: Summary,
    measures: tuple[MeasureView, ...],
    evaluations: tuple[EvaluationView, ...],
) -> tuple[Question, ...]:
    return (
        _asked(dossier, summary),
        _agreed(context, dossier, summary, measures),
        _who(dossier, summary, measures),
        _done(dossier, summary, measures),
        _satisfied(dossier, summary, evaluations),
    )


def _asked(dossier: Dossier, summary: Summary) -> Question:
    held = sum(1 for e in dossier.events if isinstance(e.data, Consultation))
    suggested = sum(1 for line in dossier.lines.values() if line.kind == "suggestion")
    notes = [
        DisplayText(text=f"协商{held}次", count=f"协商活动@{dossier.id}")
        if held
        else absent(dossier, summary, "协商", CONSULTING)
    ]
    if suggested:
        count = f"意见建议@{dossier.id}"
        notes.append(DisplayText(text=f"意见建议{suggested}条", href="#suggestions", count=count))
    path = dossier.topic.path if dossier.topic else ""
    answer = DisplayText(text=summary.title, claim=f"{path}#/title" if path else "")
    return Question(ask="商量什么", answer=answer, notes=tuple(notes))


def _agreed(context: SiteContext, dossier: Dossier, summary: Summary, measures: tuple[MeasureView, ...]) -> Question:
    ask = "商定了什么"
    if not dossier.outcomes:
        return Question(ask=ask, answer=absent(dossier, summary, "形成成果"))
    event, outcome = dossier.outcomes[-1]
    if is_withheld(event):
        return Question(ask=ask, answer=DisplayText(text="决定不公布", state="withheld", href=f"#{event.stem}"))
    present = Presenter(context, event.path, "outcome", event.changes)
    notes = (_items(dossier, len(measures)),) if measures else ()
    if not notes and isinstance(outcome, Outcome) and outcome.measures == ():
        notes = (DisplayText(text="没有需要落实的事项"),)
    return Question(ask=ask, answer=present.choice("consensus", outcome.consensus), notes=notes)


def _items(dossier: Dossier, count: int) -> DisplayText:
    return DisplayText(text=f"落实事项{count}项", href="#measures", count=f"落实事项@{dossier.id}")


def _who(dossier: Dossier, summary: Summary, measures: tuple[MeasureView, ...]) -> Question:
    ask = "谁来办、何时办"
    if not measures:
        return Question(ask=ask, answer=_no_measures(dossier, summary))
    units = tuple({m.unit.text: m.unit for m in measures}.values())
    words = "、".join(u.text for u in units[:_FEW]) + ("等" if len(units) > _FEW else "")
    known = [m for m in measures if not m.unit.state]
    answer = (
        DisplayText(text=words, claim=units[0].claim)
        if known
        else DisplayText(text=f"责任单位{units[0].text}", state=units[0].state)
    )
    notes = tuple(
        DisplayText(text=f"期限{m.due.text}", claim=m.due.claim, state=m.due.state)
        for m in {m.due.text: m for m in measures}.values()
    )
    return Question(ask=ask, answer=answer, notes=notes[:_FEW])


def _no_measures(dossier: Dossier, summary: Summary) -> DisplayText:
    if any(is_withheld(event) for event, _ in dossier.outcomes):
        return DisplayText(text="不公布", state="withheld")
    if any(outcome.measures == () for _, outcome in dossier.outcomes):
        return DisplayText(text="没有需要落实的事项", state="none")
    if any(listed(outcome.measures) for _, outcome in dossier.outcomes):
        return UNRECORDED
    return absent(dossier, summary, "商定")


def _done(dossier: Dossier, summary: Summary, measures: tuple[MeasureView, ...]) -> Question:
    ask = "办了没有"
    if not measures:
        return Question(ask=ask, answer=_no_measures(dossier, summary))
    done = sum(1 for m in measures if m.last and m.last.state == "done")
    if not any(m.last for m in measures):
        return Question(ask=ask, answer=absent(dossier, summary, "跟踪监督", SUPERVISION))
    late = [m for m in measures if m.overdue]
    notes = (DisplayText(text=f"{len(late)}项已过期限", claim=late[0].due.claim),) if late else ()
    words = "全部完成" if done == len(measures) else f"{len(measures)}项中完成{done}项"
    count = f"落实事项+办好的落实事项@{dossier.id}" if done < len(measures) else ""
    claim = "" if count else next((m.last.claim for m in measures if m.last), "")
    return Question(ask=ask, answer=DisplayText(text=words, claim=claim, count=count, href="#measures"), notes=notes)


def _satisfied(dossier: Dossier, summary: Summary, evaluations: tuple[EvaluationView, ...]) -> Question:
    ask = "群众满意吗"
    if not evaluations:
        return Question(ask=ask, answer=absent(dossier, summary, "评议", EVALUATION))
    last = evaluations[-1]
    answer = (
        last.rate if last.rate.state else DisplayText(text=f"{last.rate_name} {last.rate.text}", claim=last.rate.claim)
    )
    notes = tuple(DisplayText(text=f"{p.label}{p.count}票", claim=f"{last.path}#/ballots/{p.name}") for p in last.bar)
    return Question(ask=ask, answer=answer, notes=notes)
