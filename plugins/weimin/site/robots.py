"""robots.txt: every crawler may read everything; where the site knows its address, the address of sitemap.xml."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.page import Page
from weimin.model.view import RegisterView
from weimin.site.page import data
from weimin.site.site_context import SiteContext


def robots_pages(_view: RegisterView, context: SiteContext) -> Iterator[Page]:
    lines = ["User-agent: *", "Allow: /"]
    if context.urls.base:
        lines.append(f"Sitemap: {context.urls.absolute('/sitemap.xml')}")
    yield data("/robots.txt", ("\n".join(lines) + "\n").encode())
