"""How a builder makes a page of one of the page types, or a file of data."""

from __future__ import annotations

from typing import Any

from weimin.model.page import Page
from weimin.site.meta import meta_of
from weimin.site.shell import Shell
from weimin.site.urls import file_of
from weimin.site.view_models import Head


def page(shell: Shell, kind: str, head: Head, /, **context: Any) -> Page:
    """A page of the type `kind`; its template gets `shell`, `head`, `meta` and `context`. Raises KeyError for no type."""
    return Page(
        path=file_of(head.address),
        template=shell.page_types[kind].template,
        context={"shell": shell, "head": head, "meta": meta_of(shell, kind, head), **context},
    )


def data(address: str, content: bytes) -> Page:
    """A file without a template: JSON, a feed, a sitemap."""
    return Page(path=file_of(address), data=content)
