"""The Git hook, installed into real repositories and run by real commits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from small_register import ONE, START, TOPIC

from builders.repository import git_environment
from cpu_work import work
from weimin.cli.main import main

pytestmark = pytest.mark.slow

GOOD = {f"{ONE}/topic.md": TOPIC.replace("怎么建", "建在哪里")}
BAD = {f"{ONE}/topic.md": TOPIC + "电话 13912345678\n"}


def commit(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`git commit` with hooks, as a person runs it."""
    person = ["-c", "user.name=测试录入员", "-c", "user.email=clerk@example.invalid"]
    return subprocess.run(
        ["git", *person, "commit", "--quiet", "--message=改动", *arguments],
        cwd=root,
        env=git_environment() | {"WEIMIN_AS_OF": "2026-03-10"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def hook(root: Path, *arguments: str) -> int:
    return main(["hook", "--root", str(root), *arguments])


def test_a_commit_with_personal_data_is_refused(repo):
    made = repo([START])
    assert hook(made.root) == 0
    before = made.git("rev-parse", "HEAD")
    made.write(BAD)
    made.git("add", "--all")
    refused = commit(made.root)
    assert refused.returncode == 1
    assert "P102" in refused.stdout + refused.stderr
    assert made.git("rev-parse", "HEAD") == before
    made.write(GOOD)
    made.git("add", "--all")
    done = commit(made.root)
    assert done.returncode == 0
    assert (done.stdout + done.stderr).startswith("共检查 1 份待提交的记录")
    assert made.git("rev-parse", "HEAD") != before


def test_commit_of_named_files_is_checked_with_its_own_index(repo):
    """`git commit FILE` uses a temporary index, which it passes in a variable."""
    made = repo([START])
    hook(made.root)
    made.write(BAD)
    assert commit(made.root, "--", f"{ONE}/topic.md").returncode == 1
    assert commit(made.root, "--all").returncode == 1
    assert commit(made.root, "--all", "--no-verify").returncode == 0


def test_work_trees_share_the_hook(repo, tmp_path):
    made = repo([START])
    beside = tmp_path / "beside"
    made.git("worktree", "add", "--quiet", "-b", "other", str(beside))
    assert hook(beside) == 0
    assert (made.root / ".git" / "hooks" / "pre-commit").stat().st_mode & 0o111
    (beside / f"{ONE}/topic.md").write_text(BAD[f"{ONE}/topic.md"], encoding="utf-8")
    assert commit(beside, "--all").returncode == 1
    assert commit(made.root, "--allow-empty").returncode == 0


def test_records_in_a_folder_of_a_repository(repo):
    made = repo([{f"sub/{path}": text for path, text in START.items()}])
    assert hook(made.root / "sub") == 0
    made.write({f"sub/{path}": text for path, text in BAD.items()})
    assert commit(made.root, "--all").returncode == 1


def test_installed_twice_and_removed(repo, capsys):
    made = repo([START])
    path = made.root / ".git" / "hooks" / "pre-commit"
    assert [hook(made.root), hook(made.root)] == [0, 0]
    assert "没有变化" in capsys.readouterr().out
    assert sys.executable in path.read_text(encoding="utf-8")
    assert [hook(made.root, "--remove"), hook(made.root, "--remove")] == [0, 0]
    assert "没有装过" in capsys.readouterr().out
    assert not path.exists()


def test_a_hook_of_somebody_else_stays(repo, capsys):
    made = repo([START])
    path = made.root / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    path.chmod(0o755)
    assert hook(made.root) == 3
    said = capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"
    line = said.splitlines()[-1]
    assert line.endswith("|| exit $?")
    assert hook(made.root, "--remove") == 3
    # the line does what it says
    path.write_text(f"#!/bin/sh\n{line}\necho theirs\n", encoding="utf-8")
    made.write(BAD)
    refused = commit(made.root, "--all")
    assert (refused.returncode, "theirs" in refused.stdout + refused.stderr) == (1, False)


def test_a_folder_of_hooks_that_a_person_has_chosen(repo, tmp_path, monkeypatch):
    made = repo([START])
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    (tmp_path / "config").write_text(f"[core]\n\thooksPath = {tmp_path.as_posix()}/hooks\n", encoding="utf-8")
    assert hook(made.root) == 0
    assert (tmp_path / "hooks" / "pre-commit").exists()


def test_a_moved_installation_says_so_and_lets_nothing_through(repo):
    made = repo([START])
    hook(made.root)
    path = made.root / ".git" / "hooks" / "pre-commit"
    path.write_text(path.read_text(encoding="utf-8").replace(sys.executable, "/nowhere/python"), encoding="utf-8")
    refused = commit(made.root, "--allow-empty")
    assert (refused.returncode, "重新运行 weimin hook" in refused.stderr) == (1, True)


def test_outside_git(repo, tmp_path, capsys):
    made = repo([START])
    (tmp_path / "plain").mkdir()
    (made.root / "content").rename(tmp_path / "plain" / "content")
    assert hook(tmp_path / "plain") == 3
    assert "不是 Git 仓库" in capsys.readouterr().err


def test_a_hook_reads_what_is_staged_and_not_the_register(repo):
    """One staged record in a register of 1,500 platforms: CPU seconds, the best of three. Twice the second that is meant, and
    more, because cores that are shared with other work count more CPU time for the same instructions."""
    folder = "content/network/990100/990101"
    towns = {f"{folder}/9901011{n:02d}": [f"9901011{n:02d}{m:03d}" for m in range(1, 30)] for n in range(1, 51)}
    platforms = {f"{town}/platform.yml": "area: 样例镇\n" for town in towns}
    villages = {f"{town}/{code}/platform.yml": "area: 样例村\n" for town, codes in towns.items() for code in codes}
    made = repo([START | platforms | villages])
    made.write(GOOD)
    made.git("add", "--all")
    best = 9.0
    for _ in range(3):
        with work() as took:
            ran = subprocess.run(
                [sys.executable, "-I", "-m", "weimin", "check", "--staged"],
                cwd=made.root,
                capture_output=True,
                check=True,
            )
        best = min(best, took.seconds)
    assert "1 份待提交的记录" in ran.stdout.decode("utf-8")
    assert best < 2.5
