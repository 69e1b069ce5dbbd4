"""Two builds at once, a killed build, a full disk: with real processes, signals and a small disk."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from stored_register import StoredRegister

from builders.repository import git_environment
from shares import Share, number
from weimin.cli.exit_codes import FAULT, OK
from weimin.engine.state import BUSY

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")]


PROGRESS = re.compile(r"^.+：\d+/\d+，每秒 \d+\n", re.M)
"""A line that a slow machine sees every ten seconds, and a fast one never."""


@pytest.fixture
def stored(tmp_path: Path) -> StoredRegister:
    return StoredRegister(tmp_path)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, said = process.communicate(timeout=1800)
    return process.returncode, PROGRESS.sub("", said.decode())


def test_two_builds_at_once_both_succeed(stored: StoredRegister, share: Share) -> None:
    """With the same register and output: one uses the store, the other reports that it does not."""
    for turn in range(share(1, 3, "pairs of builds")):
        stored.retitled(f"同时{turn}")
        both = [stored.started(), stored.started()]
        told = [ended(process) for process in both]
        assert [code for code, _ in told] == [OK, OK], told
        assert stored.site == stored.clean
    stored.retitled("又是一个人")
    assert ended(stored.started()) == (OK, "")
    assert stored.site == stored.clean


def test_the_second_build_reports_that_the_store_is_in_use(stored: StoredRegister) -> None:
    from weimin.adapters.lock import Lock

    stored.built()
    lock = Lock(stored.store.with_suffix(".lock"))
    assert lock.acquire()
    try:
        stored.retitled("有人占着")
        assert ended(stored.started()) == (OK, f"{BUSY}\n")
        assert stored.site == stored.clean
    finally:
        lock.release()
    stored.built()
    assert stored.site == stored.clean


def test_a_build_killed_at_any_moment_leaves_a_complete_site(stored: StoredRegister, share: Share) -> None:
    """SIGKILL of the command, also while it starts or ends: at a random share of what it takes here and now."""
    stored.built()
    stored.retitled("量一量")
    began = time.monotonic()
    assert ended(stored.started())[0] == OK
    whole = time.monotonic() - began
    rnd = random.Random(5)
    kills, died, turn = share(2, 40, "kills"), 0, 0
    while died < kills:
        old = stored.site
        stored.retitled(f"杀掉{turn}")
        process = stored.started()
        time.sleep(whole * (0.2 + 0.9 * rnd.random()))
        process.send_signal(signal.SIGKILL)
        killed = ended(process)[0] == -signal.SIGKILL
        turn += 1
        died += killed
        whole *= 1 if killed else 0.7  # the machine is faster now than when it was measured
        new = stored.clean
        assert stored.site in (old, new)
        assert ended(stored.started())[0] == OK
        assert stored.site == new


LIMITED = (
    "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); "
    "from weimin.cli.main import main; sys.exit(main(sys.argv[1:]))"
)


LIMITS = (40_000, 300_000, 4_000, 120_000)


@pytest.mark.parametrize("limit", LIMITS[: number(2, 4)])
def test_a_limit_of_the_file_size_is_reported(stored: StoredRegister, limit: int, share: Share) -> None:
    """Writes fail beyond a size (EFBIG), in the store or in pages: the error is reported and the site is unchanged."""
    share(2, 4, "limits")
    stored.built()
    before = stored.site
    for path in sorted(stored.root.rglob("topic.md")):
        path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: 不能再大"), encoding="utf-8")
    stored.repository.commit({})
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED.format(limit), *stored.arguments()[3:]],
        capture_output=True,
        env=git_environment(),
    )
    said = ran.stderr.decode()
    new = stored.clean
    if ran.returncode == OK:
        assert stored.site == new
    else:
        assert (ran.returncode, stored.site == before) == (FAULT, True), said
        assert "什么都没有发布" in said
        assert "Traceback" not in said
        assert "程序自身出错" not in said
    stored.built()
    assert stored.site == new


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of forty megabytes, if this machine allows mounting one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip(
            "no disk can be made here (mount needs root); test_a_limit_of_the_file_size_is_reported asks the same of a limit"
        )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="a disk can be mounted by root alone")
def test_a_full_disk_is_reported_and_space_is_used_again(small_disk: Path) -> None:
    """Register, store and site are on a disk that becomes full and then has space again."""
    stored = StoredRegister(small_disk)
    process = stored.started()
    code, said = ended(process)
    assert code == OK, said
    before = stored.site
    stored.retitled("磁盘满了")
    filler = small_disk / "filler"
    room = os.statvfs(small_disk)
    free = room.f_bavail * room.f_frsize
    answers = set()
    for left in (0, 20_000, 200_000):
        filler.write_bytes(b"\0" * max(free - left, 0)) if free > left else None
        code, said = ended(stored.started())
        answers.add(code)
        assert code in (OK, FAULT), said
        if code == FAULT:
            assert stored.site == before
            assert "程序自身出错" not in said, said
        filler.unlink(missing_ok=True)
        room = os.statvfs(small_disk)
        free = room.f_bavail * room.f_frsize
    assert FAULT in answers
    assert ended(stored.started())[0] == OK
    site = stored.site
    stored.folder = small_disk.parent
    assert site == stored.clean
