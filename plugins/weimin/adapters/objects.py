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
LISTING_THRESHOLD = 500  # files of a commit; of more than these, listing it once costs less


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


class BlobReader:
    """Contents by their ids, from one `git cat-file --batch` for each process that asks."""

    def __init__(self, git: Path) -> None:
        self._git = git
        self._asker: subprocess.Popen[bytes] | None = None
        self._inherited: list[object] = []
        self._owner = 0

    def read(self, name: str, kind: bytes = b"") -> bytes:
        """`name`: an id, or `COMMIT:PATH` without a line end. `kind`: what it has to be, if that matters.

        Raises FileNotFoundError for an object that is not there, or is of another kind.
        """
        asker = self._started()
        assert asker.stdin is not None and asker.stdout is not None
        asker.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
        asker.stdin.flush()
        answer = asker.stdout.readline().split()
        if len(answer) != 3 or not answer[2].isdigit():  # `NAME missing`, where a name may hold spaces
            raise FileNotFoundError(2, "Git 里没有这个对象", name)
        data = asker.stdout.read(int(answer[2]))
        asker.stdout.read(1)  # the line end after the content
        if kind and answer[1] != kind:
            raise FileNotFoundError(2, "Git 里这不是文件", name)
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
        self._blobs = BlobReader(git)
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

        self._asked = 0

    def read(self, path: str) -> bytes:
        """As of all. Of a large commit a few files are read without listing it; Git looks for each from its root on."""
        self._asked += 1
        if self._ids is not None or not self._commit or "\n" in path or self._asked > LISTING_THRESHOLD:
            return super().read(path)
        return self._blobs.read(f"{self._commit}:{self._prefix}{path}", b"blob")


class Index(Objects):
    """The records as they would be committed now."""

    def __init__(self, root: Path, git: Path) -> None:
        super().__init__(root, git, lambda folder: index(git, folder), head(git))


def blob_id(data: bytes, like: str) -> str:
    """The id that Git gives a content, by the hash of another id (SHA-1, or SHA-256 where the repository uses it)."""
    digest = new("sha1" if len(like) <= _SHA1_DIGITS else "sha256", b"blob %d\0" % len(data))
    digest.update(data)
    return digest.hexdigest()
