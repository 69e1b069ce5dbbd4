"""Commit objects as bytes, from which signatures are verified, and the files that each commit changed; read in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from weimin.adapters.git import GitError, run

LARGEST = 256 * 1024
"""The largest commit object that is read, in bytes; a longer message has no place in a register."""


def raw_commits(root: Path, commits: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """(commit, content of its object), in the order given. Raises GitError if one is missing or too large."""
    requested = list(commits)
    if not requested:
        return
    out = run(root, "cat-file", "--batch", "--buffer", stdin="".join(f"{c}\n" for c in requested).encode())
    at = 0
    for commit in requested:
        end = out.index(b"\n", at)
        head = out[at:end].split(b" ")
        if len(head) != 3 or head[1] != b"commit" or int(head[2]) > LARGEST:
            raise GitError(f"commit {commit} is missing or cannot be read")
        at = end + 1 + int(head[2])
        yield commit, out[end + 1 : at]
        at += 1


def own_paths(root: Path, commits: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Commit → the files that differ from its parent; of a merge, those that differ from all of its parents."""
    found: dict[str, list[str]] = {commit: [] for commit in commits}
    if not found:
        return {}
    asked = "".join(f"{c}\n" for c in found).encode()
    options = ("-r", "-c", "--root", "--no-renames", "--no-abbrev", "--raw", "-z", "--ignore-submodules=none")
    tokens = iter(run(root, "diff-tree", "--stdin", *options, stdin=asked).split(b"\0")[:-1])
    current: list[str] = []
    for token in tokens:
        if token.startswith(b":"):  # a raw diff line; the next token is its path, which may look like anything
            current.append(next(tokens).decode("utf-8", "surrogateescape"))
        else:
            current = found[token.decode()]
    return {commit: tuple(paths) for commit, paths in found.items()}
