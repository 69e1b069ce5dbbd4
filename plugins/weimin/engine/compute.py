"""Computes what the rules say of a register: the entrance of the engine."""

from __future__ import annotations

from weimin.adapters.clock import today
from weimin.engine.compute_run import ComputeRun
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding


def compute(register: Register, options: Options, tick: Tick) -> ComputedRegister:
    """Every folder by itself; then what depends on other folders; of both only what changed since last time."""
    as_of = options.as_of or today(register.site.timezone)
    return ComputeRun(register, as_of, options.disabled, options.jobs, tick, options.cluster).held()


def checked_of(held: ComputedRegister, options: Options, findings: tuple[Finding, ...]) -> CheckResult:
    """What a check of everything says, with these findings."""
    return CheckResult(
        as_of=held.as_of,
        commit=held.commit,
        records=held.amount("records"),
        dossiers=held.amount("dossiers"),
        platforms=len(held.judge.network),
        rules=options.rules,
        findings=findings,
    )
