"""If a worker dies, the unit that it died on is named, and no unit of another worker."""

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
def test_the_unit_on_which_a_process_dies_each_time_is_named(at):
    def job(asked: Item) -> str:
        if asked == MANY[at]:
            os.kill(os.getpid(), signal.SIGKILL)
        return asked.unit

    with pytest.raises(WorkerDied) as died:
        list(map_parallel(job, MANY, 2))
    assert str(died.value) == MANY[at].unit


def test_no_unit_is_named_if_a_process_is_killed_from_outside(tmp_path: Path):
    """It dies once; when the same unit is done again, it succeeds."""
    once = tmp_path / "once"

    def job(asked: Item) -> str:
        if asked == MANY[100] and not once.exists():
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return asked.unit

    with pytest.raises(WorkerDied) as died:
        list(map_parallel(job, MANY, 2))
    assert str(died.value) == ""


def test_an_exception_of_a_job_is_raised_unchanged():
    def job(asked: Item) -> str:
        if asked == MANY[60]:
            raise ValueError(asked.unit)
        return asked.unit

    with pytest.raises(ValueError, match=MANY[60].unit):
        list(map_parallel(job, MANY, 2))


def test_an_exception_is_not_taken_for_the_death_of_a_process():
    """Results and exceptions are taken in order; a unit that raises is not named as the one that a process died on."""

    def job(asked: Item) -> str:
        if asked == MANY[BATCH_SIZE + 3]:
            os.kill(os.getpid(), signal.SIGKILL)
        if asked == MANY[3 * BATCH_SIZE]:
            raise ValueError
        return asked.unit

    with pytest.raises(WorkerDied) as died:
        list(map_parallel(job, MANY, 2))
    assert str(died.value) == MANY[BATCH_SIZE + 3].unit


def test_results_are_in_order_and_counted():
    ticks: list[int] = []
    assert list(map_parallel(lambda a: a.unit, MANY, 2, ticks.append)) == [a.unit for a in MANY]
    assert sum(ticks) == len(MANY)
