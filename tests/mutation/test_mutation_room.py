"""A whole run on a room of three functions: a planted fault is found, a planted survivor is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from environment import ROOT
from mutation.equivalents import Equivalent, read_equivalents, reason_of
from mutation.mutants import Mutant, mutants_of
from mutation.report import Score, diff, table
from mutation.rooms import COUNT, FLOOR, PACKAGE, ROOMS
from mutation.trial import BrokenRoom, Tried, try_all

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="runs mutants in forks")
MODULE = f"{PACKAGE}/room.py"
SOURCE = """def in_time(day: int, due: int) -> bool:
    return day <= due


def before(day: int, due: int) -> bool:
    return day < due


def down(n: int) -> int:
    while n > 0:
        n -= 1
    return n
"""
TEST = """from weimin.room import before, down, in_time


def test_in_time():
    assert in_time(1, 2)
    assert in_time(2, 2) is {last_day}
    assert not in_time(3, 2)


def test_before():
    assert before(1, 2)
    assert not before(3, 2)


def test_down():
    assert down(2) == 0
"""


def tried(folder: Path, *changes: str, last_day: bool = True) -> list[Tried]:
    """The mutants with these changes, tried in a clone of its own."""
    test = TEST.format(last_day=last_day)
    for name, text in {MODULE: SOURCE, f"{PACKAGE}/__init__.py": "", "tests/room/test_room.py": test}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    mutants = [m for change in changes for m in mutants_of(MODULE, SOURCE) if m.change == change]
    assert len(mutants) == len(changes)
    found = try_all(folder, ["tests/room"], {MODULE: SOURCE}, mutants, slack=2)
    assert (folder / MODULE).read_text(encoding="utf-8") == SOURCE, "the working tree is never written to"
    assert [t.mutant for t in found] == mutants
    return found


def test_a_fault_is_found_a_survivor_is_named_and_a_loop_is_stopped(tmp_path: Path) -> None:
    found, survivor, loop = tried(tmp_path, "<= due → < due", "< due → <= due", "n -= 1 → n += 1")
    assert (found.outcome, found.by, found.found) == ("killed", "tests/room/test_room.py::test_in_time", True)
    assert (loop.outcome, loop.by, loop.found) == ("stopped", "", True)
    assert (survivor.outcome, survivor.found) == ("survived", False)
    assert diff(survivor.mutant, SOURCE) == (
        f"{MODULE}:6 before\n  -    return day < due\n  +    return day <= due\n  # < due → <= due"
    )


def test_tests_that_fail_without_a_mutant_are_said(tmp_path: Path) -> None:
    with pytest.raises(BrokenRoom, match="test_in_time"):
        tried(tmp_path, "<= due → < due", last_day=False)


SOME = mutants_of(MODULE, SOURCE)[0]


@pytest.mark.parametrize(
    ("killed", "stopped", "survived", "shown"),
    [(19, 0, 1, "95.0%"), (189, 0, 11, "94.5%"), (18, 1, 1, "95.0%"), (1899, 0, 101, "94.9%"), (0, 0, 0, "100.0%")],
)
def test_a_share_is_cut_and_not_rounded(killed: int, stopped: int, survived: int, shown: str) -> None:
    counts = (("killed", killed), ("stopped", stopped), ("survived", survived))
    score = Score("totals", 7, 900, 3, [Tried(SOME, outcome, "", 0.1) for outcome, n in counts for _ in range(n)])
    head, row = (line.split("\t") for line in table([score]).splitlines())
    sampled = killed + stopped + survived + 3
    assert len(head) == len(row)
    assert row == ["totals", "7", "900", str(sampled), "3", str(killed + stopped), str(stopped), str(survived), shown]
    assert (score.percent >= FLOOR) is (shown >= "95.0%" or shown == "100.0%")


def test_a_mutant_is_equivalent_by_its_module_its_line_and_its_change() -> None:
    mutant: Mutant = next(m for m in mutants_of(MODULE, SOURCE) if m.change == "<= due → < due")
    row = Equivalent("room.py", "return day <= due", "<= due → < due", "why")
    assert reason_of(mutant, [row]) == "why"
    for other in (row._replace(module="other.py"), row._replace(line="return"), row._replace(change="x")):
        assert reason_of(mutant, [other]) is None


def test_every_equivalent_stands_in_a_module_and_has_a_reason() -> None:
    rows = read_equivalents()
    texts = {row.module: (ROOT / PACKAGE / row.module).read_text(encoding="utf-8") for row in rows}
    assert [row for row in rows if row.line not in {line.strip() for line in texts[row.module].splitlines()}] == []
    assert [row for row in rows if len(row.reason) < 20] == []
    assert len({row[:3] for row in rows}) == len(rows)


def test_a_row_without_a_reason_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.toml"
    for text in (
        '[[equivalent]]\nmodule = "a"\nline = "b"\nchange = "c"\n',
        '[[equivalent]]\nmodule = "a"\nline = "b"\nchange = "c"\nreason = " "\n',
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r"rows\.toml"):
            read_equivalents(file)


def test_every_room_has_modules_and_tests() -> None:
    for name, room in ROOMS.items():
        assert room.sources(ROOT), name
        assert [path for path in room.tests if not (ROOT / path).exists()] == [], name


def test_a_few_mutants_of_a_room_are_found() -> None:
    """The stated sample is tried with `--long`; this one shows that the tool still runs on the code as it is."""
    name = "totals"
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "mutate"), name, "--count", "3", "--jobs", "1"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode in (0, 1), ran.stderr
    assert ran.stdout.splitlines()[-1].split("\t")[:4:3] == [name, "3"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ROOMS)
def test_a_rooms_own_tests_find_the_stated_share(name: str, long: bool) -> None:
    if not long:
        pytest.skip(f"{COUNT} mutants a room; only in --long")
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "mutate"), name], capture_output=True, text=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
