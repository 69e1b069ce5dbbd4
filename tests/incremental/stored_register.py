"""A made-up register with a store, built and compared in this process or in others."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

from scripted_register import start
from scripted_runs import Files, files_of

from builders.repository import Repository, git_environment, make_repo
from weimin.app.build.build import Built, build
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.engine.tables import store_of
from weimin.publish.run import publish

DAY = date(2026, 7, 20)


class StoredRegister:
    """A register in `folder` with its store, where the program puts it, and its site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository: Repository = make_repo(folder / "repo", [start(random.Random(1))])
        self.root, self.output = self.repository.root, folder / "site" / "current"
        self._clean: dict[str, Files] = {}
        self._title = 0

    @property
    def store(self) -> Path:
        return store_of(self.root)

    def built(self, *, stored: bool = True) -> Built:
        register = Register(self.root, self.store if stored else None)
        try:
            output = self.output if stored else self.folder / "clean" / "current"
            return build(register, Options(as_of=DAY), output, publish, share_images=False)
        finally:
            register.close()

    @property
    def clean(self) -> Files:
        """The site of a clean build; built once for each commit."""
        commit = self.repository.git("rev-parse", "HEAD") if (self.root / ".git").exists() else ""
        if commit not in self._clean or not commit:
            shutil.rmtree(self.folder / "clean", ignore_errors=True)
            self.built(stored=False)
            self._clean[commit] = files_of(self.folder / "clean" / "current")
        return self._clean[commit]

    @property
    def site(self) -> Files:
        return files_of(self.output)

    def arguments(self, *more: str) -> list[str]:
        """The command line of `weimin build`."""
        asked = ["--root", str(self.root), "--output", str(self.output), "--as-of", DAY.isoformat(), "--no-pictures"]
        return [sys.executable, "-m", "weimin", "build", *asked, *more]

    def started(self, *more: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.arguments(*more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=git_environment()
        )

    def turned(self) -> None:
        """Go to another commit and back: the two differ by one record."""
        if self._title:
            self.repository.git("reset", "--quiet", "--hard", "HEAD@{1}")
        else:
            self.retitled("另一个题目")
            self.repository.git("reset", "--quiet", "--hard", "HEAD~1")
            self.repository.git("reset", "--quiet", "--hard", "HEAD@{1}")
        self._title += 1

    def retitled(self, title: str) -> None:
        """Commit a change of one record."""
        path = next(p for p in sorted(self.root.rglob("topic.md")))
        text = path.read_text(encoding="utf-8")
        old = next(line for line in text.splitlines() if line.startswith("title: "))
        self.repository.commit({path.relative_to(self.root).as_posix(): text.replace(old, f"title: {title}")})


def rows(path: Path, *statements: str) -> None:
    """Change a store with another connection."""
    with sqlite3.connect(path) as found:
        for statement in statements:
            found.execute(statement)
    found.close()
