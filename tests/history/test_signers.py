"""The list of signers: what is read, what is refused with its line, and that ssh-keygen reads the same file."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signing import Person, made_person
from weimin.history.signing.signers import Signer, parse_signers

pytestmark = pytest.mark.ssh


@pytest.fixture(scope="module")
def zhang(tmp_path_factory: pytest.TempPathFactory) -> Person:
    return made_person(tmp_path_factory.mktemp("keys"), "zhang")


def only(text: str) -> Signer:
    read = parse_signers(text)
    assert read.faults == ()
    ((signer,),) = read.by_key.values()
    return signer


def seconds(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp())  # type: ignore[arg-type, misc]  # a star of numbers, not of everything


def test_a_line_says_who_signs_and_for_which_folder(zhang: Person) -> None:
    signer = only(zhang.line("321302001"))
    assert (signer.scope, signer.email, signer.principal) == ("321302001", zhang.email, f"321302001/{zhang.email}")
    assert signer.signs("git") and signer.signs("anything") and signer.valid_at(0)


def test_comments_blank_lines_and_the_comment_behind_a_key_say_nothing(zhang: Person) -> None:
    text = f"# 名单\n\n   # 再一行\n{zhang.line('site')} 张的笔记本\n"
    assert only(text).line == 4


@pytest.mark.parametrize(
    ("comment", "account"),
    [("", ""), (" @zhang", "@zhang"), (" @city/clerks 值班", "@city/clerks"), (" zhang@laptop", ""), (" @a b@c", "@a")],
)
def test_an_account_at_the_forge_may_stand_behind_the_key(comment: str, account: str, zhang: Person) -> None:
    assert only(zhang.line("site") + comment).account == account


def test_one_line_may_name_several_folders_of_one_person(zhang: Person) -> None:
    read = parse_signers(f"321302001/{zhang.email},321302002/{zhang.email} {zhang.public}\n")
    assert [s.scope for lines in read.by_key.values() for s in lines] == ["321302001", "321302002"]


def test_validity_is_read_to_the_second_and_includes_both_ends(zhang: Person) -> None:
    signer = only(zhang.line("site", 'valid-after="20260101Z",valid-before="20261231160000Z"'))
    first, last = seconds(2026, 1, 1), seconds(2026, 12, 31, 16)
    assert (signer.after, signer.before) == (first, last)
    assert [signer.valid_at(t) for t in (first - 1, first, last, last + 1)] == [False, True, True, False]


def test_a_key_for_something_else_signs_no_commit(zhang: Person) -> None:
    signer = only(zhang.line("site", 'namespaces="checkpoint@weimin,file"'))
    assert signer.signs("file") and not signer.signs("git")


REFUSED = {
    "no folder": ("zhang@example.cn {key}", "没有写明"),
    "no code": ("3213/zhang@example.cn {key}", "没有写明"),
    "a pattern": ("321302001/*@example.cn {key}", "邮箱"),
    "everybody": ("* {key}", "没有写明"),
    "no e-mail": ("321302001/zhang {key}", "邮箱"),
    "a slash more": ("321302001/321302002/z@example.cn {key}", "邮箱"),
    "not this one": ("321302001/!z@example.cn {key}", "邮箱"),
    "an empty principal": ("321302001/z@example.cn,,321302002/z@example.cn {key}", "没有写明"),
    "a certificate's": ("321302001/z@example.cn cert-authority {key}", "cert-authority"),
    "a time without a zone": ('321302001/z@example.cn valid-before="20260101" {key}', "时区"),
    "a day that is none": ('321302001/z@example.cn valid-before="20260230Z" {key}', "有效期"),
    "an option that is none": ('321302001/z@example.cn valid-until="20260101Z" {key}', "valid-until"),
    "an option without quotes": ("321302001/z@example.cn valid-before=20260101Z {key}", "读不懂"),
    "purposes by pattern": ('321302001/z@example.cn namespaces="*" {key}', "用途"),
    "no key": ("321302001/z@example.cn", "公钥"),
    "half a key": ("321302001/z@example.cn ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==", "不完整"),
    "no base64": ("321302001/z@example.cn ssh-ed25519 公钥", "不完整"),
    "another kind than it says": ("321302001/z@example.cn ssh-rsa {blob}", "种类"),
    "a hardware key": ("321302001/z@example.cn sk-ssh-ed25519@openssh.com {blob}", "种类"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_line_that_could_be_read_in_two_ways_gives_nobody_a_right(what: str, zhang: Person) -> None:
    form, said = REFUSED[what]
    line = form.format(key=zhang.public, blob=zhang.public.split()[1])
    read = parse_signers(f"# 名单\n{line}\n")
    assert not read.by_key
    (fault,) = read.faults
    assert fault.line == 2 and said in fault.message and fault.hint


def test_a_fault_costs_its_own_line_only(zhang: Person) -> None:
    read = parse_signers(f"* {zhang.public}\n{zhang.line('site')}\n")
    assert [f.line for f in read.faults] == [1] and len(read.by_key) == 1


def test_one_key_belongs_to_one_person(zhang: Person) -> None:
    read = parse_signers(f"{zhang.line('site')}\n321302001/li@example.cn {zhang.public}\n")
    assert [f.line for f in read.faults] == [2] and "另一个人" in read.faults[0].message


def test_ssh_keygen_finds_the_same_people_for_the_same_key(zhang: Person, tmp_path: Path) -> None:
    li = made_person(tmp_path, "li", "-t", "ecdsa")
    wang = made_person(tmp_path, "wang", "-t", "rsa", "-b", "2048")
    text = "\n".join(
        [
            "# 321302001/nobody@example.cn",
            f"321302001/{zhang.email},321302002/{zhang.email} {zhang.public} 笔记本",
            li.line("321302", 'namespaces="git",valid-after="20200101Z"'),
            wang.line("site", 'valid-before="20991231235959Z"'),
        ]
    )
    (tmp_path / "signers").write_text(text + "\n")
    read = parse_signers(text)
    assert read.faults == ()
    for person in (zhang, li, wang):
        sign = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(person.key), "-n", "git"]
        made = subprocess.run(sign, input=b"x", capture_output=True, check=True).stdout
        (tmp_path / "sig").write_bytes(made)
        find = ["ssh-keygen", "-Y", "find-principals", "-f", str(tmp_path / "signers"), "-s", str(tmp_path / "sig")]
        found = subprocess.run(find, stdout=subprocess.PIPE, check=True, text=True).stdout.split()
        assert found == [s.principal for lines in read.by_key.values() for s in lines if s.email == person.email]
