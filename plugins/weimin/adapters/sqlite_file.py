"""Tables as one SQLite file: the same rows give the same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

Value = str | int | float | bool | None
_BATCH = 2000  # rows that wait in memory


class SqliteFile:
    """Written within `with`; whole and closed afterwards, gone where something went wrong."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: dict[str, list[Sequence[Value]]] = {}
        self._count = 0

    def __enter__(self) -> SqliteFile:
        self._open = sqlite3.connect(self._path, isolation_level=None)
        for setting in ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF"):
            self._open.execute(f"PRAGMA {setting}")
        self._open.execute("BEGIN")
        return self

    def table(self, name: str, columns: Iterable[tuple[str, str]], index: Iterable[str] = ()) -> None:
        """`columns`: (name, type as SQLite names it). A column of `index` is looked up quickly."""
        said = ", ".join(f"{_name(column)} {kind}" for column, kind in columns)
        self._open.execute(f"CREATE TABLE {_name(name)} ({said})")
        for column in index:
            self._open.execute(f"CREATE INDEX {_name(f'{name}.{column}')} ON {_name(name)} ({_name(column)})")

    def add(self, table: str, row: Sequence[Value]) -> None:
        self._waiting.setdefault(table, []).append(row)
        self._count += 1
        if self._count >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        for table, rows in self._waiting.items():
            marks = ", ".join("?" * len(rows[0]))
            self._open.executemany(f"INSERT INTO {_name(table)} VALUES ({marks})", rows)
        self._waiting, self._count = {}, 0

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._flush()
            self._open.execute("COMMIT")
        self._open.close()
        if kind is not None:
            self._path.unlink(missing_ok=True)


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
