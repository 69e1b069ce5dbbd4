"""The dossier page, and the values that the pages of its events share with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from weimin.dossiers.disclosure import is_attachment, is_withheld, path_hidden, public_descriptions
from weimin.model.codes import CODES
from weimin.model.dossier import Dossier
from weimin.model.finding import Finding, Severity
from weimin.model.history import TrailFinding
from weimin.model.kinds import Topic
from weimin.model.page import Page
from weimin.model.states import ENDED, OVERDUE
from weimin.model.summary import Summary
from weimin.model.view import DossierView
from weimin.site.claims import event_claim, record_claim
from weimin.site.display_text import DisplayText
from weimin.site.json_documents import dossier_data, json_bytes
from weimin.site.media.embed_card import cards_of
from weimin.site.media.pages import citations, media_pages
from weimin.site.page import data, page
from weimin.site.page_qr import page_qr
from weimin.site.pages.event import event_pages
from weimin.site.pages.poster import poster_page
from weimin.site.presenters.corrections import changes_of
from weimin.site.presenters.duties import duty_views, public_notices
from weimin.site.presenters.ending import ending_words
from weimin.site.presenters.evaluation import evaluation_view
from weimin.site.presenters.lines import lines_of
from weimin.site.presenters.measures import measures_of, states_of
from weimin.site.presenters.questions import five_questions
from weimin.site.presenters.revisions import LATE, late_filing_days, plain, revision_views
from weimin.site.presenters.story import story
from weimin.site.presenters.tracker import tracker
from weimin.site.record_dates import folder_article, source_words
from weimin.site.site_context import SiteContext
from weimin.site.source_links import dossier_source_links
from weimin.site.view_models import Crumb, EvaluationView, Head
from weimin.wording.dates import format_date, html_datetime


def dossier_pages(view: DossierView, context: SiteContext, *, pictures: bool = False) -> Iterator[Page]:
    """The dossier, the pages of its consultations, outcomes and evaluations, `index.json`, and its embeds.

    `pictures`: the share images are drawn.
    """
    facts = _facts(view, context)
    cards = cards_of(view, context, facts)
    facts["citations"] = citations(view, context, cards)
    dossier = view.dossier
    address = f"/{dossier.id}/"
    crumbs = (*context.crumbs(dossier.platform), Crumb(f"卷宗 {dossier.id.partition('/')[2]}"))
    head = Head(
        title=dossier.title,
        address=address,
        description=f"{context.platform_name(dossier.platform)}：{dossier.title}",
        crumbs=crumbs,
        kind="dossier",
        keywords=(*view.summary.themes, context.area(dossier.platform)),
        article=folder_article(view.revisions, _source(view, context), f"/cards/{dossier.id}.png"),
    )
    code = page_qr(context.urls, address)
    yield page(context, "dossier", head, citation=facts["citations"][""], code=code, **facts)
    yield poster_page(view, context, facts)
    yield from event_pages(view, context, facts)
    yield data(f"{address}index.json", json_bytes(dossier_data(view, context.urls)))
    yield from media_pages(view, context, facts, cards, pictures=pictures)


def _source(view: DossierView, context: SiteContext) -> str:
    """The platform; of a matter put together from reports, all of their publishers."""
    told = [s for e in view.dossier.events if not is_withheld(e) for s in e.data.compiled_from or ()]
    return source_words(context.platform_name(view.dossier.platform), told if view.dossier.compiled else None)


def _facts(view: DossierView, context: SiteContext) -> dict[str, Any]:
    dossier, summary = view.dossier, view.summary
    measures = measures_of(context, dossier, context.build.as_of)
    evaluations = _evaluations(view, context)
    return {
        "dossier": dossier,
        "summary": summary,
        "platform_name": context.platform_name(dossier.platform),
        "platform_href": context.urls.platform(dossier.platform),
        "themes": summary.themes,
        "state_claim": _state_claim(dossier, summary),
        "ending": _ending(context, dossier),
        "steps": tracker(dossier, summary),
        "questions": five_questions(context, dossier, summary, measures, evaluations),
        "blocks": story(context, dossier, late_filing_days(view.trail)),
        "measures": measures,
        "suggestions": lines_of(context, dossier, "suggestion"),
        "dissent": lines_of(context, dossier, "dissent"),
        "upward": lines_of(context, dossier, "upward"),
        "evaluations": evaluations,
        "states": {e.stem: states_of(context, dossier, e, f) for e, f in dossier.followups},
        "duties": duty_views(context, summary.duties),
        "notices": public_notices(notices(view.findings), context),
        "changes": changes_of(context, dossier, dossier.applied),
        "links": _links(view, context),
        "revisions": revision_views(context, view.revisions, partial(public_descriptions, dossier)),
        "faults": _faults(view, context),
        "last_on": _last(summary),
        "source_links": dossier_source_links(view, context),
    }


def _state_claim(dossier: Dossier, summary: Summary) -> str:
    """The claim of the state: the topic of a matter that ended, the record with an overdue duty, else the last event."""
    if summary.state in ENDED and dossier.topic is not None:
        return f"{dossier.topic.path}#/ended"
    if summary.state == OVERDUE:
        return next(record_claim(d.path) for d in summary.duties if d.overdue_days > 0)
    return event_claim(summary.id, summary.last_stem)


def _ending(context: SiteContext, dossier: Dossier) -> DisplayText:
    topic = dossier.topic
    if topic is None or not isinstance(topic.data, Topic) or topic.data.ended is None:
        return DisplayText(text="")
    return DisplayText(text=ending_words(context, topic.data), claim=f"{topic.path}#/ended")


def _last(summary: Summary) -> DisplayText:
    on = summary.last_on
    return DisplayText(
        text=format_date(on) if on else "", stamp=html_datetime(on), claim=event_claim(summary.id, summary.last_stem)
    )


def _evaluations(view: DossierView, context: SiteContext) -> tuple[EvaluationView, ...]:
    by_stem = {row.stem: row for row in view.summary.evaluations}
    return tuple(
        evaluation_view(context, view.dossier, event, evaluation, by_stem.get(event.stem))
        for event, evaluation in view.dossier.evaluations
    )


def notices(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that the page publishes: notices, and exempt findings."""
    return tuple(f for f in findings if f.severity == Severity.NOTICE or f.exempt)


def _faults(view: DossierView, context: SiteContext) -> tuple[tuple[str, str], ...]:
    """(text, code) of the trail findings on this folder, except late filing, which its events show.

    For a record that is not public, or was removed, only the rule is named.
    """
    return tuple((_fault(view, context, f), f.code) for f in view.trail if f.code != LATE)


def _fault(view: DossierView, context: SiteContext, f: TrailFinding) -> str:
    if not path_hidden(view.dossier, f.path):
        return plain(context, f.message)
    stem = f.path.rpartition("/")[2].partition(".")[0]
    name = "附件" if is_attachment(f.path) else context.format_ref(stem)
    return f"{name}：{CODES[f.code].requirement}"


def _links(view: DossierView, context: SiteContext) -> tuple[DisplayText, ...]:
    """Dossiers that this one names or that name it, each once."""
    out: dict[str, DisplayText] = {}
    for target in (*sorted(view.titles), *(i.source for i in view.inbound)):
        found = "/".join(target.split("/")[:2])
        if "-" in found.partition("/")[2] and found != view.dossier.id:
            title = view.titles.get(found, found)
            out.setdefault(found, DisplayText(text=title, href=context.urls.dossier(found)))
    return tuple(out.values())
