"""The store: what was found out before, in one SQLite file. Disposable: what cannot be relied on is thrown away.

A file is relied on where nothing but this program has touched it since (size, times and inode are as they were left), or
where every row of it adds up to the sums that it was left with. Another program's file, another version's, a damaged or
edited one is removed, and everything is found out again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

APPLICATION = 0x77656D69  # "wemi": how the file says whose it is
_SUM = 1 << 62
_SUMS = "CREATE TABLE weimin_sum (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID"
_encode = msgspec.msgpack.Encoder().encode


class Table(msgspec.Struct, frozen=True):
    """`columns` with their SQLite types, `key` those that name a row, `indexes` others by which rows are looked up.

    `large`: rows of kilobytes, which lie one behind the other as they came; in the order of their keys each new one would
    move others.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()
    large: bool = False

    @property
    def column_list(self) -> str:
        return ", ".join(f'"{name}"' for name, _ in self.columns)

    @property
    def key_condition(self) -> str:
        """The condition by which SQLite finds the row of a key."""
        return " AND ".join(f'"{name}" = ?' for name in self.key)


class StoreFault(Exception):
    """The file could not be read or written (a full disk, say). The message is SQLite's; nothing of the run was kept."""

    def __init__(self, path: Path, error: Exception) -> None:
        super().__init__(str(error))
        self.path = path


