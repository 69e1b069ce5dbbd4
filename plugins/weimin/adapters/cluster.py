"""Work on a Dask cluster: the same batches as for worker processes, sent as bytes.

Only this module knows Dask, and imports it only when a cluster is used.
"""

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
"""The environment variable with the path of a worker's own clone of the records."""
PATIENCE = 30  # seconds to wait for a scheduler, and for a worker if there is none
_POLL = 10  # seconds after which is checked whether there still are workers

Work = Callable[[bytes, Sequence[bytes]], list[bytes]]
"""(context that all items share, items) → results, all encoded. A module-level function, which workers import by name."""

_one_at_a_time = Lock()


class ClusterFault(Exception):
    """The cluster or one of its machines cannot do the work; the message says why and how to fix it, in Chinese."""


def clone() -> Path:
    """The path of this worker's clone. Raises ClusterFault if the variable names none."""
    named = os.environ.get(CLONE, "")
    if not named or not (Path(named) / "content").is_dir():
        raise ClusterFault(
            f"工作机 {machine()} 没有说明记录的副本在哪里。改法：启动 dask worker 时设置 {CLONE}，写明有 content 文件夹的目录。"
        )
    return Path(named).resolve()


def machine() -> str:
    """The name of this machine, for messages."""
    return socket.gethostname()


class Cluster:
    """The workers of a scheduler. Use as a context. Raises ClusterFault if the scheduler does not answer.

    `min_items`: fewer items than this are not worth sending. `done`: `machine:process` → number of items it has done.
    """

    def __init__(self, address: str, min_items: int = MIN_PARALLEL) -> None:
        try:
            from distributed import Client

            client: Any = Client  # Dask has no types
        except ImportError as missing:
            raise ClusterFault("没有安装 Dask，不能用 --scheduler。改法：pip install 'weimin[cluster]'") from missing
        self.address, self.min_items = address, min_items
        self.done: dict[str, int] = {}
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
        self, work: Work, context: bytes, items: Iterable[tuple[str, bytes]], tick: Callable[[int], None]
    ) -> Iterator[bytes]:
        """The results of `work` for every item, in the order of the items, which are (unit, encoded item).

        `context`: what all items share, sent to each worker once. `tick` is called with the number of items that are done.
        Batches of a lost worker are done by another one. Raises ClusterFault, and WorkerDied if a batch ends every worker
        that it is given to.
        """
        self._wait_for_worker()
        sent = self._client.scatter(context, broadcast=True, hash=True)
        remaining = batches(items)
        waiting: deque[tuple[list[tuple[str, bytes]], Any]] = deque()
        ahead = BATCHES_AHEAD * max(sum(self.workers.values()), 1)
        while True:
            for batch in islice(remaining, max(ahead - len(waiting), 0)):
                data = [item for _unit, item in batch]
                waiting.append((batch, self._client.submit(_work, work, sent, data, pure=False)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            worker, results = self._result(future, batch[0][0])
            self.done[worker] = self.done.get(worker, 0) + len(results)
            yield from results
            tick(len(batch))

    def _result(self, future: Any, first: str) -> tuple[str, list[bytes]]:
        from distributed import KilledWorker

        while True:
            try:
                found: tuple[str, list[bytes]] = future.result(timeout=_POLL)
            except TimeoutError:
                self._wait_for_worker()
            except CancelledError as cancelled:
                raise ClusterFault(
                    "集群中途散了：调度程序退出了，或者所有工作机同时退出了。什么都没有发布。改法：重新启动它们，再运行一次。"
                ) from cancelled
            except KilledWorker as killed:
                raise WorkerDied(first) from killed
            except ImportError as missing:
                raise ClusterFault(
                    f"有工作机没有装这个版本的 weimin（{missing.name}）。改法：各台机器装同一个版本。"
                ) from missing
            else:
                return found

    def _wait_for_worker(self) -> None:
        """Wait until there is a worker. Raises ClusterFault after PATIENCE seconds."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise ClusterFault(
                f"“{self.address[:40]}”的调度程序下面没有工作机。改法：在每台机器上运行 dask worker {self.address[:40]} --nthreads 1。"
            ) from error

    @property
    def workers(self) -> dict[str, int]:
        """Address → number of threads of each worker."""
        found: dict[str, int] = self._client.nthreads()
        return found


def _work(work: Work, context: bytes, items: Sequence[bytes]) -> tuple[str, list[bytes]]:
    """Do a batch on the worker; (name of the process, results). One batch at a time, whatever number of threads the worker
    has, because dependencies are recorded in one place for the whole process.
    """
    with _one_at_a_time:
        return f"{machine()}:{os.getpid()}", work(context, items)
