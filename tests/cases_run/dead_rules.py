"""Which rules are alive: `.venv/bin/python tests/cases_run/dead_rules.py [CODE…]` switches each off and prints the table.

A rule is alive if its bad case falls silent without it, and every other finding of the case stays as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec
from case_register import Case, cases, found_in, said


class Mutant(msgspec.Struct, frozen=True):
    """What a bad case finds with its rule on and off: findings of the rule, and of all others."""

    code: str
    found: int
    silenced: int
    others_on: int
    others_off: int

    @property
    def dead(self) -> bool:
        """Nothing was found, or nothing changed, or something else changed."""
        return not self.found or self.silenced != self.found or self.others_on != self.others_off


def mutant(case: Case) -> Mutant:
    """The bad case with its rule on, as its `expected.txt` says (which `test_bad` proves), and with its rule off."""
    on, off = case.expected, [said(f) for f in found_in(case, [case.code])]
    mine_on, mine_off = (sum(f"[{case.code}] " in line for line in lines) for lines in (on, off))
    return Mutant(case.code, mine_on, mine_on - mine_off, len(on) - mine_on, len(off) - mine_off)


def mutants(codes: list[str]) -> Iterator[Mutant]:
    for code, case in cases("bad").items():
        if not codes or code in codes:
            yield mutant(case)


def main(codes: list[str]) -> int:
    """Exit code 1 where a rule is dead, or where no rule was looked at."""
    rows = list(mutants(codes))
    print("code  found  silenced  others")
    for row in rows:
        print(
            f"{row.code}  {row.found:5}  {row.silenced:8}  {row.others_on} -> {row.others_off}{'  DEAD' if row.dead else ''}"
        )
    dead = sum(row.dead for row in rows)
    print(f"{len(rows)} rules switched off, {dead} dead")
    return int(dead > 0 or not rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
