"""sitemap.xml and /sitemaps/*.xml: the addresses of the pages that search engines may list.

A sitemap holds absolute addresses, so a build writes it only where base_url is set. A sitemap file may name at most
50 000 addresses, and one new page must not rewrite a large file, so the addresses are divided into parts:

- `CODE`, one for each township with the villages below it and their dossiers, and one for each platform above it;
- `reports-YYYY`, the reports of a year;
- `pages`, the other pages of the whole network.

`sitemap_part_of` gives the part of a written file by its path alone; the build stores it beside the file
(app/build/outputs.py) and rewrites the parts to which a page was added or from which one was removed. A part with more
than MOST addresses is written as several files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from weimin.model.page import Page
from weimin.site.page import data
from weimin.site.page_type import PageType, types_by_address
from weimin.site.site_context import SiteContext
from weimin.site.urls import address_of

MOST = 50_000  # addresses of one file, by sitemaps.org
_TOWNSHIP = 9  # digits of the code of a township


def sitemap_part_of(types: Mapping[str, PageType]) -> Callable[[str], str]:
    """A function path of a written file → name of its part; empty for what sitemap.xml does not list."""
    type_of = types_by_address(types)

    def part_of(path: str) -> str:
        if not path.endswith(".html"):
            return ""
        name = type_of(address_of(path))
        if not name or not types[name].in_sitemap:
            return ""
        first, *rest = path.split("/")
        if first.isdigit():
            return first[:_TOWNSHIP]
        return f"{first}-{rest[0]}" if name in ("report", "year-report") else "pages"

    return part_of


def sitemap_files(context: SiteContext, part: str, paths: Sequence[str]) -> Iterator[Page]:
    """The files of a part; none without paths."""
    for name, at in zip(sitemap_names(part, len(paths)), range(0, len(paths), MOST), strict=True):
        addresses = (context.urls.absolute(address_of(path)) for path in paths[at : at + MOST])
        entries = (f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
        yield data(f"/sitemaps/{name}.xml", _sitemap("urlset", entries))


def sitemap_names(part: str, count: int) -> list[str]:
    """Names of the files of a part with `count` addresses: `pages`, `pages-2` …"""
    return [part if n == 0 else f"{part}-{n + 1}" for n in range(-(-count // MOST))]


def sitemap_index(context: SiteContext, names: Iterable[str]) -> Page:
    """sitemap.xml, the one address that robots.txt gives: it lists the files `names`."""
    entries = (f"<sitemap><loc>{escape(context.urls.absolute(f'/sitemaps/{n}.xml'))}</loc></sitemap>\n" for n in names)
    return data("/sitemap.xml", _sitemap("sitemapindex", entries))


def _sitemap(kind: str, entries: Iterable[str]) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{''.join(entries)}</{kind}>\n".encode()
