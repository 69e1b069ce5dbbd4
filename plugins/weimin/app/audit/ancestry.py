"""A108: whether the main branch descends from a checkpoint that somebody kept; a redaction is the one lawful exception.

A checkpoint names a commit of the main branch at some time. Whoever kept one can later prove that the history was rewritten: the
commit is then no longer on the first-parent chain of the head.

1. If the checkpoint's commit is on the chain of the head, the main branch descends from it. This is all in nearly every case.
2. Otherwise a redaction may explain it. Its public notice, among the records of the head, names the head before (`before`) and
   after (`after`) the rewriting. A notice *covers* a commit that is on the chain of `before` and not on that of `after`.
3. The old and the new chain are compared step by step. They must have the same length, and in each pair of commits the same
   author, committer, times and message. Of the files only the one that the notice names may differ, and only by marks in place of
   text of the named field. Several notices of one redaction count together.
4. If they agree, the new commit at the same position takes the place of the checkpoint's, and the search continues from it: there
   may have been more redactions. If they do not, the history was rewritten by more than the notice says (A108).
5. If a notice exists whose old history this repository does not have, nothing can be decided here (NothingToCheck): the old
   history has to be fetched from somebody who kept it.

The comparison needs the old history, which is not public any more; that is why auditors keep a copy. A reader without one still
sees the endorsed commits (`engine/history/rewrite_endorsement.py`).

Example: the checkpoint names B of A – B – C. A redaction gives A – B' – C' with a notice (before C, after C'). The notice covers
B; the pairs (B, B') and (C, C') agree except for marks; B' takes the place of B and is on the chain of the head: no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from weimin.adapters.git import commit_of, prefix_of
from weimin.adapters.history import chain, differences
from weimin.adapters.objects import BlobReader, Snapshot
from weimin.app.audit.redact_text import differs_only_by_masks
from weimin.engine.history.redaction_notice import Notice, is_notice, parse_notice
from weimin.engine.opening import NothingToCheck
from weimin.engine.register import Register
from weimin.history.log.checkpoint import parse_all
from weimin.model.place import Place
from weimin.records.parse import Reader
from weimin.records.place import place_of

_COMMIT = re.compile(r"(?:commit )?([0-9a-f]{40}(?:[0-9a-f]{24})?)", re.ASCII)
_REWRITTEN_HEADERS = (b"tree ", b"parent ", b"gpgsig", b"mergetag ", b" ")
"""Header lines of a commit that a rewriting changes; author, committer and times are not among them."""


class RewriteMismatch(Exception):
    """The new history differs from the old one by more than the notices state; the message says where, in Chinese."""


class RewrittenHistory(msgspec.Struct, frozen=True, kw_only=True):
    """The head does not descend from the checkpoint's commit (A108). `message` and `hint`: those of the finding."""

    checkpoint_commit: str
    head: str
    message: str
    hint: str


def checkpoint_commit(checkpoint: str, git: Path) -> str:
    """The commit that a checkpoint names: given as a file in any form of the log, as a commit id, or as a revision.

    A commit id need not exist in this repository. Raises NothingToCheck.
    """
    file = Path(checkpoint)
    if file.is_file():
        text = file.read_text(encoding="utf-8", errors="replace")
        try:
            return parse_all(text)[-1].commit
        except (ValueError, IndexError):
            lines = [m[1] for line in text.splitlines() if (m := _COMMIT.fullmatch(line.strip()))]
        if not lines:
            raise NothingToCheck(f"文件“{checkpoint}”里没有检查点，也没有“commit …”这样的一行。")
        return lines[-1]
    if m := _COMMIT.fullmatch(checkpoint):
        return m[1]
    if commit := commit_of(git, checkpoint):
        return commit
    raise NothingToCheck(
        f"“{checkpoint}”不是文件，也不是这个仓库里的提交。改法：写检查点文件的路径，或者完整的提交编号。"
    )


def find_rewrite(root: Path, git: Path, head: str, checkpoint: str) -> RewrittenHistory | None:
    """None where `head` descends from the checkpoint on the first-parent chain, directly or across redactions that agree.

    Raises NothingToCheck where that cannot be decided because the old history of a redaction is missing.
    """
    commit = checkpoint_commit(checkpoint, git)
    chains = FirstParentChains(git)
    if commit in chains.of(head):
        return None
    register = Register(Snapshot(root, git, head))
    notices = tuple(notices_of(register))
    at, absent = commit, False
    try:
        while at not in chains.of(head):
            step = _covering_notices(at, notices, chains)
            if not step:
                absent = any(not commit_of(git, n.before) for n in notices)
                break
            at = chains.verify_rewrite(register.reader, prefix_of(root, git), step, at)
        else:
            return None
    except RewriteMismatch as mismatch:
        return _rewritten(commit, head, f"，而且不只是公告里说的那一处脱敏：{mismatch}")
    if absent:
        raise NothingToCheck(
            f"检查点的提交 {commit} 不在主分支上；有脱敏公告说历史改写过，但这里没有旧历史，不能逐步比较。"
            "改法：在留有旧历史的仓库里 git fetch 新的历史，再运行；没有人能拿出旧历史，就不能认为没有被改写。"
        )
    return _rewritten(commit, head, "")


