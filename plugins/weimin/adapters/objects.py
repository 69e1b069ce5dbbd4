"""Records as Git objects, of a commit or of the index. Nothing is checked out; filters and attributes are not applied."""

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
LISTING_THRESHOLD = 500  # files of a commit; if more are read, listing the commit once is cheaper


class Tree(Protocol):
    """A tree of records: a work tree, a commit or the index. `root`: the folder with `content/`. `git`: the top of the work
    tree, None outside Git.
    """

    root: Path
    git: Path | None

    def entries(self) -> list[Entry]:
        """All files below content/, in order of paths."""

    def read(self, path: str) -> bytes:
        """The content of a file. Raises OSError."""

    def commit(self) -> str:
        """The commit that contains the records, or from which they were changed; empty if there is none."""


class BlobReader:
    """Reads objects by their ids, through one `git cat-file --batch` for each process that uses it."""

    def __init__(self, git: Path) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None
        self._inherited: list[object] = []
        self._owner = 0

    def read(self, name: str, kind: bytes = b"") -> bytes:
        """The content of an object. `name`: an id, or `COMMIT:PATH` without a line end. `kind`: the type it must have, if any.

        Raises FileNotFoundError if there is no such object, or it has another type.
        """
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
        process.stdin.flush()
        header = process.stdout.readline().split()
        if len(header) != 3 or not header[2].isdigit():  # `NAME missing`, where a name may hold spaces
            raise FileNotFoundError(2, "Git 里没有这个对象", name)
        data = process.stdout.read(int(header[2]))
        process.stdout.read(1)  # the line end after the content
        if kind and header[1] != kind:
            raise FileNotFoundError(2, "Git 里这不是文件", name)
        return data

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner == os.getpid():
            return self._process
        self._inherited.append(self._process)  # a forked process must neither use nor close its parent's pipe
        self._process = subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=self._git,
            env=environment(self._git),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._owner = os.getpid()
        weakref.finalize(self, _end, self._process, self._owner)
        return self._process


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    if owner != os.getpid():
        return
    process.kill()
    process.communicate()


class Objects:
    """A tree of records in Git. `listed`: folder → its entries. `commit`: as for Tree."""

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
        """The content of a file in Git. Raises OSError."""
        if self._ids is None:
            self.entries()
        blob = (self._ids or {}).get(path)
        if blob is None:
            raise FileNotFoundError(2, "没有这个文件", path)
        return self._blobs.read(blob)

    def commit(self) -> str:
        return self._commit


class Snapshot(Objects):
    """The records of a commit; an empty `commit` has none."""

    def __init__(self, root: Path, git: Path, commit: str) -> None:
        super().__init__(root, git, lambda folder: commit_tree(git, commit, folder) if commit else [], commit)
        self._reads = 0

    def read(self, path: str) -> bytes:
        """The first files are read by path, without listing the commit; Git looks up each of them from the commit's root."""
        self._reads += 1
        if self._ids is not None or not self._commit or "\n" in path or self._reads > LISTING_THRESHOLD:
            return super().read(path)
        return self._blobs.read(f"{self._commit}:{self._prefix}{path}", b"blob")


class Index(Objects):
    """The records as they would be committed now."""

    def __init__(self, root: Path, git: Path) -> None:
        super().__init__(root, git, lambda folder: index(git, folder), head(git))


def blob_id(data: bytes, like: str) -> str:
    """The id of a blob. `like`: another id of the repository, whose length tells the hash (SHA-1 or SHA-256)."""
    digest = new("sha1" if len(like) <= _SHA1_DIGITS else "sha256", b"blob %d\0" % len(data))
    digest.update(data)
    return digest.hexdigest()
