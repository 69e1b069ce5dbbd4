"""A copy of the repository in which the steps of an addition are applied and taken back.

The copy has what the agreement tests read: of the register only the rule books, not the records of 1,556 platforms. It is
made of copies, not of links, since programs that run in it rewrite files in place.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from addition import Step

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = re.compile(r"content/(?!network/321300/rules/|[^/]+$)|tests/(bad_inputs|fixtures|visitors)/|docs/images/")
_TEST = re.compile(r"^_+ (?:ERROR (?:at \w+ of|collecting) )?(\S.*?) _+$")
_MESSAGE = re.compile(r"^E +(.*)$")


class Named(msgspec.Struct, frozen=True):
    """A line of a failing test."""

    test: str
    line: str


class Outcome(msgspec.Struct, frozen=True):
    """How a run of pytest ended. `named`: the lines of its failures, in order."""

    code: int
    output: str
    named: tuple[Named, ...]

    def first(self, names: Iterable[str]) -> Named | None:
        """The first failure that has one of the names in its line or in the name of the test."""
        names = tuple(names)
        return next((row for row in self.named if any(name in f"{row.test} {row.line}" for name in names)), None)


class Copy:
    """A copy of the repository in a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        for path in _tracked():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, target)

    @contextmanager
    def with_steps(self, steps: Iterable[Step]) -> Iterator[None]:
        """The steps in their order; afterwards the copy is what it was. A program that fails leaves it to the tests to say why."""
        before = self._files()
        try:
            for step in steps:
                for edit in step.edits:
                    edit.apply(self.root)
                if step.run:
                    self.run(*step.run)
            yield
        finally:
            self._restore(before)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Python of this environment, with the program of the copy."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.root / "plugins"),
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def test(self, guards: Iterable[str]) -> Outcome:
        """The tests of the copy that guard an addition."""
        ran = self.run("-m", "pytest", "-q", "-vv", "--tb=short", "-n0", "-p", "no:cacheprovider", *guards)
        return Outcome(code=ran.returncode, output=ran.stdout + ran.stderr, named=tuple(_named(ran.stdout)))

    def _files(self) -> dict[Path, tuple[int, int]]:
        found = (path for path in self.root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in found}

    def _restore(self, before: dict[Path, tuple[int, int]]) -> None:
        after = self._files()
        for path in after.keys() - before.keys():
            path.unlink()
        for path, state in before.items():
            if after.get(path) != state:
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / path.relative_to(self.root), path)


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for path in listed.split("\0") if path and not LEFT_OUT.match(path) and (ROOT / path).is_file()]


def _named(output: str) -> Iterator[Named]:
    test = ""
    for line in output.splitlines():
        if found := _TEST.match(line):
            test = found[1]
        elif found := _MESSAGE.match(line):
            yield Named(test, found[1])
