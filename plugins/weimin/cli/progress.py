"""Progress on standard error: a bar on a terminal, a line every 10 seconds elsewhere, nothing for short work."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

DELAY = 0.8  # seconds of silence before a bar appears
INTERVAL = 10.0  # seconds between two lines where there is no terminal


class Progress:
    """A context manager; call it with (what, how many more are done, total)."""

    def __init__(self) -> None:
        self._started = self._last_line = time.monotonic()
        self._done: dict[str, int] = {}
        self._bar: Bar | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, what: str, more: int, total: int) -> None:
        done = self._done[what] = self._done.get(what, 0) + more
        now = time.monotonic()
        if sys.stderr.isatty():
            if self._bar is None and now - self._started > DELAY:
                self._bar = _bar()
            if self._bar is not None:
                if what not in self._tasks:
                    self._tasks[what] = self._bar.add_task(what, total=total)
                self._bar.update(self._tasks[what], completed=done)
        elif now - self._last_line > INTERVAL:
            self._last_line = now
            rate = done / (now - self._started)
            print(f"{what}：{done}/{total}，每秒 {rate:.0f}", file=sys.stderr, flush=True)


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar
