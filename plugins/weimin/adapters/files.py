"""Records as files: the work tree of a repository, or a folder outside Git."""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path

from weimin.adapters.git import Entry, head, prefix_of, repository, stat_entry, tree


class WorkTree:
    """A tree of records on the disk. `root` contains `content/`; `git` is the top of the work tree, None outside Git."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git = repository(root)

    def entries(self) -> list[Entry]:
        """All files below content/, in order of paths."""
        if self.git is not None:
            prefix = prefix_of(self.root, self.git)
            return [Entry(e.path.removeprefix(prefix), e.mode, e.blob) for e in tree(self.git, prefix + "content")]
        found: list[Entry] = []
        for folder, folders, names in os.walk(self.root / "content"):
            folders.sort()
            here = Path(folder).relative_to(self.root).as_posix()
            links = [d for d in folders if (Path(folder) / d).is_symlink()]
            found += [e for n in (*names, *links) if (e := stat_entry(self.root, f"{here}/{n}")) is not None]
        return sorted(found, key=lambda e: e.path)

    def read(self, path: str) -> bytes:
        """The content of a file. Raises OSError."""
        with FileIO(f"{self.root}/{path}") as file:  # making a Path of each record costs more than reading it
            return file.readall()

    def commit(self) -> str:
        """The commit of HEAD; empty outside Git and before the first commit."""
        return head(self.git) if self.git is not None else ""


def find_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that contains `content/`, within the same repository; None if there is none."""
    for folder in (start, *start.parents):
        if (folder / "content").is_dir():
            return folder
        if (folder / ".git").exists():
            break
    return None
