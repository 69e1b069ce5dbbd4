"""Git, asked in bulk: one process per question, names cut at NUL, nobody's configuration but the repository's."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import msgspec


class GitError(Exception):
    """Git could not answer; the message is its own, first line."""


class Entry(msgspec.Struct, frozen=True):
    """A file of the tree. `mode` as Git writes it (100644, 120000 …); `blob` empty where the file was changed."""

    path: str
    mode: str
    blob: str = ""


def repository(start: Path) -> Path | None:
    """The top of the work tree that holds `start`, or None outside Git."""
    from git import InvalidGitRepositoryError, NoSuchPathError, Repo

    try:
        with Repo(start, search_parent_directories=True) as repo:
            return Path(repo.working_tree_dir) if repo.working_tree_dir else None
    except (InvalidGitRepositoryError, NoSuchPathError):
        return None


def run(root: Path, *args: str, stdin: bytes | None = None) -> bytes:
    """Standard output of one Git command. Raises GitError."""
    done = subprocess.run(
        ["git", *args], cwd=root, env=_environment(root), input=stdin, capture_output=True, check=False
    )
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(lines[0] if lines else f"git {args[0]}: {done.returncode}")
    return done.stdout


def _environment(root: Path) -> dict[str, str]:
    """No system or user configuration, no replaced objects, literal paths (safety.md 1.7 and 3.2: each was run)."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    # a hook runs with these; they say which index and which repository is meant
    keep |= {k: os.environ[k] for k in ("GIT_INDEX_FILE", "GIT_DIR", "GIT_WORK_TREE") if k in os.environ}
    return keep | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": str(root),
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }


def head(root: Path) -> str:
    """The commit of HEAD; empty where there is none yet."""
    try:
        return run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
    except GitError:
        return ""


def is_clean(root: Path, path: str) -> bool:
    """Nothing below `path` differs from HEAD, and nothing there is untracked."""
    return not run(root, "status", "--porcelain", "-z", "--", path)


def tree(root: Path, folder: str) -> list[Entry]:
    """The work tree below a folder as it is: tracked, changed, and untracked but not ignored. In order of paths."""
    tracked: dict[str, Entry] = {}
    for line in _split(run(root, "ls-files", "-s", "-z", "--", folder)):
        meta, _, path = line.partition("\t")
        mode, blob, _stage = meta.split(" ")
        tracked[path] = Entry(path, mode, blob)
    for path in _split(run(root, "ls-files", "-m", "-o", "--exclude-standard", "-z", "--", folder)):
        if (entry := stat_entry(root, path)) is None:
            tracked.pop(path, None)
        else:
            tracked[path] = entry
    return [tracked[path] for path in sorted(tracked)]


def stat_entry(root: Path, path: str) -> Entry | None:
    """A file of the disk as an entry without a blob; None where it is gone."""
    try:
        mode = (root / path).lstat().st_mode
    except OSError:
        return None
    if stat.S_ISLNK(mode):
        return Entry(path, "120000")
    if stat.S_ISDIR(mode):
        return Entry(path.rstrip("/"), "160000")
    return Entry(path, "100755" if mode & 0o111 else "100644")


def _split(out: bytes) -> list[str]:
    return [part.decode("utf-8", "surrogateescape") for part in out.split(b"\0") if part]
