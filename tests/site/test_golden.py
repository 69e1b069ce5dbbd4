"""The pages of the made register do not change unseen."""

from __future__ import annotations

from golden import FOLDER, golden_pages


def test_the_golden_site_is_what_the_pages_are():
    """After a change that is meant: python tests/site/golden.py, and read the difference."""
    golden = {p.relative_to(FOLDER).as_posix(): p.read_bytes() for p in FOLDER.rglob("*") if p.is_file()}
    made = golden_pages()
    assert sorted(golden) == sorted(made)
    assert [path for path in made if made[path] != golden[path]] == []
