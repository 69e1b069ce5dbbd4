"""Paths that collide (F109)."""

from __future__ import annotations

import pytest

from weimin.records.paths import path_collisions

N = "content/network/321300/"


def test_ordinary_paths_do_not_clash() -> None:
    assert (
        path_collisions(
            [N + "platform.yml", N + "2026-001/topic.md", N + "2026-001/2026-Q1-outcome.md", "content/pages/about.md"]
        )
        == []
    )


def test_letter_case_clashes() -> None:
    found = path_collisions([N + "2026-001/topic.md", N + "2026-001/Topic.md", N + "platform.yml"])
    assert [(p.code, p.path) for p in found] == [("F109", N + "2026-001/topic.md")]
    assert "只差大小写" in found[0].message


def test_folders_clash_too() -> None:
    found = path_collisions([N + "Rules/a.md", N + "rules/b.md"])
    assert [p.path for p in found] == [N + "rules/b.md"]


def test_unicode_forms_clash() -> None:
    assert len(path_collisions([N + "caf\u00e9.md", N + "cafe\u0301.md"])) == 1
    assert len(path_collisions([N + "１.md", N + "1.md"])) == 1


@pytest.mark.parametrize("stem", ["search", "data", "rules", "embed", "feeds", "results", "321300", "404"])
def test_a_page_may_not_take_a_fixed_address(stem: str) -> None:
    found = path_collisions([f"content/pages/{stem}.md", "content/pages/about.md", f"content/news/{stem}.md"])
    assert [(p.code, p.path) for p in found] == [("F109", f"content/pages/{stem}.md")]
