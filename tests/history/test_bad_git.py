"""The shared collection of bad Git inputs, each fault rebuilt with our records as a raw stream (README.md beside this)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from trail_records import (
    BASE,
    CITY,
    CORRECTION,
    OPINION,
    OUTCOME,
    VILLAGE,
    D,
    correction,
    house,
    opinion,
    outcome,
    topic,
)

from builders.repository import Repository, git_environment
from weimin.cli.main import main

pytestmark = pytest.mark.slow

NOON = 1_774_000_000  # 2026-03-20
RESPONSE = f"{D}/2026-03-17-response.md"
TEXT = "---\nby: 镇村镇建设办公室\nanswers:\n  - {to: s1, decision: adopted, text: 按此办理}\n---\n"
STANDS = {
    **{path: text for path, text in BASE.items() if "321302/" not in path or "321302001004" in path},
    f"{CITY}/321302/platform.yml": "area: 宿城区\n",
    f"{CITY}/321302/321302001/platform.yml": "area: 某街道\n",
    f"{CITY}/rules/house.md": house(),
    CORRECTION: correction(),
    "scripts/check.py": "print(1)\n",
}

File = tuple[str, str, bytes | None]
"""(mode, path, content; None deletes)."""


def text(path: str, content: str | bytes, mode: str = "100644") -> File:
    return mode, path, content.encode() if isinstance(content, str) else content


def gone(path: str) -> File:
    return "", path, None


def quoted(path: str) -> bytes:
    """A path as fast-import wants it, whatever is in it."""
    raw = "".join(f"\\{b:03o}" if b < 0x20 or b in b'"\\' or b > 0x7E else chr(b) for b in path.encode())
    return f'"{raw}"'.encode()


def commit(files: list[File], ref="main", parents=(), at=NOON, message=b"x", mark=1, name=b"a") -> bytes:
    out = [b"commit refs/heads/%s\nmark :%d\n" % (ref.encode(), mark)]
    out += [b"%s %s <a@b.invalid> %d +0800\n" % (role, name, at) for role in (b"author", b"committer")]
    if message.startswith(b"encoding "):
        head, _, message = message.partition(b"\n")
        out.append(head + b"\n")
    out.append(b"data %d\n%s\n" % (len(message), message))
    out += [b"%s :%d\n" % (word, parent) for word, parent in zip((b"from", *[b"merge"] * 9), parents, strict=False)]
    for mode, path, content in files:
        if content is None:
            out.append(b"D %s\n" % quoted(path))
        elif mode == "160000":
            out.append(b"M 160000 %s %s\n" % (content, quoted(path)))
        else:
            out.append(b"M %s inline %s\ndata %d\n%s\n" % (mode.encode(), quoted(path), len(content), content))
    return b"".join(out) + b"\n"


def imported(root: Path, *commits: bytes) -> Repository:
    root.mkdir()
    made = Repository(root)
    made.git("init", "--quiet")
    stream = b"".join(commits)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, env=git_environment(), input=stream, check=True)
    (root / "content").mkdir()
    return made


FIRST = commit([text(p, t) for p, t in STANDS.items()])


def codes(capsys, *arguments: str) -> tuple[int, set[str]]:
    capsys.readouterr()
    code = main([*arguments, "--format", "json", "--as-of", "2026-11-22"])
    said = capsys.readouterr().out
    return code, {f["code"] for f in json.loads(said)["findings"] if f["severity"] == "error"} if said else set()


def many() -> list[File]:
    return [text(f"{VILLAGE}/opinions/2026-03-1{n % 8}-{n // 8 + 2}.yml", opinion(f"第 {n} 处")) for n in range(600)]


GITLINK = b"1" * 40
# row of the manifest: (files of the pull request, its errors, of which these are of the trail)
PULLS: dict[str, tuple[list[File], set[str]]] = {
    "g01-good-new-record": ([text(RESPONSE, TEXT)], set()),
    "g02-good-stage": ([text(RESPONSE, TEXT), text(OPINION, opinion(extra="voices: 3\n"))], set()),
    "g03-good-correction": (
        [text(f"{D}/2026-03-19-correction-2.yml", correction(field="/measures/0/text", old="在东组新装路灯 8 处", new="9 处"))],
        set(),
    ),
    "h01-delete-published": ([gone(OUTCOME)], {"A101", "L101"}),
    "h02-rename-published": ([gone(OPINION), text(f"{VILLAGE}/opinions/2026-03-02.yml", opinion())], {"A102"}),
    "h03-silent-edit": ([text(f"{D}/topic.md", topic(title="西组路灯建设"))], {"A103"}),
    "h05-body-edit": ([text(OUTCOME, outcome(body="多数同意。"))], {"A103"}),
    "h08-unpublish": ([text(f"{D}/topic.md", topic(extra="published: false\n"))], {"S104"}),
    "h09-correction-dropped": ([gone(CORRECTION)], {"A101"}),
    "h10-correction-wrong-field": (
        [
            text(f"{D}/topic.md", topic(title="乙")),
            text(f"{D}/2026-03-19-correction-2.yml", correction("topic", "/body", "群众多次反映晚上出行不便。", "多次反映。")),
        ],
        {"A103"},
    ),
    "h11-id-change": (
        [gone(f"{D}/topic.md"), text(f"{VILLAGE}/2026-002/topic.md", topic())],
        {"A102", "L104"},
    ),
    "h12-id-reuse": ([text(f"{D}/2026-03-12-outcome.md", outcome())], {"L102"}),
    "h13-whitespace-only": ([text(OUTCOME, outcome(body="一致同意。 "))], {"A103"}),
    "h14-crlf-rewrite": ([text(OUTCOME, outcome().replace("\n", "\r\n"))], {"F102"}),
    "h15-truncate": ([text(OUTCOME, "")], {"A103", "F111"}),
    "t02-touches-checker": ([text(RESPONSE, TEXT), text("scripts/check.py", "print(2)\n")], {"A111"}),
    "t03-allowed-signers": ([text(RESPONSE, TEXT), text(".github/allowed_signers", "a ssh-ed25519 AAAA\n")], {"A111"}),
    "t06-gitmodules": ([text(RESPONSE, TEXT), text(".gitmodules", "[submodule]\n"), ("160000", "sub", GITLINK)], {"A111"}),
    "t08-conftest": ([text(f"{D}/conftest.py", "1\n")], {"F114"}),
    "t09-pickle-cache": ([text(RESPONSE, TEXT), text("cache/Readers", b"\x80\x04.")], {"A111"}),
    "m01-symlink": ([text(RESPONSE, "/etc/passwd", "120000")], {"F107"}),
    "m02-symlink-dir": ([text(f"{VILLAGE}/2026-002", "../2026-001", "120000")], {"F107"}),
    "m03-exec": ([text(RESPONSE, TEXT, "100755")], {"F114"}),
    "m04-submodule": ([("160000", f"{VILLAGE}/2026-002", GITLINK)], {"F107"}),
    "m05-type-change": ([gone(OPINION), text(OPINION, "/etc/passwd", "120000")], {"A103", "F107"}),
    "p-case": ([text(f"{D}/Topic.md", topic())], {"F108"}),
    "p-newline": ([text(f"{D}/2026-03-17\nresponse.md", TEXT)], {"F108"}),
    "p-dash": ([text(f"{D}/-rf.md", TEXT)], {"F108"}),
    "p-space": ([text(f"{D}/2026-03-17 response.md", TEXT)], {"F108"}),
    "p-trailing-dot": ([text(f"{D}/2026-03-17-response.md.", TEXT)], {"F108"}),
    "p-colon": ([text(f"{D}/2026-03-17-response.md:x", TEXT)], {"F108"}),
    "p-hidden": ([text(f"{D}/.hidden.md", TEXT)], {"F108"}),
    "p-ext": ([text(f"{D}/2026-03-17-response.txt", TEXT)], {"F108"}),
    "p-outside": ([text("content/records.md", TEXT)], {"F108"}),
    "p-glob": ([text(f"{D}/[0-9]*.md", TEXT)], {"F108"}),
    "x10-pii-path": ([text(f"{D}/13800138000.md", TEXT)], {"F108"}),
    "x17-empty": ([], set()),
    "x18-many": (many(), set()),
}  # fmt: skip


@pytest.mark.parametrize("row", PULLS)
def test_a_pull_request(tmp_path, capsys, row):
    files, expected = PULLS[row]
    made = imported(tmp_path / "repo", FIRST, commit(files, "pr", [1], NOON + 60, mark=2))
    head = made.git("rev-parse", "pr")
    code, found = codes(capsys, "check", "--root", str(made.root), "--base", "main", "--head", head, "--jobs", "1")
    assert found == expected
    assert code == bool(expected)
    made.git("update-ref", "refs/heads/main", head)
    assert codes(capsys, "audit", "--root", str(made.root))[1] == {c for c in expected if c.startswith("A")}


def main_line(*later: bytes) -> tuple[bytes, ...]:
    return (FIRST, *later)


EDITED = text(f"{D}/topic.md", topic(title="篡改"))
FILED = text(RESPONSE, TEXT)
NEW = [text(f"{VILLAGE}/opinions/2026-03-0{n}.yml", opinion(f"第 {n} 处")) for n in (2, 3, 4)]
# row of the manifest: (commits behind the first one, errors of the audit)
MAINS: dict[str, tuple[tuple[bytes, ...], set[str]]] = {
    "x01-evil-merge": (
        main_line(
            commit([FILED], "pr", [1], NOON + 60, mark=2),
            commit([NEW[0]], "main", [1], NOON + 120, mark=3),
            commit([FILED, EDITED], "main", [3, 2], NOON + 180, mark=4),
        ),
        {"A103", "A112"},
    ),
    "x02-foxtrot": (
        main_line(
            commit([FILED], "main", [1], NOON + 60, mark=2),
            commit([text("README.md", "y\n")], "dev", [1], NOON + 120, mark=3),
            commit([], "main", [3, 2], NOON + 180, mark=4),
        ),
        {"A112"},
    ),
    "x04-octopus": (
        main_line(
            *(commit([new], f"b{n}", [1], NOON + 60 * n, mark=n + 1) for n, new in enumerate(NEW, 1)),
            commit([*NEW, EDITED], "main", [1, 2, 3, 4], NOON + 600, mark=5),
        ),
        {"A103", "A112"},
    ),
    "x06-revert": (
        main_line(
            commit([text(f"{D}/2026-03-19-correction-2.yml", correction())], "main", [1], NOON + 60, mark=2),
            commit([gone(f"{D}/2026-03-19-correction-2.yml")], "main", [2], NOON + 120, b'Revert "x"', mark=3),
        ),
        {"A101"},
    ),
    "x11-future-date": (main_line(commit([FILED], "main", [1], 4_070_908_800, mark=2)), {"A104"}),
    "x12-past-date": (main_line(commit([FILED], "main", [1], 86_400, mark=2)), {"A104"}),
    "x15-message-nul-like": (main_line(commit([FILED], "main", [1], NOON + 60, b"x\x1b[2J\x1b]0;pwn\x07", mark=2)), set()),
    "x16-gbk-message": (
        main_line(commit([FILED], "main", [1], NOON + 60, b"encoding GBK\n" + "提交".encode("gbk"), mark=2)),
        set(),
    ),
    "x19-replace": (
        main_line(
            commit([EDITED], "main", [1], NOON + 60, mark=2),
            commit([text("README.md", "z\n")], "innocent", [1], NOON + 60, mark=3),
        ),
        {"A103"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", MAINS)
def test_a_main_branch(tmp_path, capsys, row):
    commits, expected = MAINS[row]
    made = imported(tmp_path / "repo", *commits)
    if row == "x19-replace":
        made.git("replace", "main", "innocent")
    code, found = codes(capsys, "audit", "--root", str(made.root))
    assert (found, code) == (expected, int(bool(expected)))


def test_the_table_has_every_row():
    """README.md says where each row went; the ones rebuilt here and those held elsewhere are all of it."""
    table = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
    rows = [
        line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ") and "-" in line.split("|")[1]
    ]
    here = {line.split("|")[1].strip() for line in table.splitlines() if "`test_bad_git.py`" in line}
    assert len(rows) == len(set(rows)) > 50
    assert here == set(PULLS) | set(MAINS)
