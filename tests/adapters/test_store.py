"""Committed rows stay, others do not; a file that anything else changed is not trusted."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from weimin.adapters.store import Store, StoreFault, Table

TABLES = (Table("thing", (("name", "TEXT"), ("size", "INTEGER")), ("name",), (("size",),)),)


def opened(path: Path, version: str = "1") -> Store:
    return Store(path / "kept.sqlite", version, TABLES)


def stored(path: Path, *rows: tuple[str, int]) -> None:
    store = opened(path)
    store.insert("thing", rows)
    store.commit()
    store.close()


def test_committed_rows_stay(tmp_path: Path) -> None:
    stored(tmp_path, ("a", 1), ("b", 2))
    store = opened(tmp_path)
    assert store.reused
    store.replace_row("thing", ("a", 3))
    assert store.delete_where("thing", "size", 2) == [("b", 2)]
    assert store.delete_row("thing", ("b",)) is None
    store.close()
    store = opened(tmp_path)
    assert store.all_rows("SELECT * FROM thing ORDER BY name") == [("a", 1), ("b", 2)]
    assert list(store.stream_rows("SELECT name FROM thing WHERE size = ?", 2)) == [("b",)]
    assert store.first_row("SELECT 1 FROM thing WHERE name = 'c'") is None
    store.delete_all("thing")
    store.close()
    store = opened(tmp_path)
    assert store.first_row("SELECT count(*) FROM thing") == (2,)
    store.close()


def test_a_key_exists_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.insert("thing", [("a", 1)])
    with pytest.raises(sqlite3.IntegrityError):
        store.insert("thing", [("a", 2)])
    store.close()


def test_another_version_starts_empty(tmp_path: Path) -> None:
    stored(tmp_path, ("a", 1))
    store = opened(tmp_path, "2")
    assert not store.reused
    assert store.all_rows("SELECT * FROM thing") == []
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE thing SET size = 9 WHERE name = 'a'",
        "DELETE FROM thing",
        "INSERT INTO thing VALUES ('c', 3)",
        "DROP INDEX thing_0",
        "ALTER TABLE thing ADD COLUMN more TEXT",
        "CREATE TRIGGER t AFTER INSERT ON thing BEGIN DELETE FROM thing; END",
        "CREATE TABLE other (name TEXT)",
        "PRAGMA application_id = 1",
    ],
)
def test_a_file_changed_by_another_connection_is_not_trusted(tmp_path: Path, statement: str) -> None:
    stored(tmp_path, ("a", 1), ("b", 2))
    with sqlite3.connect(tmp_path / "kept.sqlite") as other:
        other.execute(statement)
    other.close()
    store = opened(tmp_path)
    assert not store.reused
    store.close()


def test_a_copied_file_is_trusted(tmp_path: Path) -> None:
    """The stamp differs and the sums match, so nothing has to be computed again on a copy of a machine."""
    stored(tmp_path, ("a", 1))
    os.utime(tmp_path / "kept.sqlite", (1, 1))
    store = opened(tmp_path)
    assert store.reused
    store.close()


def test_an_error_of_the_file_raises_store_fault(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with pytest.raises(StoreFault) as fault:
        store.all_rows("SELECT * FROM nothing")
    assert fault.value.path == tmp_path / "kept.sqlite"
    with pytest.raises(StoreFault):
        list(store.stream_rows("SELECT * FROM nothing"))
    with pytest.raises(StoreFault):
        store.first_row("SELECT * FROM nothing")
    store.close()