class Store:
    """Rows of a few tables, written within one transaction. `reused`: something was found in it.

    `version` says what the rows depend on besides the records; rows of another one are not looked at.
    Everything may raise StoreFault, opening OSError, too.
    """

    def __init__(self, path: Path, version: str, tables: Sequence[Table]) -> None:
        self.path = path
        self._tables = {t.name: t for t in tables}
        self._inserts = {t.name: f"INSERT INTO {t.name} VALUES ({', '.join('?' * len(t.columns))})" for t in tables}
        self._deletes = {
            t.name: f"DELETE FROM {t.name} WHERE {t.key_condition} RETURNING {t.column_list}" for t in tables
        }
        self._version = version
        self._stamp = path.with_suffix(".stamp")
        self._sums = dict.fromkeys(self._tables, 0)
        self._owner = os.getpid()
        path.parent.mkdir(parents=True, exist_ok=True)
        opened = self._reopened() if path.exists() else None
        self.reused = opened is not None
        with self._faults():
            self._open = opened or self._made()
            self._open.execute("BEGIN")

    def _reopened(self) -> sqlite3.Connection | None:
        """The file as it stands, None (and no file) where it cannot be relied on."""
        try:
            found = _connect(self.path)
        except sqlite3.Error:
            found = None
        if found is not None:
            try:
                if self._reliable(found):
                    return found
            except (sqlite3.Error, ValueError, TypeError):
                pass
            found.close()
        self._forget()
        return None

    def _reliable(self, found: sqlite3.Connection) -> bool:
        found.execute("SELECT count(*) FROM sqlite_master").fetchone()  # rolls back what a killed process left
        if found.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            return False
        sums: dict[str, int] = dict(found.execute("SELECT name, value FROM weimin_sum"))
        if sums.pop(self._shape(), None) != 0 or sums.keys() != self._tables.keys() or not self._as_made(found):
            return False
        if _stamp_of(self.path) != _read(self._stamp):
            if found.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":  # indexes, too, lead to rows
                return False
            for table in self._tables.values():
                rows = found.execute(f"SELECT {table.column_list} FROM {table.name}")
                if sum(_seal(table.name, row) for row in rows) % _SUM != sums[table.name]:
                    return False
        self._sums = sums
        return True

    def _as_made(self, found: sqlite3.Connection) -> bool:
        """No table, index, view or trigger is there but ours, and ours have the columns that we gave them."""
        wanted = [_SUMS, *(s for t in self._tables.values() for s in _statements(t).split(";\n") if s)]
        rows = found.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return sorted(sql for (sql,) in rows) == sorted(wanted)

    def _shape(self) -> str:
        """The version, and the tables as they are made: a file of another shape is another version's."""
        said = self._version + "".join(_statements(t) for t in self._tables.values())
        return "version " + hashlib.sha256(said.encode()).hexdigest()

    def _forget(self) -> None:
        for path in (self.path, self._stamp, *(Path(f"{self.path}{end}") for end in ("-journal", "-wal", "-shm"))):
            path.unlink(missing_ok=True)

    def _made(self) -> sqlite3.Connection:
        made = _connect(self.path)
        made.execute(f"PRAGMA application_id = {APPLICATION}")
        made.execute(_SUMS)
        for table in self._tables.values():
            made.executescript(_statements(table))
        rows = [(self._shape(), 0), *((name, 0) for name in self._tables)]
        made.executemany("INSERT INTO weimin_sum VALUES (?, ?)", rows)
        return made

    def insert(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """New rows. Raises sqlite3.IntegrityError where a row of the same key stands."""
        found = list(rows)
        if found:
            with self._faults():
                self._open.executemany(self._inserts[table], found)
            self._sums[table] = (self._sums[table] + sum(_seal(table, row) for row in found)) % _SUM

    def delete_where(self, table: str, column: str, value: Any) -> list[tuple[Any, ...]]:
        """The rows that had this value, now gone."""
        known = self._tables[table]
        found = self._fetch_all(f'DELETE FROM {table} WHERE "{column}" = ? RETURNING {known.column_list}', (value,))
        if found:
            self._sums[table] = (self._sums[table] - sum(_seal(table, row) for row in found)) % _SUM
        return found

    def delete_row(self, table: str, key: Sequence[Any]) -> tuple[Any, ...] | None:
        """The row of a key, now gone; None where there was none."""
        found = self._fetch_all(self._deletes[table], key)
        if not found:
            return None
        self._sums[table] = (self._sums[table] - _seal(table, found[0])) % _SUM
        return found[0]

    def delete_all(self, table: str) -> None:
        self._fetch_all(f"DELETE FROM {table}", ())
        self._sums[table] = 0

    def replace_row(self, table: str, row: Sequence[Any]) -> None:
        """A row in place of what stood under its key. Nothing is written where it stands."""
        known = self._tables[table]
        names = [name for name, _ in known.columns]
        key = [row[names.index(k)] for k in known.key]
        if self._fetch_all(f"SELECT {known.column_list} FROM {table} WHERE {known.key_condition}", key) != [tuple(row)]:
            self.delete_row(table, key)
            self.insert(table, [row])

    def stream_rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        with self._faults():
            yield from self._asked(query, values)

    def all_rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._fetch_all(query, values)

    def first_row(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        try:
            found: tuple[Any, ...] | None = self._asked(query, values).fetchone()
            return found
        except sqlite3.Error as error:
            raise StoreFault(self.path, error) from error

    def _fetch_all(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        try:
            return self._asked(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreFault(self.path, error) from error

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:  # a row that stands is a fault of this program, not of the file
            raise
        except sqlite3.Error as error:
            raise StoreFault(self.path, error) from error

    def _asked(self, query: str, values: Sequence[Any]) -> sqlite3.Cursor:
        if self._owner != os.getpid():  # a forked process must not speak through its parent's connection
            self._parents = self._open  # nor close it
            self._open = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None)
            self._owner = os.getpid()
        return self._open.execute(query, values)

    def commit(self) -> None:
        """All that was added stands; other processes see it from now on."""
        with self._faults():
            stand = dict(self._open.execute("SELECT name, value FROM weimin_sum"))
            moved = [(value, name) for name, value in self._sums.items() if stand[name] != value]
            self._open.executemany("UPDATE weimin_sum SET value = ? WHERE name = ?", moved)
            self._open.execute("COMMIT")
            self._open.execute("BEGIN")

    def close(self) -> None:
        """What was not committed is forgotten. The file is stamped as our own."""
        with contextlib.suppress(sqlite3.Error):
            self._open.execute("ROLLBACK")
        self._open.close()
        with contextlib.suppress(OSError):
            if (stamp := _stamp_of(self.path)) != _read(self._stamp):
                self._stamp.write_text(stamp, encoding="ascii")


def _connect(path: Path) -> sqlite3.Connection:
    """Workers read while the parent writes (WAL). Not waiting for the disk can cost the file in a power cut, never a record."""
    # what nobody holds any more is closed by whichever thread finds it
    found = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -32000", "temp_store = MEMORY"):
        found.execute(f"PRAGMA {setting}")
    return found


def _statements(table: Table) -> str:
    said = ", ".join(f'"{name}" {kind}' for name, kind in table.columns)
    key = ", ".join(f'"{name}"' for name in table.key)
    made = f"CREATE TABLE {table.name} ({said}, PRIMARY KEY ({key})){'' if table.large else ' WITHOUT ROWID'};\n"
    for n, index in enumerate(table.indexes):
        columns = ", ".join(f'"{name}"' for name in index)
        made += f"CREATE INDEX {table.name}_{n} ON {table.name} ({columns});\n"
    return made


def _seal(table: str, row: Sequence[Any]) -> int:
    digest = hashlib.blake2b(_encode((table, *row)), digest_size=8).digest()
    return int.from_bytes(digest, "big") % _SUM


def _stamp_of(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
