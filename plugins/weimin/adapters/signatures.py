"""Commits as the bytes that were signed, and what each of them changed itself: both in bulk, one process per question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from weimin.adapters.git import GitError, run

LARGEST = 256 * 1024
"""Bytes of a commit object; a message longer than that has no place in a register."""


def raw_commits(root: Path, commits: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """(commit, its object's bytes) for each, in the order asked. Raises GitError where one is missing or too large."""
    wanted = list(commits)
    if not wanted:
        return
    out = run(root, "cat-file", "--batch", "--buffer", stdin="".join(f"{c}\n" for c in wanted).encode())
    at = 0
    for commit in wanted:
        end = out.index(b"\n", at)
        head = out[at:end].split(b" ")
        if len(head) != 3 or head[1] != b"commit" or int(head[2]) > LARGEST:
            raise GitError(f"commit {commit} is missing or cannot be read")
        at = end + 1 + int(head[2])
        yield commit, out[end + 1 : at]
        at += 1


def own_paths(root: Path, commits: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Commit → the files that it changed against its parent; a merge, those that differ from all of its parents."""
    found: dict[str, list[str]] = {commit: [] for commit in commits}
    if not found:
        return {}
    asked = "".join(f"{c}\n" for c in found).encode()
    options = ("-r", "-c", "--root", "--no-renames", "--no-abbrev", "--raw", "-z", "--ignore-submodules=none")
    tokens = iter(run(root, "diff-tree", "--stdin", *options, stdin=asked).split(b"\0")[:-1])
    current: list[str] = []
    for token in tokens:
        if token.startswith(b":"):  # a line of the comparison; its path follows, and may look like anything
            current.append(next(tokens).decode("utf-8", "surrogateescape"))
        else:
            current = found[token.decode()]
    return {commit: tuple(paths) for commit, paths in found.items()}
