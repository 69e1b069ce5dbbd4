"""The page of a consultation, an outcome or an evaluation, so that a result can be linked to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weimin.model.page import Page
from weimin.model.view import DossierView
from weimin.site.media.addresses import page_address
from weimin.site.page import page
from weimin.site.page_qr import page_qr
from weimin.site.presenters.story import OWN_PAGE, body_of
from weimin.site.record_dates import RecordDates, article, record_dates_of, source_words
from weimin.site.site_context import SiteContext
from weimin.site.structured_data import event_node
from weimin.site.view_models import Block, Crumb, Head


def event_pages(view: DossierView, context: SiteContext, facts: Mapping[str, Any]) -> Iterator[Page]:
    """`facts`: the values of the dossier page; a page takes from them what belongs to its event."""
    filed = record_dates_of(view.revisions)
    for block in facts["blocks"]:
        if block.kind in OWN_PAGE:
            yield _event_page(view, context, facts, block, filed)


def _event_page(
    view: DossierView, context: SiteContext, facts: Mapping[str, Any], block: Block, filed: Mapping[str, RecordDates]
) -> Page:
    dossier = view.dossier
    mine: dict[str, Any] = {
        name: tuple(line for line in facts[name] if line.stem == block.stem)
        for name in ("measures", "suggestions", "dissent", "upward", "evaluations")
    }
    title = f"{dossier.title}：{block.name}（{block.when.text}）"
    event = dossier.event(block.stem)
    assert event is not None
    reports = None if block.withheld else event.data.compiled_from
    head = Head(
        title=title,
        address=f"/{dossier.id}/{block.stem}.html",
        description=f"{facts['platform_name']}：{title}",
        crumbs=(
            *context.crumbs(dossier.platform),
            Crumb(f"卷宗 {dossier.id.partition('/')[2]}", context.urls.dossier(dossier.id)),
            Crumb(block.name),
        ),
        kind="event",
        keywords=(block.name, *view.summary.themes, context.area(dossier.platform)),
        article=article(
            filed.get(block.path),
            source_words(facts["platform_name"], reports),
            f"/cards/{dossier.id}/{block.stem}.png",
        ),
        about=event_node(context, dossier.platform, event, title),
    )
    return page(
        context,
        "event",
        head,
        dossier=dossier,
        dossier_href=context.urls.dossier(dossier.id),
        platform_name=facts["platform_name"],
        platform_href=facts["platform_href"],
        block=block,
        source_links=facts["source_links"],
        citation=facts["citations"][block.stem],
        code=page_qr(context.urls, page_address(dossier.id, block.stem)),
        body=body_of(context, dossier, event, 2),
        **mine,
    )
