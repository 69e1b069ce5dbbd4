"""Records are read from Git objects unchanged, in every process, with every file name."""

from __future__ import annotations

import pytest

from weimin.adapters.git import commit_of, head
from weimin.adapters.objects import Index, Snapshot
from weimin.adapters.workers import MIN_PARALLEL, map_parallel

FILES = {
    "content/空 白\n换行.md": b"\r\n\0\xff",
    "content/-dash.md": b"",
    "content/a/b.yml": "样例：内容是编造的\n".encode() * 5000,
    "elsewhere.txt": b"not a record",
}


def test_contents_are_unchanged(repo):
    made = repo([FILES])
    made.write(dict.fromkeys(FILES, b"changed"))
    for tree in (Snapshot(made.root, made.root, head(made.root)), Index(made.root, made.root)):
        assert [e.path for e in tree.entries()] == sorted(n for n in FILES if n.startswith("content/"))
        assert {e.path: tree.read(e.path) for e in tree.entries()} == {
            name: data for name, data in FILES.items() if name.startswith("content/")
        }
        for missing in ("elsewhere.txt", "content/nothing.md"):
            with pytest.raises(FileNotFoundError):
                tree.read(missing)


def test_the_index_is_not_the_commit(repo):
    made = repo([FILES])
    made.write({"content/-dash.md": b"staged"})
    made.git("add", "--all")
    made.write({"content/-dash.md": b"on the disk"})
    assert Index(made.root, made.root).read("content/-dash.md") == b"staged"
    assert Snapshot(made.root, made.root, head(made.root)).read("content/-dash.md") == b""


def test_no_files_before_the_first_commit(repo):
    made = repo()
    assert Snapshot(made.root, made.root, head(made.root)).entries() == []
    assert Index(made.root, made.root).entries() == []


def test_every_process_uses_its_own_git(repo):
    """A worker is forked while its parent reads; their answers must not be mixed."""
    names = [f"content/{n}.md" for n in range(MIN_PARALLEL + 50)]
    made = repo([{name: f"{name} says so\n" for name in names}])
    tree = Snapshot(made.root, made.root, head(made.root))
    assert tree.read(names[0]) == f"{names[0]} says so\n".encode()
    for jobs in (1, 2):
        assert list(map_parallel(tree.read, names, jobs)) == [f"{name} says so\n".encode() for name in names]
    assert tree.read(names[1]) == f"{names[1]} says so\n".encode()


def test_replaced_objects_are_ignored(repo):
    made = repo([FILES])
    honest = made.git("rev-parse", "HEAD:content/-dash.md")
    other = made.git("rev-parse", "HEAD:elsewhere.txt")
    made.git("replace", honest, other)
    assert made.git("cat-file", "blob", "HEAD:content/-dash.md") == "not a record"
    assert Snapshot(made.root, made.root, head(made.root)).read("content/-dash.md") == b""


@pytest.mark.parametrize("rev", ["--all", "-1", "HEAD^{tree}", "nothing", "HEAD:content/-dash.md", ""])
def test_only_a_commit_is_a_revision(repo, rev):
    assert commit_of(repo([FILES]).root, rev) == ""
