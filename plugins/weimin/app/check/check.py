"""`weimin check` without options: every unit is read and judged by the rules."""

from __future__ import annotations

from weimin.engine.compute import checked_of, compute
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.model.check_result import CheckResult


def check(
    register: Register, options: Options, tick: Tick = lambda what, n, total: None
) -> tuple[CheckResult, ComputedRegister]:
    """Judge the complete work tree; `checked` has the selected findings in the order of files."""
    computed = compute(register, options, tick)
    return checked_of(computed, options, tuple(f for f in computed.findings if options.selects(f.code))), computed
