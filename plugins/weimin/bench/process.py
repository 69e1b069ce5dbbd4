"""Runs one command in a process of its own and reports its resource usage.

A small interpreter starts the command and asks the kernel for the usage of the command and all processes it waited for
(`wait4`). CPU is the sum over these processes; memory is the largest resident size of any one of them, not the sum. The
small interpreter is needed because a process starts with the size of its parent.
Bytes to disk are the pages of files that became dirty (`ru_oublock`); a file system in memory reports none. Files written
are the files below a folder that are new or have another time, size or inode.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

_STARTER = """
import json, os, sys, time
limit, command = float(sys.argv[1]), sys.argv[2:]
started = time.perf_counter()
pid = os.fork()
if pid == 0:
    os.setsid()
    os.dup2(2, 1)
    os.execvp(command[0], command)
def stop(signum, frame):
    os.killpg(pid, 9)
    global stopped
    stopped = True
stopped = False
import signal
signal.signal(signal.SIGALRM, stop)
signal.signal(signal.SIGTERM, stop)
signal.setitimer(signal.ITIMER_REAL, limit)
_, status, used = os.wait4(pid, 0)
print(json.dumps([time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024,
                  used.ru_oublock * 512, os.waitstatus_to_exitcode(status), stopped]))
"""
_ENDINGS = 4000


class ProcessUsage(msgspec.Struct, frozen=True, kw_only=True):
    """`wall` and `cpu` in seconds, `memory` in MiB, `disk` and `written` in bytes; `files` of total size `written`.

    `stopped`: the time limit was reached; the figures are those until then.
    """

    wall: float
    cpu: float
    memory: float
    disk: int = 0
    files: int = 0
    comparison_table: int = 0
    stopped: bool = False


class CommandFailed(Exception):
    """A command ended with an error; the message is the end of its output."""


def run_with_usage(
    command: Sequence[str | Path],
    folder: Path,
    *,
    writes: Path | None = None,
    limit: float = 3600,
    environment: Mapping[str, str] | None = None,
    fine: Sequence[int] = (0,),
) -> ProcessUsage:
    """Runs a command in a folder, at most `limit` seconds; `fine`: exit codes that are no failure. Raises CommandFailed."""
    before = file_states(writes) if writes else {}
    starter = (sys.executable, "-I", "-S", "-c", _STARTER, str(limit), *(str(part) for part in command))
    ran = subprocess.run(
        starter, cwd=folder, env={**os.environ, **(environment or {})}, capture_output=True, text=True, errors="replace"
    )
    if ran.returncode != 0 or not ran.stdout:
        raise CommandFailed(ran.stderr[-_ENDINGS:].strip() or str(command[0]))
    wall, cpu, memory, disk, code, stopped = json.loads(ran.stdout)
    if code not in fine and not stopped:
        raise CommandFailed(ran.stderr[-_ENDINGS:].strip() or f"{command[0]}: {code}")
    after = file_states(writes) if writes else {}
    new = after.keys() - before.keys()
    return ProcessUsage(
        wall=wall,
        cpu=cpu,
        memory=memory,
        disk=disk,
        files=len(new),
        comparison_table=sum(after[state] for state in new),
        stopped=stopped,
    )


def weimin(*arguments: str | Path) -> list[str]:
    """The command line of this program."""
    return [sys.executable, "-m", "weimin", *(str(argument) for argument in arguments)]


def file_states(folder: Path) -> dict[tuple[int, int, int], int]:
    """Each file below a folder: (inode, time, size) → size. Links are not followed."""
    return {(at.st_ino, at.st_mtime_ns, at.st_size): at.st_size for at in _walk(folder)} if folder.is_dir() else {}


def _walk(folder: Path) -> Iterator[os.stat_result]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield entry.stat(follow_symlinks=False)
