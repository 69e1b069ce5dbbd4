"""The reader meets whatever Git can hold: names, messages, settings, replaced and missing history."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from trail_records import BASE, OPINION, OUTCOME, VILLAGE, D, audit_of, begun, opinion, outcome, told, topic

from builders.repository import git_environment
from weimin.adapters.git import GitError
from weimin.adapters.history import Contents, chain, differences, files, parents, steps
from weimin.engine.history.reader import REFUSALS
from weimin.engine.opening import NothingToCheck

pytestmark = pytest.mark.slow

EDITED = {OUTCOME: outcome(unit="镇政府")}


def fast_import(root, stream):
    """Commits that no `git commit` would make."""
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force"], cwd=root, env=git_environment(), input=stream, check=True
    )


def commit_of(
    made, message=b"x\n", path=None, data=b"x\n", name="录入员", mode=b"100644", header=b"", mail="a@b.invalid"
):
    """One more commit on main, raw."""
    parent = made.git("rev-parse", "main").encode()
    at = int(made.now.timestamp())
    who = f"{name} <{mail}> {at} +0800".encode()
    stream = b"commit refs/heads/main\nauthor %s\ncommitter %s\n%sdata %d\n%s\nfrom %s\n" % (
        who, who, header, len(message), message, parent,
    )  # fmt: skip
    if path is not None:
        stream += b"M %s inline %s\ndata %d\n%s\n" % (mode, path.encode(), len(data), data)
    fast_import(made.root, stream)
    return made.git("rev-parse", "main")


MESSAGES = {
    "control characters and a terminal escape": b"x\x1b[2J\x1b]0;pwn\x07\r\n\x01",
    "what looks like a raw line": b":100644 100644 %s %s M\n" % (b"a" * 40, b"b" * 40),
    "what looks like a commit": b"commit %s\ntree %s\n" % (b"a" * 40, b"b" * 40),
    "nothing": b"",
    "only line ends": b"\n\n\n",
    "bytes that are no text": b"\xff\xfe\x80",
    "a very long one": "长".encode() * 50_000,
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_no_output(repo, name):
    made = begun(repo)
    made.commit(EDITED)
    commit_of(made, MESSAGES[name], OPINION, opinion(extra="voices: 3\n").encode())
    assert told(audit_of(made)) == ["A103 2026-03-10-outcome.md"]
    assert [len(s.changes) for s in steps(made.root, "main")] == [len(BASE), 1, 1]


def test_a_nul_in_a_message_ends_it_and_hides_nothing(repo):
    """`git log` takes a message to end at NUL; the change behind it is still there."""
    made = begun(repo)
    raw = subprocess.run(["git", "cat-file", "commit", "HEAD"], cwd=made.root, capture_output=True, check=True).stdout
    tree = made.git("write-tree")
    blob = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], cwd=made.root, input=EDITED[OUTCOME].encode(), capture_output=True, check=True
    ).stdout.decode().strip()  # fmt: skip
    made.git("update-index", "--cacheinfo", f"100644,{blob},{OUTCOME}")
    tree = made.git("write-tree")
    head = raw.split(b"\n\n")[0].split(b"\n", 1)[1]
    forged = b"tree %s\nparent %s\n%s\n\nx\0:000000\0y\n" % (
        tree.encode(),
        made.git("rev-parse", "HEAD").encode(),
        head,
    )
    commit = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"], cwd=made.root, input=forged, capture_output=True, check=True
    ).stdout.decode().strip()  # fmt: skip
    made.git("update-ref", "refs/heads/main", commit)
    assert [f.commit for f in audit_of(made).findings] == [commit]


def test_a_message_in_gbk(repo):
    made = begun(repo)
    commit_of(made, "提交".encode("gbk"), OPINION, opinion("改").encode(), header=b"encoding GBK\n", name="li")
    assert [s.subject for s in steps(made.root, "main")][-1] == "提交"
    assert told(audit_of(made)) == ["A103 2026-03-01.yml"]


def test_an_author_with_escapes_is_shown_as_text(repo, weimin):
    made = begun(repo)
    commit_of(made, b"x", OUTCOME, EDITED[OUTCOME].encode(), name="张三\x1b[31m")
    ran = weimin("audit", "--as-of", "2026-11-22", cwd=made.root)
    assert ran.code == 1
    assert "\x1b" not in ran.stdout and "张三\\x1b[31m" in ran.stdout


NAMES = ["记录 一.md", "a\nb.md", "-rf", ":(glob)*.md", "x\ttab", '引"号.md', "e\u0301.md", "\u200b.md", "[0-9].md"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_file(repo, name):
    made = begun(repo)
    made.commit({f"{VILLAGE}/{name}": "x\n"})
    made.commit(EDITED)
    found = list(steps(made.root, "main"))
    assert [c.path for c in found[1].changes] == [f"{VILLAGE}/{name}"]
    assert told(audit_of(made)) == ["A103 2026-03-10-outcome.md"]


def test_a_name_that_is_no_text(repo, weimin):
    made = begun(repo)
    Path(os.fsdecode(os.fsencode(made.root) + b"/content/network/\xff\xfe.md")).write_bytes(b"x")
    made.commit({OUTCOME: None, "x.py": "x\n"})
    ran = weimin("audit", "--as-of", "2026-11-22", "--format", "json", cwd=made.root)
    assert ran.code == 1


def test_no_setting_of_the_repository_changes_the_answer(repo):
    made = begun(repo)
    made.git("checkout", "--quiet", "-b", "pull")
    made.commit({f"{D}/2026-03-11-outcome.md": outcome(), OUTCOME: None})
    made.git("checkout", "--quiet", "main")
    made.commit({"content/site.yml": "title: 别的\n"})
    made.merge("pull")
    made.commit({".mailmap": "市政协 <city@example.invalid> 测试录入员 <clerk@example.invalid>\n"})
    made.commit({".gitattributes": "* -diff linguist-generated\n"})
    before = audit_of(made)
    for key, value in {
        "log.showSignature": "true", "log.follow": "true", "log.showRoot": "false", "log.mailmap": "true",
        "log.diffMerges": "off", "diff.renames": "copies", "diff.orderFile": "/nowhere", "color.ui": "always",
        "core.quotePath": "true", "i18n.logOutputEncoding": "GBK", "diff.noprefix": "true", "format.pretty": "oneline",
        "log.date": "relative", "diff.ignoreSubmodules": "all", "core.abbrev": "4", "diff.external": "false",
    }.items():  # fmt: skip
        made.git("config", key, value)
    after = audit_of(made)
    assert told(before) == ["A102 2026-03-10-outcome.md"]
    assert (after.findings, after.digest) == (before.findings, before.digest)
    assert after.findings[0].author == "测试录入员"


def test_a_variable_of_the_caller_changes_nothing(repo, monkeypatch):
    made = begun(repo)
    made.commit(EDITED)
    for key in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_DIFF_OPTS", "GIT_REPLACE_REF_BASE", "GIT_CONFIG_PARAMETERS"):
        monkeypatch.setenv(key, "false")
    assert told(audit_of(made)) == ["A103 2026-03-10-outcome.md"]


def test_replaced_objects_are_read_as_they_are_and_said(repo, weimin):
    made = begun(repo)
    tampering = made.commit(EDITED)
    made.git("checkout", "--quiet", "-b", "aside", "main~1")
    innocent = made.commit({"README.md": "x\n"}, "innocent")
    made.git("checkout", "--quiet", "main")
    made.git("replace", tampering, innocent)
    audited = audit_of(made)
    assert told(audited) == ["A103 2026-03-10-outcome.md"]
    assert "1 个替换对象" in audited.notes[0]
    ran = weimin("audit", cwd=made.root)
    assert (ran.code, "替换对象" in ran.stderr) == (1, True)


def refused(made, weimin, why):
    with pytest.raises(NothingToCheck) as error:
        audit_of(made)
    assert str(error.value) == REFUSALS[why]
    ran = weimin("audit", cwd=made.root)
    assert (ran.code, ran.stdout) == (3, "")
    assert ran.stderr.strip() == REFUSALS[why]


def test_a_shallow_clone_is_refused(repo, weimin, tmp_path):
    made = begun(repo)
    made.commit(EDITED)
    refused(made.clone(tmp_path / "shallow", "--depth", "1"), weimin, "shallow")


def test_grafts_are_refused(repo, weimin):
    made = begun(repo)
    made.commit(EDITED)
    last = made.commit({"README.md": "x\n"})
    (made.root / ".git/info/grafts").write_text(f"{last} {made.git('rev-parse', 'HEAD~2')}\n", encoding="ascii")
    refused(made, weimin, "grafts")


def test_a_clone_without_contents_is_refused(repo, weimin, tmp_path):
    made = begun(repo)
    made.commit(EDITED)
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("config", "uploadpack.allowAnySHA1InWant", "true")
    partial = made.clone(tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    (partial.root / "content").mkdir()
    refused(partial, weimin, "partial")


def test_a_whole_clone_of_a_promising_remote_is_accepted(repo, tmp_path):
    made = begun(repo)
    made.commit(EDITED)
    made.git("config", "remote.origin.promisor", "true")
    assert told(audit_of(made)) == ["A103 2026-03-10-outcome.md"]


def test_no_repository_no_commit_no_record(repo, weimin, tmp_path):
    (tmp_path / "plain/content").mkdir(parents=True)
    (tmp_path / "plain/content/site.yml").write_text("title: x\n", encoding="utf-8")
    assert weimin("audit", cwd=tmp_path / "plain").code == 3
    empty = repo(name="empty")
    empty.write({"content/site.yml": "title: x\n"})
    ran = weimin("audit", cwd=empty.root)
    assert (ran.code, "还没有提交" in ran.stderr) == (3, True)
    code = repo([{"README.md": "x\n"}], name="code")
    code.write({"content/site.yml": "title: x\n"})
    ran = weimin("audit", cwd=code.root)
    assert (ran.code, "没有任何记录" in ran.stderr) == (3, True)
    assert weimin("audit", cwd=tmp_path).code == 3


def test_a_lost_object_is_no_clean_history(repo, weimin):
    made = begun(repo)
    blob = made.git("rev-parse", f"HEAD:{OUTCOME}")
    made.commit(EDITED)
    (made.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    ran = weimin("audit", cwd=made.root)
    assert (ran.code, ran.stdout) == (3, "")
    assert blob in ran.stderr


def test_a_lost_commit_is_no_clean_history(repo, weimin):
    made = begun(repo)
    first = made.git("rev-parse", "HEAD")
    made.commit(EDITED)
    (made.root / ".git/objects" / first[:2] / first[2:]).unlink()
    assert weimin("audit", cwd=made.root).code == 3


@pytest.mark.parametrize("kind", ["link", "module", "run bit"])
def test_a_published_file_that_becomes_something_else(repo, kind):
    made = begun(repo)
    if kind == "link":
        (made.root / OUTCOME).unlink()
        (made.root / OUTCOME).symlink_to("/etc/passwd")
        made.commit({})
    elif kind == "module":
        made.git("rm", "--quiet", OUTCOME)
        made.git("update-index", "--add", "--cacheinfo", f"160000,{made.git('rev-parse', 'HEAD')},{OUTCOME}")
        made.git("commit", "--quiet", "--message=x")
    else:
        made.git("update-index", "--chmod=+x", OUTCOME)
        made.git("commit", "--quiet", "--message=x")
    audited = audit_of(made)
    assert told(audited) == ([] if kind == "run bit" else ["A103 2026-03-10-outcome.md"])
    if kind == "link":
        assert "换成了符号链接" in audited.findings[0].message


def test_records_below_a_folder_of_the_repository(repo):
    made = begun(repo, {f"records/{path}": text for path, text in BASE.items()} | {"README.md": "x\n"})
    made.commit({f"records/{OUTCOME}": outcome(unit="镇政府")})
    made.commit({f"records/{OPINION}": opinion(extra="voices: 3\n"), "README.md": "y\n"})
    made.root = made.root / "records"
    audited = audit_of(made)
    assert [(f.code, f.path) for f in audited.findings] == [("A103", OUTCOME), ("A111", OPINION)]


def test_what_the_reader_returns(repo):
    made = begun(repo)
    made.commit({OPINION: None, f"{D}/2026-03-17-followup.md": "x\n"})
    made.git("checkout", "--quiet", "-b", "pull", "main~1")
    made.commit({f"{D}/topic.md": topic(title="西组")})
    made.git("checkout", "--quiet", "main")
    made.merge("pull")
    found = list(steps(made.root, "main"))
    assert [s.commit for s in found] == chain(made.root, "main")
    assert [s.parents[0] for s in found[1:]] == [s.commit for s in found[:-1]]
    assert [(c.path, bool(c.old), bool(c.new)) for c in found[1].changes] == [
        (f"{D}/2026-03-17-followup.md", False, True),
        (OPINION, True, False),
    ]
    assert len(found[2].parents) == 2
    assert set(parents(made.root, "main")) == set(made.git("rev-list", "main").split())
    base = found[0].commit
    (one,) = differences(made.root, [(base, made.git("rev-parse", "pull"))])
    assert [c.path for c in one] == [f"{D}/topic.md"]
    (whole,) = differences(made.root, [("", base)])
    assert {c.path for c in whole} == set(BASE) == set(files(made.root, base))
    with Contents(made.root) as contents:
        assert contents(whole[0].new) == BASE[whole[0].path].encode()
        with pytest.raises(GitError, match="missing"):
            contents("0" * 40)
        assert contents(whole[0].new) == BASE[whole[0].path].encode()
