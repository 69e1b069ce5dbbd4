"""The card that other sites embed: the main facts of one page, after corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Ballots, Evaluation, Topic, listed
from weimin.model.states import ENDED
from weimin.model.view import DossierView
from weimin.site.display_text import DisplayText
from weimin.site.presenters.ending import ending_words
from weimin.site.presenters.outcome import decision_rows
from weimin.site.presenters.presenter import Presenter
from weimin.site.presenters.story import OWN_PAGE
from weimin.site.site_context import SiteContext
from weimin.site.view_models import BarPart, Block, EvaluationView, Row
from weimin.wording.dates import format_day

DOSSIER = "卷宗"
_FEW = 4  # values of one row


class Notice(msgspec.Struct, frozen=True):
    """A notice that is shown before the facts; `state` gives the colour."""

    state: str
    text: str


class EmbedCard(msgspec.Struct, frozen=True, kw_only=True):
    """`stem` is empty for the dossier. `changed` and `commit` are those of the dossier's last change, empty without a history."""

    stem: str = ""
    kind: str
    place: str
    title: DisplayText
    when: DisplayText
    notices: tuple[Notice, ...] = ()
    rows: tuple[Row, ...] = ()
    bar: tuple[BarPart, ...] = ()
    legend: tuple[tuple[str, str, DisplayText], ...] = ()
    changed: str = ""
    commit: str = ""
    withheld: bool = False

    @property
    def name(self) -> str:
        """路灯：协商成果（2026年3月10日）."""
        return self.title.text if self.kind == DOSSIER else f"{self.title.text}：{self.kind}（{self.when.text}）"


def cards_of(view: DossierView, context: SiteContext, facts: Mapping[str, Any]) -> tuple[EmbedCard, ...]:
    """The dossier's card and those of its consultations, outcomes and evaluations. `facts`: those of the dossier page."""
    own = [block for block in facts["blocks"] if block.kind in OWN_PAGE]
    return (_dossier_card(view, context, facts), *(_event_card(view, context, facts, block) for block in own))


def _dossier_card(view: DossierView, context: SiteContext, facts: Mapping[str, Any]) -> EmbedCard:
    _asked, agreed, _who, done, satisfied = facts["questions"]
    state = view.summary.state
    rows = (
        *(() if state in ENDED else (_row("办到哪一步", DisplayText(text=state.label)),)),
        *(_row(q.ask, q.answer, *q.notes) for q in (agreed, done)),
    )
    last = facts["evaluations"][-1] if facts["evaluations"] else None
    return _card(
        view,
        context,
        kind=DOSSIER,
        when=facts["last_on"],
        notices=tuple(_notices(view, context, facts["changes"], compiled=view.dossier.compiled)),
        rows=(*rows, _row(satisfied.ask, satisfied.answer)),
        evaluation=last,
    )


def _event_card(view: DossierView, context: SiteContext, facts: Mapping[str, Any], block: Block) -> EmbedCard:
    event = view.dossier.event(block.stem)
    assert event is not None
    notices = [*_notices(view, context, block.changes, compiled=event.compiled and not block.withheld)]
    evaluation = _evaluation_for(view.dossier, facts, block)
    if block.withheld:
        notices.append(Notice("withheld", "决定不公布。这里只登记这个决定。"))
        rows: tuple[Row, ...] = tuple(_decision(context, view.dossier, block))
        evaluation = None
    else:
        rows = tuple(_event_rows(context, facts, event, block, evaluation))
        if block.kind == "evaluation" and evaluation and evaluation.low:
            notices.append(Notice("owed", "满意率低"))
    return _card(
        view,
        context,
        kind=block.name,
        stem=block.stem,
        when=block.when,
        notices=tuple(notices),
        rows=rows,
        evaluation=evaluation,
        withheld=block.withheld,
    )


def _card(
    view: DossierView, context: SiteContext, *, evaluation: EvaluationView | None, rows: tuple[Row, ...], **fields: Any
) -> EmbedCard:
    dossier = view.dossier
    gone = is_withdrawn(dossier)
    last = view.revisions[-1] if view.revisions else None
    claim = f"{dossier.topic.path}#/title" if dossier.topic else ""
    return EmbedCard(
        place=context.platform_name(dossier.platform),
        title=DisplayText(text=dossier.title, claim=claim),
        rows=() if gone else rows,
        bar=evaluation.bar if evaluation and not gone else (),
        legend=evaluation.legend if evaluation and not gone else (),
        changed=format_day(datetime.fromisoformat(last.at).date()) if last else "",
        commit=last.commit[:10] if last else "",
        **fields,
    )


