"""Git commands: one process for many files, names separated by NUL, no configuration but the repository's own."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import msgspec


class GitError(Exception):
    """A Git command failed; the message is the first line of its own."""


class Entry(msgspec.Struct, frozen=True):
    """A file of a tree. `mode`: as Git writes it (100644, 120000 …). `blob`: the id of the content, empty if it is changed."""

    path: str
    mode: str
    blob: str = ""


def repository(start: Path) -> Path | None:
    """The top of the work tree that contains `start`; None outside Git."""
    from git import InvalidGitRepositoryError, NoSuchPathError, Repo

    try:
        with Repo(start, search_parent_directories=True) as repo:
            return Path(repo.working_tree_dir) if repo.working_tree_dir else None
    except (InvalidGitRepositoryError, NoSuchPathError):
        return None


def prefix_of(root: Path, top: Path) -> str:
    """The prefix of the records' paths in the repository: empty, or `folder/`. `top`: as `repository` returns it."""
    return "" if root == top else root.relative_to(top).as_posix() + "/"


def run(root: Path, *args: str, stdin: bytes | None = None) -> bytes:
    """Standard output of one Git command. Raises GitError."""
    done = subprocess.run(
        ["git", *args], cwd=root, env=environment(root), input=stdin, capture_output=True, check=False
    )
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(lines[0] if lines else f"git {args[0]}: {done.returncode}")
    return done.stdout


def environment(root: Path) -> dict[str, str]:
    """No system or user configuration, no replaced objects, literal paths (safety.md 1.7 and 3.2: each was run)."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    # Git sets these for a hook, relative to its folder; they name the index and the repository that are meant
    given = ("GIT_INDEX_FILE", "GIT_DIR", "GIT_WORK_TREE")
    keep |= {k: str(Path(os.environ[k]).absolute()) for k in given if k in os.environ}
    return keep | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": str(root),
        # because of the graft file below, Git would print a hint before every answer
        "GIT_CONFIG_KEY_1": "advice.graftFileDeprecated",
        "GIT_CONFIG_VALUE_1": "false",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }


def head(root: Path) -> str:
    """The commit of HEAD; empty if there is none yet."""
    return commit_of(root, "HEAD")


def commit_of(root: Path, rev: str) -> str:
    """The commit that a revision names; empty if it names none."""
    if rev.startswith("-"):
        return ""  # an option, not a revision
    try:
        return run(root, "rev-parse", "--verify", "--quiet", rev + "^{commit}").decode().strip()
    except GitError:
        return ""


def chain_times(root: Path, head: str) -> list[tuple[str, int]]:
    """(commit, committer time in seconds since 1970) of the first-parent chain, from the root commit to `head`."""
    rows = run(root, "rev-list", "--first-parent", "--reverse", "--timestamp", head, "--").split()
    return [(commit.decode(), int(at)) for at, commit in zip(rows[::2], rows[1::2], strict=True)]


def merge_base(root: Path, one: str, other: str) -> str:
    """The merge base of two commits; empty if they have no common history."""
    try:
        return run(root, "merge-base", one, other).decode().strip()
    except GitError:
        return ""


def last_before(root: Path, head: str, moment: int) -> str:
    """The newest commit of the first-parent chain with a committer time before a moment (seconds since 1970); empty for none."""
    return run(root, "rev-list", "-1", "--first-parent", f"--min-age={moment - 1}", head, "--").decode().strip()


def is_shallow(root: Path) -> bool:
    """Whether the clone lacks part of its history."""
    return run(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def is_clean(root: Path, path: str) -> bool:
    """Whether nothing below `path` differs from HEAD or is untracked."""
    return not run(root, "status", "--porcelain", "-z", "--", path)


def tree(root: Path, folder: str) -> list[Entry]:
    """The files of the work tree below a folder: tracked, changed, and untracked but not ignored. In order of paths."""
    tracked = {e.path: e for e in index(root, folder)}
    for path in _split(run(root, "ls-files", "-m", "-o", "--exclude-standard", "-z", "--", folder)):
        if (entry := stat_entry(root, path)) is None:
            tracked.pop(path, None)
        else:
            tracked[path] = entry
    return [tracked[path] for path in sorted(tracked)]


def index(root: Path, folder: str) -> list[Entry]:
    """The files of the index below a folder, in order of paths."""
    entries: dict[str, Entry] = {}
    for line in _split(run(root, "ls-files", "-s", "-z", "--", folder)):
        meta, _, path = line.partition("\t")
        mode, blob, _stage = meta.split(" ")
        entries[path] = Entry(path, mode, blob)
    return [entries[path] for path in sorted(entries)]


def commit_tree(root: Path, commit: str, folder: str) -> list[Entry]:
    """The files of a commit or tree below a folder (empty: all files), in order of paths."""
    below = ("--", folder) if folder else ()
    return sorted(_listed(run(root, "ls-tree", "-r", "-z", "--full-tree", commit, *below)), key=lambda e: e.path)


def _listed(out: bytes) -> list[Entry]:
    entries: list[Entry] = []
    for line in _split(out):
        meta, _, path = line.partition("\t")
        mode, _kind, blob = meta.split(" ")
        entries.append(Entry(path, mode, blob))
    return entries


def git_folder(start: Path) -> Path | None:
    """The .git folder of the repository; None outside Git."""
    try:
        return Path(run(start, "rev-parse", "--absolute-git-dir").decode().strip())
    except GitError:
        return None


def tree_id(root: Path, rev: str, folder: str) -> str:
    """The id of a folder's tree in a commit; that of the empty tree if the commit does not contain the folder."""
    try:
        return run(root, "rev-parse", "--verify", "--quiet", f"{rev}:{folder}").decode().strip()
    except GitError:
        return run(root, "hash-object", "-t", "tree", "--stdin", stdin=b"").decode().strip()


