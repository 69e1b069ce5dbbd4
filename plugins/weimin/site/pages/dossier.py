"""The dossier page, and its facts that the pages of its events share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from weimin.dossiers.disclosure import is_attachment, path_hidden, revision_words, withheld
from weimin.model.codes import CODES
from weimin.model.finding import Finding, Severity
from weimin.model.history import TrailFinding
from weimin.model.page import Page
from weimin.model.summary import Summary
from weimin.model.view import DossierView
from weimin.site.claims import event_claim
from weimin.site.display_text import DisplayText
from weimin.site.filed import folder_article, source_words
from weimin.site.machine import dossier_data, json_bytes
from weimin.site.media.embed_card import cards_of
from weimin.site.media.pages import citations, media_pages
from weimin.site.page import data, page
from weimin.site.page_code import page_code
from weimin.site.pages.event import event_pages
from weimin.site.pages.poster import poster_page
from weimin.site.presenters.corrections import changes_of
from weimin.site.presenters.duties import duty_views, told_findings
from weimin.site.presenters.evaluation import evaluation_view
from weimin.site.presenters.glance import glance
from weimin.site.presenters.lines import lines_of
from weimin.site.presenters.measures import measures_of, states_of
from weimin.site.presenters.revisions import LATE, late_days, plain, revision_views
from weimin.site.presenters.story import story
from weimin.site.presenters.tracker import tracker
from weimin.site.shell import Shell
from weimin.site.source_links import dossier_doors
from weimin.site.view_models import Crumb, EvaluationView, Head
from weimin.wording.dates import date_words, stamp


def dossier_pages(view: DossierView, shell: Shell, *, pictures: bool = False) -> Iterator[Page]:
    """The dossier, the pages of its consultations, outcomes and evaluations, `index.json`, and what is embedded elsewhere.

    `pictures`: share pictures stand at their addresses.
    """
    facts = _facts(view, shell)
    cards = cards_of(view, shell, facts)
    facts["citations"] = citations(view, shell, cards)
    dossier = view.dossier
    address = f"/{dossier.id}/"
    crumbs = (*shell.crumbs(dossier.platform), Crumb(f"卷宗 {dossier.id.partition('/')[2]}"))
    head = Head(
        title=dossier.title,
        address=address,
        description=f"{shell.platform_name(dossier.platform)}：{dossier.title}",
        crumbs=crumbs,
        kind="dossier",
        keywords=(*view.summary.themes, shell.area(dossier.platform)),
        article=folder_article(view.revisions, _source(view, shell), f"/cards/{dossier.id}.png"),
    )
    code = page_code(shell.urls, address)
    yield page(shell, "dossier", head, citation=facts["citations"][""], code=code, **facts)
    yield poster_page(view, shell, facts)
    yield from event_pages(view, shell, facts)
    yield data(f"{address}index.json", json_bytes(dossier_data(view, shell.urls)))
    yield from media_pages(view, shell, facts, cards, pictures=pictures)


def _source(view: DossierView, shell: Shell) -> str:
    """The platform; of a matter put together from reports, all of their publishers."""
    told = [s for e in view.dossier.events if not withheld(e) for s in e.data.compiled_from or ()]
    return source_words(shell.platform_name(view.dossier.platform), told if view.dossier.compiled else None)


def _facts(view: DossierView, shell: Shell) -> dict[str, Any]:
    dossier, summary = view.dossier, view.summary
    measures = measures_of(shell, dossier, shell.build.as_of)
    evaluations = _evaluations(view, shell)
    return {
        "dossier": dossier,
        "summary": summary,
        "platform_name": shell.platform_name(dossier.platform),
        "platform_href": shell.urls.platform(dossier.platform),
        "themes": summary.themes,
        "steps": tracker(dossier, summary),
        "questions": glance(shell, dossier, summary, measures, evaluations),
        "blocks": story(shell, dossier, late_days(view.trail)),
        "measures": measures,
        "suggestions": lines_of(shell, dossier, "suggestion"),
        "dissent": lines_of(shell, dossier, "dissent"),
        "upward": lines_of(shell, dossier, "upward"),
        "evaluations": evaluations,
        "states": {e.stem: states_of(shell, dossier, e, f) for e, f in dossier.followups},
        "duties": duty_views(shell, summary.duties),
        "notices": told_findings(notices(view.findings), shell),
        "changes": changes_of(shell, dossier, dossier.applied),
        "links": _links(view, shell),
        "revisions": revision_views(shell, view.revisions, partial(revision_words, dossier)),
        "faults": _faults(view, shell),
        "last_on": _last(summary),
        "doors": dossier_doors(view, shell),
    }


def _last(summary: Summary) -> DisplayText:
    on = summary.last_on
    return DisplayText(
        text=date_words(on) if on else "", stamp=stamp(on), claim=event_claim(summary.id, summary.last_stem)
    )


def _evaluations(view: DossierView, shell: Shell) -> tuple[EvaluationView, ...]:
    by_stem = {row.stem: row for row in view.summary.evaluations}
    return tuple(
        evaluation_view(shell, view.dossier, event, evaluation, by_stem.get(event.stem))
        for event, evaluation in view.dossier.evaluations
    )


def notices(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is published with its reason and never refused; exempt findings say so."""
    return tuple(f for f in findings if f.severity == Severity.NOTICE or f.exempt)


def _faults(view: DossierView, shell: Shell) -> tuple[tuple[str, str], ...]:
    """(words, code) of what an audit has against this folder's history, besides late filing, which its events say.

    Of a record that is not public, or stands no more, the rule alone is named.
    """
    return tuple((_fault(view, shell, f), f.code) for f in view.trail if f.code != LATE)


def _fault(view: DossierView, shell: Shell, f: TrailFinding) -> str:
    if not path_hidden(view.dossier, f.path):
        return plain(shell, f.message)
    stem = f.path.rpartition("/")[2].partition(".")[0]
    name = "附件" if is_attachment(f.path) else shell.ref_words(stem)
    return f"{name}：{CODES[f.code].requirement}"


def _links(view: DossierView, shell: Shell) -> tuple[DisplayText, ...]:
    """Dossiers that this one names or that name it, each once."""
    out: dict[str, DisplayText] = {}
    for target in (*sorted(view.titles), *(i.source for i in view.inbound)):
        found = "/".join(target.split("/")[:2])
        if "-" in found.partition("/")[2] and found != view.dossier.id:
            title = view.titles.get(found, found)
            out.setdefault(found, DisplayText(text=title, href=shell.urls.dossier(found)))
    return tuple(out.values())
