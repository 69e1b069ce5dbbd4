"""The published log against itself, against the pages and against Git's history."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from made_site import AS_OF, LEAVES, PAGES, MadeSite, checkpoints, log_files

from builders.repository import Repository, make_repo
from weimin.app.verify.published_log import PublishedLog
from weimin.history.log.checkpoint import Checkpoint, join, write_leaves


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    steps = [{"content/site.yml": f"title: {n}\n"} for n in range(3)]
    return make_repo(tmp_path_factory.mktemp("log") / "repo", steps)


@pytest.fixture(scope="module")
def commits(repository: Repository) -> list[str]:
    return repository.git("log", "--format=%H", "--reverse").split()


def faults(
    repository: Repository, files: dict[str, bytes], commit: str, *, as_of: date = AS_OF, pages: str = PAGES
) -> tuple[list[str], PublishedLog, list[str]]:
    """What is said of the log, the log, and the files that it hands to the build."""
    log = PublishedLog(MadeSite(files), True, Path(repository.root), commit, as_of)
    given = [path for path, _ in log.files(pages)]
    assert all(d.how == "described" for d in log.differences)
    return [f"{d.path}：{d.text}" for d in log.differences], log, given


def test_a_sound_log(repository: Repository, commits: list[str]) -> None:
    said, log, given = faults(repository, log_files(checkpoints(commits), **{"checkpoint.sig": b"x"}), commits[-1])
    assert (said, log.notes) == ([], ())
    assert given == ["log/checkpoint", "log/checkpoints", "log/leaves", "log/checkpoint.sig"]
    none = PublishedLog(MadeSite({}), False, Path(repository.root), commits[-1], AS_OF)
    assert (list(none.files(PAGES)), none.differences) == ([], ())


NOT_ONE = "log/checkpoints：与 checkpoint、leaves 不成一份日志，已被改动或缺少文件"


@pytest.mark.parametrize("name", ["checkpoint", "checkpoints", "leaves"])
def test_a_file_that_is_missing_or_no_log(repository: Repository, commits: list[str], name: str) -> None:
    made = checkpoints(commits)
    for data in (None, b"x"):
        said, _, given = faults(repository, log_files(made, **{name: data}), commits[-1])
        assert said == [NOT_ONE]
        assert (f"log/{name}" in given) is (data is not None)


@pytest.mark.parametrize("name", ["checkpoint", "checkpoints", "leaves", "checkpoint.sig"])
def test_a_file_that_its_manifest_does_not_name_so(repository: Repository, commits: list[str], name: str) -> None:
    files = log_files(checkpoints(commits), **{"checkpoint.sig": b"x"})
    files[f"log/{name}"] += b"\n"
    said, _, _ = faults(repository, files, commits[-1])
    assert said == [f"log/{name}：与 log/manifest.json 里的校验值不符，已被改动"]


@pytest.mark.parametrize("manifest", [b"", b"[]", b"null", b"\xff", b'{"files": []}', b"{}"])
def test_a_manifest_that_is_none_is_named_elsewhere(
    repository: Repository, commits: list[str], manifest: bytes
) -> None:
    files = log_files(checkpoints(commits)) | {"log/manifest.json": manifest}
    assert faults(repository, files, commits[-1])[0] == []


def test_what_fits_each_other_and_not_the_site(repository: Repository, commits: list[str]) -> None:
    made = checkpoints(commits)
    files = log_files(made)
    other = "log/checkpoint：写的提交或日期不是这个网站的"
    assert faults(repository, files, commits[-1], as_of=date(2026, 11, 21))[0] == [other]
    assert faults(repository, files, commits[-1], as_of=date(2026, 11, 23))[0] == [other]
    assert faults(repository, files, commits[-1], pages="0" * 64)[0] == [
        "log/checkpoint：写的网页校验值与按提交重新生成的网页不一致"
    ]
    assert faults(repository, log_files(made[:2]), commits[-1])[0] == [other]
    assert faults(repository, log_files(made, checkpoint=made[1].text.encode()), commits[-1])[0] == [
        "log/checkpoint：与 checkpoints 里的最后一个不同",
        other,
    ]
    (said,) = faults(repository, log_files(made, leaves=write_leaves(LEAVES[:2]).encode()), commits[-1])[0]
    assert said == "log/checkpoints：第3个检查点写有 3 个叶子，日志里对不上"
    none = log_files(made, checkpoints=join([]).encode(), leaves=b"")
    assert faults(repository, none, commits[-1])[0] == ["log/checkpoint：与 checkpoints 里的最后一个不同"]


def made_of(commits: list[str], redacted: int | None = None) -> list[Checkpoint]:
    return checkpoints(commits, redacted=redacted)


def test_a_commit_that_is_not_in_the_history_is_named(repository: Repository, commits: list[str]) -> None:
    made = made_of([commits[0], "b" * 40, commits[2]])
    said, log, _ = faults(repository, log_files(made), commits[-1])
    assert said == [f"log/checkpoints：第2个检查点的提交 {'b' * 40} 不在主分支的历史里，历史被改写过"]
    assert log.notes == ()


@pytest.mark.parametrize(
    ("redacted", "named", "since"),
    [(None, [1, 2], 0), (0, [1, 2], 0), (1, [2], 1), (2, [], 2)],
)
def test_before_a_redaction_commits_had_other_names(
    repository: Repository, commits: list[str], redacted: int | None, named: list[int], since: int
) -> None:
    made = made_of(["b" * 40, "c" * 40, commits[2]], redacted)
    said, log, _ = faults(repository, log_files(made), commits[-1])
    assert [words.partition("第")[2].partition("个")[0] for words in said] == [str(n) for n in named]
    assert [note.partition("，")[0] for note in log.notes] == ([f"有{since}个检查点在一次脱敏之前"] if since else [])


def test_the_manifest_names_digests(repository: Repository, commits: list[str]) -> None:
    files = log_files(checkpoints(commits))
    named = json.loads(files["log/manifest.json"])["files"]
    assert set(named) == {"checkpoint", "checkpoints", "leaves"}
