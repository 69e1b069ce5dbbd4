"""Two builds at once, a build that dies, a disk that is full: real processes, real signals, a real small disk."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kept_register import Kept

from made_repo import git_environment
from weimin.cli.exit_codes import FAULT, OK
from weimin.engine.state import BUSY

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, said = process.communicate(timeout=120)
    return process.returncode, said.decode()


def test_two_at_once(kept: Kept) -> None:
    """The same register, the same place: both end well; one has the store, the other says that it works without."""
    for turn in range(3):
        kept.retitled(f"同时{turn}")
        both = [kept.started(), kept.started()]
        told = [ended(process) for process in both]
        assert [code for code, _ in told] == [OK, OK], told
        assert kept.site == kept.clean
    kept.retitled("又是一个人")
    assert ended(kept.started()) == (OK, "")
    assert kept.site == kept.clean


def test_who_is_second_says_so(kept: Kept) -> None:
    from weimin.adapters.lock import Lock

    kept.built()
    lock = Lock(kept.store.with_suffix(".lock"))
    assert lock.acquire()
    try:
        kept.retitled("有人占着")
        assert ended(kept.started()) == (OK, f"{BUSY}\n")
        assert kept.site == kept.clean
    finally:
        lock.release()
    kept.built()
    assert kept.site == kept.clean


def test_killed_at_any_moment(kept: Kept) -> None:
    """kill -9 of the whole command, start and end of the process included."""
    kept.built()
    rnd = random.Random(5)
    died = 0
    for turn in range(8):
        old = kept.site
        kept.retitled(f"杀掉{turn}")
        process = kept.started()
        time.sleep(0.25 + rnd.random() * 0.9)
        process.send_signal(signal.SIGKILL)
        died += ended(process)[0] == -signal.SIGKILL
        new = kept.clean
        assert kept.site in (old, new)
        assert ended(kept.started())[0] == OK
        assert kept.site == new
    assert died


LIMITED = (
    "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); "
    "from weimin.cli.main import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.mark.parametrize("limit", [4_000, 40_000, 120_000, 300_000])
def test_a_file_may_not_grow(kept: Kept, limit: int) -> None:
    """Writes fail from some size on (EFBIG), in the store and among the pages: said in words, the site stays as it was."""
    kept.built()
    before = kept.site
    for path in sorted(kept.root.rglob("topic.md")):
        path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: 不能再大"), encoding="utf-8")
    kept.repository.commit({})
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED.format(limit), *kept.arguments()[3:]], capture_output=True, env=git_environment()
    )
    said = ran.stderr.decode()
    new = kept.clean
    if ran.returncode == OK:
        assert kept.site == new
    else:
        assert (ran.returncode, kept.site == before) == (FAULT, True), said
        assert "什么都没有发布" in said
        assert "Traceback" not in said
        assert "程序自身出错" not in said
    kept.built()
    assert kept.site == new


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of forty megabytes, where this machine allows one to be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip("no disk can be made here (mount needs root); test_a_file_may_not_grow asks the same of a limit")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="a disk can be mounted by root alone")
def test_a_full_disk(small_disk: Path) -> None:
    """The register, its store and its site on a disk that fills up; then there is room again."""
    kept = Kept(small_disk)
    process = kept.started()
    code, said = ended(process)
    assert code == OK, said
    before = kept.site
    kept.retitled("磁盘满了")
    filler = small_disk / "filler"
    room = os.statvfs(small_disk)
    free = room.f_bavail * room.f_frsize
    answers = set()
    for left in (0, 20_000, 200_000):
        filler.write_bytes(b"\0" * max(free - left, 0)) if free > left else None
        code, said = ended(kept.started())
        answers.add(code)
        assert code in (OK, FAULT), said
        if code == FAULT:
            assert kept.site == before
            assert "程序自身出错" not in said, said
        filler.unlink(missing_ok=True)
        room = os.statvfs(small_disk)
        free = room.f_bavail * room.f_frsize
    assert FAULT in answers
    assert ended(kept.started())[0] == OK
    site = kept.site
    kept.folder = small_disk.parent
    assert site == kept.clean
