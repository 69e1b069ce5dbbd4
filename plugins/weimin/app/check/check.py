"""`weimin check`: every folder read and checked against the rules; the findings in order."""

from __future__ import annotations

from weimin.engine.compute import checked_of, compute
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.model.checked import Checked


def check(
    register: Register, options: Options, tick: Tick = lambda what, n, total: None
) -> tuple[Checked, ComputedRegister]:
    """Hold the whole work tree to the rules."""
    computed = compute(register, options, tick)
    return checked_of(computed, options, tuple(f for f in computed.findings if options.wants(f.code))), computed
