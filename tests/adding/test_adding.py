"""docs/adding.md is complete: with all steps the thing works and the agreement tests pass; without one of them, one names it.

Prints a row for each omission: the thing, the step left out, the test that names it and its line (`-rP` shows them).
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TypeVar

import add_command
import add_feed
import add_field
import add_format
import add_kind
import add_page_type
import add_rule
import pytest
from addition import Addition, Step
from tree import Copy

from shares import number

pytestmark = pytest.mark.slow

ADDITIONS: dict[str, Addition] = {
    module.__name__.removeprefix("add_"): module.ADDITION
    for module in (add_field, add_kind, add_rule, add_page_type, add_feed, add_format, add_command)
}
OMISSIONS = [(name, step) for name, addition in ADDITIONS.items() for step in addition.steps]
FEW_ADDITIONS, FEW_OMISSIONS = 1, 3
Row = TypeVar("Row")


def chosen(few: int, rows: list[Row]) -> list[Row]:
    """All under `--long`, a seeded sample by default."""
    return sorted(random.Random(5).sample(rows, number(few, len(rows))), key=rows.index)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(Path(tmp_path_factory.mktemp("adding")))


@pytest.mark.parametrize("name", chosen(FEW_ADDITIONS, list(ADDITIONS)))
def test_with_all_steps_it_works_and_the_tests_pass(name, copy, share):
    share(FEW_ADDITIONS, len(ADDITIONS), "complete additions")
    addition = ADDITIONS[name]
    with copy.with_steps(addition.steps):
        ran = copy.run("-c", addition.works)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        outcome = copy.test(addition.guards)
        assert outcome.code == 0, outcome.output


@pytest.mark.parametrize(
    ("name", "step"), [pytest.param(n, s, id=f"{n}: {s.name}") for n, s in chosen(FEW_OMISSIONS, OMISSIONS)]
)
def test_a_step_left_out_is_named(name: str, step: Step, copy: Copy, share) -> None:
    share(FEW_OMISSIONS, len(OMISSIONS), "steps left out")
    addition = ADDITIONS[name]
    with copy.with_steps(addition.without(step)):
        outcome = copy.test(step.guard)
    assert outcome.code != 0, f"no test notices that this is missing: {step.name}"
    named = outcome.first(step.names)
    assert named is not None, f"no test names {step.names}:\n{outcome.output}"
    print(f"| {addition.thing} | {step.name} | `{named.test}` | {named.line[:200]} |")
