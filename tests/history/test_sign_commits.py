"""Commits taken apart as Git does it, the commits that a step brings, and the clock of the main branch."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.repository import Repository
from signing import Person, Signing, made_person
from weimin.adapters.history import parents
from weimin.adapters.signatures import own_paths, raw_commits
from weimin.history.signing.allowed_signers import AllowedSigners, advance, verify_signature
from weimin.history.signing.signed_commits import arrival_times, commits_by_step, read_commit
from weimin.model.signature import SignatureState

pytestmark = pytest.mark.ssh

Repo = Callable[..., Repository]


@pytest.fixture(scope="module")
def zhang(tmp_path_factory: pytest.TempPathFactory) -> Person:
    return made_person(tmp_path_factory.mktemp("keys"), "zhang")


def roll_of(*lines: str) -> AllowedSigners:
    return advance(AllowedSigners(), "\n".join(lines) + "\n", True, 0)[0]


def commit_object(repo: Repository, raw: bytes) -> str:
    """Write a commit object as it is, whatever Git would say of it."""
    command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    return subprocess.run(command, cwd=repo.root, input=raw, stdout=subprocess.PIPE, check=True).stdout.decode().strip()


MESSAGES = {
    "a line": "改动",
    "paragraphs": "改动\n\n第二段\n\n第三段\n",
    "what looks like a header": "改动\n\ngpgsig -----BEGIN SSH SIGNATURE-----\n author x <y> 1 +0000",
    "trailing blanks": "改动   \n\n\n\n x\n",
}


@pytest.mark.parametrize("what", MESSAGES)
def test_what_was_signed_is_found_again_whatever_the_message(what: str, zhang: Person, repo: Repo) -> None:
    signing = Signing(repo())
    signing.commit({"a": "1"}, zhang)
    told = signing._as(zhang, zhang)
    signing.repository.git(*told, "commit", "--allow-empty", "-q", "-S", "--cleanup=verbatim", "-m", MESSAGES[what])
    head = signing.repository.git("rev-parse", "HEAD")
    ((_, raw),) = raw_commits(signing.repository.root, [head])
    found = verify_signature(read_commit(head, raw), roll_of(zhang.line("site")), 0)
    assert found.signature.state is SignatureState.VALID
    signing.repository.write({"content/network/signers": zhang.line("site") + "\n"})
    assert signing.git_accepts(head)


def test_signatures_hold_in_a_repository_with_sha256(zhang: Person, tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.git("init", "--quiet", "--object-format=sha256")
    head = Signing(repository).commit({"content/network/signers": zhang.line("site") + "\n"}, zhang)
    assert len(head) == 64
    ((_, raw),) = raw_commits(tmp_path, [head])
    assert (
        verify_signature(read_commit(head, raw), roll_of(zhang.line("site")), 0).signature.state is SignatureState.VALID
    )
    assert Signing(repository).git_accepts(head)


DAMAGE = {
    "the message": (b"\n\n\xe6\x94\xb9", b"\n\n\xe6\x94\xba"),
    "the author's time": (b"1767254400", b"1767254401"),
    "the author's name": (b"author zhang", b"author zhong"),
    "the tree": (b"tree ", b"tree  "),
    "one more header": (b"gpgsig ", b"weimin x\ngpgsig "),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_commit_with_one_thing_changed_is_refused_by_us_and_by_git(what: str, zhang: Person, repo: Repo) -> None:
    signing = Signing(repo())
    head = signing.commit({"content/network/signers": zhang.line("site") + "\n"}, zhang)
    ((_, raw),) = raw_commits(signing.repository.root, [head])
    old, new = DAMAGE[what]
    assert old in raw
    changed = commit_object(signing.repository, raw.replace(old, new, 1))
    found = verify_signature(read_commit(changed, raw.replace(old, new, 1)), roll_of(zhang.line("site")), 0)
    assert found.signature.state is SignatureState.BROKEN
    assert not signing.git_accepts(changed)


def test_headers_of_other_signatures_are_left_out_as_git_leaves_them_out(zhang: Person, repo: Repo) -> None:
    signing = Signing(repo())
    head = signing.commit({"content/network/signers": zhang.line("site") + "\n"}, zhang)
    ((_, raw),) = raw_commits(signing.repository.root, [head])
    more = raw.replace(b"\ngpgsig ", b"\ngpgsig-sha256 other\n of two lines\ngpgsig ", 1)
    changed = commit_object(signing.repository, more)
    assert signing.git_accepts(changed)
    assert (
        verify_signature(read_commit(changed, more), roll_of(zhang.line("site")), 0).signature.state
        is SignatureState.VALID
    )


def test_two_signatures_in_one_commit_are_no_signature(zhang: Person, repo: Repo) -> None:
    signing = Signing(repo())
    head = signing.commit({"content/network/signers": zhang.line("site") + "\n"}, zhang)
    ((_, raw),) = raw_commits(signing.repository.root, [head])
    at = raw.index(b"gpgsig ")
    end = raw.index(b"-----END SSH SIGNATURE-----\n", at) + len(b"-----END SSH SIGNATURE-----\n")
    twice = raw[:end] + raw[at:end] + raw[end:]
    found = verify_signature(
        read_commit(commit_object(signing.repository, twice), twice), roll_of(zhang.line("site")), 0
    )
    assert found.signature.state is SignatureState.UNREADABLE


def test_what_was_signed_for_another_purpose_signs_no_commit(zhang: Person, repo: Repo) -> None:
    signing = Signing(repo())
    head = signing.commit({"content/network/signers": zhang.line("site") + "\n"}, zhang, unsigned=True)
    ((_, raw),) = raw_commits(signing.repository.root, [head])
    states = {}
    for namespace in ("git", "file"):
        sign = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(zhang.key), "-n", namespace]
        armour = subprocess.run(sign, input=raw, capture_output=True, check=True).stdout.rstrip()
        header, _, message = raw.partition(b"\n\n")
        signed = header + b"\ngpgsig " + armour.replace(b"\n", b"\n ") + b"\n\n" + message
        made = commit_object(signing.repository, signed)
        states[namespace] = verify_signature(read_commit(made, signed), roll_of(zhang.line("site")), 0).signature.state
        assert signing.git_accepts(made) == (namespace == "git")
    assert states == {"git": SignatureState.VALID, "file": SignatureState.BROKEN}


def test_an_identity_that_cannot_be_read_is_nobody() -> None:
    found = read_commit("0" * 40, b"tree 1\nauthor nobody\ncommitter x <y@z> 99999999999999999999 +0800\n\nm")
    assert (found.author, found.author_email, found.author_time, found.committer_time) == ("", "", 0, 0)


def test_each_commit_comes_with_the_first_step_that_has_it() -> None:
    graph = {
        "a": (),
        "b": ("a",),
        "x": ("a",),
        "y": ("x",),
        "m": ("b", "y"),
        "z": ("y",),
        "n": ("m", "z"),
        "o": ("n", "r", "s"),
        "r": (),
        "s": ("x",),
    }
    found = commits_by_step(graph, ["a", "b", "m", "n", "o"])
    assert found == {"a": ("a",), "b": ("b",), "m": ("x", "y", "m"), "n": ("z", "n"), "o": ("r", "s", "o")}


def test_a_branch_longer_than_the_stack_is_walked() -> None:
    graph: dict[str, tuple[str, ...]] = {"0": ()} | {str(n): (str(n - 1),) for n in range(1, 20_000)}
    graph["m"] = ("0", "19999")
    assert len(commits_by_step(graph, ["0", "m"])["m"]) == 20_000


def test_the_clock_of_the_main_branch_never_goes_back_and_not_beyond_now() -> None:
    a_day = 86_400
    now = 100 * a_day
    claimed = [10 * a_day, 5 * a_day, 20 * a_day, 20 * a_day - 1, now + 2 * a_day, 30 * a_day]
    assert [at // a_day for at in arrival_times(claimed, 0, now)] == [10, 10, 20, 20, 20, 30]
    assert arrival_times([a_day], 50 * a_day, now) == (50 * a_day,)


def test_what_a_commit_changed_itself_is_read_for_roots_branches_and_merges(zhang: Person, repo: Repo) -> None:
    signing = Signing(repo())
    root = signing.commit({"a": "1", "宿迁/乙": "2"}, zhang)
    side = signing.proposal({"b": "1"}, zhang)
    other = signing.commit({"c": "1"}, zhang)
    plain = signing.merge("x", zhang)
    empty = signing.commit({}, zhang)
    signing.branch("y")
    late = signing.commit({"a": None}, zhang)
    signing.main()
    evil = signing.merge("y", zhang, files={"d": "evil", "0" * 40: "a name like a commit"})
    found = own_paths(signing.repository.root, parents(signing.repository.root, "HEAD"))
    assert found == {
        root: ("a", "宿迁/乙"),
        side: ("b",),
        other: ("c",),
        plain: (),
        empty: (),
        late: ("a",),
        evil: ("0" * 40, "d"),
    }
