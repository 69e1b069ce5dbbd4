"""oEmbed 1.0 (https://oembed.com): a card described for programs that turn an address into a frame."""

from __future__ import annotations

import json
from html import escape
from urllib.parse import urlencode

from weimin.site.media.addresses import embed_address, oembed_address, page_address, picture_address
from weimin.site.media.embed_card import EmbedCard
from weimin.site.media.height import height_of
from weimin.site.site_context import SiteContext

WIDTH = 600  # px, what a column of text leaves; a site of files answers every maxwidth with it
KEPT = 86_400  # seconds that a consumer may keep the answer: the card itself is always fetched anew
PICTURE = (1200, 630)
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
"""What a card may do in the page of another site: set its height and open its source; no form, no download, no way to
lead the page elsewhere. With its own origin, so that the host can tell its messages from others."""


def frame(dossier: str, card: EmbedCard, context: SiteContext) -> str:
    """The `<iframe>` as text. It contains no text of a record: addresses and kinds follow from the identity of the page."""
    fields = {
        "src": context.urls.absolute(embed_address(dossier, card.stem)),
        "width": str(WIDTH),
        "style": "max-width:100%",  # narrower where the host has less room: the height is enough from 280 px
        "height": str(height_of(card, context.site.title, bool(context.site.demo))),
        "title": f"{card.kind}卡片 {dossier}",
        "loading": "lazy",
        "referrerpolicy": "strict-origin-when-cross-origin",
        "sandbox": SANDBOX,
        "frameborder": "0",
    }
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in fields.items())
    return f"<iframe {attributes}></iframe>"


def oembed(dossier: str, card: EmbedCard, context: SiteContext, *, pictures: bool) -> bytes:
    """The answer for one page. Only where addresses can be absolute."""
    fields: dict[str, str | int] = {
        "type": "rich",
        "version": "1.0",
        "title": card.name,
        "author_name": card.place,
        "author_url": context.urls.absolute(f"/{dossier.partition('/')[0]}/"),
        "provider_name": context.site.title,
        "provider_url": context.urls.absolute("/"),
        "cache_age": KEPT,
        "html": frame(dossier, card, context),
        "width": WIDTH,
        "height": height_of(card, context.site.title, bool(context.site.demo)),
    }
    if pictures:
        fields["thumbnail_url"] = context.urls.absolute(picture_address(dossier, card.stem))
        fields["thumbnail_width"], fields["thumbnail_height"] = PICTURE
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def discovery(dossier: str, stem: str, context: SiteContext) -> str:
    """The address of the oEmbed answer that a page links to; empty where it has none.

    The query says nothing to a site of files: some consumers read the page's address out of it.
    """
    if not context.urls.base:
        return ""
    query = urlencode({"format": "json", "url": context.urls.absolute(page_address(dossier, stem))})
    return f"{context.urls.absolute(oembed_address(dossier, stem))}?{query}"
