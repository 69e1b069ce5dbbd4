"""A site is built beside the live one and takes its place by one rename; a reader sees the old or the new one."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType


class NotALink(Exception):
    """The place of the site is a folder with files in it, which one rename cannot replace."""


class Staging:
    """`output` is a link to one of two trees beside it (`.NAME-a`, `.NAME-b`); the idle one is built anew.

    Raises NotALink where `output` is a folder that is not empty.
    """

    def __init__(self, output: Path) -> None:
        self.output = output.absolute()
        if self.output.is_dir() and not self.output.is_symlink() and any(self.output.iterdir()):
            raise NotALink(output)
        live = str(self.output.readlink()) if self.output.is_symlink() else ""
        other = "b" if live.endswith("-a") else "a"
        self.folder = self.output.parent / f".{self.output.name}-{other}"

    def __enter__(self) -> Staging:
        self.output.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self) -> None:
        """Switch: the link is made under another name and renamed over the old one."""
        new = self.output.parent / f".{self.output.name}-new"
        new.unlink(missing_ok=True)
        new.symlink_to(self.folder.name, target_is_directory=True)
        if self.output.is_dir() and not self.output.is_symlink():
            self.output.rmdir()
        new.replace(self.output)
