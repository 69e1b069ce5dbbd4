"""A108: a kept checkpoint reveals a rewritten history; a redaction is accepted only as far as its notice states."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_register import AT, START, Ran
from test_redact import OPINION, REF, SECRET, WHY, opinion

from builders.repository import DAY, Repository, make_repo
from weimin.app.audit.ancestry import RewrittenHistory, find_rewrite
from weimin.cli.main import main
from weimin.engine.opening import NothingToCheck

pytestmark = pytest.mark.slow

OTHER = OPINION.replace("10.yml", "11.yml")
NEWER = {f"{AT}/platform.yml": "area: 样例村\nbrand: 样例议事\n"}


@pytest.fixture
def repository(tmp_path) -> Repository:
    made = make_repo(tmp_path / "repo", [START])
    made.commit({OPINION: opinion(SECRET)})
    made.commit(NEWER | {OTHER: opinion("西头的人")})
    return made


@pytest.fixture
def judge(repository) -> Callable[..., RewrittenHistory | None]:
    def run(checkpoint: object, root: Path = repository.root) -> RewrittenHistory | None:
        head = Repository(root).git("rev-parse", "HEAD")
        return find_rewrite(root, root, head, str(checkpoint))

    return run


def redact(repository: Repository, of: str = REF, field: str = "/summary") -> tuple[str, str]:
    """Redact and commit the notice; return the heads before and after."""
    before = repository.git("rev-parse", "HEAD")
    assert main(["redact", "--root", str(repository.root), "--of", of, "--field", field, *WHY]) == 0
    after = repository.git("rev-parse", "HEAD")
    repository.commit({}, "公告")
    return before, after


def test_what_goes_on_from_the_checkpoint_is_accepted(repository, judge, tmp_path):
    first, second, head = repository.git("rev-list", "--reverse", "HEAD").split()
    for commit in (first, second, head, "HEAD~1", f"commit {second}"):
        assert judge(commit) is None
    for name, text in {"line": f"commit {second}\n", "id": second, "page": f"抄在纸上：\n  commit {first}  \n"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert judge(tmp_path / name) is None


def test_every_form_of_the_published_log_can_be_kept(repository, judge, tmp_path):
    command = ["build", "--root", str(repository.root), "--base-url", "https://demo.example.org", "--jobs", "1"]
    assert (
        main([*command, "--output", str(tmp_path / "site"), "--log", str(tmp_path / "log"), "--as-of", "2026-02-25"])
        == 0
    )
    published = tmp_path / "site" / "log"
    for name in ("checkpoint", "checkpoints"):
        assert judge(published / name) is None
    repository.git("commit", "--quiet", "--amend", "--message=改写")
    for name in ("checkpoint", "checkpoints"):
        assert judge(published / name) is not None


def rewritten_parent(repository: Repository) -> None:
    repository.git("reset", "--quiet", "--hard", "HEAD~2")
    repository.commit({OPINION: opinion("别人")})
    repository.commit(NEWER)


def foxtrot(repository: Repository) -> None:
    """The old main becomes the second parent; `merge-base --is-ancestor` still says yes."""
    repository.git("checkout", "--quiet", "-b", "other", "HEAD~2")
    repository.commit({f"{AT}/platform.yml": "area: 样例村\nbrand: 另一名\n"})
    repository.git("merge", "--quiet", "--no-ff", "--strategy=ours", "--message=合并", "main")
    repository.git("branch", "--force", "main", "other")
    repository.git("checkout", "--quiet", "main")


def reset_back(repository: Repository) -> None:
    repository.git("reset", "--quiet", "--hard", "HEAD~1")


def same_words_again(repository: Repository) -> None:
    """Equal contents with other commit ids are a rewriting like any other."""
    repository.git("commit", "--quiet", "--amend", "--message=改动", "--author=别人 <x@example.org>")


@pytest.mark.parametrize("rewrite", [rewritten_parent, foxtrot, reset_back, same_words_again])
def test_a_rewritten_history_is_named_with_both_commits(repository, judge, rewrite):
    commit = repository.git("rev-parse", "HEAD")
    rewrite(repository)
    found = judge(commit)
    assert found is not None
    head = repository.git("rev-parse", "HEAD")
    assert commit in found.message and head in found.message
    assert found.hint


def test_a_checkpoint_of_a_commit_that_is_nowhere_is_a_rewriting(repository, judge):
    assert judge("0" * 40) is not None


def test_what_is_no_checkpoint_is_no_yes(repository, judge, tmp_path):
    (tmp_path / "empty").write_text("", encoding="utf-8")
    for wrong in (tmp_path / "empty", "no-such-branch", "--all"):
        with pytest.raises(NothingToCheck):
            judge(wrong)


def test_a_redaction_with_its_notice_is_accepted(repository, judge):
    every = repository.git("rev-list", "HEAD").split()
    redact(repository)
    repository.commit({}, "之后")
    for commit in every:
        assert judge(commit) is None


def test_two_redactions_one_after_the_other_are_accepted(repository, judge):
    commit = repository.git("rev-parse", "HEAD")
    redact(repository)
    between = repository.git("rev-parse", "HEAD")
    redact(repository, of=OTHER)
    assert judge(commit) is None
    assert judge(between) is None


def test_without_the_old_history_nothing_is_decided(repository, judge, tmp_path):
    commit = repository.git("rev-parse", "HEAD")
    redact(repository)
    clone = repository.clone(tmp_path / "clone", "--no-tags").root
    with pytest.raises(NothingToCheck, match="没有旧历史"):
        judge(commit, clone)


def test_a_redaction_without_a_notice_is_a_rewriting(repository, judge):
    commit = repository.git("rev-parse", "HEAD")
    assert main(["redact", "--root", str(repository.root), "--of", REF, "--field", "/summary", *WHY]) == 0
    assert judge(commit) is not None


def more_files(repository: Repository) -> None:
    (repository.root / AT / "platform.yml").write_text("area: 样例村\nbrand: 偷改\n", encoding="utf-8")


def other_words(repository: Repository) -> None:
    file = repository.root / OPINION
    file.write_text(file.read_text(encoding="utf-8").replace("resident", "business"), encoding="utf-8")


@pytest.mark.parametrize(("tamper", "said"), [(more_files, "也变了"), (other_words, "变的不只是脱去的文字")])
def test_whatever_else_was_changed_on_the_way_is_named(repository, judge, tamper, said):
    """The notice names the right heads, but the new history differs by more than the redaction."""
    commit = repository.git("rev-parse", "HEAD")
    assert main(["redact", "--root", str(repository.root), "--of", REF, "--field", "/summary", *WHY]) == 0
    (notice,) = (repository.root / "content" / "news").iterdir()
    text, after = notice.read_text(encoding="utf-8"), repository.git("rev-parse", "HEAD")
    notice.unlink()
    tamper(repository)
    repository.now -= DAY
    repository.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    notice.parent.mkdir(exist_ok=True)
    text = text.replace(after, repository.git("rev-parse", "HEAD"))
    repository.commit({notice.relative_to(repository.root).as_posix(): text}, "公告")
    found = judge(commit)
    assert found is not None
    assert said in found.message


@pytest.mark.parametrize("option", ["--author=别人 <x@example.org>", "--date=2020-01-01T00:00:00", "--message=另说"])
def test_another_author_day_or_message_is_named(repository, judge, option):
    commit = repository.git("rev-parse", "HEAD")
    assert main(["redact", "--root", str(repository.root), "--of", REF, "--field", "/summary", *WHY]) == 0
    (notice,) = (repository.root / "content" / "news").iterdir()
    after = repository.git("rev-parse", "HEAD")
    repository.git("commit", "--quiet", "--amend", "--no-edit", option)
    text = notice.read_text(encoding="utf-8").replace(after, repository.git("rev-parse", "HEAD"))
    repository.commit({notice.relative_to(repository.root).as_posix(): text}, "公告")
    found = judge(commit)
    assert found is not None
    assert "作者、时间或说明" in found.message


@pytest.fixture
def audit(repository, capsys) -> Callable[..., Ran]:
    def run(*more: str) -> Ran:
        capsys.readouterr()
        code = main(["audit", "--root", str(repository.root), "--as-of", "2026-06-01", *more])
        return Ran(code, *capsys.readouterr())

    return run


def test_the_audit_says_so_with_its_code_and_ends_with_1(repository, audit):
    commit = repository.git("rev-parse", "HEAD")
    only = ("--select", "A108", "--checkpoint", commit)
    said = audit(*only)
    assert (said.code, "A108" in said.out) == (0, False)
    assert f"从检查点“{commit}”一步一步接下来" in said.err
    redact(repository)
    assert audit(*only).code == 0
    rewritten_parent(repository)
    said = audit(*only)
    assert said.code == 1
    assert "A108" in said.out and commit in said.out and repository.git("rev-parse", "HEAD") in said.out
    found = json.loads(audit(*only, "--format", "json").out)["findings"]
    assert [(f["code"], f["severity"], f["commit"]) for f in found] == [
        ("A108", "error", repository.git("rev-parse", "HEAD"))
    ]
    assert "A108" not in audit("--ignore", "A108", "--checkpoint", commit).out
    assert audit(*only[:2], "--checkpoint", "no-such-branch").code == 3


def test_the_audit_of_the_new_history_finds_what_that_of_the_old_one_found(repository, audit):
    def found() -> list[tuple[str, str, int]]:
        findings = json.loads(audit("--format", "json").out)["findings"]
        # the notice is dated by the clock of this machine, and the commits of this history are not
        return [
            (f["code"], f["path"], f["line"]) for f in findings if not f["path"].startswith("content/news/redaction-")
        ]

    before = found()
    redact(repository)
    assert found() == before
