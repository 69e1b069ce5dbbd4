"""The store is trusted only if nothing else changed it; whatever file is in its place, the site equals that of a clean build."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from stored_register import StoredRegister, rows

from shares import Share, number
from weimin.cli.exit_codes import FAULT, OK
from weimin.cli.main import main

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> StoredRegister:
    """A register that was built once."""
    stored = StoredRegister(tmp_path_factory.mktemp("stored"))
    stored.built()
    return stored


def flipped(seed: int) -> Callable[[Path], None]:
    """Flip bits of some bytes anywhere in the file."""

    def damage(store: Path) -> None:
        rnd = random.Random(seed)
        data = bytearray(store.read_bytes())
        for _ in range(rnd.choice((1, 3, 40))):
            at = rnd.randrange(len(data))
            data[at] ^= 1 << rnd.randrange(8)
        store.write_bytes(bytes(data))

    return damage


def edited(*statements: str) -> Callable[[Path], None]:
    return lambda store: rows(store, *statements)


def foreign(store: Path) -> None:
    store.unlink()
    rows(store, "CREATE TABLE unit_result (unit TEXT)", "INSERT INTO unit_result VALUES ('990101001001/2026-001')")


def cut(store: Path) -> None:
    data = store.read_bytes()
    store.write_bytes(data[: len(data) // 2])


def another_version(store: Path) -> None:
    rows(store, "UPDATE weimin_sum SET name = 'version of another program' WHERE name LIKE 'version %'")


FLIPS, ALL_FLIPS = 2, 40
DAMAGES: dict[str, Callable[[Path], None]] = {
    **{f"flipped {seed}": flipped(seed) for seed in range(number(FLIPS, ALL_FLIPS))},
    "result edited": edited(
        "UPDATE unit_result SET data = (SELECT data FROM unit_result WHERE unit GLOB '*/2026-001' LIMIT 1)"
    ),
    "findings deleted": edited("DELETE FROM finding"),
    "totals edited": edited("UPDATE total SET value = value + 1 WHERE scope = 'all'"),
    "digests edited": edited("UPDATE artifact SET digest = ''"),
    "one row deleted": edited("DELETE FROM page WHERE id = (SELECT id FROM page LIMIT 1)"),
    "files deleted": edited("DELETE FROM file WHERE path GLOB '*topic.md'"),
    "marked as computed": edited("DELETE FROM stale", "UPDATE meta SET data = x'00' WHERE name = 'tree'"),
    "a table dropped": edited("DROP TABLE dependency"),
    "another schema": edited("ALTER TABLE shard ADD COLUMN more TEXT"),
    "a trigger": edited(
        "CREATE TRIGGER ours AFTER INSERT ON unit_result BEGIN DELETE FROM finding WHERE source = new.unit; END",
    ),
    "foreign": foreign,
    "empty": lambda store: store.write_bytes(b""),
    "text": lambda store: store.write_text("not a database\n" * 100),
    "cut": cut,
    "another version": another_version,
    "no stamp": lambda store: store.with_suffix(".stamp").unlink(),
    "a stamp that is none": lambda store: store.with_suffix(".stamp").write_bytes(b"\xff\xfe"),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_store_that_cannot_be_trusted_is_made_again(made: StoredRegister, how: str, share: Share) -> None:
    share(FLIPS, ALL_FLIPS, "stores with flipped bytes")
    made.turned()
    DAMAGES[how](made.store)
    made.built()
    assert made.site == made.clean
    assert made.built().changed == 0


def test_an_unchanged_store_is_used(made: StoredRegister) -> None:
    """A store that is always thrown away would pass the test above."""
    made.built()
    made.turned()
    built = made.built()
    assert 0 < built.changed < built.files / 4
    assert made.site == made.clean


def test_a_folder_in_place_of_the_store(made: StoredRegister, capsys: pytest.CaptureFixture[str]) -> None:
    made.store.unlink()
    made.store.mkdir()
    (made.store / "of-somebody").write_text("x")
    arguments = made.arguments()[3:]
    try:
        assert main(arguments) == OK
        said = capsys.readouterr().err
        assert "上次留下的结果用不了" in said
        assert "从头算起" in said
        assert (made.store / "of-somebody").exists()
        assert made.site == made.clean
    finally:
        shutil.rmtree(made.store)


def test_a_store_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are compared by content; the store is in the user's cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    stored = StoredRegister(tmp_path)
    shutil.rmtree(stored.root / ".git")
    assert stored.store.is_relative_to(tmp_path / "cache")
    stored.built()
    assert stored.site == stored.clean
    assert stored.built().changed == 0
    topic = next(stored.root.rglob("topic.md"))
    text = topic.read_bytes()
    topic.write_bytes(text.replace("说的是".encode(), "讲的是".encode()))  # as long as before
    built = stored.built()
    assert 0 < built.changed < built.files / 4
    assert stored.site == stored.clean
    topic.unlink()
    topic.write_bytes(text)
    stored.built()
    assert stored.site == stored.clean


class Full(sqlite3.Connection):
    """A database that must not grow: SQLite reports `database or disk is full`, as on a full disk."""

    def execute(self, *arguments):  # type: ignore[no-untyped-def]
        if str(arguments[0]).startswith("BEGIN"):
            pages = super().execute("PRAGMA page_count").fetchone()[0]
            super().execute(f"PRAGMA max_page_count = {pages}")
        return super().execute(*arguments)


def test_a_full_disk_is_reported_and_nothing_is_published(
    made: StoredRegister, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made.built()
    before, connect = made.site, sqlite3.connect
    for path in sorted(made.root.rglob("topic.md")):
        path.write_bytes(path.read_bytes().replace(b"title: ", ("title: " + "磁盘满了" * 25).encode()))
    made.repository.commit({})
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "factory": Full}))
    assert main(made.arguments()[3:]) == FAULT
    said = capsys.readouterr().err
    assert "存放中间结果的文件读写出错" in said
    assert "什么都没有发布" in said
    assert "Traceback" not in said
    assert made.site == before
    monkeypatch.undo()
    made.built()
    assert made.site == made.clean
