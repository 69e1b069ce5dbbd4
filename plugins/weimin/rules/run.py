"""Applies the rules of family W to one dossier or one platform, and turns what they report into findings.

A rule reports two kinds of things: a `Problem` (something is wrong, here) or a `Duty` (something is to be done by a day,
or was done on a day). A rule does not know severities, gates, exemptions or clauses; this module adds them, in this order:

1. *Compiled records.* A dossier put together from public reports is not the platform's own work. An error of W2 to W6 at
   a compiled event is dropped, except W208 (dates that go back); notices stay.
2. *Problem → finding.* The severity is the problem's own where the rule book has two for one code (W105, W142,
   W201, W207, W209), else that of the table of codes. The clause comes from the table too (`rules/findings.py`).
3. *Duty → finding.* A duty that was met gives no finding, except W210 if it was met after an event that had to wait for
   it. An open duty is a finding of severity duty; if an event passed its gate (`rules/gates.py`), it is an error at
   that event instead.
4. *Ended dossiers.* From the day on which a dossier ended, its open duties are dropped, except answers to people and gates
   passed before. If it was merged or moved, they are carried over to the other dossier (`rules/closing.py`).
   What a closed platform owes is owed by its heir (`Network.responsible`).
5. *Exemptions.* A finding that an exemption covers, at its own place or at the place that it springs from, is marked
   exempt. L108 reports exemptions that cover nothing.
6. *Closing.* A dossier is closed if its last outcomes are settled and no finding that is not exempt is owed.

The result also says on which day it would next change without any change of the records (`next_day`): the day after
the earliest due day, end of an exemption, or end of the dossier that is still to come.

Example: an outcome of 2026-03-10 was not reported to the party committee. W602 reports a duty with due day 2026-03-17.
On 2026-03-15 the finding is a duty; on 2026-03-20 it is overdue by 3 days (where no issued rule sets the days, it is a
reminder without a due day and never overdue); once an evaluation is filed, it is an error
at the evaluation; if the report is added later with the date 2026-04-02, it becomes the notice W210.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

import msgspec

from weimin.model.codes import CODES
from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty, Problem, Severity, UnlocatedFinding
from weimin.rules.answers import answered_matters
from weimin.rules.closing import (
    OWED_AFTER_END,
    ending_of,
    has_ended,
    inherited_duties,
    is_closed,
    next_change_day,
    successor_of,
)
from weimin.rules.context import PlatformContext, RuleContext
from weimin.rules.dates import check_dates, check_record_dates
from weimin.rules.exemptions import apply_exemptions, exemption_stale, exemptions_for
from weimin.rules.facts import is_platform_code
from weimin.rules.findings import open_duty_finding, to_finding
from weimin.rules.gates import GatePassage, find_gate_passage, gate_passed_late
from weimin.rules.rule_set import (
    APPLIES_WHEN_CLOSED,
    APPLIES_WITHOUT_RECORDS,
    NEVER_SILENT,
    OF_DOSSIERS,
    OF_PLATFORMS,
    SILENT_WHEN_COMPILED,
)
from weimin.rules.wording import event_name, period, with_space
from weimin.rules.yearly import has_consultation_ahead

_Reported = TypeVar("_Reported", Problem, Duty)
_Place = tuple[str, str]
"""(path, JSON pointer)."""


class RuleResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules found in one dossier or platform. `duties`: all that apply, met ones too.

    `next_day`: the day on which the result next changes although the records do not. `answered`: id of a matter reported
    up → reference of the record that answers it. `carried`: open duties that move to the dossier into which this one
    was merged or moved (`RuleContext.carried` there). `ahead`: something dated after `as_of` was read, so that the result
    changes when that day comes.
    """

    findings: tuple[UnlocatedFinding, ...] = ()
    duties: tuple[Duty, ...] = ()
    closed: bool = False
    next_day: date | None = None
    answered: dict[str, str] = {}
    carried: tuple[Duty, ...] = ()
    ahead: bool = False


