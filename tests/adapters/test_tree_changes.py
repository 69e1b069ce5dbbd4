"""Changes of a tree since a mark, in Git and on the disk."""

from __future__ import annotations

from weimin.adapters.files import WorkTree
from weimin.adapters.tree_changes import DELETED, UNCOMMITTED, changes_since

A, B = "content/site.yml", "content/pages/about.md"


def paths(changes):
    return [e.path for e in changes.entries]


def test_all_files_then_none_then_those_that_changed(repo):
    made = repo([{A: "a", B: "b", "README.md": "x"}])
    first = changes_since(WorkTree(made.root))
    assert (first.complete, paths(first)) == (True, [B, A])
    again = changes_since(WorkTree(made.root), first.mark)
    assert (again.complete, again.entries, again.mark) == (False, [], first.mark)
    made.commit({A: "aa", B: None, "README.md": "y"})
    then = changes_since(WorkTree(made.root), first.mark)
    assert [(e.path, e.mode == DELETED) for e in then.entries] == [(B, True), (A, False)]


def test_uncommitted_and_reverted_files(repo):
    made = repo([{A: "a", B: "b"}])
    mark = changes_since(WorkTree(made.root)).mark
    made.write({A: "x", "content/pages/new.md": "n"})
    loose = changes_since(WorkTree(made.root), mark)
    assert paths(loose) == ["content/pages/new.md", A]
    assert all(e.blob.startswith(UNCOMMITTED) for e in loose.entries)
    made.git("checkout", "--quiet", "--", A)
    (made.root / "content/pages/new.md").unlink()
    back = changes_since(WorkTree(made.root), loose.mark)
    assert [(e.path, e.mode == DELETED) for e in back.entries] == [("content/pages/new.md", True), (A, False)]
    assert not any(e.blob.startswith(UNCOMMITTED) for e in back.entries)
    assert back.mark == mark


def test_a_mark_that_git_does_not_know_lists_all_files(repo):
    made = repo([{A: "a"}])
    found = changes_since(WorkTree(made.root), "0" * 40)
    assert (found.complete, paths(found)) == (True, [A])


def test_outside_git_files_have_ids_of_their_content(tmp_path):
    file = tmp_path / A
    file.parent.mkdir(parents=True)
    file.write_text("a")
    one = changes_since(WorkTree(tmp_path))
    file.write_text("b")
    two = changes_since(WorkTree(tmp_path), one.mark)
    assert one.complete
    assert two.complete
    assert one.entries != two.entries
