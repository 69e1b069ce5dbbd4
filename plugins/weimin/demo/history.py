"""Versions of records → one `git fast-import` stream: commits in the order of days, branches, merges, a checked-out work tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path

import msgspec

from weimin.adapters.git import head, run

BRANCH = "refs/heads/main"
_PULL = "refs/heads/pull"
_ZONE = timezone(timedelta(hours=8))
_FORGE = ("演示合并员", "merge@demo.invalid")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A file from one commit on. Changes of one `unit`, day and clerk are one commit."""

    path: str
    data: bytes
    filed: date
    clerk: str
    unit: str
    subject: str
    pull: bool = False
    batch: str = ""


class _Commit(msgspec.Struct, frozen=True, kw_only=True):
    changes: tuple[Change, ...]
    number: int  # number of the pull request, 0 for none

    @property
    def clerk(self) -> tuple[str, str]:
        return clerk_of(self.changes[0].clerk)

    @property
    def subject(self) -> str:
        first = self.changes[0]
        return f"{first.batch}（#{self.number}）" if first.batch else first.subject


def clerk_of(code: str) -> tuple[str, str]:
    """Name and mail address of the person who files for a platform."""
    return f"演示录入员·{code}", f"{code}@demo.invalid"


def write_history(root: Path, changes: Iterable[Change]) -> str:
    """Creates the repository and its commits and checks out the tree; returns the id of HEAD. Raises GitError."""
    git = [f"--git-dir={root / '.git'}", f"--work-tree={root}"]
    run(root, *git, "init", "--quiet", "--template=", "--initial-branch=main")
    for name, value in (("core.autocrlf", "false"), ("core.fileMode", "false"), ("gc.auto", "0")):
        run(root, *git, "config", name, value)
    stream = b"".join(_stream(_commits(changes)))
    run(root, *git, "fast-import", "--quiet", "--done", stdin=stream)
    run(root, *git, "checkout", "--quiet", "--force", "main")
    return head(root)


def _commits(changes: Iterable[Change]) -> Iterator[_Commit]:
    """The commits in the order of days; within a day grouped by batch, otherwise by clerk and unit."""
    ordered = sorted(changes, key=_together)
    number = 0
    for _, group in groupby(ordered, key=_together):
        same = tuple(group)
        number += same[0].pull or bool(same[0].batch)
        yield _Commit(changes=same, number=number if same[0].pull or same[0].batch else 0)


def _together(change: Change) -> tuple[date, str, str, str, bool]:
    if change.batch:
        return change.filed, change.batch, "", "", False
    return change.filed, "", change.clerk, change.unit, change.pull


def _stream(commits: Iterable[_Commit]) -> Iterator[bytes]:
    """Every commit has a mark. A pull request is a commit on its own branch and a merge that changes nothing else."""
    mark, tip = 0, 0
    for day, group in groupby(commits, key=lambda c: c.changes[0].filed):
        at = datetime(day.year, day.month, day.day, 10, 0, tzinfo=_ZONE)
        merges: list[tuple[int, _Commit]] = []
        for commit in group:
            mark += 1
            if commit.number and not commit.changes[0].batch:
                yield _commit(f"{_PULL}/{commit.number}", mark, commit.clerk, commit.clerk, at, commit.subject, [tip])
                merges.append((mark, commit))
            else:
                committer = _FORGE if commit.number else commit.clerk
                yield _commit(BRANCH, mark, commit.clerk, committer, at, commit.subject, [tip])
                tip = mark
            yield _files(commit.changes)
            at += timedelta(minutes=7)
        for branch, commit in merges:
            mark += 1
            subject = f"合并 #{commit.number}：{commit.subject}"
            yield _commit(BRANCH, mark, _FORGE, _FORGE, at, subject, [tip, branch])
            yield _files(commit.changes)
            yield b"reset %s/%d\nfrom %s\n\n" % (_PULL.encode(), commit.number, b"0" * 40)
            tip, at = mark, at + timedelta(minutes=7)
    yield b"done\n"


def _commit(
    ref: str,
    mark: int,
    author: tuple[str, str],
    committer: tuple[str, str],
    at: datetime,
    subject: str,
    parents: Sequence[int],
) -> bytes:
    when = f"{int(at.timestamp())} +0800"
    lines = [f"commit {ref}", f"mark :{mark}"]
    lines += [f"{role} {name} <{mail}> {when}" for role, (name, mail) in (("author", author), ("committer", committer))]
    message = subject + "\n"
    lines.append(f"data {len(message.encode())}")
    lines.append(message.rstrip("\n"))
    froms = [f"{word} :{parent}" for word, parent in zip(("from", "merge"), parents, strict=False) if parent]
    return ("\n".join([*lines, *froms]) + "\n").encode()


def _files(changes: Iterable[Change]) -> bytes:
    files = (b"M 100644 inline %s\ndata %d\n%s\n" % (c.path.encode(), len(c.data), c.data) for c in changes)
    return b"".join(files) + b"\n"
