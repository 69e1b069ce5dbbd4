"""The network: counties and townships as a tree, and coverage by level; the page of a township lists its villages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from weimin.model.kinds import known
from weimin.model.ledger import Ledger
from weimin.model.network import SET_UP_BY, Network, PlatformRow
from weimin.model.page import Page
from weimin.model.period import parse_period
from weimin.model.place import Level, parent_code
from weimin.model.view import RegisterView
from weimin.site.charts.drawing import Chart
from weimin.site.charts.treemap import Area, treemap
from weimin.site.json_documents import json_bytes, network_data
from weimin.site.page import data, page
from weimin.site.site_context import SiteContext, full_name
from weimin.site.view_models import Crumb, Head
from weimin.totals.periods import PLATFORM

_ENOUGH = 3


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """A platform with the number of platforms below it, and of those of them with records of their own.

    `over`: it is closed; neither number counts those that are.
    """

    code: str
    name: str
    href: str
    has_records: bool
    over: bool
    below: int
    with_records_below: int
    dossiers: int
    branches: tuple[Branch, ...] = ()


def network_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    head = Head(
        title="组织网络",
        address="/network/",
        description="市、县区、乡镇、村居四级平台",
        crumbs=context.crumbs_to(Crumb("组织网络")),
        section="network",
        kind="network",
    )
    tops = [r for r in view.network.rows.values() if parent_code(r.code) not in view.network.rows]
    yield page(
        context,
        "network",
        head,
        coverage=_coverage(view.network),
        counties=_counties(view, context),
        branches=tuple(_branch(r, view.network, view.ledger, context) for r in tops),
    )
    yield data("/network/index.json", json_bytes(network_data(view)))


def _counties(view: RegisterView, context: SiteContext) -> Chart | None:
    """The counties, each as large as its platforms; None where there are too few to see anything."""
    rows = [row for row in view.network.rows.values() if row.level == Level.COUNTY]
    if len(rows) < _ENOUGH:
        return None
    found = [(row, view.ledger.sums(PLATFORM + row.code)) for row in rows]
    areas = [
        Area(
            name=row.area,
            size=sums.get("platforms", 0),
            part=sums.get("heard", 0),
            whole=sums.get("platforms", 0),
            href=context.urls.platform(row.code),
            counts=(f"平台@{row.code}*", f"平台@{row.code}*", f"已填报的平台@{row.code}*"),
        )
        for row, sums in found
    ]
    return treemap(areas, title="各县区平台填报情况")


def _branch(row: PlatformRow, network: Network, ledger: Ledger, context: SiteContext) -> Branch:
    """Villages are counted, not listed."""
    sums = ledger.sums(PLATFORM + row.code)
    below = network.below(row.code) if row.level in (Level.CITY, Level.COUNTY) else ()
    return Branch(
        code=row.code,
        name=full_name(row),
        href=context.urls.platform(row.code),
        has_records=row.has_records,
        over=row.over,
        below=sums.get("platforms", 0) - (not row.over),
        with_records_below=sums.get("heard", 0) - (row.has_records and not row.over),
        dossiers=sums.get("dossiers", 0),
        branches=tuple(_branch(r, network, ledger, context) for r in below),
    )


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    level: str
    kind: str
    platforms: int
    has_records: int
    established: int
    in_time: int


def _coverage(network: Network) -> tuple[Coverage, ...]:
    """Per level: the number of platforms, of those with records, with a recorded day of establishment, and established in time.

    Platforms that are closed are not counted.
    """
    open_ = [r for r in network.rows.values() if not r.over]
    return tuple(_level(level, [r for r in open_ if r.level == level]) for level in Level)


def _in_time(established: str | None, level: Level) -> bool:
    """Set up by the last day that the plan gives its level; a month or a year counts by its last day."""
    last = parse_period(established).last if established and known(established) else None
    return last is not None and last <= SET_UP_BY[level]


def _level(level: Level, rows: Iterable[PlatformRow]) -> Coverage:
    found = list(rows)
    return Coverage(
        level=level.label,
        kind=level.platform,
        platforms=len(found),
        has_records=sum(r.has_records for r in found),
        established=sum(r.established is not None for r in found),
        in_time=sum(_in_time(r.established, level) for r in found),
    )
