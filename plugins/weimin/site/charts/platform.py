"""The pictures of a platform's page: its year month by month, and the level below it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weimin.model.dossier import Standing
from weimin.model.kinds import Plan, listed
from weimin.model.period import parse_period
from weimin.model.summary import Summary
from weimin.model.view import BelowRow, PlatformView
from weimin.site.charts.drawing import Chart
from weimin.site.charts.months import months
from weimin.site.charts.treemap import Area, treemap
from weimin.site.shell import Shell

_ENOUGH = 3  # meetings and plans of a year, or places: fewer are seen without a picture


class MonthCounts(msgspec.Struct, frozen=True):
    """Twelve counts, and how many of the year are known to no month."""

    counts: tuple[int, ...]
    undated: int


def platform_year(view: PlatformView, year: int) -> Chart | None:
    """What was held in a year around what was planned for it; None where there is too little to see."""
    plan = next((r.data for r in view.standing.of_kind("plan") if r.place.stem == str(year)), None)
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


def platform_below(view: PlatformView, shell: Shell) -> Chart | None:
    """The level below, as large as its platforms; the page has the table. None where there is too little to see."""
    if len(view.below) < _ENOUGH:
        return None
    return treemap([_area(b, shell) for b in view.below], title="下级平台填报情况")


def held_months(summaries: Iterable[Summary], year: int) -> MonthCounts:
    """A meeting once, where it is recorded, and as often as it was held."""
    return _counted(
        ((c.on, c.times) for s in summaries for c in s.consultations if c.year == year and c.same_as is None), year
    )


def planned_months(plan: Plan, year: int) -> MonthCounts:
    """What is still to be held: an item that was dropped is none."""
    return _counted(((item.when or "", 1) for item in listed(plan.items) if not item.dropped), year)


def planned_of(standing: Standing) -> dict[str, int]:
    """Month (`2026-05`, `2026-?` where none is known) → what a platform's plans hold for it."""
    found: dict[str, int] = {}
    for record in standing.of_kind("plan"):
        if isinstance(record.data, Plan) and record.place.stem.isdigit():
            year = record.place.stem
            counted = planned_months(record.data, int(year))
            found |= {f"{year}-{month:02}": n for month, n in enumerate(counted.counts, 1) if n}
            found |= {f"{year}-?": counted.undated} if counted.undated else {}
    return found


def _counted(found: Iterable[tuple[str, int]], year: int) -> MonthCounts:
    counts, undated = [0] * 12, 0
    for on, times in found:
        month = _month(on, year)
        if month is None:
            undated += times
        else:
            counts[month - 1] += times
    return MonthCounts(tuple(counts), undated)


def _month(text: str, year: int) -> int | None:
    """The month, where all days that are possible lie in one month of the year."""
    try:
        period = parse_period(text, in_name=True)
    except ValueError:
        return None
    first, last = period.first, period.last
    if first is None or last is None or (first.year, first.month) != (last.year, last.month) or first.year != year:
        return None
    return first.month


def _area(b: BelowRow, shell: Shell) -> Area:
    code = b.row.code
    return Area(
        name=b.row.area,
        size=b.platforms,
        part=b.heard,
        whole=b.platforms,
        href=shell.urls.platform(code),
        asked=(f"平台@{code}*", f"平台@{code}*", f"已填报的平台@{code}*"),
    )
