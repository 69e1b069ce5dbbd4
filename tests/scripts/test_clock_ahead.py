"""The suite passes with the clock a year ahead: what is made, judged and compared is dated by itself. With `--long` alone.

Each folder of tests runs in a process of its own under `faketime`, the default share of it. Left out: tests marked `browser`,
`nginx`, `spreadsheet` and `ssh`, for the programs that they start are not ours and some of them end at once when the C library's
clock is replaced (what they look at is made without a clock, and is compared in the folders that do run); `test_cluster.py`, for
Dask measures the distance between its processes' clocks; and this folder, which installs and starts the suite itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

import provision
from artefacts import ROOT

TESTS = ROOT / "tests"
LEFT_OUT = "not ahead and not browser and not nginx and not npm and not office and not spreadsheet and not ssh"
FOLDERS = sorted({path.parent for path in TESTS.rglob("test_*.py")} - {TESTS / "scripts", TESTS})

pytestmark = [pytest.mark.slow, pytest.mark.ahead]


def ahead(*command: str) -> subprocess.CompletedProcess[str]:
    program = provision.executable(provision.FAKETIME)
    assert program is not None
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("WEIMIN_", "PYTEST_"))}
    return subprocess.run(
        [program, "-f", "+365d", *command], cwd=ROOT, env=kept, capture_output=True, text=True, check=False
    )


def test_the_clock_of_what_is_started_is_a_year_ahead() -> None:
    """Of Python and of what it starts in turn; otherwise the tests below would prove nothing."""
    inner = "import subprocess; print(subprocess.run(['date', '+%Y-%m-%d'], capture_output=True, text=True).stdout)"
    wanted = datetime.now(UTC) + timedelta(days=364)
    assert ahead(sys.executable, "-c", inner).stdout.strip() >= f"{wanted:%Y-%m-%d}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(TESTS).as_posix())
def test_a_year_ahead(folder: os.PathLike[str]) -> None:
    asked = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-m", LEFT_OUT]
    ran = ahead(sys.executable, "-m", "pytest", *asked, "--deselect", "tests/app/build/test_cluster.py", str(folder))
    assert ran.returncode in (0, 5), ran.stdout[-6000:] + ran.stderr[-2000:]  # 5: all of the folder is left out
