"""The pages of the made register do not change unseen."""

from __future__ import annotations

from golden import FOLDER, PATHS, golden_pages

from page_samples import pages_by_type
from weimin.site.page_types import TYPES

NOT_MADE = {"styleguide"}
"""What the made register has no page of."""


def test_the_golden_site_is_what_the_pages_are():
    """After a change that is meant: python tests/site/golden.py, and read the difference."""
    golden = {p.relative_to(FOLDER).as_posix(): p.read_bytes() for p in FOLDER.rglob("*") if p.is_file()}
    made = golden_pages()
    before, after = (set(files[PATHS].decode().splitlines()) for files in (golden, made))
    assert (after - before, before - after) == (set(), set())
    assert sorted(golden) == sorted(made)
    assert [path for path in made if made[path] != golden[path]] == []


def test_one_page_of_each_type_is_golden():
    golden = {p.relative_to(FOLDER).as_posix(): p.read_bytes() for p in FOLDER.rglob("*.html")}
    found = {kind: len(addresses) for kind, addresses in pages_by_type(golden).items()}
    assert found == {kind: int(kind not in NOT_MADE) for kind in TYPES}
    listed = (FOLDER / PATHS).read_text(encoding="utf-8").splitlines()
    assert set(golden) < set(listed)
    assert len(listed) > 3 * len(golden)
