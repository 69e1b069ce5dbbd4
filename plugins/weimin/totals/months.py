"""Consultations held and planned, month by month."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weimin.model.dossier import PlatformRecords
from weimin.model.kinds import Plan, listed
from weimin.model.period import parse_period
from weimin.model.summary import Summary


class MonthCounts(msgspec.Struct, frozen=True):
    """Twelve counts, and how many of the year are known to no month."""

    counts: tuple[int, ...]
    undated: int


def held_months(summaries: Iterable[Summary], year: int) -> MonthCounts:
    """A meeting once, where it is recorded, and as often as it was held."""
    return _counted(
        ((c.on, c.times) for s in summaries for c in s.consultations if c.year == year and c.same_as is None), year
    )


def planned_months(plan: Plan, year: int) -> MonthCounts:
    """What is still to be held: an item that was dropped is none."""
    return _counted(((item.when or "", 1) for item in listed(plan.items) if not item.dropped), year)


def planned_of(own: PlatformRecords) -> dict[str, int]:
    """Month (`2026-05`, `2026-?` where none is known) → what a platform's plans hold for it."""
    found: dict[str, int] = {}
    for record in own.of_kind("plan"):
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
