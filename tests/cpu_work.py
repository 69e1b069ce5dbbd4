"""How much a piece of code works, whatever else the machine does meanwhile: CPU seconds, not those of the wall clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


class Work:
    """`seconds` of this process and of those that it started and waited for; known when the block has ended."""

    seconds = 0.0


@contextmanager
def work() -> Iterator[Work]:
    found, before = Work(), _spent()
    yield found
    found.seconds = _spent() - before


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
