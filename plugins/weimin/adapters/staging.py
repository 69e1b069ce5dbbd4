"""Two complete trees beside the output: readers see one; a build updates the other; one rename switches them.

`output` is a symbolic link to `.NAME-a` or `.NAME-b` in the same folder. The tree that it leads to is *live*, the other one
*idle*. Each tree has a mark (`.NAME-a.mark`), a text that identifies the build that the tree contains. A build goes in steps:

1. `prepare` brings the idle tree, which usually contains the build before the live one, up to the live tree: it copies the
   files that changed in between and removes those that were pruned. If the idle tree is unknown or incomplete, the live
   tree is copied; `empty` begins with nothing.
2. The caller writes the files of the new build into `folder`, the idle tree, and calls `remove` for those that are pruned.
3. `mark_complete` writes the mark of the new build.
4. `switch` makes a link to the idle tree under another name and renames it over `output`. A rename is atomic, so a reader
   sees the old site or the new one, never a mixture.

Invariants:

- The live tree is never written to.
- A tree that is being changed has no mark, because step 1 deletes it first. If the process is killed, the next build finds a
  tree without a mark and makes it anew.
- One build at a time works on an output; others wait for the lock.

Example: `current` leads to `.current-a` with build 7, and `.current-b` contains build 6. Build 8 copies to `.current-b` what
build 7 changed, writes its own changes, marks it as 8 and switches. A change of one record costs a few dozen files, and
readers of build 7 keep their files open in `.current-a`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from weimin.adapters.lock import Lock


class NotALink(Exception):
    """The output is a folder with files in it, which one rename cannot replace."""


class Staging:
    """The two trees of an output. Use as a context, which has the lock. `live`, `folder`: the live and the idle tree.

    Raises NotALink.
    """

    def __init__(self, output: Path) -> None:
        self.output = output.absolute()
        if self.output.is_dir() and not self.output.is_symlink() and any(self.output.iterdir()):
            raise NotALink(output)
        self._lock = Lock(self._beside("lock"))

    def __enter__(self) -> Staging:
        self.output.parent.mkdir(parents=True, exist_ok=True)
        self._lock.acquire(wait=True)
        live = str(self.output.readlink()) if self.output.is_symlink() else ""
        names = ("a", "b") if live.endswith("-a") else ("b", "a")
        self.live, self.folder = (self._beside(name) for name in names)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._lock.release()

    def _beside(self, name: str) -> Path:
        return self.output.parent / f".{self.output.name}-{name}"

    @property
    def mark(self) -> str:
        """The mark of the live tree; empty if there is none, or none that is complete."""
        return _read(_mark(self.live)) if self.output.is_symlink() and self.live.is_dir() else ""

    @property
    def idle_mark(self) -> str:
        """The mark of the idle tree, likewise."""
        return _read(_mark(self.folder)) if self.folder.is_dir() else ""

    def prepare(self, changed: Iterable[str] | None, pruned: Iterable[str]) -> None:
        """Bring the idle tree up to the live one.

        `changed`, `pruned`: the paths that differ since the build that the idle tree contains. `changed` None: its content is
        unknown, so the live tree is copied; if there is none, the idle tree is empty.
        """
        _mark(self.folder).unlink(missing_ok=True)
        if changed is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            if self.mark:
                shutil.copytree(self.live, self.folder)
            self.folder.mkdir(exist_ok=True)
            return
        for path in changed:
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.live / path, target)
        self.remove(pruned)

    def empty(self) -> None:
        """Make the idle tree empty."""
        _mark(self.folder).unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files from the idle tree, and the folders that become empty."""
        for path in paths:
            file = self.folder / path
            file.unlink(missing_ok=True)
            for folder in file.parents:
                if folder == self.folder or (folder.is_dir() and any(folder.iterdir())):
                    break
                if folder.is_dir():
                    folder.rmdir()

    def mark_complete(self, mark: str) -> None:
        """Mark the idle tree as complete. `mark`: identifies the build."""
        _mark(self.folder).write_text(mark, encoding="ascii")

    def switch(self) -> None:
        """Make the idle tree the live one."""
        new = self._beside("new")
        new.unlink(missing_ok=True)
        new.symlink_to(self.folder.name, target_is_directory=True)
        if self.output.is_dir() and not self.output.is_symlink():
            self.output.rmdir()
        new.replace(self.output)


def _mark(tree: Path) -> Path:
    return tree.with_name(tree.name + ".mark")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
