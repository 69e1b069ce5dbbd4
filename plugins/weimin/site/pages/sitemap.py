"""网站地图: every page that stands for itself, and the way to those of which there are many."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.model.network import Network, PlatformRow
from weimin.model.page import Page
from weimin.model.place import Level, parent_code
from weimin.model.view import RegisterView
from weimin.site.display_text import DisplayText
from weimin.site.page import page
from weimin.site.shell import Shell, full_name
from weimin.site.view_models import Crumb, Head

TITLE = "网站地图"
ADDRESS = "/sitemap/"


class Group(msgspec.Struct, frozen=True):
    """A heading and the pages below it, each with what stands there."""

    name: str
    entries: tuple[tuple[DisplayText, str], ...]


class Branch(msgspec.Struct, frozen=True):
    """A county, or what stands above all, with the platforms of the townships below it."""

    top: DisplayText
    below: tuple[DisplayText, ...]


def sitemap_pages(view: RegisterView, shell: Shell) -> Iterator[Page]:
    """It asks nothing of the ledger: it changes with the settings, the network and the prose pages."""
    head = Head(
        title=TITLE,
        address=ADDRESS,
        description="本站有哪些栏目、平台和网页，从哪里进去",
        crumbs=shell.crumbs_to(Crumb(TITLE)),
        section="sitemap",
        kind="sitemap",
    )
    yield page(shell, "sitemap", head, groups=_groups(shell), branches=_branches(view.network, shell))


def _groups(shell: Shell) -> tuple[Group, ...]:
    """The page types with a line of their own, by heading in the order of the table; below the last one, the prose pages."""
    groups: dict[str, list[tuple[DisplayText, str]]] = {}
    for name, row in shell.page_types.items():
        if row.listed is not None:
            found = groups.setdefault(row.listed.group, [])
            if name not in shell.absent:
                link = DisplayText(text=row.listed.text, href=shell.urls.to(row.address))
                found.append((link, row.listed.description))
    groups[next(reversed(groups))] += [(DisplayText(text=link.text, href=link.href), "") for link in shell.prose]
    return tuple(Group(name, tuple(entries)) for name, entries in groups.items() if entries)


def _branches(network: Network, shell: Shell) -> tuple[Branch, ...]:
    """Villages stand on their township's page: of a city there may be thousands."""
    tops = [r for r in network.rows.values() if r.level == Level.COUNTY or parent_code(r.code) not in network.rows]
    return tuple(Branch(_platform(row, shell), _below(row, network, shell)) for row in tops)


def _below(row: PlatformRow, network: Network, shell: Shell) -> tuple[DisplayText, ...]:
    return tuple(_named(r.area, r, shell) for r in network.below(row.code) if r.level == Level.TOWNSHIP)


def _platform(row: PlatformRow, shell: Shell) -> DisplayText:
    return _named(full_name(row), row, shell)


def _named(text: str, row: PlatformRow, shell: Shell) -> DisplayText:
    return DisplayText(text=text, href=shell.urls.platform(row.code))
