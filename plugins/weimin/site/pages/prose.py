"""Prose pages, news, and the answer to an unknown address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weimin.model.kinds import News
from weimin.model.kinds import Page as ProseData
from weimin.model.page import Page
from weimin.model.record import Record
from weimin.model.view import RegisterView
from weimin.site.display_text import DisplayText
from weimin.site.json_documents import FORMAT, json_bytes, prose_data
from weimin.site.page import data, page
from weimin.site.presenters.presenter import Presenter, sources_of
from weimin.site.presenters.standing import corrected_rows
from weimin.site.record_dates import source_words
from weimin.site.site_context import SiteContext
from weimin.site.source_links import record_source_links
from weimin.site.view_models import Article, Crumb, Head
from weimin.wording.dates import format_date, html_datetime


def prose_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The pages that the site writes about itself, and each as data."""
    for record in view.pages:
        assert isinstance(record.data, ProseData)
        yield _prose(record, record.data.title, f"/{record.place.stem}/", context, (Crumb(record.data.title),))
        yield data(f"/{record.place.stem}/index.json", json_bytes(prose_data(record)))


def news_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The list of news and a page for each, and both as data; no page without news."""
    if view.news:
        yield _news_index(view, context)
        listed = [_without_body(prose_data(record)) for record in _newest(view)]
        yield data("/news/index.json", json_bytes({"format": FORMAT, "news": listed}))
    for record in view.news:
        assert isinstance(record.data, News)
        crumbs = (Crumb("动态", context.urls.to("/news/")), Crumb(record.data.title))
        yield _prose(record, record.data.title, f"/news/{record.place.stem}.html", context, crumbs)
        yield data(f"/news/{record.place.stem}.json", json_bytes(prose_data(record)))


def _prose(record: Record, title: str, address: str, context: SiteContext, crumbs: tuple[Crumb, ...]) -> Page:
    news = record.data if isinstance(record.data, News) else None
    on = (
        DisplayText(text=format_date(news.date), stamp=html_datetime(news.date), claim=f"{record.place.path}#/date")
        if news
        else None
    )
    head = Head(
        title=title,
        address=address,
        description=title,
        crumbs=context.crumbs_to(*crumbs),
        section="news" if news else record.place.stem,
        kind="prose",
        article=Article(on=on, source=source_words(_publisher(news, context), record.data.compiled_from)),
    )
    return page(
        context,
        "news" if news else "prose",
        head,
        body=context.render(record.body),
        json=f"{record.place.stem}.json" if news else "index.json",
        sources=sources_of(record.data.compiled_from, record.place.path),
        platform=DisplayText(text=context.who(news.platform), href=context.who_href(news.platform))
        if news and news.platform
        else None,
        rows=corrected_rows(Presenter(context, record.place.path, "news"), news.corrected) if news else (),
        source_links=record_source_links(record, context.urls.to(address), context),
        about=tuple(DisplayText(text=context.format_ref(ref), href=context.urls.ref(ref)) for ref in news.about or ())
        if news
        else (),
    )


def _publisher(news: News | None, context: SiteContext) -> str:
    """The platform that a piece of news is from, else who runs the site."""
    return context.who(news.platform) if news and news.platform else context.site.operator or ""


def _newest(view: RegisterView) -> list[Record]:
    found = [(r.data.date, r.place.stem, r) for r in view.news if isinstance(r.data, News)]
    return [record for _, _, record in sorted(found, key=lambda f: f[:2], reverse=True)]


def _without_body(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key not in ("format", "body")}


def _news_index(view: RegisterView, context: SiteContext) -> Page:
    head = Head(
        title="动态",
        address="/news/",
        description="各级为民协商的动态",
        crumbs=context.crumbs_to(Crumb("动态")),
        section="news",
        kind="list",
    )
    items = tuple(
        (
            DisplayText(text=news.title, href=context.urls.to(f"/news/{record.place.stem}.html")),
            DisplayText(
                text=format_date(news.date), stamp=html_datetime(news.date), claim=f"{record.place.path}#/date"
            ),
        )
        for record in _newest(view)
        if isinstance(news := record.data, News)
    )
    return page(context, "newslist", head, items=items, json="index.json")


def missing_pages(_view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The answer of a web server to an unknown address."""
    head = Head(
        title="没有这个网址",
        address="/404.html",
        description="没有这个网址",
        crumbs=context.crumbs_to(Crumb("没有这个网址")),
        kind="missing",
    )
    yield page(context, "missing", head)
