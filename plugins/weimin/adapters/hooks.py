"""Git hooks: the folder in which Git looks for them, and writing of an executable file."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def hooks_folder(top: Path) -> Path:
    """The folder of the hooks, shared by all work trees of a repository.

    Git is asked with the configuration of the user and the machine, which may name another folder (core.hooksPath).
    """
    variables = {k: v for k, v in os.environ.items() if k not in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")}
    done = subprocess.run(
        ["git", "rev-parse", "--git-path", "hooks"], cwd=top, env=variables, capture_output=True, check=True
    )
    return top / done.stdout.decode("utf-8", "surrogateescape").strip()


def write_executable(path: Path, text: str) -> None:
    """Write an executable file atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".weimin-new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.chmod(0o755)
    beside.replace(path)
