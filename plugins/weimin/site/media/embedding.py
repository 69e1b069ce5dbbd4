"""嵌入说明: how other sites show our results, with live examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from weimin.model.ledger import Ledger
from weimin.model.page import Page
from weimin.model.view import RegisterView
from weimin.site.media.addresses import embed_address, oembed_address, page_address, wechat_address
from weimin.site.media.embed_card import DOSSIER
from weimin.site.media.oembed import SANDBOX
from weimin.site.page import page
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Crumb, Head

EXAMPLES = 3
_TALL = 420  # px: what the frames of the examples have until the card says how tall it is


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A page that has a card. `kind`: outcome, or empty for the dossier itself."""

    dossier: str
    stem: str
    title: str
    wechat: bool = False


class ExampleView(msgspec.Struct, frozen=True, kw_only=True):
    """`frame` and `element` are what is to be copied; `src` is the card on this site."""

    title: str
    src: str
    frame: str
    element: str
    oembed: str
    wechat: str
    source: str


def newest_examples(ledger: Ledger) -> tuple[Example, ...]:
    """The outcomes that were published last, of dossiers that nobody took back."""
    found = ((line.summary, line.key) for line in ledger.newest("published", EXAMPLES))
    return tuple(Example(dossier=s.id, stem=stem, title=s.title, wechat=True) for s, stem in found if s)


def embedding_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The page with live examples: the cards of the newest published outcomes."""
    yield _embedding_page(context, newest_examples(view.ledger))


def _embedding_page(context: SiteContext, examples: Sequence[Example]) -> Page:
    head = Head(
        title="嵌入说明",
        address="/embedding/",
        description="怎样在别的网站和公众号里使用本站公布的协商成果",
        crumbs=context.crumbs_to(Crumb("嵌入说明")),
        section="embedding",
        kind="embedding",
    )
    return page(
        context,
        "embedding",
        head,
        examples=tuple(_view(context, e) for e in examples),
        script=context.urls.absolute("/theme/js/embed.js"),
        card_form=context.urls.absolute("/embed/平台代码/卷宗号/记录名.html"),
        oembed_form=context.urls.absolute("/oembed/平台代码/卷宗号/记录名.json"),
        dossier_name=DOSSIER,
        tall=_TALL,
    )


def _view(context: SiteContext, e: Example) -> ExampleView:
    address = context.urls.absolute(embed_address(e.dossier, e.stem))
    title = f"协商成果卡片 {e.dossier}" if e.stem else f"{DOSSIER}卡片 {e.dossier}"
    return ExampleView(
        title=e.title,
        src=context.urls.to(embed_address(e.dossier, e.stem)),
        frame=(
            f'<iframe src="{address}" height="{_TALL}" title="{title}" loading="lazy" style="width:100%;border:0" '
            f'referrerpolicy="strict-origin-when-cross-origin" sandbox="{SANDBOX}"></iframe>'
        ),
        element=(
            f'<script async src="{context.urls.absolute("/theme/js/embed.js")}"></script>\n'
            f'<weimin-card src="{address}">\n'
            f'  <a href="{context.urls.absolute(page_address(e.dossier, e.stem))}">{title}</a>\n'
            "</weimin-card>"
        ),
        oembed=context.urls.absolute(oembed_address(e.dossier, e.stem)) if context.urls.base else "",
        wechat=context.urls.to(wechat_address(e.dossier, e.stem)) if e.wechat else "",
        source=context.urls.to(page_address(e.dossier, e.stem)),
    )
