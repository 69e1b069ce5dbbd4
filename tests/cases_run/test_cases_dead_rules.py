"""No dead rules: with a rule switched off its bad case falls silent, and nothing else changes."""

from __future__ import annotations

import pytest
from case_register import cases
from dead_rules import Mutant, main, mutant

BAD = cases("bad")


@pytest.mark.parametrize("code", BAD)
def test_a_rule_switched_off_is_missed(code):
    row = mutant(BAD[code])
    assert not row.dead, row


@pytest.mark.parametrize(
    "row",
    [
        Mutant("W101", found=0, silenced=0, others_on=0, others_off=0),
        Mutant("W101", found=1, silenced=0, others_on=0, others_off=0),
        Mutant("W101", found=1, silenced=1, others_on=0, others_off=1),
    ],
)
def test_a_dead_rule_would_be_told(row):
    assert row.dead


def test_the_table_is_printed(capsys):
    assert main(["W101", "L106"]) == 0
    assert [line.split()[:3] for line in capsys.readouterr().out.splitlines()[1:-1]] == [
        ["L106", "1", "1"],
        ["W101", "1", "1"],
    ]
    assert main(["W999"]) == 1
