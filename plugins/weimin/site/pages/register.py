"""Network-wide pages, all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape

from weimin.model.page import Page
from weimin.model.view import RegisterView
from weimin.site.machine import build_data, json_bytes
from weimin.site.pages.home import home_pages
from weimin.site.pages.lists import list_pages
from weimin.site.pages.network import network_pages
from weimin.site.pages.prose import prose_pages
from weimin.site.pages.rules import rules_pages
from weimin.site.pages.trail import trail_pages
from weimin.site.plan import data
from weimin.site.shell import Shell

_MOST = 50_000  # addresses that a sitemap may hold (sitemaps.org)


def register_pages(view: RegisterView, shell: Shell) -> Iterator[Page]:
    """All pages made from rows; `build.json` is made by `build_page` when the digests are known."""
    yield from home_pages(view, shell)
    yield from network_pages(view, shell)
    yield from list_pages(view, shell)
    yield from rules_pages(view, shell)
    yield from trail_pages(view, shell)
    yield from prose_pages(view, shell)
    yield robots(shell)
    if shell.urls.base:
        yield sitemap(view, shell)


def build_page(view: RegisterView, digests: Sequence[tuple[str, str]] = (), files: int = 0) -> Page:
    """`digests`: a folder of the site and the digest of its manifest; `files`: how many files the manifests name."""
    return data("/build.json", json_bytes(build_data(view.build, digests, files)))


def robots(shell: Shell) -> Page:
    lines = ["User-agent: *", "Allow: /"]
    if shell.urls.base:
        lines.append(f"Sitemap: {shell.urls.absolute('/sitemap.xml')}")
    return data("/robots.txt", ("\n".join(lines) + "\n").encode())


def sitemap(view: RegisterView, shell: Shell) -> Page:
    """Absolute addresses, so only where base_url is set; dossiers before platforms, what is newest first."""
    fixed = ["/", "/network/", "/results/", "/evaluations/", "/consulting/", "/duties/", "/reported-up/", "/rules/"]
    fixed += ["/trail/", "/corrections/"]
    fixed += [f"/{r.place.stem}/" for r in view.pages] + [f"/news/{r.place.stem}.html" for r in view.news]
    newest = sorted(view.summaries, key=lambda s: (s.last or date.min, s.id), reverse=True)
    heard_first = sorted(view.network.rows.values(), key=lambda r: (not r.heard, r.code))
    addresses = [*fixed, *(f"/{s.id}/" for s in newest), *(f"/{r.code}/" for r in heard_first)]
    entries = "".join(f"<url><loc>{escape(shell.urls.absolute(a))}</loc></url>\n" for a in addresses[:_MOST])
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
    return data("/sitemap.xml", text.encode())
