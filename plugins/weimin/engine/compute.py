"""Computes what the rules say of a register: the entrance of the engine."""

from __future__ import annotations

from weimin.adapters.clock import today
from weimin.engine.compute_run import ComputeRun
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.model.checked import Checked
from weimin.model.finding import Finding


def compute(register: Register, options: Options, tick: Tick) -> ComputedRegister:
    """Every folder by itself; then what depends on other folders; of both only what changed since last time."""
    as_of = options.as_of or today(register.site.timezone)
    return ComputeRun(register, as_of, options.disabled, options.jobs, tick, options.cluster).run()


def checked_of(held: ComputedRegister, options: Options, findings: tuple[Finding, ...]) -> Checked:
    """What a check of everything says, with these findings."""
    return Checked(
        as_of=held.as_of,
        commit=held.commit,
        records=held.total("records"),
        dossiers=held.total("dossiers"),
        platforms=len(held.judge.network),
        rules=options.rules,
        findings=findings,
    )
