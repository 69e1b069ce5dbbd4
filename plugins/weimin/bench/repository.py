"""A made register as a Git repository: its files filed in the order of their days, some to a commit, by `git fast-import`.

Texts go to Git as they are made; only their marks are kept until the order of the commits is known.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

import msgspec

from weimin.adapters.git import GitError, run
from weimin.bench.corpus import STANDS, corpus
from weimin.bench.dossier_draft import RecordDates

MAIN = b"refs/heads/main"
PER_COMMIT = 8
_DAY = 86_400


class Made(msgspec.Struct, frozen=True):
    """`records`: files that stand at the end, `versions`: as often as one was filed, `commits`: on the main branch."""

    records: int
    versions: int
    commits: int


class Stored(msgspec.Struct, frozen=True, order=True):
    """A version of a file that Git has already, by its mark."""

    day: date
    mark: int
    path: str


def make_register(root: Path, records: int) -> Made:
    """The repository with its work tree. Raises GitError, OSError."""
    with Import(root) as stream:
        filed = stream.store(corpus(records))
        commits = 0
        for batch in batches(filed, PER_COMMIT):
            commits += 1
            stream.commit(MAIN, batch, filed_at(batch, commits))
    run(root, "reset", "--quiet", "--hard", "main")
    return Made(records=len({file.path for file in filed}), versions=len(filed), commits=commits)


def batches(filed: Sequence[Stored], size: int) -> Iterator[list[Stored]]:
    """What stands from the first day is one commit; two versions of a path never share one."""
    standing = [file for file in filed if file.day == STANDS]
    if standing:
        yield standing
    batch: list[Stored] = []
    there: set[str] = set()
    for file in filed[len(standing) :]:
        if len(batch) == size or file.path in there:
            yield batch
            batch, there = [], set()
        batch.append(file)
        there.add(file.path)
    if batch:
        yield batch


def filed_at(batch: Iterable[Stored], number: int) -> int:
    """Committed on the day after its last file, later commits of a day some seconds later; in seconds since 1970."""
    day = max(file.day for file in batch)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + _DAY + number % 7200


class Import:
    """A running `git fast-import` into a new repository. What fails in it is a GitError."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        run(root, "init", "--quiet", "--initial-branch=main")
        command = ["git", "fast-import", "--quiet", "--done", "--depth=10"]
        self._process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        self._marks = 0

    def __enter__(self) -> Import:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        said = self._process.stderr
        assert said is not None
        with suppress(BrokenPipeError):
            if error is None:
                self._stream.write(b"done\n")
            self._stream.close()
        words = said.read().decode("utf-8", "replace").strip()
        said.close()
        if self._process.wait() != 0 and not isinstance(error, KeyboardInterrupt):
            raise GitError(words or "git fast-import") from error

    @property
    def _stream(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def store(self, files: Iterable[RecordDates]) -> list[Stored]:
        """Hand each text over; the versions in the order of their days."""
        filed = []
        for file in files:
            self._marks += 1
            data = file.text.encode()
            self._stream.write(b"blob\nmark :%d\ndata %d\n%s\n" % (self._marks, len(data), data))
            filed.append(Stored(file.day, self._marks, file.path))
        filed.sort()
        return filed

    def commit(self, branch: bytes, batch: Sequence[Stored], at: int, parents: Sequence[int] = ()) -> int:
        """One commit of these files, onto `parents` (the branch's own last where none is named); its mark."""
        self._marks += 1
        who = b"made <made@demo.invalid> %d +0800" % at
        words = f"入档 {len(batch)} 份记录".encode()
        self._stream.write(b"commit %s\nmark :%d\nauthor %s\ncommitter %s\n" % (branch, self._marks, who, who))
        self._stream.write(b"data %d\n%s\n" % (len(words), words))
        for word, parent in zip((b"from", b"merge"), parents, strict=False):
            self._stream.write(b"%s :%d\n" % (word, parent))
        self._stream.write(b"".join(b"M 100644 :%d %s\n" % (file.mark, file.path.encode()) for file in batch))
        return self._marks
