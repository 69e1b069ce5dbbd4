"""The charts of a platform's page: its year by months, and the level below it."""

from __future__ import annotations

from weimin.model.kinds import Plan
from weimin.model.view import BelowRow, PlatformView
from weimin.site.charts.drawing import Chart
from weimin.site.charts.months import months
from weimin.site.charts.treemap import Area, treemap
from weimin.site.site_context import SiteContext
from weimin.totals.months import MonthCounts, held_months, planned_months

_ENOUGH = 3  # meetings and plans of a year, or places: fewer need no chart


def platform_year(view: PlatformView, year: int) -> Chart | None:
    """Consultations held and planned in a year; None where there are too few for a chart."""
    plan = next((r.data for r in view.records.of_kind("plan") if r.place.stem == str(year)), None)
    planned = planned_months(plan, year) if isinstance(plan, Plan) else MonthCounts((), 0)
    held = held_months(view.dossiers, year)
    if sum((*held.counts, *planned.counts)) < _ENOUGH:
        return None
    return months(
        held.counts,
        title=f"{year}年各月的协商",
        planned=planned.counts,
        undated=held.undated,
        planned_undated=planned.undated,
    )


def platform_below(view: PlatformView, context: SiteContext) -> Chart | None:
    """The platforms one level below as a treemap. None where there are too few for a chart."""
    if len(view.below) < _ENOUGH:
        return None
    return treemap([_area(b, context) for b in view.below], title="下级平台填报情况")


def _area(b: BelowRow, context: SiteContext) -> Area:
    code = b.row.code
    return Area(
        name=b.row.area,
        size=b.platforms,
        part=b.has_records,
        whole=b.platforms,
        href=context.urls.platform(code),
        counts=(f"平台@{code}*", f"平台@{code}*", f"已填报的平台@{code}*"),
    )
