"""What differs between a tree of records and the same tree at another time, without reading what stayed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from weimin.adapters.files import WorkTree
from weimin.adapters.git import (
    Entry,
    GitError,
    changed_in_work_tree,
    commit_tree,
    diff_trees,
    entries_at,
    prefix_of,
    stat_entry,
    tree_id,
)
from weimin.adapters.objects import Objects, Snapshot, Tree, blob_id

DELETED = ""
"""The mode of what is not there any more."""
UNCOMMITTED = "?"
"""Before the id of a content that Git does not hold, because the file was changed and not committed."""


class TreeChanges(msgspec.Struct, frozen=True, kw_only=True):
    """`entries`: files that may have changed since the mark, or all of them where `complete`. `mark`: where to go on from."""

    entries: list[Entry]
    mark: str
    complete: bool = False


def changes_since(tree: Tree, mark: str = "") -> TreeChanges:
    """`mark`: what an earlier call returned, empty for all. A mark that Git does not know any more is as good as none."""
    if isinstance(tree, WorkTree) and tree.git is not None:
        return _work_tree(tree, tree.git, mark)
    if isinstance(tree, Snapshot) and tree.git is not None:
        return _committed(tree.git, tree_id(tree.git, tree.commit(), prefix_of(tree.root, tree.git) + "content"), mark)
    listed = tree.entries()
    if isinstance(tree, Objects):
        return TreeChanges(entries=listed, mark="", complete=True)
    return TreeChanges(entries=[_digested(tree.root, e, "") for e in listed], mark="", complete=True)


def _committed(git: Path, new: str, mark: str) -> TreeChanges:
    """From one committed tree to another."""
    old, *loose = mark.split("\0") if mark else [""]
    if old:
        try:
            found = {e.path: e for e in diff_trees(git, old, new)} if old != new else {}
        except GitError:
            return _committed(git, new, "")
        again = [name for path in loose if (name := path.removeprefix("content/")) not in found]
        found |= {e.path: e for e in _at(git, new, again)}
        return TreeChanges(entries=[_inside(e) for _, e in sorted(found.items())], mark=new)
    listed = commit_tree(git, new, "") if new else []
    return TreeChanges(entries=[_inside(e) for e in listed], mark=new, complete=True)


def _work_tree(tree: WorkTree, git: Path, mark: str) -> TreeChanges:
    """The tree of HEAD, and over it what the disk has otherwise."""
    prefix = prefix_of(tree.root, git)
    new = tree_id(git, "HEAD", prefix + "content")
    base = _committed(git, new, mark)
    found = {e.path: e for e in base.entries}
    loose = []
    for path in changed_in_work_tree(git, prefix + "content"):
        inside = path.removeprefix(prefix)
        loose.append(inside)
        found[inside] = _digested(tree.root, stat_entry(tree.root, inside) or Entry(inside, DELETED), new)
    entries = [found[path] for path in sorted(found)]
    if base.complete:
        entries = [e for e in entries if e.mode != DELETED]
    return TreeChanges(entries=entries, mark="\0".join((new, *loose)), complete=base.complete)


def _digested(root: Path, entry: Entry, like: str) -> Entry:
    if not entry.mode.startswith("100"):
        return entry
    return Entry(entry.path, entry.mode, UNCOMMITTED + blob_id((root / entry.path).read_bytes(), like))


def _at(git: Path, tree: str, names: list[str]) -> Iterator[Entry]:
    """Files of a committed tree by their names in it, those that are not there as gone."""
    there = {e.path: e for e in entries_at(git, tree, names)} if tree else {}
    yield from (there.get(name, Entry(name, DELETED)) for name in names)


def _inside(entry: Entry) -> Entry:
    """Git names the files of a tree from that tree on."""
    return Entry("content/" + entry.path, entry.mode, entry.blob)
