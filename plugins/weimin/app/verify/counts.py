"""Every figure with a `data-count`: counted again, record by record, past the totals that the pages were made from.

An expression is `WHAT[+WHAT…][@SCOPE][?KEY=VALUE[&…]]` (docs/adr/0055): what is counted, of which dossier, platform
(`CODE`), platform with all below it (`CODE*`) or all below it alone (`CODE/*`), and which of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property

import msgspec

from weimin.app.verify.dated_counts import Dated, Dates, dated_of, planned_of
from weimin.engine.register import Register, has_own_records, parameters_of
from weimin.model.dossier import Dossier, PlatformRecords
from weimin.model.kinds import Ballots, Done, Measure, Opinion, Triage, known, listed, number_of
from weimin.model.kinds import Platform as PlatformData
from weimin.model.kinds.outcome import Publication
from weimin.model.network import SET_UP_BY
from weimin.model.parameter import Parameters
from weimin.model.period import parse_period
from weimin.model.place import level_of, parent_code

_EXPRESSION = re.compile(r"(?P<what>[^@?]+)(?:@(?P<scope>[\d/-]+\*?))?(?:\?(?P<only>.+))?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_KEYS = frozenset({"年", "步骤", "层级", "处理", "在"})


class DossierCounts(msgspec.Struct, frozen=True, kw_only=True):
    """`year`: of its first dated event. `held`: year → consultations, a meeting once, where it is recorded.

    `rated`: (valid ballots, satisfied by the formula in force) of each evaluation that can be recomputed.
    """

    id: str
    year: int | None
    step: int
    totals: Mapping[str, int]
    held: Mapping[int | None, int]
    rated: tuple[tuple[int, int], ...]
    dated: Dated

    @property
    def platform(self) -> str:
        return self.id.partition("/")[0]


class PlatformCounts(msgspec.Struct, frozen=True, kw_only=True):
    """`opinions`: by what was decided, `none` where nothing was."""

    platform: str
    established: bool
    in_time: bool
    opinions: Mapping[str, int]
    planned: Dated


class Tally:
    """Reads every folder once, when the first figure asks."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def agrees(self, expression: str, text: str) -> bool:
        """The numbers in the text are those counted. Raises ValueError for an expression that is none."""
        return _NUMBER.findall(text) == self.figures(expression)

    def figures(self, expression: str) -> list[str]:
        """In the order of the expression; a rate of no ballots is none."""
        found = _EXPRESSION.fullmatch(expression)
        if found is None:
            raise ValueError(expression)
        only = dict(part.split("=", 1) for part in (found["only"] or "").split("&") if part)
        if not set(only) <= _KEYS:
            raise ValueError(expression)
        figures = (self._figure(what, found["scope"] or "", only) for what in found["what"].split("+"))
        return [figure for figure in figures if figure]

    def _figure(self, what: str, scope: str, only: Mapping[str, str]) -> str:
        dossiers, platforms, heard = self._counted
        if "在" in only:
            return self._dated(what, scope, only["在"])
        if what in _OF_PLATFORMS:
            chosen = [p for p in platforms if _within(p.platform, scope) and _of_level(p, only)]
            return str(sum(_OF_PLATFORMS[what](p, heard, only) for p in chosen))
        of = [d for d in dossiers if d.id == scope or _within(d.platform, scope)]
        if what == "开展协商":
            return str(sum(d.held.get(int(only["年"]), 0) for d in of))
        of = [d for d in of if _of_year(d, only) and d.step >= int(only.get("步骤", 0))]
        if what == "满意率":
            return _rate([r for d in of for r in d.rated])
        if what not in _IN_DOSSIERS:
            raise ValueError(what)
        return str(sum(d.totals.get(what, 0) for d in of))

    def _dated(self, what: str, scope: str, period: str) -> str:
        """What happened in a year or a month; a rate of no ballots is none."""
        if what not in _DATED:
            raise ValueError(what)
        if what != "满意率":
            return str(self._dates.count(what, period, scope))
        return _rate([(self._dates.count("有效票", period, scope), self._dates.count("满意票", period, scope))])

    @cached_property
    def _dates(self) -> Dates:
        dossiers, platforms, _ = self._counted
        return Dates((*((d.id, d.dated) for d in dossiers), *((p.platform, p.planned) for p in platforms)))

    @cached_property
    def _counted(self) -> tuple[list[DossierCounts], list[PlatformCounts], frozenset[str]]:
        units = [u for u in self._register.units.values() if u.platform is not None]
        own = [self._register.platform_records(self._register.read(u)) for u in units if not u.is_dossier]
        platforms = [_platform(s) for s in own if s.platform is not None]
        heard = {s.code for s in own if has_own_records(s.records)}
        parameters = parameters_of([book for s in own for book in s.of_kind("rule")])
        dossiers = []
        for unit in units:
            if unit.is_dossier:
                folder = self._register.read(unit)
                dossiers.append(_dossier(self._register.dossier(folder), parameters))
                heard |= {unit.platform} if has_own_records(folder.records) and unit.platform else set()
        return dossiers, platforms, frozenset(heard)


def _within(code: str, scope: str) -> bool:
    """The platform itself, with `*` all below it too, with `/*` these alone; no scope is all of the network."""
    if not scope or code == scope:
        return True
    top = scope.removesuffix("*").removesuffix("/")
    at: str | None = code if top != scope and (code != top or not scope.endswith("/*")) else None
    while at is not None and at != top:
        at = parent_code(at)
    return at is not None


def _of_level(p: PlatformCounts, only: Mapping[str, str]) -> bool:
    return only.get("层级") in (None, level_of(p.platform).label)


