"""What a measured command took: of the whole family of processes, and of what it wrote only what is new."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from weimin.bench.process import CommandFailed, ProcessUsage, file_states, run_with_usage
from weimin.bench.table import row, table

CHILDREN = """
import os
for _ in range(2):
    if os.fork() == 0:
        held = bytearray(os.urandom(1)) * (120 << 20)
        os._exit(0)
for _ in range(2):
    os.wait()
"""
BUSY = """
import os, time
if os.fork() == 0:
    end = time.process_time() + 0.4
    while time.process_time() < end: pass
    os._exit(0)
os.wait()
"""


def python(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_memory_is_that_of_the_largest_process(tmp_path: Path) -> None:
    """Two children with 120 MiB each: neither the small parent nor the sum of 240."""
    assert 120 <= run_with_usage(python(CHILDREN), tmp_path).memory < 180


def test_a_large_measurer_is_not_counted(tmp_path: Path) -> None:
    held = bytearray(b"x") * (200 << 20)
    assert run_with_usage(python("pass"), tmp_path).memory < 60
    assert len(held) == 200 << 20


def test_the_time_of_children_is_counted(tmp_path: Path) -> None:
    usage = run_with_usage(python(BUSY), tmp_path)
    assert usage.cpu >= 0.4
    assert usage.wall >= 0.3


def test_only_what_was_written_is_counted(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "stays").write_bytes(b"old")
    (site / "changes").write_bytes(b"old")
    (site / "goes").write_bytes(b"old")
    write = (
        "from pathlib import Path; s = Path('site'); (s/'deep').mkdir(); (s/'deep'/'new').write_bytes(b'12345');"
        "(s/'changes').write_bytes(b'newer'); (s/'goes').unlink(); (s/'link').symlink_to('stays')"
    )
    usage = run_with_usage(python(write), tmp_path, writes=site)
    assert (usage.files, usage.comparison_table) == (2, 10)
    assert run_with_usage(python("pass"), tmp_path, writes=site).files == 0


def test_a_folder_that_is_not_there_yet_has_no_files(tmp_path: Path) -> None:
    assert file_states(tmp_path / "nowhere") == {}


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    usage = run_with_usage(python("import time; time.sleep(60)"), tmp_path, limit=0.5)
    assert usage.stopped
    assert 0.5 <= usage.wall < 55
    assert row("生成", usage)[0] == "生成（到时限停止）"


def test_a_failure_says_what_the_command_said(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="地址不对"):
        run_with_usage(python("import sys; print('地址不对'); sys.exit(3)"), tmp_path)
    assert run_with_usage(python("import sys; sys.exit(3)"), tmp_path, fine=(0, 3)).wall > 0


def test_what_is_not_there_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed):
        run_with_usage([tmp_path / "no-such-program"], tmp_path)


def test_figures_stand_below_their_heads() -> None:
    shown = table(
        ("工作", "用时（秒）"), [row("核对", ProcessUsage(wall=1.234, cpu=1, memory=50))[:2], ("ab", "10.00")]
    )
    assert shown.splitlines() == ["工作  用时（秒）", "核对        1.23", "ab         10.00"]
