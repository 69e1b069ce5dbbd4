"""The runner: what the rules saw becomes findings, with severity, gate, debtor, day, clause and exemption."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import msgspec

from weimin.model.codes import CODES
from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty, Problem, Raised, Severity
from weimin.model.place import NETWORK
from weimin.rules import answers, network, opinions, order, results, yearly
from weimin.rules import collection as step1
from weimin.rules import evaluations as step5
from weimin.rules import followups as step4
from weimin.rules import projects as step2
from weimin.rules.answers import answered_matters
from weimin.rules.closing import STAYS_OWED, day_after, ended, has_ended, heir, inherited, is_closed
from weimin.rules.context import Context, PlatformContext
from weimin.rules.exemptions import exempt, exemption_stale, granted
from weimin.rules.gates import Passed, gate_passed, gate_passed_late
from weimin.rules.network import HOUSE, PLAN
from weimin.rules.registry import DOSSIER_RULES, PLATFORM_RULES
from weimin.rules.wording import named, period, spaced

MODULES = (step1, opinions, step2, order, step4, step5, results, answers, network, yearly)
"""Where the rules of family W live; importing them registers them."""
_DOSSIER = tuple(sorted(DOSSIER_RULES.items()))
_PLATFORM = tuple(sorted(PLATFORM_RULES.items()))
ALL_RULES: dict[str, Callable[..., Any]] = {
    **DOSSIER_RULES,
    **PLATFORM_RULES,
    "W210": gate_passed_late,
    "L108": exemption_stale,
}
"""Every code that this room finds and the function that finds it; W210 and L108 are the runner's own."""

SILENT_WHEN_COMPILED = ("W2", "W3", "W4", "W5", "W6")
UNHEARD = frozenset({"W707"})
"""Asked of a platform that was not heard from: a fault of a rule record, nothing that it owes."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. `duties`: all that the rules saw, met ones too.

    `next_day`: the day on which this next changes by the clock alone. `answered`: upward line → record that answers it.
    `carried`: open duties that go on in the dossier into which this one was merged or moved (`Context.carried` there).
    """

    raised: tuple[Raised, ...] = ()
    duties: tuple[Duty, ...] = ()
    closed: bool = False
    next_day: date | None = None
    answered: dict[str, str] = {}
    carried: tuple[Duty, ...] = ()


def stamp(problem: Problem) -> Raised:
    """A problem of any family as a finding: its severity and clause from the table of codes."""
    row = CODES[problem.code]
    return Raised(
        code=problem.code,
        severity=problem.severity or row.severity,
        path=problem.path,
        message=problem.message,
        hint=problem.hint,
        clause=clause_of(problem.code, problem.path),
        pointer=problem.pointer,
        line=problem.line,
        column=problem.column,
        dossier=problem.dossier,
        owed_by=problem.owed_by,
    )


def clause_of(code: str, path: str) -> str | None:
    """The clause as a reference: of the plan in the rules of the record's city, or of the house."""
    city = path.removeprefix(NETWORK).partition("/")[0] if path.startswith(NETWORK) else ""
    if not (len(city) == 6 and city.isdigit()):
        return None
    anchor = CODES[code].clause
    return f"{city}/rules/{anchor}" if anchor.startswith(f"{HOUSE}#") else f"{city}/rules/{PLAN}#{anchor}"


def judge_dossier(dossier: Dossier, context: Context) -> Judged:
    """Hold a dossier to family W. Of one without a topic nothing is said but that (L104)."""
    if dossier.topic is None:
        return Judged()
    problems: list[Problem] = []
    duties: list[Duty] = []
    compiled = {e.path for e in dossier.events if e.compiled}
    for code, rule in _DOSSIER:
        if code in context.disabled:
            continue
        for seen in rule(dossier, context):
            if isinstance(seen, Duty):
                duties.append(seen)
            elif not (seen.path in compiled and _silent(seen)):
                problems.append(seen)
    raised = [(stamp(p), (p.path, p.pointer)) for p in problems]
    carried: list[Duty] = []
    kept: list[Duty] = []
    for duty in (*duties, *inherited(dossier, context)):
        passed = _passed(dossier, duty)
        if duty.met is None and not _still_owed(dossier, context, duty, passed):
            carried += [duty] if _goes_on(dossier, context) else []
            continue
        kept.append(duty)
        if (r := _raised(dossier, context, duty, passed)) is not None:
            raised.append((r, (duty.path, duty.pointer)))
    return _judged(
        raised,
        dossier.paths,
        context,
        duties=tuple(kept),
        carried=tuple(carried),
        answered=answered_matters(dossier, context),
        closed=lambda owing: is_closed(dossier, context, owing=owing),
        days=_end_day(dossier),
    )


