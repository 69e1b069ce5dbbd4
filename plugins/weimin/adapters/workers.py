"""Worker processes: small items go in, small results come out, in the order of the items."""

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

BATCH_SIZE = 48  # items per message: large enough that a message costs little, small enough that no core waits
BATCHES_AHEAD = 4  # batches per process that wait or whose results are not taken yet; this bounds the memory
MIN_PARALLEL = 600  # fewer items than this are done before a second process has started

_job: Callable[[Any], Any] | None = None


class WorkerDied(Exception):
    """A process ended without a result. The message is the unit on which it ends each time, empty if there is none."""


def available_cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_parallel(
    job: Callable[[Any], Result],
    items: Sequence[Item],
    jobs: int,
    tick: Callable[[int], None] = lambda n: None,
    *,
    prepare: Callable[[Item], Any] = lambda item: item,
) -> Iterator[Result]:
    """job(prepare(item)) for every item, in the order of the items. `tick` is called with the number of items that are done.

    `prepare` makes the message for an item in this process. It is called only when a worker has room for the item, so that
    few messages are in memory.

    Processes are forked, so that they share what the parent has read. Where fork is not available, this process does all.
    Raises WorkerDied.
    """
    messages = map(prepare, items)
    if jobs <= 1 or len(items) < MIN_PARALLEL or "fork" not in multiprocessing.get_all_start_methods():
        for message in messages:
            yield job(message)
            tick(1)
        return
    global _job
    _job = job
    gc.collect()
    gc.freeze()  # a collection in a child would write to, and so copy, every memory page that it shares with the parent
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from _in_order(pool, batches(messages), jobs * BATCHES_AHEAD, tick)
    finally:
        gc.unfreeze()
        _job = None


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in lists of BATCH_SIZE."""
    remaining = iter(items)
    while batch := list(islice(remaining, BATCH_SIZE)):
        yield batch


def name_of(item: object) -> str:
    """The unit that an item is about, for messages."""
    return str(getattr(item, "unit", getattr(item, "id", item)))


def _in_order(
    pool: ProcessPoolExecutor, remaining: Iterator[list[Item]], ahead: int, tick: Callable[[int], None]
) -> Iterator[Any]:
    waiting: deque[tuple[list[Item], Future[list[Any]]]] = deque()

    def submit_next() -> None:
        for batch in islice(remaining, 1):
            waiting.append((batch, pool.submit(_batch, batch)))

    try:
        for _ in range(ahead):
            submit_next()
        while waiting:
            results = waiting[0][1].result()
            batch, _ = waiting.popleft()
            submit_next()
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
    """The unit on which a process ends that does these items one by one. The pool does not say: if one of its processes dies,
    the results of all waiting items are lost.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_one_by_one, args=(items, sender))
    process.start()
    sender.close()
    current = len(items)
    while True:
        try:
            current = receiver.recv()
        except EOFError:
            break
    process.join()
    receiver.close()
    return name_of(items[current]) if current < len(items) else ""


def _one_by_one(items: Sequence[Any], sender: Connection) -> None:
    """Send the number of each item before it is begun, and after all of them the number of items."""
    assert _job is not None
    for n, item in enumerate(items):
        sender.send(n)
        with suppress(Exception):  # an exception does not end the process
            _job(item)
    sender.send(len(items))
