"""One command in a process of its own: wall clock, CPU, memory of its largest process, bytes below a folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """`wall` and `cpu` in seconds (children included), `memory` in MiB, `written` in bytes."""

    wall: float
    cpu: float
    memory: float
    written: int = 0


def measure(arguments: Sequence[str], folder: Path, writes: Path | None = None) -> Measured:
    """Run `weimin ARGUMENTS` in a folder. Raises RuntimeError where it fails."""
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "weimin", *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        raise RuntimeError(said.decode("utf-8", "replace").strip() or f"weimin {arguments[0]}: {process.returncode}")
    return Measured(
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        memory=usage.ru_maxrss / 1024,
        written=size_of(writes) if writes else 0,
    )


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder, links followed once."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
