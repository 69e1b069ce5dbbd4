"""A rule may cost 50 µs per dossier on the average, so that 240,000 records are checked in a minute."""

from __future__ import annotations

from time import process_time

import pytest
from make import HEALTHY, make_context, make_dossier

from weimin.rules.registry import DOSSIER_RULES
from weimin.rules.run import apply_dossier_rules

BUDGET = 50e-6
"""Seconds; the machine is shared, so the best of several runs counts."""


@pytest.mark.slow
def test_a_rule_is_cheap():
    dossier = make_dossier(HEALTHY)
    best = min(_seconds(dossier) for _ in range(7))
    assert best / len(DOSSIER_RULES) < BUDGET


def _seconds(dossier):
    start = process_time()
    for _ in range(20):
        apply_dossier_rules(dossier, make_context())
    return (process_time() - start) / 20
