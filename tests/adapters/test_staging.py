"""Two trees and a link: readers see one complete tree, whatever happens to the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from weimin.adapters.staging import NotALink, Staging


def publish(output: Path, mark: str, **files: str) -> None:
    with Staging(output) as staging:
        staging.empty()
        for name, text in files.items():
            (staging.folder / name).write_text(text)
        staging.mark_complete(mark)
        staging.switch()


def test_the_first_and_the_second_build(tmp_path: Path) -> None:
    output = tmp_path / "site" / "current"
    publish(output, "1 a", page="one")
    assert (output / "page").read_text() == "one"
    first = output.readlink()
    publish(output, "2 b", page="two")
    assert output.readlink() != first
    assert (output / "page").read_text() == "two"
    assert (output.parent / first / "page").read_text() == "one"


def test_going_back_to_the_other_tree(tmp_path: Path) -> None:
    """By `ln -sfn`, as in docs/operations.md; the next build finds out which tree is live and changes the other."""
    output = tmp_path / "current"
    publish(output, "1 a", page="one")
    publish(output, "2 b", page="two")
    live = output.readlink()
    other = Path(".current-b" if str(live).endswith("-a") else ".current-a")
    output.unlink()
    output.symlink_to(other)
    with Staging(output) as staging:
        assert (staging.mark, staging.idle_mark) == ("1 a", "2 b")
        assert staging.folder.name == str(live)


def test_the_idle_tree_is_brought_up_to_date(tmp_path: Path) -> None:
    output = tmp_path / "current"
    publish(output, "1 a", page="one", gone="x")
    publish(output, "2 b", page="two", new="n")
    with Staging(output) as staging:
        staging.prepare(["page", "new"], ["gone"])
        assert staging.idle_mark == "", "half-done"
        assert {p.name: p.read_text() for p in staging.folder.iterdir()} == {"page": "two", "new": "n"}


def test_an_unknown_idle_tree_is_copied_anew(tmp_path: Path) -> None:
    output = tmp_path / "current"
    publish(output, "1 a", page="one")
    with Staging(output) as staging:
        staging.folder.mkdir()
        (staging.folder / "stray").write_text("left by a build that was killed")
        assert staging.idle_mark == ""
        staging.prepare(None, ())
        assert [p.name for p in staging.folder.iterdir()] == ["page"]


def test_empty_folders_are_removed(tmp_path: Path) -> None:
    with Staging(tmp_path / "current") as staging:
        staging.empty()
        (staging.folder / "a/b").mkdir(parents=True)
        (staging.folder / "a/b/page").write_text("x")
        (staging.folder / "a/keep").write_text("x")
        staging.remove(["a/b/page", "never/was"])
        assert sorted(p.name for p in staging.folder.rglob("*")) == ["a", "keep"]


def test_a_link_to_a_missing_tree(tmp_path: Path) -> None:
    output = tmp_path / "current"
    output.symlink_to(".current-a")
    with Staging(output) as staging:
        assert staging.mark == ""


def test_a_folder_with_files_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    (tmp_path / "current" / "mine").write_text("x")
    with pytest.raises(NotALink):
        Staging(tmp_path / "current")
    (tmp_path / "current" / "mine").unlink()
    publish(tmp_path / "current", "1 a", page="one")
    assert (tmp_path / "current" / "page").read_text() == "one"