def apply_dossier_rules(dossier: Dossier, context: RuleContext) -> RuleResult:
    """The findings of family W in a dossier. One without a topic has none: L104 says all there is to say."""
    if dossier.topic is None:
        return RuleResult()
    problems: list[Problem] = []
    duties: list[Duty] = []
    compiled = {e.path for e in dossier.events if e.compiled}
    for code, rule in OF_DOSSIERS:
        if code in context.disabled:
            continue
        for reported in rule(dossier, context):
            if isinstance(reported, Duty):
                duties.append(reported)
            elif not (reported.path in compiled and _is_silent_when_compiled(reported)):
                problems.append(reported)
    dates = check_dates(dossier, context)
    problems += (p for p in dates.problems if p.code not in context.disabled)
    findings = [(to_finding(_by_heir(p, context)), (p.path, p.pointer)) for p in problems]
    carried: list[Duty] = []
    applicable: list[Duty] = []
    for duty in (*duties, *inherited_duties(dossier, context)):
        passage = _gate_passage(dossier, duty)
        if duty.met is None and not _is_still_owed(dossier, context, duty, passage):
            carried += [duty] if _continues_elsewhere(dossier, context) else []
            continue
        applicable.append(duty)
        if (finding := _finding_of_duty(dossier, context, _by_heir(duty, context), passage)) is not None:
            findings.append((finding, (duty.path, duty.pointer)))
    return _result(
        findings,
        dossier.paths,
        context,
        duties=tuple(applicable),
        carried=tuple(carried),
        answered=answered_matters(dossier, context),
        closed=lambda owing: is_closed(dossier, context, owing=owing),
        days=_last_day_before_end(dossier),
        ahead=dates.ahead or any(i.on is not None and i.on > context.as_of for i in context.inbound),
    )


def apply_platform_rules(platform: PlatformContext) -> RuleResult:
    """The findings of family W in a platform's own records and in the summaries of its dossiers."""
    context = platform.context
    findings: list[tuple[UnlocatedFinding, _Place]] = []
    duties: list[Duty] = []
    for code, rule in OF_PLATFORMS:
        if code in context.disabled or not (platform.row.has_records or code in APPLIES_WITHOUT_RECORDS):
            continue
        if platform.row.over and code not in APPLIES_WHEN_CLOSED:
            continue
        for reported in rule(platform):
            if isinstance(reported, Problem):
                findings.append((to_finding(reported), (reported.path, reported.pointer)))
                continue
            duties.append(reported)
            if reported.met is None:
                finding = open_duty_finding(_by_heir(reported, context), context.as_of)
                findings.append((finding, (reported.path, reported.pointer)))
    dates = check_record_dates(platform.records.records, context.as_of, context.present)
    findings += ((to_finding(p), (p.path, p.pointer)) for p in dates.problems if p.code not in context.disabled)
    return _result(
        findings,
        platform.records.paths,
        context,
        duties=tuple(duties),
        days=[date(context.as_of.year, 12, 31)] if platform.row.has_records else [],
        ahead=dates.ahead or has_consultation_ahead(platform),
    )


def _by_heir(reported: _Reported, context: RuleContext) -> _Reported:
    """The same, owed by the heir where a closed platform owed it."""
    if not reported.owed_by or not is_platform_code(reported.owed_by):
        return reported
    heir = context.network.responsible(reported.owed_by)
    return reported if heir == reported.owed_by else msgspec.structs.replace(reported, owed_by=heir)


