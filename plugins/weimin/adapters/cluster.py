"""A Dask cluster: the same batches as for processes, sent as bytes. The one module that knows Dask, and only when asked."""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from itertools import islice
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

from weimin.adapters.workers import BATCHES_AHEAD, MIN_PARALLEL, WorkerDied, batches

CLONE = "WEIMIN_ROOT"
"""The variable that names a worker's own clone of the records."""
PATIENCE = 30  # seconds to wait for a scheduler, and for a first worker where none is left
_NO_MATTER = 10  # seconds between two looks whether anybody is still working

Work = Callable[[bytes, Sequence[bytes]], list[bytes]]
"""(what all items are done with, items) → results. A function of a module, found by its name on the worker."""

_one_at_a_time = Lock()


class ClusterFault(Exception):
    """A cluster, or a machine of it, that cannot do this work; the message says why and how to mend it, in Chinese."""


def clone() -> Path:
    """The clone of the worker that asks. Raises ClusterFault where none is named."""
    named = os.environ.get(CLONE, "")
    if not named or not (Path(named) / "content").is_dir():
        raise ClusterFault(
            f"工作机 {machine()} 没有说明记录的副本在哪里。改法：启动 dask worker 时设置 {CLONE}，写明有 content 文件夹的目录。"
        )
    return Path(named).resolve()


def machine() -> str:
    """The name of this machine, to be told to those who look after it."""
    return socket.gethostname()


class Cluster:
    """The workers at a scheduler's address. Use as a context. Raises ClusterFault where nobody answers.

    `min_items`: fewer items than this are not worth sending.
    """

    def __init__(self, address: str, min_items: int = MIN_PARALLEL) -> None:
        try:
            from distributed import Client

            client: Any = Client  # Dask says nothing of its types
        except ImportError as missing:
            raise ClusterFault("没有安装 Dask，不能用 --scheduler。改法：pip install 'weimin[cluster]'") from missing
        self.address, self.min_items = address, min_items
        self.done: dict[str, int] = {}
        """How many items each process did, by machine and number of process."""
        try:
            self._client: Any = client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ClusterFault(
                f"连不上“{address[:40]}”的调度程序。改法：看看 dask scheduler 是否在运行，地址写成 tcp://主机:端口。"
            ) from error

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def map(
        self, work: Work, given: bytes, items: Iterable[tuple[str, bytes]], tick: Callable[[int], None]
    ) -> Iterator[bytes]:
        """What `work` makes of every item, in the order of items, which are (unit, bytes). `tick` is told how many more are done.

        What a lost worker had in hand is done by another. Raises ClusterFault, and WorkerDied where a batch ends every worker
        that it is given to.
        """
        self._somebody()
        sent = self._client.scatter(given, broadcast=True, hash=True)
        left = batches(items)
        waiting: deque[tuple[list[tuple[str, bytes]], Any]] = deque()
        ahead = BATCHES_AHEAD * max(sum(self.workers.values()), 1)
        while True:
            for batch in islice(left, max(ahead - len(waiting), 0)):
                data = [item for _unit, item in batch]
                waiting.append((batch, self._client.submit(_work, work, sent, data, pure=False)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            who, results = self._result(future, batch[0][0])
            self.done[who] = self.done.get(who, 0) + len(results)
            yield from results
            tick(len(batch))

    def _result(self, future: Any, first: str) -> tuple[str, list[bytes]]:
        from distributed import KilledWorker

        while True:
            try:
                found: tuple[str, list[bytes]] = future.result(timeout=_NO_MATTER)
            except TimeoutError:
                self._somebody()
            except CancelledError as gone:
                raise ClusterFault(
                    "集群中途散了：调度程序退出了，或者所有工作机同时退出了。什么都没有发布。改法：重新启动它们，再运行一次。"
                ) from gone
            except KilledWorker as killed:
                raise WorkerDied(first) from killed
            except ImportError as missing:
                raise ClusterFault(
                    f"有工作机没有装这个版本的 weimin（{missing.name}）。改法：各台机器装同一个版本。"
                ) from missing
            else:
                return found

    def _somebody(self) -> None:
        """Wait until there is a worker."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as nobody:
            raise ClusterFault(
                f"“{self.address[:40]}”的调度程序下面没有工作机。改法：在每台机器上运行 dask worker {self.address[:40]} --nthreads 1。"
            ) from nobody

    @property
    def workers(self) -> dict[str, int]:
        """How much each worker does at once, by its address."""
        found: dict[str, int] = self._client.nthreads()
        return found


def _work(work: Work, given: bytes, items: Sequence[bytes]) -> tuple[str, list[bytes]]:
    """On the worker, with its name: one batch at a time, whatever number of threads it has, since what is read is noted in one place."""
    with _one_at_a_time:
        return f"{machine()}:{os.getpid()}", work(given, items)
