"""`weimin hook`: installs and removes the Git hook that checks what is about to be committed; other hooks are left alone."""

from __future__ import annotations

import shlex
from enum import Enum, auto
from pathlib import Path

from weimin.adapters.git import prefix_of, repository
from weimin.adapters.hooks import hooks_folder, write_executable
from weimin.engine.opening import NothingToCheck

NAME = "pre-commit"
_MARK = "# weimin hook"


class HookChange(Enum):
    """What installing or removing changed."""

    INSTALLED = auto()
    UNCHANGED = auto()
    REMOVED = auto()
    ABSENT = auto()


class ForeignHook(Exception):
    """Another hook is installed, and stays as it is. `path` is its file, `line` the command to add to it."""

    def __init__(self, path: Path, line: str) -> None:
        super().__init__(str(path))
        self.path, self.line = path, line


def install(root: Path, python: str) -> tuple[HookChange, Path]:
    """Write the hook where Git finds it, for all work trees of the repository. Raises NothingToCheck, ForeignHook."""
    git, path = _git_and_hook_path(root)
    text = _script(python, prefix_of(root, git))
    existing = _read(path)
    if existing == text:
        return HookChange.UNCHANGED, path
    if existing is not None and _MARK not in existing:
        raise ForeignHook(path, _command(python, prefix_of(root, git)))
    write_executable(path, text)
    return HookChange.INSTALLED, path


def remove(root: Path) -> tuple[HookChange, Path]:
    """Remove the hook. Raises NothingToCheck, and ForeignHook where the installed hook is not from `install`."""
    _, path = _git_and_hook_path(root)
    existing = _read(path)
    if existing is None:
        return HookChange.ABSENT, path
    if _MARK not in existing:
        raise ForeignHook(path, "")
    path.unlink()
    return HookChange.REMOVED, path


def _git_and_hook_path(root: Path) -> tuple[Path, Path]:
    git = repository(root)
    if git is None:
        raise NothingToCheck("这里不是 Git 仓库，没有地方装钩子。改法：在克隆下来的仓库里运行。")
    return git, hooks_folder(git) / NAME


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None


def _command(python: str, prefix: str) -> str:
    """The command of the hook; isolated (-I), so that nothing in the repository or the environment is imported."""
    return f'{shlex.quote(python)} -I -m weimin check --staged --root "$(git rev-parse --show-toplevel)/{prefix}" || exit $?'


def _script(python: str, prefix: str) -> str:
    return f"""#!/bin/sh
{_MARK}：提交之前核对准备提交的记录。卸下：weimin hook --remove；这一次不核对：git commit --no-verify
if [ ! -x {shlex.quote(python)} ]; then
  echo '没有核对：weimin 不在原来的位置了。改法：重新运行 weimin hook' >&2
  exit 1
fi
{_command(python, prefix)}
"""
