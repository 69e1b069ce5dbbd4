"""The records as Git objects: of a commit, or of the index. Nothing is checked out, no filter or attribute is applied."""

from __future__ import annotations

import os
import subprocess
import weakref
from collections.abc import Callable
from hashlib import new
from pathlib import Path
from typing import Protocol

from weimin.adapters.git import Entry, commit_tree, environment, head, index, prefix_of

_SHA1_DIGITS = 40


class Tree(Protocol):
    """Where records are read from: a work tree, a commit, the index. `root` holds `content/`."""

    root: Path
    git: Path | None

    def entries(self) -> list[Entry]:
        """All files below content/, in order of paths."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError."""

    def commit(self) -> str:
        """The commit that the records stand in or were changed from; empty where there is none."""


class Blobs:
    """Contents by their ids, from one `git cat-file --batch` for each process that asks."""

    def __init__(self, git: Path) -> None:
        self._git = git
        self._asker: subprocess.Popen[bytes] | None = None
        self._inherited: list[object] = []
        self._owner = 0

    def read(self, blob: str) -> bytes:
        """Raises FileNotFoundError for an object that is not there."""
        asker = self._started()
        assert asker.stdin is not None and asker.stdout is not None
        asker.stdin.write(blob.encode() + b"\n")
        asker.stdin.flush()
        answer = asker.stdout.readline().split()
        if len(answer) != 3:
            raise FileNotFoundError(2, "Git 里没有这个对象", blob)
        data = asker.stdout.read(int(answer[2]))
        asker.stdout.read(1)  # the line end after the content
        return data

    def _started(self) -> subprocess.Popen[bytes]:
        if self._asker is not None and self._owner == os.getpid():
            return self._asker
        self._inherited.append(self._asker)  # a forked process must not speak through its parent's pipe, nor close it
        self._asker = subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=self._git,
            env=environment(self._git),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._owner = os.getpid()
        weakref.finalize(self, _end, self._asker, self._owner)
        return self._asker


def _end(asker: subprocess.Popen[bytes], owner: int) -> None:
    if owner != os.getpid():
        return
    asker.kill()
    asker.communicate()


class Objects:
    """A tree of records without files: `listed` names what is in it, `commit` where it stands."""

    def __init__(self, root: Path, git: Path, listed: Callable[[str], list[Entry]], commit: str) -> None:
        self.root = root
        self.git: Path | None = git
        self._prefix = prefix_of(root, git)
        self._listed = listed
        self._commit = commit
        self._blobs = Blobs(git)
        self._ids: dict[str, str] | None = None

    def entries(self) -> list[Entry]:
        """All files below content/, in order of paths."""
        found = self._listed(self._prefix + "content")
        found = [Entry(e.path.removeprefix(self._prefix), e.mode, e.blob) for e in found]
        self._ids = {e.path: e.blob for e in found}
        return found

    def read(self, path: str) -> bytes:
        """The bytes of a file, as they stand in Git. Raises OSError."""
        if self._ids is None:
            self.entries()
        blob = (self._ids or {}).get(path)
        if blob is None:
            raise FileNotFoundError(2, "没有这个文件", path)
        return self._blobs.read(blob)

    def commit(self) -> str:
        return self._commit


class Snapshot(Objects):
    """The records of a commit; none where `commit` is empty."""

    def __init__(self, root: Path, git: Path, commit: str) -> None:
        super().__init__(root, git, lambda folder: commit_tree(git, commit, folder) if commit else [], commit)


class Index(Objects):
    """The records as they would be committed now."""

    def __init__(self, root: Path, git: Path) -> None:
        super().__init__(root, git, lambda folder: index(git, folder), head(git))


def blob_id(data: bytes, like: str) -> str:
    """The id that Git gives a content, by the hash of another id (SHA-1, or SHA-256 where the repository uses it)."""
    digest = new("sha1" if len(like) <= _SHA1_DIGITS else "sha256", b"blob %d\0" % len(data))
    digest.update(data)
    return digest.hexdigest()