def is_withdrawn(dossier: Dossier) -> bool:
    """The card of a dossier that was withdrawn: it says so and shows no result."""
    topic = dossier.topic.data if dossier.topic else None
    return isinstance(topic, Topic) and topic.ended is not None and topic.ended.how == "withdrawn"


def _notices(view: DossierView, context: SiteContext, changes: tuple[Any, ...], *, compiled: bool) -> Iterator[Notice]:
    topic = view.dossier.topic.data if view.dossier.topic else None
    if isinstance(topic, Topic) and topic.ended is not None:
        yield Notice("withheld", ending_words(context, topic))
    if changes:
        yield Notice("skipped", f"{changes[-1].on.text}更正过（共{len(changes)}处）。卡片上是更正后的内容。")
    if compiled:
        yield Notice("compiled", "据公开报道整理，不是平台自己填报的。")


def _event_rows(
    context: SiteContext, facts: Mapping[str, Any], event: Event, block: Block, evaluation: EvaluationView | None
) -> Iterator[Row]:
    if block.kind == "consultation":
        wanted = {context.title("consultation", f) for f in ("about", "participants", "same_as")}
        yield from (_row(r.label, *r.values) for r in block.rows if r.label in wanted)
        yield from _counted(facts, block, ("suggestions", "意见建议"), ("dissent", "不同意见"))
    elif block.kind == "outcome":
        wanted = {context.title("outcome", "consensus")}
        yield from (_row(r.label, *r.values) for r in block.rows if r.label in wanted)
        yield from _measures(facts, block)
        yield from _counted(facts, block, ("dissent", "不同意见"))
    if evaluation:
        yield _row(evaluation.rate_name, evaluation.rate)
    if evaluation and block.kind == "evaluation":
        yield from _valid(event)
        yield from (_row(r.label, *r.values) for r in evaluation.decision[:1])


def _valid(event: Event) -> Iterator[Row]:
    ballots = event.data.ballots if isinstance(event.data, Evaluation) else None
    if isinstance(ballots, Ballots):
        words = f"{ballots.valid}票（收回{ballots.returned}票，无效{ballots.invalid or 0}票）"
        yield _row("有效票", DisplayText(text=words, claim=f"{event.path}#/ballots"))


def _measures(facts: Mapping[str, Any], block: Block) -> Iterator[Row]:
    mine = [m for m in facts["measures"] if m.stem == block.stem]
    if mine:
        done = sum(1 for m in mine if m.last and m.last.state == "done")
        yield _row("落实事项", DisplayText(text=f"{len(mine)}项，已完成{done}项"))


def _counted(facts: Mapping[str, Any], block: Block, *lists: tuple[str, str]) -> Iterator[Row]:
    for name, label in lists:
        count = sum(1 for line in facts[name] if line.stem == block.stem)
        if count:
            yield _row(label, DisplayText(text=f"{count}条"))


def _evaluation_for(dossier: Dossier, facts: Mapping[str, Any], block: Block) -> EvaluationView | None:
    """The evaluation itself; of an outcome, the last one that was held on it."""
    stems = {block.stem}
    if block.kind == "outcome":
        held = [(e, e.data) for e in dossier.events if isinstance(e.data, Evaluation)]
        stems = {e.stem for e, data in held if any(_names(ref, dossier.id, block.stem) for ref in listed(data.of))}
    found = [view for view in facts["evaluations"] if view.stem in stems]
    return found[-1] if found else None


def _names(ref: str, dossier: str, stem: str) -> bool:
    return ref.partition("#")[0].removeprefix(f"{dossier}/") == stem


def _decision(context: SiteContext, dossier: Dossier, block: Block) -> Iterator[Row]:
    """Of an outcome that is not public: who decided that, when, and on what ground."""
    event = dossier.event(block.stem)
    assert event is not None
    present = Presenter(context, event.path, event.kind, event.changes)
    yield from (_row(r.label, *r.values) for r in decision_rows(present, getattr(event.data, "publication", None)))


def _row(label: str, *values: DisplayText) -> Row:
    """No links: whatever is clicked on a card, the source opens."""
    kept = tuple(msgspec.structs.replace(v, href="", was="") for v in values[:_FEW])
    return Row(label, (*kept, DisplayText(text="等")) if len(values) > _FEW else kept)