def _of_year(d: DossierCounts, only: Mapping[str, str]) -> bool:
    return only.get("年") in (None, str(d.year))


def _opinions(p: PlatformCounts, _heard: frozenset[str], only: Mapping[str, str]) -> int:
    return p.opinions.get(only["处理"], 0) if "处理" in only else sum(p.opinions.values())


_OF_PLATFORMS: Mapping[str, Callable[[PlatformCounts, frozenset[str], Mapping[str, str]], int]] = {
    "平台": lambda p, heard, only: 1,
    "已填报的平台": lambda p, heard, only: int(p.platform in heard),
    "登记了成立日期的平台": lambda p, heard, only: int(p.established),
    "在期限前成立的平台": lambda p, heard, only: int(p.in_time),
    "社情民意": _opinions,
}
_IN_DOSSIERS = (
    "卷宗",
    "轮次",
    "协商活动",
    "意见建议",
    "落实事项",
    "办好的落实事项",
    "按期办好的落实事项",
    "能复算的评议",
    "协商成果",
    "公布的成果",
    "不公布的成果",
    "没有登记决定的成果",
    "更正",
)


_DATED = frozenset(
    [
        "计划协商",
        "开展协商",
        "形成的成果",
        "其中公布的",
        "其中不公布的",
        "公布的成果",
        "办好的落实事项",
        "按期办好的",
        "有期限可比的",
        "民主评议",
        "能复算的评议",
        "有效票",
        "满意票",
        "满意率",
    ]
)
"""What is counted in a year or a month (`app/verify/dated_counts.py`)."""


def _rate(rated: list[tuple[int, int]]) -> str:
    """All ballots together, in percent with one decimal; nothing where there are none."""
    valid = sum(v for v, _ in rated)
    return f"{100 * sum(good for _, good in rated) / valid:.1f}".removesuffix(".0") + "%" if valid else ""


def _platform(own: PlatformRecords) -> PlatformCounts:
    data = own.platform.data if own.platform else None
    opinions: Counter[str] = Counter()
    for record in own.of_kind("opinion"):
        if isinstance(record.data, Opinion):
            triage = record.data.triage
            opinions[triage.decision if isinstance(triage, Triage) and triage.decision else "none"] += 1
    since = data.established if isinstance(data, PlatformData) and known(data.established) else None
    last = parse_period(since).last if since else None
    return PlatformCounts(
        platform=own.code,
        established=bool(since),
        in_time=last is not None and last <= SET_UP_BY[level_of(own.code)],
        opinions=opinions,
        planned=planned_of(own),
    )


def _dossier(dossier: Dossier, parameters: Parameters) -> DossierCounts:
    dated = [e for e in dossier.events if e.kind not in ("topic", "correction") and e.on and e.on.last]
    first = dated[0].on.sort_day if dated and dated[0].on else None
    held: Counter[int | None] = Counter()
    for event, data in dossier.consultations:
        if data.same_as is None:
            held[event.on.year if event.on else None] += number_of(data.times) or 1
    rated = _rated(dossier, parameters)
    lines = Counter(line.kind for line in dossier.lines.values())
    totals = {
        "卷宗": 1,
        "轮次": dossier.rounds,
        "协商活动": len(dossier.consultations),
        "意见建议": lines["suggestion"],
        "落实事项": lines["measure"],
        "能复算的评议": len(rated),
        "更正": len({a.correction for a in dossier.applied}),
        **_outcomes(dossier),
        **_done(dossier),
    }
    step = max((e.step for e in dossier.events), default=0)
    year = first.year if first else None
    return DossierCounts(
        id=dossier.id,
        year=year,
        step=step,
        totals=totals,
        held=held,
        rated=tuple(rated.values()),
        dated=dated_of(dossier, rated),
    )


def _rated(dossier: Dossier, parameters: Parameters) -> dict[str, tuple[int, int]]:
    """Of each evaluation that can be recomputed, by its stem: valid ballots, and satisfied by the formula in force."""
    found = {}
    for event, data in dossier.evaluations:
        formula = parameters.at("satisfaction_formula", dossier.platform, event.on.last if event.on else None).value
        if isinstance(data.ballots, Ballots) and data.ballots.valid > 0:
            good = data.ballots.satisfied
            good += data.ballots.basically_satisfied if formula == "satisfied_and_basic" else 0
            found[event.stem] = (data.ballots.valid, good)
    return found


def _outcomes(dossier: Dossier) -> Mapping[str, int]:
    decided = Counter(
        o.publication.decision if isinstance(o.publication, Publication) else "" for _, o in dossier.outcomes
    )
    return {
        "协商成果": decided.total(),
        "公布的成果": decided["publish"],
        "不公布的成果": decided["withhold"],
        "没有登记决定的成果": decided.total() - decided["publish"] - decided["withhold"],
    }


def _done(dossier: Dossier) -> Mapping[str, int]:
    """A measure is done where its last state says so, on `done.date`, else on the last day of that followup."""
    last = {m.id: (event, m) for event, f in dossier.followups for m in listed(f.measures)}
    done = in_time = 0
    for line in dossier.measures:
        event, m = last.get(line.id, (None, None))
        if event is None or m is None or m.state != "done" or not isinstance(line.value, Measure):
            continue
        done += 1
        said = m.done.date if isinstance(m.done, Done) and known(m.done.date) else None
        day = parse_period(said).last if said else event.span.last if event.span else None
        due = line.value.due if known(line.value.due) else None
        limit = parse_period(due).last if due else None
        in_time += bool(day and limit and day <= limit)
    return {"办好的落实事项": done, "按期办好的落实事项": in_time}
