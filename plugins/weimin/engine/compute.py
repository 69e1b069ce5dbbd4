"""The entrance of the engine: computes what the rules say of a register."""

from __future__ import annotations

from weimin.adapters.clock import today
from weimin.engine.compute_run import ComputeRun
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding


def compute(register: Register, options: Options, tick: Tick) -> ComputedRegister:
    """Apply the rules to every unit whose stored result is stale. Without a day in the options: as of today."""
    as_of = options.as_of or today(register.site.timezone)
    return ComputeRun(register, as_of, options, tick).run()


def checked_of(computed: ComputedRegister, options: Options, findings: tuple[Finding, ...]) -> CheckResult:
    """What a check of everything reports, with these findings."""
    return CheckResult(
        as_of=computed.as_of,
        commit=computed.commit,
        records=computed.total("records"),
        dossiers=computed.total("dossiers"),
        platforms=len(computed.judge.network),
        rules=options.rules,
        findings=findings,
    )
