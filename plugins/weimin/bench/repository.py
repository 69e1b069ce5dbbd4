"""A generated register as a Git repository, written by `git fast-import`: files in the order of their days, several per commit.

Texts are sent to Git as they are generated; only their marks are kept until the order of the commits is known.
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
from weimin.bench.corpus import SETUP_DAY, corpus
from weimin.bench.dossier_draft import FileVersion

MAIN = b"refs/heads/main"
PER_COMMIT = 8
_DAY = 86_400


class RegisterCounts(msgspec.Struct, frozen=True):
    """`records`: files at the end, `versions`: filed versions of files, `commits`: on the main branch."""

    records: int
    versions: int
    commits: int


class StoredVersion(msgspec.Struct, frozen=True, order=True):
    """A version of a file that was sent to Git, with its mark."""

    day: date
    mark: int
    path: str


def make_register(root: Path, records: int) -> RegisterCounts:
    """Makes the repository with its work tree. Raises GitError, OSError."""
    with Import(root) as stream:
        filed = stream.store(corpus(records))
        commits = 0
        for batch in batches(filed, PER_COMMIT):
            commits += 1
            stream.commit(MAIN, batch, filed_at(batch, commits))
    run(root, "reset", "--quiet", "--hard", "main")
    return RegisterCounts(records=len({file.path for file in filed}), versions=len(filed), commits=commits)


def batches(filed: Sequence[StoredVersion], size: int) -> Iterator[list[StoredVersion]]:
    """The files of each commit: those of the first day together, then `size` at a time, never two versions of one path."""
    initial = [file for file in filed if file.day == SETUP_DAY]
    if initial:
        yield initial
    batch: list[StoredVersion] = []
    there: set[str] = set()
    for file in filed[len(initial) :]:
        if len(batch) == size or file.path in there:
            yield batch
            batch, there = [], set()
        batch.append(file)
        there.add(file.path)
    if batch:
        yield batch


def filed_at(batch: Iterable[StoredVersion], number: int) -> int:
    """The commit time in seconds since 1970: the day after its last file; later commits of a day some seconds later."""
    day = max(file.day for file in batch)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + _DAY + number % 7200


class Import:
    """A running `git fast-import` into a new repository. Failures raise GitError."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        run(root, "init", "--quiet", "--initial-branch=main")
        command = ["git", "fast-import", "--quiet", "--done", "--depth=10"]
        self._process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        self._marks = 0

    def __enter__(self) -> Import:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        errors = self._process.stderr
        assert errors is not None
        with suppress(BrokenPipeError):
            if error is None:
                self._stream.write(b"done\n")
            self._stream.close()
        message = errors.read().decode("utf-8", "replace").strip()
        errors.close()
        if self._process.wait() != 0 and not isinstance(error, KeyboardInterrupt):
            raise GitError(message or "git fast-import") from error

    @property
    def _stream(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def store(self, files: Iterable[FileVersion]) -> list[StoredVersion]:
        """Sends each text to Git; returns the versions in the order of their days."""
        filed = []
        for file in files:
            self._marks += 1
            data = file.text.encode()
            self._stream.write(b"blob\nmark :%d\ndata %d\n%s\n" % (self._marks, len(data), data))
            filed.append(StoredVersion(file.day, self._marks, file.path))
        filed.sort()
        return filed

    def commit(self, branch: bytes, batch: Sequence[StoredVersion], at: int, parents: Sequence[int] = ()) -> int:
        """Commits the files onto `parents` (by default the tip of the branch); returns the mark of the commit."""
        self._marks += 1
        who = b"made <made@demo.invalid> %d +0800" % at
        message = f"入档 {len(batch)} 份记录".encode()
        self._stream.write(b"commit %s\nmark :%d\nauthor %s\ncommitter %s\n" % (branch, self._marks, who, who))
        self._stream.write(b"data %d\n%s\n" % (len(message), message))
        for word, parent in zip((b"from", b"merge"), parents, strict=False):
            self._stream.write(b"%s :%d\n" % (word, parent))
        self._stream.write(b"".join(b"M 100644 :%d %s\n" % (file.mark, file.path.encode()) for file in batch))
        return self._marks