def _result(
    findings: list[tuple[UnlocatedFinding, _Place]],
    paths: Iterable[str],
    context: RuleContext,
    *,
    duties: tuple[Duty, ...],
    carried: tuple[Duty, ...] = (),
    answered: dict[str, str] | None = None,
    closed: Callable[[bool], bool] = lambda owing: False,
    days: list[date],
    ahead: bool,
) -> RuleResult:
    """Apply exemptions to findings, each with the place that it springs from; then decide `closed` and `next_day`.

    `paths`: the files of the unit. `closed`: whether the unit is closed, given whether anything is owed. `days`: further
    days after which the result changes.
    """
    exemptions = tuple(e for e in exemptions_for(context.exemptions, paths) if e.item.rule not in context.disabled)
    sources = {id(finding): source for finding, source in findings}
    marked, used = apply_exemptions(
        (finding for finding, _ in findings),
        exemptions,
        context.as_of,
        lambda f: ((f.path, f.pointer), sources[id(f)]),
    )
    owing = any(_is_owed(f) and not f.exempt for f in marked)
    if "L108" not in context.disabled:
        marked += [to_finding(p) for p in exemption_stale(exemptions, used, context.as_of)]
    last_days = [f.due for f in marked if f.due is not None] + [e.until for e in exemptions] + days
    return RuleResult(
        findings=tuple(marked),
        duties=duties,
        closed=closed(owing),
        next_day=next_change_day(last_days, context.as_of),
        answered=answered or {},
        carried=carried,
        ahead=ahead,
    )


def _is_owed(f: UnlocatedFinding) -> bool:
    """An open duty, also one that is an error because its gate was passed."""
    return f.severity is Severity.DUTY or (f.severity is Severity.ERROR and CODES[f.code].severity is Severity.DUTY)


def _is_silent_when_compiled(problem: Problem) -> bool:
    """At a compiled event there are no errors of W2 to W6, except W208."""
    if problem.code in NEVER_SILENT:
        return False
    severity = problem.severity or CODES[problem.code].severity
    return severity is Severity.ERROR and problem.code.startswith(SILENT_WHEN_COMPILED)


def _source(dossier: Dossier, duty: Duty) -> Event | None:
    return next((e for e in dossier.events if e.path == duty.path), None)


def _gate_passage(dossier: Dossier, duty: Duty) -> GatePassage | None:
    source = _source(dossier, duty)
    return find_gate_passage(dossier, duty, source) if source is not None else None


def _finding_of_duty(
    dossier: Dossier, context: RuleContext, duty: Duty, passage: GatePassage | None
) -> UnlocatedFinding | None:
    """None for a duty met in time; W210 if met late; an error if a gate was passed while it is open; else a duty.

    The error names what is missing and has no day: the step has to wait for it, whether it is overdue or not.
    """
    if duty.met is not None:
        late = passage is not None and passage.late and "W210" not in context.disabled
        return to_finding(gate_passed_late(dossier, duty, passage)) if late and passage is not None else None
    finding = open_duty_finding(duty, context.as_of)
    if passage is None:
        return finding
    return msgspec.structs.replace(
        finding,
        severity=Severity.ERROR,
        path=passage.event.path,
        pointer="",
        due=None,
        overdue_days=0,
        suggested_due=None,
        basis=None,
        message=f"{event_name(passage.event)}已经入卷，而{with_space(duty.missing or duty.message)}：先办好这件事，这一步才能入卷",
    )


def _is_still_owed(dossier: Dossier, context: RuleContext, duty: Duty, passage: GatePassage | None) -> bool:
    """From the day of its end a dossier owes only answers; a gate that was passed before that day stays passed."""
    end = ending_of(dossier)
    if end is None or not has_ended(end, context.as_of):
        return True
    first = period(end.date).first
    on = passage.event.on if passage is not None else None
    if on is not None and on.last is not None and first is not None and on.last < first:
        return True
    return duty.code in OWED_AFTER_END and not _continues_elsewhere(dossier, context)


def _continues_elsewhere(dossier: Dossier, context: RuleContext) -> bool:
    end = ending_of(dossier)
    return end is not None and successor_of(end, context) is not None


def _last_day_before_end(dossier: Dossier) -> list[date]:
    """The day before the dossier ends, as a list: on the next day it owes something else."""
    end = ending_of(dossier)
    first = period(end.date).first if end is not None else None
    return [date.fromordinal(first.toordinal() - 1)] if first is not None else []
