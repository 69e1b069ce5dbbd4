"""The metadata in the head of a page: the tags of 国办发〔2017〕47号 (annex), Open Graph, schema.org.

Made from the head and the settings alone; what is not known is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from weimin.site.page_type import CONTENT, PageType
from weimin.site.site_context import SiteContext
from weimin.site.structured_data import graph
from weimin.site.view_models import Article, Head

_SHARE_IMAGE_SIZE = ("1200", "630")


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """`named`: (name, content) of `<meta name>`; `properties`: of `<meta property>`. `linked`: JSON-LD, None for none.

    `article` is what the page itself shows of its day and source.
    """

    named: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...]
    linked: Mapping[str, Any] | None
    article: Article | None = None


def meta_of(context: SiteContext, kind: str, head: Head) -> Meta:
    """`kind`: the name of the page's type. A page of a site with made-up data is never indexed."""
    row = context.page_types[kind]
    indexed = row.indexed and not context.site.demo
    article = (head.article or Article()) if row.column == CONTENT else None
    return Meta(
        named=tuple(
            _known(
                (
                    *_site(context),
                    *_column(row, head),
                    *_article(context, head, article),
                    ("twitter:card", "summary_large_image" if share_image_url(context, article) else "summary"),
                    *_robots(indexed),
                )
            )
        ),
        properties=tuple(_known(_open_graph(context, head, article))),
        linked=graph(context, kind, head) if indexed else None,
        article=article,
    )


def _known(pairs: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    return ((name, content) for name, content in pairs if content)


def _robots(indexed: bool) -> tuple[tuple[str, str], ...]:
    """Search engines must not list made-up data, nor pages whose type is not indexed."""
    return () if indexed else (("robots", "noindex"),)


def _site(context: SiteContext) -> tuple[tuple[str, str], ...]:
    """网站标签, on every page."""
    return (
        ("SiteName", context.site.title),
        ("SiteDomain", urlsplit(context.urls.base).hostname or ""),
        ("SiteIDCode", (context.site.codes or {}).get("site_id", "")),
    )


def _column(row: PageType, head: Head) -> tuple[tuple[str, str], ...]:
    """栏目标签."""
    if row.column in ("", CONTENT):
        return ()
    return (
        ("ColumnName", head.title),
        ("ColumnDescription", head.description),
        ("ColumnKeywords", "，".join(head.keywords or (head.title,))),
        ("ColumnType", row.column),
    )


def _article(context: SiteContext, head: Head, article: Article | None) -> tuple[tuple[str, str], ...]:
    """内容标签. Nobody is named as the author: a record has a platform, not a writer."""
    if article is None:
        return ()
    return (
        ("ArticleTitle", head.title),
        ("PubDate", _minute(article.published)),
        ("ContentSource", article.source),
        ("Keywords", "，".join(head.keywords)),
        ("Description", head.description),
        ("Image", share_image_url(context, article)),
        ("Url", context.urls.absolute(head.address) if context.urls.base else ""),
    )


def _minute(moment: str) -> str:
    """2026-03-02T10:00:00+08:00 → 2026-03-02 10:00; a day stays a day."""
    return moment[:16].replace("T", " ")


def share_image_url(context: SiteContext, article: Article | None) -> str:
    """The share picture, where the site knows its own address and the page has one."""
    return context.urls.absolute(article.share_image) if article and article.share_image and context.urls.base else ""


def _open_graph(context: SiteContext, head: Head, article: Article | None) -> tuple[tuple[str, str], ...]:
    image = share_image_url(context, article)
    url = context.urls.absolute(head.address) if context.urls.base else ""
    size = (
        (
            ("og:image:width", _SHARE_IMAGE_SIZE[0]),
            ("og:image:height", _SHARE_IMAGE_SIZE[1]),
            ("og:image:alt", head.title),
        )
        if image
        else ()
    )
    return (
        ("og:type", "article" if article else "website"),
        ("og:site_name", context.site.title),
        ("og:locale", "zh_CN"),
        ("og:title", head.title),
        ("og:description", head.description),
        ("og:url", url),
        ("og:image", image),
        *size,
        ("article:published_time", article.published if article else ""),
        ("article:modified_time", article.updated if article else ""),
    )
