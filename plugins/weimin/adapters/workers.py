"""Processes: ids go in, small results come out; in order, whatever finished first."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 48  # units per message: large enough that a message costs little, small enough that no core waits
WORTHWHILE = 600  # fewer units than this are done before a second process has started

_job: Callable[[Any], Any] | None = None


class WorkerDied(Exception):
    """A process ended without an answer; the message names the first unit of its batch."""


def available() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    job: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    tick: Callable[[int], None] = lambda n: None,
) -> Iterator[Result]:
    """job(item) for every item, in the order of items. `tick` is told how many more are done.

    Processes are forked so that they share what the parent has read; where fork is not to be had, one process does all.
    Raises WorkerDied.
    """
    if jobs <= 1 or len(items) < WORTHWHILE or "fork" not in multiprocessing.get_all_start_methods():
        for item in items:
            yield job(item)
            tick(1)
        return
    global _job
    _job = job
    batches = [items[i : i + BATCH] for i in range(0, len(items), BATCH)]
    gc.collect()
    gc.freeze()  # collecting in a child would touch, and so copy, every page it shares with the parent
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
            waiting = [pool.submit(_batch, batch) for batch in batches]
            for batch, future in zip(batches, waiting, strict=True):
                try:
                    results = future.result()
                except BrokenProcessPool as broken:
                    raise WorkerDied(str(batch[0])) from broken
                yield from results
                tick(len(batch))
    finally:
        gc.unfreeze()
        _job = None


def _batch(items: Sequence[Any]) -> list[Any]:
    assert _job is not None
    return [_job(item) for item in items]
