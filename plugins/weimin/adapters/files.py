"""The records as files: the work tree of a repository, or a plain folder."""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path

from weimin.adapters.git import Entry, head, prefix_of, repository, stat_entry, tree


class WorkTree:
    """Where records are read from. `root` holds `content/`; `git` is the repository's top, None outside Git."""

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
        """The bytes of a file. Raises OSError."""
        with FileIO(f"{self.root}/{path}") as file:  # to make a Path of each record costs more than to read it
            return file.readall()

    def commit(self) -> str:
        """The commit that the files were changed from; empty outside Git and before the first one."""
        return head(self.git) if self.git is not None else ""


def find_root(start: Path) -> Path | None:
    """The nearest folder upwards that holds `content/`, or None."""
    for folder in (start, *start.parents):
        if (folder / "content").is_dir():
            return folder
        if (folder / ".git").exists():
            break
    return None
