"""Changes of a tree of records since an earlier state, found without reading the files that are the same.

A state of a tree is known again by its *mark*, which the caller stores. What Git can compare, Git compares:

- *Commit.* The mark is the id of the tree object of content/. `git diff-tree` between the old and the new tree lists the
  files that differ; if Git does not have the old tree any more, all files are listed.
- *Work tree.* First as above, for the tree of HEAD. Then `git diff` and `git ls-files` list the files that differ from HEAD
  or are not tracked; their contents are hashed, and their ids get the prefix `?` (UNCOMMITTED). The mark is the id of the
  tree of HEAD, followed by the paths of these files, each after a NUL: `TREE\0content/a.md\0content/b.md`. These files
  are compared again next time, because they may have been reverted.
- *Outside Git, or the index.* There is no mark; all files are listed.

Example: a record is edited, and the commit is made after a build. The first call returns the record with a `?` id and a mark
that names it. After the commit `git diff-tree` returns it with its id in Git. If the edit is reverted instead, neither Git
command lists it, but the mark does, so the call returns it as it is in HEAD.
"""

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
"""The mode of a file that does not exist any more."""
UNCOMMITTED = "?"
"""The prefix of the id of a content that is not committed."""


class TreeChanges(msgspec.Struct, frozen=True, kw_only=True):
    """`entries`: the files that may have changed since the mark; all files if `complete`. `mark`: of the current state."""

    entries: list[Entry]
    mark: str
    complete: bool = False


def changes_since(tree: Tree, mark: str = "") -> TreeChanges:
    """The changes since a state. `mark`: as an earlier call returned it; empty for all files."""
    if isinstance(tree, WorkTree) and tree.git is not None:
        return _work_tree(tree, tree.git, mark)
    if isinstance(tree, Snapshot) and tree.git is not None:
        return _committed(tree.git, tree_id(tree.git, tree.commit(), prefix_of(tree.root, tree.git) + "content"), mark)
    entries = tree.entries()
    if isinstance(tree, Objects):
        return TreeChanges(entries=entries, mark="", complete=True)
    return TreeChanges(entries=[_digested(tree.root, e, "") for e in entries], mark="", complete=True)


def _committed(git: Path, new: str, mark: str) -> TreeChanges:
    """The changes to the tree object `new` from the one in the mark, and the files that the mark names, as they are in `new`."""
    old, *uncommitted = mark.split("\0") if mark else [""]
    if old:
        try:
            found = {e.path: e for e in diff_trees(git, old, new)} if old != new else {}
        except GitError:
            return _committed(git, new, "")
        again = [name for path in uncommitted if (name := path.removeprefix("content/")) not in found]
        found |= {e.path: e for e in _at(git, new, again)}
        return TreeChanges(entries=[_inside(e) for _, e in sorted(found.items())], mark=new)
    listed = commit_tree(git, new, "") if new else []
    return TreeChanges(entries=[_inside(e) for e in listed], mark=new, complete=True)


def _work_tree(tree: WorkTree, git: Path, mark: str) -> TreeChanges:
    """The changes to the tree of HEAD, overlaid with the files that differ on the disk."""
    prefix = prefix_of(tree.root, git)
    new = tree_id(git, "HEAD", prefix + "content")
    base = _committed(git, new, mark)
    found = {e.path: e for e in base.entries}
    uncommitted = []
    for path in changed_in_work_tree(git, prefix + "content"):
        inside = path.removeprefix(prefix)
        uncommitted.append(inside)
        found[inside] = _digested(tree.root, stat_entry(tree.root, inside) or Entry(inside, DELETED), new)
    entries = [found[path] for path in sorted(found)]
    if base.complete:
        entries = [e for e in entries if e.mode != DELETED]
    return TreeChanges(entries=entries, mark="\0".join((new, *uncommitted)), complete=base.complete)


def _digested(root: Path, entry: Entry, like: str) -> Entry:
    """The entry of a regular file with the id of its content on the disk. `like`: as for `blob_id`."""
    if not entry.mode.startswith("100"):
        return entry
    return Entry(entry.path, entry.mode, UNCOMMITTED + blob_id((root / entry.path).read_bytes(), like))


def _at(git: Path, tree: str, names: list[str]) -> Iterator[Entry]:
    """The entries of some files of a tree, by their paths in it; DELETED for those that do not exist."""
    there = {e.path: e for e in entries_at(git, tree, names)} if tree else {}
    yield from (there.get(name, Entry(name, DELETED)) for name in names)


def _inside(entry: Entry) -> Entry:
    """The entry with its path from the root of the records; Git gives paths from the tree on."""
    return Entry("content/" + entry.path, entry.mode, entry.blob)
