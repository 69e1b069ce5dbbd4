"""The rules of family W and L108: which there are, and to what each applies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weimin.rules import (
    answers,
    closed,
    collection,
    evaluations,
    followups,
    network,
    numbers,
    opinions,
    order,
    printed,
    projects,
    results,
    yearly,
)
from weimin.rules.dates import date_ahead, impossible_date, irregular_date
from weimin.rules.exemptions import exemption_stale
from weimin.rules.gates import gate_passed_late
from weimin.rules.registry import DOSSIER_RULES, PLATFORM_RULES

MODULES = (
    collection,
    opinions,
    closed,
    printed,
    projects,
    order,
    followups,
    evaluations,
    results,
    answers,
    network,
    yearly,
    numbers,
)
"""The modules with the rules of family W; importing them registers the rules."""
OF_DOSSIERS = tuple(sorted(DOSSIER_RULES.items()))
OF_PLATFORMS = tuple(sorted(PLATFORM_RULES.items()))
ALL_RULES: dict[str, Callable[..., Any]] = {
    **DOSSIER_RULES,
    **PLATFORM_RULES,
    "W120": impossible_date,
    "W121": irregular_date,
    "W122": date_ahead,
    "W210": gate_passed_late,
    "L108": exemption_stale,
}
"""Every code that this room finds, and the function that finds it; `run.py` itself applies the last five."""

SILENT_WHEN_COMPILED = ("W2", "W3", "W4", "W5", "W6")
NEVER_SILENT = ("W208",)
APPLIES_WHEN_CLOSED = frozenset({"W102", "W103", "W701", "W707"})
"""Rules for platforms that are closed too. What remains are its opinions, owed by its heir, and notices of what was; a
closed platform owes nothing of every year, and need not be set up (docs/adr/0078)."""
APPLIES_WITHOUT_RECORDS = frozenset({"W131", "W707"})
"""Rules for platforms without records of their own too: they report an error of a rule record, not a duty."""
