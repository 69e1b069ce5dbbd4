"""Writing of tables into an SQLite file. The same rows in the same order give the same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

Value = str | int | float | bool | None
_BATCH = 2000  # rows that are inserted together


class SqliteFile:
    """A new SQLite file. Use as a context: afterwards it is complete and closed, after an exception it is deleted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._buffered: dict[str, list[Sequence[Value]]] = {}
        self._count = 0

    def __enter__(self) -> SqliteFile:
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        for setting in ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute("BEGIN")
        return self

    def table(self, name: str, columns: Iterable[tuple[str, str]], index: Iterable[str] = ()) -> None:
        """Create a table. `columns`: (name, SQLite type). `index`: the columns that get an index."""
        definitions = ", ".join(f"{_name(column)} {kind}" for column, kind in columns)
        self._connection.execute(f"CREATE TABLE {_name(name)} ({definitions})")
        for column in index:
            self._connection.execute(f"CREATE INDEX {_name(f'{name}.{column}')} ON {_name(name)} ({_name(column)})")

    def add(self, table: str, row: Sequence[Value]) -> None:
        """`row`: the values in the order of the columns."""
        self._buffered.setdefault(table, []).append(row)
        self._count += 1
        if self._count >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        for table, rows in self._buffered.items():
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {_name(table)} VALUES ({marks})", rows)
        self._buffered, self._count = {}, 0

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._flush()
            self._connection.execute("COMMIT")
        self._connection.close()
        if kind is not None:
            self._path.unlink(missing_ok=True)


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
