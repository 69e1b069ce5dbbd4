"""The rules by their codes: a decorator connects a function with its row in the table of codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from weimin.model.codes import CODES
from weimin.model.dossier import Dossier
from weimin.model.finding import Duty, Problem
from weimin.rules.context import PlatformContext, RuleContext

RuleOutput = Iterable[Problem | Duty]
DossierRule = Callable[[Dossier, RuleContext], RuleOutput]
PlatformRule = Callable[[PlatformContext], RuleOutput]

DOSSIER_RULES: dict[str, DossierRule] = {}
PLATFORM_RULES: dict[str, PlatformRule] = {}


def dossier_rule(code: str) -> Callable[[DossierRule], DossierRule]:
    """Register a rule over one dossier.

    Raises ValueError if the code has a rule already, or the function's name is not the slug of the code.
    """

    def register(rule: DossierRule) -> DossierRule:
        _require_match(code, rule)
        DOSSIER_RULES[code] = rule
        return rule

    return register


def platform_rule(code: str) -> Callable[[PlatformRule], PlatformRule]:
    """Register a rule over a platform's own records and the summaries of its dossiers. Raises ValueError as above."""

    def register(rule: PlatformRule) -> PlatformRule:
        _require_match(code, rule)
        PLATFORM_RULES[code] = rule
        return rule

    return register


def _require_match(code: str, rule: Callable[..., Any]) -> None:
    if code in DOSSIER_RULES or code in PLATFORM_RULES:
        raise ValueError(f"{code} has a rule already")
    if code not in CODES or rule.__name__ != CODES[code].slug.replace("-", "_"):
        raise ValueError(f"{rule.__name__} is not the slug of {code} in the table of codes")
