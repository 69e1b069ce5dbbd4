"""The demo's history: real commits in the order of days, the same ids each time."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from builders.demo import demo_repository
from weimin.demo import AS_OF, make_demo
from weimin.demo.history import Change, write_history

pytestmark = pytest.mark.slow


def git(root: Path, *arguments: str) -> str:
    run = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True)
    return run.stdout.decode("utf-8").strip()


@pytest.fixture(scope="module")
def root() -> Path:
    return demo_repository()


def test_two_runs_give_the_same_commit(root, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "somebody")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2001-01-01T00:00:00Z")
    make_demo(tmp_path / "again", lambda what, more, total: None)
    assert git(tmp_path / "again", "rev-parse", "HEAD") == git(root, "rev-parse", "HEAD")


def test_the_tree_is_checked_out_and_whole(root):
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "fsck", "--strict") == ""
    assert git(root, "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert (root / "content" / "site.yml").is_file()
    assert "演示数据" in (root / "README.md").read_text(encoding="utf-8")


def test_commits_stand_in_the_order_of_days(root):
    days = [int(t) for t in git(root, "log", "--first-parent", "--reverse", "--format=%ct").split()]
    assert len(days) > 700
    assert days == sorted(days)
    assert git(root, "log", "-1", "--format=%cs") <= AS_OF.isoformat()


def test_each_platform_has_a_clerk_of_its_own(root):
    people = Counter(git(root, "log", "--no-merges", "--format=%an <%ae>").splitlines())
    assert len(people) > 60
    assert [p for p in people if not re.fullmatch(r"演示录入员·(\d+) <\1@demo\.invalid>", p)] == []


def test_pull_requests_are_merged_with_nothing_else_in_them(root):
    merges = git(root, "log", "--merges", "--format=%H %P").splitlines()
    assert len(merges) >= 3
    for line in merges:
        merge, first, second = line.split()
        assert git(root, "diff", "--name-only", second, merge) == git(
            root, "diff", "--name-only", git(root, "merge-base", first, second), first
        )
        assert git(root, "diff", "--name-only", first, merge)


def test_a_pull_request_was_squashed(root):
    squashed = git(root, "log", "--committer=演示合并员", "--no-merges", "--format=%H %ae %s").splitlines()
    assert len(squashed) == 1
    commit, mail, subject = squashed[0].split(" ", 2)
    assert mail == "990003003@demo.invalid"
    assert re.search(r"（#\d+）$", subject)
    assert len(git(root, "show", "--name-only", "--format=", commit).splitlines()) == 3


def test_corrections_are_commits_of_their_own(root):
    for line in git(root, "log", "--diff-filter=A", "--format=%H", "--", "*-correction.yml").splitlines():
        assert len(git(root, "show", "--name-only", "--format=", line).splitlines()) == 1


def test_what_was_published_only_gains(root):
    """No event is rewritten: a later version of one adds lines, and takes none away but `pending`."""
    changed = git(root, "log", "--no-merges", "--diff-filter=M", "--format=", "-p", "-U0", "--", "*/20??-???/*")
    gone = [line for line in changed.splitlines() if line.startswith("-") and not line.startswith("---")]
    assert set(gone) == {"-  date: pending"}
    assert changed.count("+++ b/") > 20


def change(path: str, day: int, **more: str) -> Change:
    said = {"clerk": "990001", "unit": path, "subject": path} | more
    return Change(path=path, data=b"x\n", filed=date(2026, 1, day), **said)


def test_what_is_filed_together_is_one_commit(tmp_path):
    head = write_history(
        tmp_path,
        [change("b", 2), change("a", 1, unit="u"), change("c", 1, unit="u"), change("d", 1, unit="u", clerk="990002")],
    )
    assert head == git(tmp_path, "rev-parse", "HEAD")
    log = git(tmp_path, "log", "--reverse", "--name-only", "--format=> %an %aI")
    assert log.split() == [
        *[">", "演示录入员·990001", "2026-01-01T10:00:00+08:00", "a", "c"],
        *[">", "演示录入员·990002", "2026-01-01T10:07:00+08:00", "d"],
        *[">", "演示录入员·990001", "2026-01-02T10:00:00+08:00", "b"],
    ]


def test_the_level_above_files_its_own_answers(root):
    found = git(root, "grep", "-l", "-E", '^by: "?[0-9]+', "--", "*-response.md").splitlines()
    assert len(found) >= 3
    for path in found:
        by = re.search(r"^by: \"?(\d+)", (root / path).read_text(encoding="utf-8"), re.MULTILINE)
        assert by is not None
        assert git(root, "log", "--format=%ae", "--", path) == f"{by[1]}@demo.invalid"