def diff_trees(root: Path, old: str, new: str) -> list[Entry]:
    """The files that differ between two trees, as they are in the new one; the mode of a deleted file is empty.

    Raises GitError.
    """
    parts = _split(run(root, "diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", old, new))
    found = []
    for meta, path in zip(parts[::2], parts[1::2], strict=True):
        _old_mode, mode, _old, blob, status = meta[1:].split(" ")
        found.append(Entry(path, "", "") if status == "D" else Entry(path, mode, blob))
    return found


def entries_at(root: Path, tree: str, paths: list[str]) -> list[Entry]:
    """Some files of a tree, by their paths in it; those that do not exist are left out."""
    return _listed(run(root, "ls-tree", "-r", "-z", "--full-tree", tree, "--", *paths)) if paths else []


def changed_in_work_tree(root: Path, folder: str) -> list[str]:
    """The paths below a folder at which the index or the disk differs from HEAD, with untracked but not ignored files."""
    command = ["git", "ls-files", "-o", "--exclude-standard", "-z", "--", folder]
    # finding untracked files takes as long as comparing the tracked ones; `git status` does one after the other
    with subprocess.Popen(
        command, cwd=root, env=environment(root), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        compared = (
            "diff",
            "--name-only",
            "--no-renames",
            "--no-ext-diff",
            "-z",
            tree_id(root, "HEAD", ""),
            "--",
            folder,
        )
        tracked = _split(run(root, *compared))
        untracked = _split(process.communicate()[0])
    if process.returncode:
        raise GitError(f"git ls-files: {process.returncode}")
    return [*tracked, *(path.rstrip("/") for path in untracked)]


def staged(root: Path, folder: str) -> list[str]:
    """The paths below a folder at which the index differs from HEAD, with deleted files."""
    if not head(root):
        return [e.path for e in index(root, folder)]
    return _split(run(root, "diff-index", "--cached", "--name-only", "--no-renames", "-z", "HEAD", "--", folder))


def mentioning(root: Path, texts: list[str], folder: str) -> list[str]:
    """The paths below a folder whose content in the index contains one of the texts."""
    patterns = [part for text in texts for part in ("-e", text)]
    try:
        return _split(run(root, "grep", "--cached", "-l", "-z", "-F", "-a", *patterns, "--", folder))
    except GitError:
        return []  # grep exits with 1 if nothing matches


def stat_entry(root: Path, path: str) -> Entry | None:
    """A file of the disk as an entry without a blob; None if it does not exist."""
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