def _rewritten(commit: str, head: str, detail: str) -> RewrittenHistory:
    return RewrittenHistory(
        checkpoint_commit=commit,
        head=head,
        message=f"已公布的检查点 {commit} 不在现在的主分支 {head} 的提交线上：历史被改写过{detail}",
        hint="找到改写的人和时间，把主分支恢复到检查点之后的那条提交线上",
    )


def notices_of(register: Register) -> Iterator[Notice]:
    """The notices of redactions among the records."""
    for place in register.places:
        if is_notice(place):
            record = register.parse(place)[0]
            notice = parse_notice(record.body) if record is not None else None
            if notice is not None:
                yield notice


def _covering_notices(at: str, notices: Iterable[Notice], chains: FirstParentChains) -> tuple[Notice, ...]:
    """The notices of the redaction that covers a commit; of the earliest one where several do."""
    covering = [n for n in notices if at in chains.of(n.before) and at not in chains.of(n.after)]
    if not covering:
        return ()
    first = min(covering, key=lambda n: (len(chains.of(n.before)), n.before))
    return tuple(n for n in covering if (n.before, n.after) == (first.before, first.after))


class FirstParentChains:
    """First-parent chains of a repository, each read once; empty for a commit that the repository does not have."""

    def __init__(self, git: Path) -> None:
        self._git = git
        self._lists: dict[str, list[str]] = {}
        self._sets: dict[str, frozenset[str]] = {}

    def of(self, commit: str) -> frozenset[str]:
        if commit not in self._sets:
            self._lists[commit] = chain(self._git, commit) if commit_of(self._git, commit) else []
            self._sets[commit] = frozenset(self._lists[commit])
        return self._sets[commit]

    def verify_rewrite(self, reader: Reader, prefix: str, notices: tuple[Notice, ...], at: str = "") -> str:
        """Compare the old and the new history of a redaction step by step; return the new commit at the position of `at`.

        `notices`: all notices of one redaction. `at` empty: return the new head. Raises RewriteMismatch.
        """
        before, after = notices[0].before, notices[0].after
        if not self.of(after):
            raise RewriteMismatch(f"这里没有改写后的提交 {after}")
        self.of(before)
        old, new = self._lists[before], self._lists[after]
        if len(old) != len(new):
            raise RewriteMismatch(f"改写前有 {len(old)} 步，改写后有 {len(new)} 步")
        fields: dict[str, tuple[str, ...]] = {}
        for n in notices:
            fields[n.path] = (*fields.get(n.path, ()), n.field)
        self._compare(reader, prefix, fields, [(a, b) for a, b in zip(old, new, strict=True) if a != b])
        return new[old.index(at)] if at else after

    def _compare(
        self, reader: Reader, prefix: str, fields: dict[str, tuple[str, ...]], pairs: list[tuple[str, str]]
    ) -> None:
        blobs = BlobReader(self._git)
        compared: dict[tuple[str, str, str], bool] = {}
        for (a, b), changes in zip(pairs, differences(self._git, pairs), strict=True):
            if _authorship(blobs.read(a)) != _authorship(blobs.read(b)):
                raise RewriteMismatch(f"提交 {a[:10]} 的作者、时间或说明与改写后的 {b[:10]} 不同")
            for c in changes:
                path = c.path.removeprefix(prefix)
                place = place_of(path)
                if path not in fields or c.old_mode != c.new_mode or not isinstance(place, Place):
                    raise RewriteMismatch(f"提交 {a[:10]} 里的“{c.path}”也变了")
                if (path, c.old, c.new) not in compared:
                    old, new = blobs.read(c.old), blobs.read(c.new)
                    compared[path, c.old, c.new] = differs_only_by_masks(reader, place, old, new, fields[path])
                if not compared[path, c.old, c.new]:
                    raise RewriteMismatch(f"提交 {a[:10]} 里的“{c.path}”变的不只是脱去的文字")


def _authorship(commit: bytes) -> bytes:
    """Author, committer, times and message of a commit: all of it but tree, parents and signatures."""
    head, _, message = commit.partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.startswith(_REWRITTEN_HEADERS)]
    return b"\n".join(lines) + b"\n\n" + message
