"""`weimin check`: every folder read and checked against the rules; the findings in order."""

from __future__ import annotations

from weimin.engine.compute import checked_of, compute
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.model.check_result import CheckResult


def check(
    register: Register, options: Options, tick: Tick = lambda what, n, total: None
) -> tuple[CheckResult, ComputedRegister]:
    """Hold the whole work tree to the rules."""
    held = compute(register, options, tick)
    return checked_of(held, options, tuple(f for f in held.findings if options.selects(f.code))), held
