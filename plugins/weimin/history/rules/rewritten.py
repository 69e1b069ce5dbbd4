"""Which commits a redaction has rewritten, as far as the new history alone can show it.

Rewriting a commit removes its signature, and those of all commits after it, because their ids change. So a rewritten
region consists of unsigned commits with no signed commit after them (`unsigned_tail`), and it begins with a commit
that brought a redacted version of a file (`rewritten_from`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence


def ancestry(parents: Mapping[str, Sequence[str]], head: str) -> set[str]:
    """A commit and all of its ancestors."""
    visited: set[str] = set()
    pending = [head]
    while pending:
        commit = pending.pop()
        if commit not in visited and commit in parents:
            visited.add(commit)
            pending += parents[commit]
    return visited


def unsigned_tail(parents: Mapping[str, Sequence[str]], head: str, signed: Collection[str]) -> list[str]:
    """The ancestors of `head` (itself included) that are unsigned and have no signed descendant up to it, ancestors first."""
    children = dict.fromkeys(ancestry(parents, head), 0)
    for commit in children:
        for parent in parents[commit]:
            children[parent] = children.get(parent, 0) + 1
    tail: list[str] = []
    ready = [head]  # commits of which every descendant is in the tail
    while ready:
        commit = ready.pop()
        if commit in signed or commit not in parents:
            continue
        tail.append(commit)
        for parent in parents[commit]:
            children[parent] -= 1
            if not children[parent]:
                ready.append(parent)
    return tail[::-1]


def rewritten_from(
    parents: Mapping[str, Sequence[str]], ordered: Sequence[str], begins: Callable[[str], bool]
) -> frozenset[str]:
    """Of `ordered` (ancestors first) the commits for which `begins` is true, and their descendants."""
    rewritten: set[str] = set()
    for commit in ordered:
        if any(parent in rewritten for parent in parents[commit]) or begins(commit):
            rewritten.add(commit)
    return frozenset(rewritten)
