"""网站地图: a link to every page with a fixed address, and the platforms that lead to the others."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.model.network import Network, PlatformRow
from weimin.model.page import Page
from weimin.model.place import Level, parent_code
from weimin.model.view import RegisterView
from weimin.site.display_text import DisplayText
from weimin.site.page import page
from weimin.site.site_context import SiteContext, full_name
from weimin.site.view_models import Crumb, Head

TITLE = "网站地图"
ADDRESS = "/sitemap/"


class Group(msgspec.Struct, frozen=True):
    """A heading and the pages below it, each with a description."""

    name: str
    entries: tuple[tuple[DisplayText, str], ...]


class Branch(msgspec.Struct, frozen=True):
    """A county, or the platform above all, with the townships below it."""

    top: DisplayText
    below: tuple[DisplayText, ...]


def sitemap_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The page. It does not read the ledger, so it changes only with the settings, the network and the prose pages."""
    head = Head(
        title=TITLE,
        address=ADDRESS,
        description="本站有哪些栏目、平台和网页，从哪里进去",
        crumbs=context.crumbs_to(Crumb(TITLE)),
        section="sitemap",
        kind="sitemap",
    )
    yield page(context, "sitemap", head, groups=_groups(context), branches=_branches(view.network, context))


def _groups(context: SiteContext) -> tuple[Group, ...]:
    """The page types with a line of their own, by heading in the order of the table; below the last one, the prose pages."""
    groups: dict[str, list[tuple[DisplayText, str]]] = {}
    for name, row in context.page_types.items():
        if row.listed is not None:
            found = groups.setdefault(row.listed.group, [])
            if name not in context.absent:
                link = DisplayText(text=row.listed.text, href=context.urls.to(row.address))
                found.append((link, row.listed.description))
    groups[next(reversed(groups))] += [(DisplayText(text=link.text, href=link.href), "") for link in context.prose]
    return tuple(Group(name, tuple(entries)) for name, entries in groups.items() if entries)


def _branches(network: Network, context: SiteContext) -> tuple[Branch, ...]:
    """Without villages, of which a city may have thousands: the page of their township lists them."""
    tops = [r for r in network.rows.values() if r.level == Level.COUNTY or parent_code(r.code) not in network.rows]
    return tuple(Branch(_platform(row, context), _below(row, network, context)) for row in tops)


def _below(row: PlatformRow, network: Network, context: SiteContext) -> tuple[DisplayText, ...]:
    return tuple(_named(r.area, r, context) for r in network.below(row.code) if r.level == Level.TOWNSHIP)


def _platform(row: PlatformRow, context: SiteContext) -> DisplayText:
    return _named(full_name(row), row, context)


def _named(text: str, row: PlatformRow, context: SiteContext) -> DisplayText:
    return DisplayText(text=text, href=context.urls.platform(row.code))
