"""One process at a time has a lock, and the lock is released when that process dies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from weimin.adapters.lock import Lock

HOLD = (
    "import sys; from pathlib import Path; from weimin.adapters.lock import Lock; lock = Lock(Path(sys.argv[1])); "
    "print(lock.acquire(), flush=True); sys.stdin.read()"
)


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "a/lock"), Lock(tmp_path / "a/lock")
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()
    second.release()


def test_released_when_the_process_dies(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not Lock(path).acquire()
        holder.kill()
    lock = Lock(path)
    assert lock.acquire(wait=True)
    lock.release()
