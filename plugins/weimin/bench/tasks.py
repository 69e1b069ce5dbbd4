"""The tasks that are measured, in order, on one generated register; later tasks use what earlier ones stored."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from weimin.adapters.git import run
from weimin.bench.change import change_one_record
from weimin.bench.process import ProcessUsage, run_with_usage, weimin

AS_OF = "2026-11-22"


class Workspace(msgspec.Struct, frozen=True, kw_only=True):
    """A repository with its work tree, and the folder of the site. `limit` in seconds per task.

    `profile`: a file for the profile of the interpreter; with it, a task runs in one process.
    """

    root: Path
    output: Path
    limit: float = 3600
    profile: Path | None = None

    def clear(self) -> None:
        """Deletes stored results and moves the site aside.

        The site is not deleted: ext4 does not reuse the inodes of deleted files for a minute or more, and the search for other
        inodes doubles the time of writing a site.
        """
        shutil.rmtree(self.root / ".git" / "weimin", ignore_errors=True)
        if self.output.parent.exists():
            aside = (self.output.parent.with_name(f"aside-{n}") for n in itertools.count())
            self.output.parent.rename(next(place for place in aside if not place.exists()))

    def run(self, *arguments: str, writes: bool = False) -> ProcessUsage:
        """Runs `weimin` with the arguments; with `writes`, files written to the site are counted."""
        into = self.output.parent if writes else None
        command = weimin(*arguments, "--as-of", AS_OF)
        if self.profile is not None:
            command[1:1] = ["-m", "cProfile", "-o", str(self.profile)]
            command += ["--jobs", "1"]
        return run_with_usage(command, self.root, writes=into, limit=self.limit)


def clone_workspace(register: Path, folder: Path, *, limit: float = 3600) -> Workspace:
    """A workspace in a clone of a generated register, which stays unchanged. Raises GitError."""
    root = folder / "register"
    run(register, "clone", "--quiet", "--local", str(register), str(root))
    return Workspace(root=root, output=folder / "site" / "current", limit=limit)


def _check_cold(workspace: Workspace) -> ProcessUsage:
    workspace.clear()
    return workspace.run("check")


def _check(workspace: Workspace) -> ProcessUsage:
    return workspace.run("check")


def _check_change(workspace: Workspace) -> ProcessUsage:
    change_one_record(workspace.root, 0)
    return workspace.run("check", "--base", "HEAD~1")


def build_cold(workspace: Workspace) -> ProcessUsage:
    workspace.clear()
    return build(workspace)


def build(workspace: Workspace) -> ProcessUsage:
    """A build without share images, which have a line of their own (`build_pictures`)."""
    return workspace.run("build", "--no-pictures", "--output", str(workspace.output), writes=True)


def build_second(workspace: Workspace) -> ProcessUsage:
    """The first change after a build from nothing, which copies the second tree of the site."""
    change_one_record(workspace.root, 1)
    return build(workspace)


def _build_change(workspace: Workspace) -> ProcessUsage:
    change_one_record(workspace.root, 2)
    return build(workspace)


def build_pictures(workspace: Workspace) -> ProcessUsage:
    """A build from nothing with all share images."""
    workspace.clear()
    return workspace.run("build", "--output", str(workspace.output), writes=True)


def count_pictures(workspace: Workspace) -> int:
    """The number of share images in the site."""
    return sum(1 for _ in workspace.output.glob("cards/**/*.png"))


def _audit_cold(workspace: Workspace) -> ProcessUsage:
    workspace.clear()
    return workspace.run("audit")


def _audit_change(workspace: Workspace) -> ProcessUsage:
    change_one_record(workspace.root, 3)
    return workspace.run("audit", "--since", "HEAD~1")


TASKS: Mapping[str, tuple[str, Callable[[Workspace], ProcessUsage]]] = {
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
"""Task → (name, function), in this order: `again` and `change` use what `cold` stored."""


def run_tasks(
    workspace: Workspace, log: Callable[[str], None], keys: tuple[str, ...] = ()
) -> Iterator[tuple[str, ProcessUsage]]:
    """(task, usage) of each task, or of those in `keys`."""
    for key, (name, task) in TASKS.items():
        if not keys or key in keys:
            log(f"正在测量：{name}……")
            yield key, task(workspace)
