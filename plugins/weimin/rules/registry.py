"""The rules by their codes: a decorator ties a function to its row in the table of codes."""

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
    """Register a rule over one dossier. Raises ValueError if table and function do not fit."""

    def register(rule: DossierRule) -> DossierRule:
        _fits(code, rule)
        DOSSIER_RULES[code] = rule
        return rule

    return register


def platform_rule(code: str) -> Callable[[PlatformRule], PlatformRule]:
    """Register a rule over a platform's own files and the rows of its dossiers. Raises ValueError as above."""

    def register(rule: PlatformRule) -> PlatformRule:
        _fits(code, rule)
        PLATFORM_RULES[code] = rule
        return rule

    return register


def _fits(code: str, rule: Callable[..., Any]) -> None:
    if code in DOSSIER_RULES or code in PLATFORM_RULES:
        raise ValueError(f"{code} has a rule already")
    if code not in CODES or rule.__name__ != CODES[code].slug.replace("-", "_"):
        raise ValueError(f"{rule.__name__} is not the slug of {code} in the table of codes")
