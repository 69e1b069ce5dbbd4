"""A process that dies is told by the unit it died of; what others had in hand is not blamed."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import NamedTuple

import pytest

from weimin.adapters.workers import BATCH_SIZE, MIN_PARALLEL, WorkerDied, map_parallel

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


class Item(NamedTuple):
    unit: str


MANY = [Item(f"321302/2026-{n:03}") for n in range(MIN_PARALLEL + BATCH_SIZE)]


@pytest.mark.parametrize("at", [0, 1, BATCH_SIZE - 1, BATCH_SIZE, 5 * BATCH_SIZE + 7, len(MANY) - 1])
def test_the_unit_is_named_at_which_a_process_dies_each_time(at):
    def job(asked: Item) -> str:
        if asked == MANY[at]:
            os.kill(os.getpid(), signal.SIGKILL)
        return asked.unit

    with pytest.raises(WorkerDied) as died:
        list(map_parallel(job, MANY, 2))
    assert str(died.value) == MANY[at].unit


def test_a_process_that_was_ended_from_outside_is_no_unit_s_fault(tmp_path: Path):
    """It dies once: the second time the same unit is done, all is well."""
    once = tmp_path / "once"

    def job(asked: Item) -> str:
        if asked == MANY[100] and not once.exists():
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return asked.unit

    with pytest.raises(WorkerDied) as died:
        list(map_parallel(job, MANY, 2))
    assert str(died.value) == ""


def test_an_error_in_a_unit_is_raised_as_it_is():
    def job(asked: Item) -> str:
        if asked == MANY[60]:
            raise ValueError(asked.unit)
        return asked.unit

    with pytest.raises(ValueError, match=MANY[60].unit):
        list(map_parallel(job, MANY, 2))


def test_an_error_beside_a_dying_process_is_not_taken_for_it():
    """Results are taken in order, and so are faults; the unit that raises is not named as the one that a process died of."""

    def job(asked: Item) -> str:
        if asked == MANY[BATCH_SIZE + 3]:
            os.kill(os.getpid(), signal.SIGKILL)
        if asked == MANY[3 * BATCH_SIZE]:
            raise ValueError
        return asked.unit

    with pytest.raises(WorkerDied) as died:
        list(map_parallel(job, MANY, 2))
    assert str(died.value) == MANY[BATCH_SIZE + 3].unit


def test_what_came_before_is_in_order_and_counted():
    ticks: list[int] = []
    assert list(map_parallel(lambda a: a.unit, MANY, 2, ticks.append)) == [a.unit for a in MANY]
    assert sum(ticks) == len(MANY)
