"""Which commits a redaction has rewritten, as far as the new history by itself can show it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence


def ancestry(parents: Mapping[str, Sequence[str]], head: str) -> set[str]:
    """A commit and all of its ancestors."""
    found: set[str] = set()
    waiting = [head]
    while waiting:
        commit = waiting.pop()
        if commit not in found and commit in parents:
            found.add(commit)
            waiting += parents[commit]
    return found


def unsigned_tail(parents: Mapping[str, Sequence[str]], head: str, signed: Collection[str]) -> list[str]:
    """The commits up to `head` that are unsigned and have nothing signed after them, ancestors first.

    A rewriting takes the signature of a commit and of all that follow. So what stands before a signature was not rewritten.
    """
    children = dict.fromkeys(ancestry(parents, head), 0)
    for commit in children:
        for parent in parents[commit]:
            children[parent] = children.get(parent, 0) + 1
    found: list[str] = []
    free = [head]
    while free:
        commit = free.pop()
        if commit in signed or commit not in parents:
            continue
        found.append(commit)
        for parent in parents[commit]:
            children[parent] -= 1
            if not children[parent]:
                free.append(parent)
    return found[::-1]


def rewritten_from(
    parents: Mapping[str, Sequence[str]], ordered: Sequence[str], begins: Callable[[str], bool]
) -> frozenset[str]:
    """Of commits, ancestors first, those with which it begins, and what follows on them."""
    found: set[str] = set()
    for commit in ordered:
        if any(parent in found for parent in parents[commit]) or begins(commit):
            found.add(commit)
    return frozenset(found)
