"""Network-wide pages, all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from xml.sax.saxutils import escape

from weimin.model.page import Page
from weimin.model.view import RegisterView
from weimin.site.calendar import calendar_pages
from weimin.site.machine import build_data, json_bytes
from weimin.site.page_types import data
from weimin.site.pages.bulletin import bulletin_pages, bulletins_pages
from weimin.site.pages.home import home_pages
from weimin.site.pages.lists import LISTS, list_pages, narrow_pages
from weimin.site.pages.network import network_pages
from weimin.site.pages.prose import prose_pages
from weimin.site.pages.report import report_pages, reports_pages
from weimin.site.pages.rules import rules_pages
from weimin.site.pages.search import search_pages
from weimin.site.pages.sitemap import sitemap_pages
from weimin.site.pages.styleguide import styleguide_pages
from weimin.site.pages.trail import trail_pages
from weimin.site.place_index import place_pages
from weimin.site.shell import Shell
from weimin.totals.periods import BULLETIN, REPORTS

Pages = Callable[[RegisterView, Shell], Iterable[Page]]

JOBS: Mapping[str, Pages] = {
    "home": home_pages,
    "network": network_pages,
    **{name: partial(list_pages, name) for name in LISTS},
    REPORTS: reports_pages,
    BULLETIN: bulletins_pages,
    "rules": rules_pages,
    "trail": trail_pages,
    "prose": prose_pages,
    "calendar": calendar_pages,
    "places": lambda view, _shell: place_pages(view.network),
    "styleguide": lambda _view, shell: styleguide_pages(shell),
    "search": search_pages,
    "map": sitemap_pages,
    "robots": lambda _view, shell: (robots(shell),),
}
"""Pages of the whole network that are made together, by the name under which is kept what they were made from."""

SUMMARY_PAGES: Mapping[str, Callable[[str, RegisterView, Shell], Iterable[Page]]] = {
    **dict.fromkeys(LISTS, narrow_pages),
    REPORTS: report_pages,
    BULLETIN: bulletin_pages,
}
"""Pages of which there is one for each scope of sums `page:PATH`, by the first part of their path."""


def build_page(view: RegisterView, digests: Sequence[tuple[str, str]] = (), files: int = 0) -> Page:
    """`digests`: a folder of the site and the digest of its manifest; `files`: how many files the manifests name."""
    return data("/build.json", json_bytes(build_data(view.build, digests, files)))


def robots(shell: Shell) -> Page:
    lines = ["User-agent: *", "Allow: /"]
    if shell.urls.base:
        lines.append(f"Sitemap: {shell.urls.absolute('/sitemap.xml')}")
    return data("/robots.txt", ("\n".join(lines) + "\n").encode())


def sitemap_index(shell: Shell, parts: Iterable[str]) -> Page:
    """The one address that search engines are told; the parts are those of `sitemap_part`."""
    entries = (f"<sitemap><loc>{escape(shell.urls.absolute(f'/sitemaps/{p}.xml'))}</loc></sitemap>\n" for p in parts)
    return data("/sitemap.xml", _sitemap("sitemapindex", entries))


def sitemap_part(shell: Shell, name: str, addresses: Iterable[str]) -> Page:
    """Absolute addresses, so only where base_url is set. A part is of few enough places to stay below what is allowed."""
    entries = (f"<url><loc>{escape(shell.urls.absolute(a))}</loc></url>\n" for a in addresses)
    return data(f"/sitemaps/{name}.xml", _sitemap("urlset", entries))


def fixed_addresses(view: RegisterView) -> list[str]:
    """Pages of the whole network."""
    sections = (
        "network",
        "results",
        "evaluations",
        "consulting",
        "duties",
        "reported-up",
        "reports",
        "bulletin",
        "rules",
        "trail",
        "corrections",
        "search",
        "data",
        "sitemap",
    )
    prose = [f"/{r.place.stem}/" for r in view.pages] + [f"/news/{r.place.stem}.html" for r in view.news]
    return ["/", *(f"/{name}/" for name in sections), *prose]


def _sitemap(kind: str, entries: Iterable[str]) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{''.join(entries)}</{kind}>\n".encode()
