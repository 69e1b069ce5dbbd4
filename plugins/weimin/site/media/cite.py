"""One sentence with which print and television name their source, and where else a page can be had."""

from __future__ import annotations

import msgspec

from weimin.site.media.addresses import embed_address, page_address, wechat_address
from weimin.site.media.embed_card import DOSSIER, EmbedCard
from weimin.site.media.oembed import discovery
from weimin.site.site_context import SiteContext

WECHAT = ("outcome", "evaluation")
"""The kinds of events with an article for WeChat: those that announce a result."""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """The citation at the end of a page. `wechat` and `oembed` are empty where the page has none."""

    text: str
    embed: str
    wechat: str
    oembed: str
    about: str


def citation(dossier: str, card: EmbedCard, context: SiteContext, *, wechat: bool) -> Citation:
    return Citation(
        text=sentence(dossier, card, context),
        embed=context.urls.to(embed_address(dossier, card.stem)),
        wechat=context.urls.to(wechat_address(dossier, card.stem)) if wechat else "",
        oembed=discovery(dossier, card.stem, context),
        about=context.urls.to("/embedding/"),
    )


def sentence(dossier: str, card: EmbedCard, context: SiteContext) -> str:
    """样例村为民协商联系点“路灯”协商成果（2026年3月10日），样例为民协商公布，https://…，2026年11月21日修订，版本 cccccccccc。"""
    title = card.title.text.replace("“", "‘").replace("”", "’")
    number = dossier.partition("/")[2]
    what = f"{number}号{DOSSIER}" if card.kind == DOSSIER else card.kind
    when = f"（{card.when.text}）" if card.when.text and not card.when.state else ""
    demo = "【演示数据】" if context.site.demo else ""
    changed = f"，{card.changed}修订，版本 {card.commit}" if card.changed else ""
    address = context.urls.absolute(page_address(dossier, card.stem))
    return f"{demo}{card.place}“{title}”{what}{when}，{context.site.title}公布，{address}{changed}。"
