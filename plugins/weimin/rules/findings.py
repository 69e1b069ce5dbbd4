"""A problem or an open duty as a finding: severity and clause from the table of codes, place as the rule reported it."""

from __future__ import annotations

from datetime import date

from weimin.model.codes import CODES
from weimin.model.finding import Duty, Problem, Severity, UnlocatedFinding
from weimin.model.place import NETWORK
from weimin.rules.network import HOUSE, PLAN


def to_finding(problem: Problem) -> UnlocatedFinding:
    """A problem of any family as a finding, with severity and clause from the table of codes."""
    row = CODES[problem.code]
    return UnlocatedFinding(
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
        other=problem.other,
        since=problem.since or row.since,
        sources=problem.sources,
    )


def clause_of(code: str, path: str) -> str | None:
    """The clause of a code as a reference to the plan, or to the house rules, of the city in whose folder `path` lies.

    None for a file outside the network.
    """
    city = path.removeprefix(NETWORK).partition("/")[0] if path.startswith(NETWORK) else ""
    if not (len(city) == 6 and city.isdigit()):
        return None
    anchor = CODES[code].clause
    return f"{city}/rules/{anchor}" if anchor.startswith(f"{HOUSE}#") else f"{city}/rules/{PLAN}#{anchor}"


def open_duty_finding(duty: Duty, as_of: date) -> UnlocatedFinding:
    """An open duty as a finding, with the number of days that it is overdue on `as_of`."""
    overdue = (as_of - duty.due).days if duty.due is not None else 0
    return UnlocatedFinding(
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
        overdue_days=max(overdue, 0),
        suggested_due=duty.suggested,
        basis=duty.basis,
        parameter=duty.parameter,
    )
