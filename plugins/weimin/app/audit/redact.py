"""`weimin redact`: removes personal data from a record and from the complete history, and changes provably nothing else.

The steps, in this order:

1. Require a repository whose rewriting is safe: complete, without uncommitted changes, on a branch.
2. Find every version of the file, on any branch or tag, whose field holds the secret, and produce its redacted content.
3. Rewrite the commits that hold one of these versions, and all commits after them, as new objects in memory (`Rewriter.rewrite`).
4. Find the leaves of the log whose contents are among the redacted versions; write the text of the public notice.
5. Store the new objects (`Rewriter.store`). The branches still point to the old history.
6. Compare the old and the new history step by step, as any auditor can do later (`ancestry.py`). A difference other than the mark
   in the named field raises RewriteMismatch.
7. Move all branches and tags to the new commits (`Rewriter.move`).
8. Destroy the salts of the leaves found in step 4, and note the rewriting in the log.
9. Write the public notice into the work tree. People sign and commit it; it is not part of the rewritten history.
10. Search branches and tags for the same text elsewhere, and report where it remains.

Everything before step 7 can fail without effect: the branches are as before, and unreachable objects are removed by Git.
Step 7 can be undone with the old commits while somebody has them (reflog, an auditor's copy). Step 8 is irreversible: without its
salt a leaf proves a position in the log, and its content can no longer be shown or guessed. So it comes after all checks.

Old objects remain in this and every other clone until people remove them: `weimin redact` prints what is left to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec

from weimin.adapters.clock import today
from weimin.adapters.git import head, is_clean, is_shallow, prefix_of, run
from weimin.adapters.new_file import create_file
from weimin.adapters.objects import BlobReader
from weimin.adapters.release_secrets import new_salt
from weimin.adapters.rewrite import Rewriter
from weimin.app.audit.ancestry import FirstParentChains
from weimin.app.audit.redact_text import CannotRedact, redacted_file, text_at
from weimin.app.build.log_folder import LogFolder
from weimin.engine.history.redaction_notice import STEM, Notice
from weimin.engine.opening import NothingToCheck
from weimin.engine.register import Register
from weimin.model.place import Place
from weimin.records.place import path_of

MIN_LENGTH = 2  # characters of a text to remove: a single character occurs everywhere


class RedactionRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to redact. `secret`: the text to remove from the field; empty: its complete present text. `log`: the folder of the log."""

    of: str
    field: str
    reason: str
    approved_by: str
    secret: str = ""
    log: Path | None = None


class RedactionResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was done.

    `notice`: the path of the public notice, written and not yet committed. `versions` and `commits`: how many were rewritten.
    `leaves`: those of the log whose salts were destroyed. `salt`: of the notice's digest, in hexadecimal digits.
    `remaining`: where the same text still occurs.
    """

    notice: str
    before: str
    after: str
    versions: int
    commits: int
    leaves: tuple[int, ...]
    salt: str
    remaining: tuple[str, ...]


def redact(register: Register, request: RedactionRequest) -> RedactionResult:
    """Rewrite every branch and tag of the repository, in the steps that the head of this module lists.

    Raises CannotRedact, NothingToCheck, RewriteMismatch; then nothing has changed.
    """
    git = _require_clean_repository(register)
    place = _place_of(register, request)
    prefix = prefix_of(register.tree.root, git)
    secret = request.secret or _current_text(register, place, request.field)
    if len(secret) < MIN_LENGTH:
        raise CannotRedact("要脱去的文字太短，至少两个字：单个字到处都有。")
    before = head(git)
    redacted = dict(_redacted_versions(register, git, prefix, place, request.field, secret))
    if not redacted:
        raise CannotRedact(
            f"“{place.path}”的“{request.field}”现在和过去都没有要脱去的文字。改法：核对 --of 和 --field。"
        )
    rewriter = Rewriter(git, prefix + place.path, redacted)
    commits = rewriter.rewrite()
    after = commits.get(before, before)
    log = LogFolder(request.log) if request.log is not None else None
    leaves = _leaves(log, place.path, redacted)
    salt = new_salt()
    notice = Notice(
        path=place.path,
        field=request.field,
        reason=request.reason,
        approved_by=request.approved_by,
        before=before,
        after=after,
        digest=hashlib.sha256(salt + secret.encode()).hexdigest(),
        leaves=leaves,
    )
    rewriter.store()
    FirstParentChains(git).verify_rewrite(register.reader, prefix, (notice,))
    rewriter.move()
    if log is not None:
        _destroy_salts(log, leaves, before, after)
    return RedactionResult(
        notice=_write(register, notice, today(register.site.timezone)),
        before=before,
        after=after,
        versions=len(redacted),
        commits=len(commits),
        leaves=leaves,
        salt=salt.hex(),
        remaining=tuple(sorted(set(_remaining(git, secret)))),
    )


def _require_clean_repository(register: Register) -> Path:
    git = register.tree.git
    if git is None:
        raise NothingToCheck("这里不是 Git 仓库，没有历史可以改写。")
    if is_shallow(git):
        raise NothingToCheck("这个仓库只取了一部分历史，不能改写。改法：git fetch --unshallow，再运行。")
    if not is_clean(git, "."):
        raise NothingToCheck("还有没提交的改动，不能改写历史。改法：先提交或者收起这些改动，再运行。")
    if run(git, "rev-parse", "--abbrev-ref", "HEAD").strip() == b"HEAD":
        raise NothingToCheck("现在不在任何分支上，不能改写历史。改法：git switch 到主分支，再运行。")
    return git


def _place_of(register: Register, request: RedactionRequest) -> Place:
    place = register.by_ref.get(request.of) or register.by_path.get(request.of)
    if place is None:
        raise CannotRedact(f"没有记录“{request.of[:40]}”。改法：写成 代码/年份-编号/文件名，或者仓库里的路径。")
    if place.kind in ("attachment", "signers"):
        raise CannotRedact("只能脱去记录里的文字，附件和签名名单不能这样处理。")
    if "`" in request.reason + request.approved_by or "\n" in request.reason + request.approved_by:
        raise CannotRedact("理由和批准单位写成一行，不要有反引号（`）。")
    return place


def _current_text(register: Register, place: Place, field: str) -> str:
    record = register.parse(place)[0]
    value = text_at(record, field) if record is not None else None
    if value is None:
        raise CannotRedact(
            f"“{place.path}”的“{field}”现在没有文字。改法：核对 --field；"
            "如果已经改掉、只留在历史里，用 --text-file 写明要脱去的文字。"
        )
    return value


def _redacted_versions(
    register: Register, git: Path, prefix: str, place: Place, field: str, secret: str
) -> Iterator[tuple[str, bytes]]:
    """(blob, new content) of every version of a file, on any branch, whose field holds the secret. Raises CannotRedact."""
    blobs = BlobReader(git)
    for blob in _versions(git, prefix + place.path):
        data = blobs.read(blob)
        record = register.reader.parse(place, data)[0]
        if record is None:
            if secret.encode() in data:
                raise CannotRedact(f"“{place.path}”有一个旧版本读不懂，里面又有要脱去的文字。请维护者用别的办法处理。")
            continue
        if secret in (text_at(record, field) or ""):
            yield blob, redacted_file(register.reader, place, data, field, secret)


def _versions(git: Path, path: str) -> list[str]:
    """Every blob that was ever at a path; merges are compared with each parent."""
    command = [
        "log",
        "--all",
        "--full-history",
        "-m",
        "--root",
        "--raw",
        "-z",
        "--no-renames",
        "--no-abbrev",
        "--format=",
    ]
    tokens = run(git, *command, "--", path).split(b"\0")
    blobs = [part for token in tokens if token.startswith(b":") for part in token[1:].decode().split(" ")[2:4]]
    return sorted({blob for blob in blobs if blob.strip("0")})


def _leaves(log: LogFolder | None, path: str, redacted: Mapping[str, bytes]) -> tuple[int, ...]:
    """The leaves of the log whose content is a version with the secret."""
    salts = log.salts if log is not None else []
    return tuple(n for n, salt in enumerate(salts) if salt.path == path and salt.blob in redacted)


def _destroy_salts(log: LogFolder, leaves: tuple[int, ...], before: str, after: str) -> None:
    """Destroy the salts of these leaves: from now on they prove a position, and no content."""
    for n in leaves:
        log.salts[n] = msgspec.structs.replace(log.salts[n], salt="", blob="")
    log.save_salts()
    log.record_redaction(before, after)


def _write(register: Register, notice: Notice, on: date) -> str:
    number, stem = 1, f"{STEM}{on.isoformat()}"
    while (path := path_of("news", stem=stem)) in register.by_path:
        number += 1
        stem = f"{STEM}{on.isoformat()}-{number}"
    create_file(register.tree.root, path, notice.text(on))
    return path


def _remaining(git: Path, secret: str) -> Iterator[str]:
    """Where any branch or tag still has the text: other files, other fields, messages of commits."""
    blobs, text = BlobReader(git), secret.encode()
    listed = run(git, "rev-list", "--objects", "--branches", "--tags", "HEAD", "--").decode("utf-8", "surrogateescape")
    for line in listed.splitlines():
        name, _, path = line.partition(" ")
        if text in blobs.read(name):
            yield path or f"提交 {name[:10]} 的说明"
