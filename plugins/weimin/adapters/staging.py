"""Two whole trees: readers see one, the other is brought up to date, then one rename switches them.

`output` is a link to `.NAME-a` or `.NAME-b` beside it. Each tree has a mark (`.NAME-a.mark`) that says which build it holds;
a tree that is being worked on has none, so that one which was left half-done is made anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from weimin.adapters.lock import Lock


class NotALink(Exception):
    """The place of the site is a folder with files in it, which one rename cannot replace."""


class Staging:
    """One build at a time into one place. `folder` is the tree that is not seen. Raises NotALink."""

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
        """Which build readers see; empty where there is none, or none that was finished."""
        return _read(_mark(self.live)) if self.output.is_symlink() and self.live.is_dir() else ""

    @property
    def idle_mark(self) -> str:
        """Which build the other tree holds."""
        return _read(_mark(self.folder)) if self.folder.is_dir() else ""

    def prepare(self, changed: Iterable[str] | None, gone: Iterable[str]) -> None:
        """Bring the idle tree to what readers see: `changed` and `gone` since the build that it holds.

        `changed` None: nothing is known of it, all is copied; where there is nothing to copy it is empty.
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
        self.remove(gone)

    def empty(self) -> None:
        """Begin with nothing."""
        _mark(self.folder).unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()

    def remove(self, paths: Iterable[str]) -> None:
        """Take files out of the idle tree, and folders that are left empty."""
        for path in paths:
            file = self.folder / path
            file.unlink(missing_ok=True)
            for folder in file.parents:
                if folder == self.folder or (folder.is_dir() and any(folder.iterdir())):
                    break
                if folder.is_dir():
                    folder.rmdir()

    def mark_complete(self, mark: str) -> None:
        """The idle tree is whole."""
        _mark(self.folder).write_text(mark, encoding="ascii")

    def switch(self) -> None:
        """Switch: the link is made under another name and renamed over the old one."""
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
