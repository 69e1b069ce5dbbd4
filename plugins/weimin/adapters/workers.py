"""Processes: ids go in, small results come out; in order, whatever finished first."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH_SIZE = 48  # units per message: large enough that a message costs little, small enough that no core waits
BATCHES_AHEAD = 4  # batches for each process that wait or are done and not yet taken: memory is theirs, not that of all
MIN_PARALLEL = 600  # fewer units than this are done before a second process has started

_job: Callable[[Any], Any] | None = None


class WorkerDied(Exception):
    """A process ended without an answer; the message names the unit on which it does so each time, empty if there is none."""


def available_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_parallel(
    job: Callable[[Any], Result],
    items: Sequence[Item],
    jobs: int,
    tick: Callable[[int], None] = lambda n: None,
    *,
    prepare: Callable[[Item], Any] = lambda item: item,
) -> Iterator[Result]:
    """job(prepare(item)) for every item, in the order of items. `tick` is prepare how many more are done.

    `prepare` makes an item into what is sent, here and not before there is room for it: no more of that is in memory.

    Processes are forked so that they share what the parent has read; where fork is not to be had, one process does all.
    Raises WorkerDied.
    """
    asked = map(prepare, items)
    if jobs <= 1 or len(items) < MIN_PARALLEL or "fork" not in multiprocessing.get_all_start_methods():
        for one in asked:
            yield job(one)
            tick(1)
        return
    global _job
    _job = job
    gc.collect()
    gc.freeze()  # collecting in a child would touch, and so copy, every page it shares with the parent
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from _in_order(pool, batches(asked), jobs * BATCHES_AHEAD, tick)
    finally:
        gc.unfreeze()
        _job = None


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items as they are sent, so many at a time."""
    left = iter(items)
    while batch := list(islice(left, BATCH_SIZE)):
        yield batch


def name_of(item: object) -> str:
    """The unit that an item is about."""
    return str(getattr(item, "unit", getattr(item, "id", item)))


def _in_order(
    pool: ProcessPoolExecutor, left: Iterator[list[Item]], ahead: int, tick: Callable[[int], None]
) -> Iterator[Any]:
    waiting: deque[tuple[list[Item], Future[list[Any]]]] = deque()

    def more() -> None:
        for batch in islice(left, 1):
            waiting.append((batch, pool.submit(_batch, batch)))

    try:
        for _ in range(ahead):
            more()
        while waiting:
            results = waiting[0][1].result()
            batch, _ = waiting.popleft()
            more()
            yield from results
            tick(len(batch))
    except BrokenProcessPool as broken:
        raise WorkerDied(_culprit([item for batch, future in waiting for item in batch if _lost(future)])) from broken


def _batch(items: Sequence[Any]) -> list[Any]:
    assert _job is not None
    return [_job(item) for item in items]


def _lost(future: Future[list[Any]]) -> bool:
    return not future.done() or isinstance(future.exception(), BrokenProcessPool)


def _culprit(items: Sequence[Any]) -> str:
    """The unit at which a process ends that does these one by one: when one dies, all that waited are lost with it."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_one_by_one, args=(items, sender))
    process.start()
    sender.close()
    at = len(items)
    while True:
        try:
            at = receiver.recv()
        except EOFError:
            break
    process.join()
    receiver.close()
    return name_of(items[at]) if at < len(items) else ""


def _one_by_one(items: Sequence[Any], sender: Connection) -> None:
    """Say the number of each item before it is begun, and how many there were after all of them."""
    assert _job is not None
    for n, item in enumerate(items):
        sender.send(n)
        with suppress(Exception):  # it did not die of this
            _job(item)
    sender.send(len(items))
