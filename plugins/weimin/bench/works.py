"""The works that are measured, in turn, on one made register: each a row; the later ones rest on what the earlier left."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from weimin.adapters.git import run
from weimin.bench.change import one_changed
from weimin.bench.measure import Measured, measure, weimin

AS_OF = "2026-11-22"


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Where it is measured: a repository of its own with its work tree, and where the site goes. `limit` in seconds.

    `profile`: a file for the interpreter's own account of where the time went; then all is done in one process.
    """

    root: Path
    output: Path
    limit: float = 3600
    profile: Path | None = None

    def forget(self) -> None:
        """What earlier runs found out is gone; the site that stands is put aside.

        It is not deleted: ext4 does not use the inodes of deleted files again for a minute or more, and looks for others at a
        cost that doubles the time of writing a site.
        """
        shutil.rmtree(self.root / ".git" / "weimin", ignore_errors=True)
        if self.output.parent.exists():
            aside = (self.output.parent.with_name(f"aside-{n}") for n in itertools.count())
            self.output.parent.rename(next(place for place in aside if not place.exists()))

    def take(self, *arguments: str, writes: bool = False) -> Measured:
        into = self.output.parent if writes else None
        command = weimin(*arguments, "--as-of", AS_OF)
        if self.profile is not None:
            command[1:1] = ["-m", "cProfile", "-o", str(self.profile)]
            command += ["--jobs", "1"]
        return measure(command, self.root, writes=into, limit=self.limit)


def fresh(register: Path, folder: Path, *, limit: float = 3600) -> Ground:
    """A clone of a made register to measure on; the register stays as it was made. Raises GitError."""
    root = folder / "register"
    run(register, "clone", "--quiet", "--local", str(register), str(root))
    return Ground(root=root, output=folder / "site" / "current", limit=limit)


def _check_cold(ground: Ground) -> Measured:
    ground.forget()
    return ground.take("check")


def _check(ground: Ground) -> Measured:
    return ground.take("check")


def _check_change(ground: Ground) -> Measured:
    one_changed(ground.root, 0)
    return ground.take("check", "--base", "HEAD~1")


def build_cold(ground: Ground) -> Measured:
    ground.forget()
    return build(ground)


def build(ground: Ground) -> Measured:
    """Without share pictures: they are a line of their own (`build_pictures`)."""
    return ground.take("build", "--no-pictures", "--output", str(ground.output), writes=True)


def build_second(ground: Ground) -> Measured:
    """The first change after a site was made from nothing: its second tree is copied."""
    one_changed(ground.root, 1)
    return build(ground)


def _build_change(ground: Ground) -> Measured:
    one_changed(ground.root, 2)
    return build(ground)


def build_pictures(ground: Ground) -> Measured:
    """All from nothing, and a picture for each record that has one."""
    ground.forget()
    return ground.take("build", "--output", str(ground.output), writes=True)


def pictures_of(ground: Ground) -> int:
    """How many share pictures stand in the site."""
    return sum(1 for _ in ground.output.glob("cards/**/*.png"))


def _audit_cold(ground: Ground) -> Measured:
    ground.forget()
    return ground.take("audit")


def _audit_change(ground: Ground) -> Measured:
    one_changed(ground.root, 3)
    return ground.take("audit", "--since", "HEAD~1")


WORKS: Mapping[str, tuple[str, Callable[[Ground], Measured]]] = {
    "check-cold": ("核对，从头", _check_cold),
    "check-again": ("核对，什么都没改", _check),
    "check-change": ("核对一处改动（--base）", _check_change),
    "build-cold": ("生成，从头", build_cold),
    "build-again": ("生成，什么都没改", build),
    "build-second": ("生成，第一次改动（备好第二份网站）", build_second),
    "build-change": ("生成，改了一份记录", _build_change),
    "audit-cold": ("核对留痕，从头", _audit_cold),
    "audit-change": ("核对留痕，多一次提交", _audit_change),
}
"""In this order: `again` and `change` find what `cold` left."""


def works(ground: Ground, say: Callable[[str], None], wanted: tuple[str, ...] = ()) -> Iterator[tuple[str, Measured]]:
    """(key, measured) of each work, or of the wanted ones."""
    for key, (name, work) in WORKS.items():
        if not wanted or key in wanted:
            say(f"正在测量：{name}……")
            yield key, work(ground)
