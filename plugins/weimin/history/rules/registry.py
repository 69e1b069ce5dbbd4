"""The rules of family A by their codes: a decorator connects a function with its row in the table of codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from weimin.history.step_context import StepContext
from weimin.model.codes import CODES
from weimin.model.finding import Problem

StepRule = Callable[[StepContext], Iterable[Problem]]

STEP_RULES: dict[str, StepRule] = {}


def step_rule(code: str) -> Callable[[StepRule], StepRule]:
    """Register a rule over one step of the main branch.

    Raises ValueError if the code has a rule already, or the function's name is not the slug of the code.
    """

    def register(rule: StepRule) -> StepRule:
        if code in STEP_RULES:
            raise ValueError(f"{code} has a rule already")
        if code not in CODES or rule.__name__ != CODES[code].slug.replace("-", "_"):
            raise ValueError(f"{rule.__name__} is not the slug of {code} in the table of codes")
        STEP_RULES[code] = rule
        return rule

    return register
