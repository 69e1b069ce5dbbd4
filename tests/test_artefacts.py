"""What all processes share is made once, is made again when it is made from something else, and may not be changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import artefacts


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(artefacts, "STORE", tmp_path / "store")
    monkeypatch.setattr(artefacts, "PROGRAM", ("pyproject.toml",))
    monkeypatch.setattr(artefacts, "_asked", set())
    return tmp_path / "store"


def test_it_is_made_once_however_many_ask(store: Path) -> None:
    made: list[int] = []

    def make(folder: Path) -> None:
        made.append(1)
        (folder / "a").write_bytes(b"x")

    with ThreadPoolExecutor(4) as pool:
        folders = list(pool.map(lambda _: artefacts.artefact("thing", make), range(4)))
    assert (len(set(folders)), made) == (1, [1])
    assert artefacts.files_of(folders[0]) == {"a": b"x"}
    assert artefacts.changed() == []


def test_what_it_is_made_from_decides_which_it_is(store: Path) -> None:
    one, two = (artefacts.artefact("thing", lambda folder: None, *also) for also in ((), ("README.md",)))
    assert one != two and one.is_dir() and two.is_dir()


def test_one_that_failed_is_not_there(store: Path) -> None:
    with pytest.raises(OSError, match="no"):
        artefacts.artefact("thing", lambda folder: (_ for _ in ()).throw(OSError("no")))
    assert artefacts.artefact("thing", lambda folder: None).is_dir()


def test_a_change_is_found_and_the_thing_thrown_away(store: Path, tmp_path: Path) -> None:
    folder = artefacts.artefact("thing", lambda f: (f / "a").write_bytes(b"x") and None)
    copy = artefacts.copy(folder, tmp_path / "copy")
    (copy / "a").write_bytes(b"mine")
    assert artefacts.changed() == []
    (folder / "a").write_bytes(b"others")
    assert artefacts.changed() == ["thing"]
    assert not folder.exists()
