"""How a builder makes a page of one of the page types, or a file of data."""

from __future__ import annotations

from typing import Any

from weimin.model.page import Page
from weimin.site.meta import meta_of
from weimin.site.site_context import SiteContext
from weimin.site.urls import file_of
from weimin.site.view_models import Head


def page(context: SiteContext, kind: str, head: Head, /, **values: Any) -> Page:
    """A page of the type `kind`; its template gets `context`, `head`, `meta` and `values`. Raises KeyError for no type."""
    return Page(
        path=file_of(head.address),
        template=context.page_types[kind].template,
        context={"context": context, "head": head, "meta": meta_of(context, kind, head), **values},
    )


def data(address: str, content: bytes) -> Page:
    """A file without a template: JSON, a feed, a sitemap."""
    return Page(path=file_of(address), data=content)
