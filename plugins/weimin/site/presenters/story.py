"""The story of a dossier: one block per event, the newest last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from weimin.dossiers.disclosure import body_hidden, correction_hidden, is_withheld
from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Consultation, Correction, Evaluation, Followup, Outcome, Response, Topic
from weimin.site.display_text import DisplayText
from weimin.site.presenters.after import correction_rows, followup_rows, response_rows
from weimin.site.presenters.consultation import consultation_rows
from weimin.site.presenters.corrections import changes_of
from weimin.site.presenters.evaluation import evaluation_rows
from weimin.site.presenters.lines import when
from weimin.site.presenters.outcome import outcome_rows
from weimin.site.presenters.presenter import Presenter, sources_of
from weimin.site.presenters.topic import topic_rows
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Block, Html, Row
from weimin.wording.dates import format_day

OWN_PAGE = ("consultation", "outcome", "evaluation")


def story(context: SiteContext, dossier: Dossier, filed: Mapping[str, str]) -> tuple[Block, ...]:
    """`filed`: path → day of arrival, in ISO, of the records that were filed late."""
    blocks, last_round = [], 1
    for event in dossier.events:
        late = filed.get(event.path, "")
        blocks.append(block(context, dossier, event, new_round=event.round > last_round, filed=late))
        last_round = max(last_round, event.round)
    return tuple(blocks)


def block(context: SiteContext, dossier: Dossier, event: Event, *, new_round: bool = False, filed: str = "") -> Block:
    hidden = is_withheld(event)
    return Block(
        stem=event.stem,
        kind=event.kind,
        name=context.kind_names[event.kind],
        when=when(Presenter(context, event.path, event.kind), event),
        path=event.path,
        href=context.urls.event(dossier.id, event.stem) if event.kind in OWN_PAGE else "",
        round=event.round,
        new_round=new_round,
        withheld=hidden,
        filed=DisplayText(text=format_day(date.fromisoformat(filed)), stamp=filed) if filed else None,
        rows=_rows(context, dossier, event),
        body=body_of(context, dossier, event),
        sources=() if hidden else sources_of(event.data.compiled_from, event.path),
        changes=changes_of(context, dossier, event.changes),
    )


def body_of(context: SiteContext, dossier: Dossier, event: Event, level: int = 4) -> Html | None:
    """The prose, with headings from `level` down; None without prose or where it is not public."""
    if not event.record.body.strip() or body_hidden(dossier, event):
        return None
    return context.render(event.record.body, heading_level=level)


def _rows(context: SiteContext, dossier: Dossier, event: Event) -> tuple[Row, ...]:
    present = Presenter(context, event.path, event.kind, event.changes)
    match event.data:
        case Topic() as topic:
            return topic_rows(present, topic)
        case Consultation() as consultation:
            return consultation_rows(present, consultation, dossier.id)
        case Outcome() as outcome:
            return outcome_rows(present, outcome, dossier.id)
        case Response() as response:
            return response_rows(present, response)
        case Followup() as followup:
            return followup_rows(present, followup)
        case Evaluation() as evaluation:
            return evaluation_rows(present, evaluation)
        case Correction() as correction:
            if correction_hidden(dossier, event):
                return (present.row("approved_by", present.who("approved_by", correction.approved_by)),)
            return correction_rows(present, correction, dossier.id)
    return ()
