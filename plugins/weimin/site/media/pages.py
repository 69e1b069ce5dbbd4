"""The files of one dossier for use on other sites: cards, their oEmbed answers, articles for WeChat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from weimin.model.page import Page
from weimin.model.view import DossierView
from weimin.site.media.addresses import embed_address, oembed_address, page_address, wechat_address
from weimin.site.media.cite import WECHAT, Citation, citation
from weimin.site.media.embed_card import EmbedCard
from weimin.site.media.oembed import oembed
from weimin.site.media.wechat import article
from weimin.site.page import data, page
from weimin.site.site_context import SiteContext
from weimin.site.urls import file_of
from weimin.site.view_models import Crumb, Head


def citations(view: DossierView, context: SiteContext, cards: Sequence[EmbedCard]) -> dict[str, Citation]:
    """By the stem of the page, empty for the dossier's own."""
    return {card.stem: citation(view.dossier.id, card, context, wechat=_has_article(view, card)) for card in cards}


def _has_article(view: DossierView, card: EmbedCard) -> bool:
    event = view.dossier.event(card.stem) if card.stem else None
    return event is not None and event.kind in WECHAT


def media_pages(
    view: DossierView, context: SiteContext, facts: Mapping[str, Any], cards: Sequence[EmbedCard], *, pictures: bool
) -> Iterator[Page]:
    """`facts`: the values of the dossier page. `pictures`: the share images are drawn."""
    dossier = view.dossier.id
    for card in cards:
        yield embed_page(dossier, card, context)
        if context.urls.base:
            yield data(oembed_address(dossier, card.stem), oembed(dossier, card, context, pictures=pictures))
        if _has_article(view, card):
            yield _wechat_page(view, context, facts, card, pictures=pictures)


def embed_page(dossier: str, card: EmbedCard, context: SiteContext) -> Page:
    """A page without the site's frame, metadata and navigation: all that it weighs is the card."""
    return Page(
        path=file_of(embed_address(dossier, card.stem)),
        template=context.page_types["embed"].template,
        context={"context": context, "card": card, "source": context.urls.absolute(page_address(dossier, card.stem))},
    )


def _wechat_page(
    view: DossierView, context: SiteContext, facts: Mapping[str, Any], card: EmbedCard, *, pictures: bool
) -> Page:
    dossier = view.dossier
    made = article(view, context, facts, card, pictures=pictures)
    head = Head(
        title=f"公众号版：{card.name}",
        address=wechat_address(dossier.id, card.stem),
        description=f"{card.name}，可以复制到公众号",
        crumbs=(
            *context.crumbs(dossier.platform),
            Crumb(f"卷宗 {dossier.id.partition('/')[2]}", context.urls.dossier(dossier.id)),
            Crumb(card.kind, context.urls.event(dossier.id, card.stem)),
            Crumb("公众号版"),
        ),
        kind="wechat",
    )
    return page(context, "wechat", head, article=made, source_href=context.urls.event(dossier.id, card.stem))
