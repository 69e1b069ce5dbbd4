"""Counts again every figure with a `data-count`, record by record, independently of the totals that pages are made from.

Pages take their figures from totals that the engine maintains by adding and subtracting the contributions of units. A fault in
that arithmetic would be in every page, and a rebuilt page would repeat it. So this module uses none of it: it reads every unit of
the commit (`unit_counts.py`, `period_counts.py`), and sums with plain loops.

An element names what it counts: `WHAT[+WHAT…][@SCOPE][?KEY=VALUE[&…]]` (docs/adr/0055).

- WHAT: a name of the registry (`model/figures/`); several give several figures in order.
- SCOPE: a dossier (`CODE/YYYY-NNN`), a platform (`CODE`), a platform with all below it (`CODE*`), or all below it without itself
  (`CODE/*`); none: the complete network.
- KEY: a key of `FILTERS` (`model/figures/figure.py`).

The numbers in the text of the element, in order, must be the figures. A rate of no ballots is no figure.

Example: `落实事项+办好的落实事项@321300*` in an element with the text 已办好 3 件，共 5 件 is a fault, even where both numbers
are right: the expression gives 5, 3 and the text 3, 5.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from weimin.app.verify.period_counts import PeriodTotals
from weimin.app.verify.unit_counts import DossierCounts, PlatformCounts, count_dossier, count_platform
from weimin.engine.register import Register, has_own_records
from weimin.engine.rule_days import dated_settings
from weimin.model.figures import FIGURES, FILTERS, MONTH, NOW, YEAR, Figure
from weimin.model.parameter import Parameters
from weimin.model.place import level_of, parent_code

_EXPRESSION = re.compile(r"(?P<what>[^@?]+)(?:@(?P<scope>[\d/-]+\*?))?(?:\?(?P<only>.+))?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


class Recount:
    """Figures of one register; every unit is read once, when the first figure is counted."""

    def __init__(self, register: Register, as_of: date) -> None:
        """`as_of`: the day of the build, which says what platforms are closed."""
        self._register, self._as_of = register, as_of

    def agrees(self, expression: str, text: str) -> bool:
        """Whether the numbers in the text are the figures of the expression. Raises ValueError for an invalid expression."""
        return _NUMBER.findall(text) == self.figures(expression)

    def figures(self, expression: str) -> list[str]:
        """The figures as texts, in the order of the expression. Raises ValueError for an invalid expression."""
        match = _EXPRESSION.fullmatch(expression)
        if match is None:
            raise ValueError(expression)
        filters = dict(part.split("=", 1) for part in (match["only"] or "").split("&") if part)
        if not set(filters) <= set(FILTERS):
            raise ValueError(expression)
        figures = (self._figure(what, match["scope"] or "", filters) for what in match["what"].split("+"))
        return [figure for figure in figures if figure]

    def _figure(self, what: str, scope: str, filters: Mapping[str, str]) -> str:
        dossiers, platforms, reporters = self._unit_counts
        if "在" in filters:
            return self._figure_of_period(what, scope, filters["在"])
        if _counted(what).of == "platforms":
            chosen = [p for p in platforms if _in_scope(p.platform, scope) and _of_level(p, filters)]
            return str(sum(OF_PLATFORMS[what](p, reporters, filters) for p in chosen))
        chosen_dossiers = [d for d in dossiers if d.id == scope or _in_scope(d.platform, scope)]
        chosen_dossiers = [d for d in chosen_dossiers if _of_year(d, filters) and _of_step(d, filters)]
        if what == "满意率":
            return _rate([(b.valid, b.counted) for d in chosen_dossiers for b in d.ballots])
        return str(sum(d.totals.get(what, 0) for d in chosen_dossiers))

    def _figure_of_period(self, what: str, scope: str, period: str) -> str:
        """A figure of what happened in a year or a month; empty for a rate of no ballots."""
        if _counted(what, MONTH if "-" in period else YEAR).narrowed != "在":
            raise ValueError(what)
        if what != "满意率":
            return str(self._period_totals.count(what, period, scope))
        return _rate(
            [
                (
                    self._period_totals.count("有效票", period, scope),
                    self._period_totals.count("计入满意率的票", period, scope),
                )
            ]
        )

    @cached_property
    def _period_totals(self) -> PeriodTotals:
        dossiers, platforms, _ = self._unit_counts
        return PeriodTotals(
            (*((d.id, d.by_period) for d in dossiers), *((p.platform, p.plans_by_year) for p in platforms))
        )

    @cached_property
    def _unit_counts(self) -> tuple[list[DossierCounts], list[PlatformCounts], frozenset[str]]:
        units = [u for u in self._register.units.values() if u.platform is not None]
        records = [self._register.platform_records(self._register.read(u)) for u in units if not u.is_dossier]
        platforms = [count_platform(s, self._as_of) for s in records if s.platform is not None]
        reporters = {s.code for s in records if has_own_records(s.records)}
        books = [book for s in records for book in s.of_kind("rule")]
        parameters = Parameters(dated_settings(self._register, books, self._as_of))
        dossiers = []
        for unit in units:
            if unit.is_dossier:
                folder = self._register.read(unit)
                dossiers.append(count_dossier(self._register.dossier(folder), parameters))
                reporters |= {unit.platform} if has_own_records(folder.records) and unit.platform else set()
        return dossiers, platforms, frozenset(reporters)


def _in_scope(code: str, scope: str) -> bool:
    """Whether a scope includes a platform: itself, with `*` also all below it, with `/*` only those; none includes all."""
    if not scope or code == scope:
        return True
    top = scope.removesuffix("*").removesuffix("/")
    at: str | None = code if top != scope and (code != top or not scope.endswith("/*")) else None
    while at is not None and at != top:
        at = parent_code(at)
    return at is not None


def _of_level(p: PlatformCounts, filters: Mapping[str, str]) -> bool:
    return filters.get("层级") in (None, level_of(p.platform).label)


def _of_year(d: DossierCounts, filters: Mapping[str, str]) -> bool:
    return filters.get("年") in (None, str(d.year))


def _of_step(d: DossierCounts, filters: Mapping[str, str]) -> bool:
    return all(_OF_STEPS[key](d, int(step)) for key, step in filters.items() if key in _OF_STEPS)


_OF_STEPS: Mapping[str, Callable[[DossierCounts, int], bool]] = {
    "步骤": lambda d, step: step in d.steps,
    "略过": lambda d, step: step in d.skipped,
    "无记录": lambda d, step: step not in d.steps and step not in d.skipped,
}


def _opinions(p: PlatformCounts, _reporters: frozenset[str], filters: Mapping[str, str]) -> int:
    return p.opinions.get(filters["处理"], 0) if "处理" in filters else sum(p.opinions.values())


OF_PLATFORMS: Mapping[str, Callable[[PlatformCounts, frozenset[str], Mapping[str, str]], int]] = {
    "平台": lambda p, reporters, filters: int(p.open),
    "已填报的平台": lambda p, reporters, filters: int(p.open and p.platform in reporters),
    "登记了成立日期的平台": lambda p, reporters, filters: int(p.open and p.established),
    "在期限前成立的平台": lambda p, reporters, filters: int(p.open and p.in_time),
    "社情民意": _opinions,
}
"""How a figure of platforms is counted; the registry says what it is."""


def _counted(what: str, period: str = NOW) -> Figure:
    """The row of a figure that is counted for such a period. Raises ValueError."""
    figure = FIGURES.get(what)
    if figure is None or figure.uncounted or period not in figure.periods:
        raise ValueError(what)
    return figure


def _rate(ballots: list[tuple[int, int]]) -> str:
    """The rate of (valid, satisfied) ballots together, in percent with one decimal; empty where there are none."""
    valid = sum(v for v, _ in ballots)
    return f"{100 * sum(satisfied for _, satisfied in ballots) / valid:.1f}".removesuffix(".0") + "%" if valid else ""