def judge_platform(platform: PlatformContext) -> Judged:
    """Hold a platform's own files, and what the rows of its dossiers tell, to family W."""
    context = platform.context
    raised: list[tuple[Raised, tuple[str, str]]] = []
    duties: list[Duty] = []
    for code, rule in _PLATFORM:
        if code in context.disabled or not (platform.row.has_records or code in UNHEARD):
            continue
        for seen in rule(platform):
            if isinstance(seen, Problem):
                raised.append((stamp(seen), (seen.path, seen.pointer)))
                continue
            duties.append(seen)
            if seen.met is None:
                raised.append((_owed(seen, context.as_of), (seen.path, seen.pointer)))
    return _judged(
        raised,
        platform.records.paths,
        context,
        duties=tuple(duties),
        days=[date(context.as_of.year, 12, 31)] if platform.row.has_records else [],
    )


def _judged(
    found: list[tuple[Raised, tuple[str, str]]],
    paths: Iterable[str],
    context: Context,
    *,
    duties: tuple[Duty, ...],
    carried: tuple[Duty, ...] = (),
    answered: dict[str, str] | None = None,
    closed: Callable[[bool], bool] = lambda owing: False,
    days: list[date],
) -> Judged:
    """Exemptions applied; what is exempted is not owed. A finding can be exempted where it stands or where it springs from."""
    lines = tuple(g for g in granted(context.exemptions, paths) if g.item.rule not in context.disabled)
    springs = {id(r): source for r, source in found}
    raised, used = exempt((r for r, _ in found), lines, context.as_of, lambda r: ((r.path, r.pointer), springs[id(r)]))
    owing = any(_is_owed(r) and not r.exempt for r in raised)
    if "L108" not in context.disabled:
        raised += [stamp(p) for p in exemption_stale(lines, used, context.as_of)]
    clock = [r.due for r in raised if r.due is not None] + [g.until for g in lines] + days
    return Judged(
        raised=tuple(raised),
        duties=duties,
        closed=closed(owing),
        next_day=day_after(clock, context.as_of),
        answered=answered or {},
        carried=carried,
    )


def _is_owed(r: Raised) -> bool:
    return r.severity is Severity.DUTY or (r.severity is Severity.ERROR and CODES[r.code].severity is Severity.DUTY)


def _silent(problem: Problem) -> bool:
    """A compiled event raises no error of W2 to W6 but W209."""
    severity = problem.severity or CODES[problem.code].severity
    return severity is Severity.ERROR and problem.code.startswith(SILENT_WHEN_COMPILED) and problem.code != "W209"


def _source(dossier: Dossier, duty: Duty) -> Event | None:
    return next((e for e in dossier.events if e.path == duty.path), None)


def _passed(dossier: Dossier, duty: Duty) -> Passed | None:
    source = _source(dossier, duty)
    return gate_passed(dossier, duty, source) if source is not None else None


def _raised(dossier: Dossier, context: Context, duty: Duty, passed: Passed | None) -> Raised | None:
    """A met duty is silent, or late (W210); an open one is an error where a gate was passed, else a duty."""
    if duty.met is not None:
        late = passed is not None and passed.late and "W210" not in context.disabled
        return stamp(gate_passed_late(dossier, duty, passed)) if late and passed is not None else None
    owed = _owed(duty, context.as_of)
    if passed is None:
        return owed
    return msgspec.structs.replace(
        owed,
        severity=Severity.ERROR,
        path=passed.event.path,
        pointer="",
        message=f"{named(passed.event)}已经入卷，而{spaced(duty.message)}",
    )


def _owed(duty: Duty, as_of: date) -> Raised:
    late = (as_of - duty.due).days if duty.due is not None else 0
    return Raised(
        code=duty.code,
        severity=Severity.DUTY,
        path=duty.path,
        pointer=duty.pointer,
        message=duty.message,
        hint=duty.hint,
        clause=clause_of(duty.code, duty.path),
        dossier=duty.dossier,
        owed_by=duty.owed_by,
        due=duty.due,
        overdue_days=max(late, 0),
        parameter=duty.parameter,
    )


def _still_owed(dossier: Dossier, context: Context, duty: Duty, passed: Passed | None) -> bool:
    """From the day of its end a dossier owes nothing but answers; a gate that was passed before that day stays passed."""
    end = ended(dossier)
    if end is None or not has_ended(end, context.as_of):
        return True
    first = period(end.date).first
    on = passed.event.on if passed is not None else None
    if on is not None and on.last is not None and first is not None and on.last < first:
        return True
    return duty.code in STAYS_OWED and not _goes_on(dossier, context)


def _goes_on(dossier: Dossier, context: Context) -> bool:
    end = ended(dossier)
    return end is not None and heir(end, context) is not None


def _end_day(dossier: Dossier) -> list[date]:
    """The day before the dossier ends: the next one changes what it owes."""
    end = ended(dossier)
    first = period(end.date).first if end is not None else None
    return [date.fromordinal(first.toordinal() - 1)] if first is not None else []
