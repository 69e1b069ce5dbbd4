"""The store: an SQLite file with what earlier runs computed. It is disposable: a file that cannot be trusted is deleted.

A file is trusted if nothing but this program has changed it since it was closed (size, times and inode are those in the
stamp file beside it), or if the sums of its tables are those that were stored: each table has a sum of the hashes of its
rows, which insertions and deletions keep up to date. The file of another program or another version, and a damaged or
edited file, is deleted, and everything is computed again.

Everything is written in one transaction, which `commit` ends and begins anew. Forked processes open the file themselves and
only read; they see what was committed.
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

APPLICATION = 0x77656D69  # "wemi", the application id of the file
_MODULUS = 1 << 62  # of sums, so that they fit into an INTEGER
_SUMS_TABLE = "CREATE TABLE weimin_sum (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID"
_encode = msgspec.msgpack.Encoder().encode


class Table(msgspec.Struct, frozen=True):
    """A table. `columns`: (name, SQLite type). `key`: the columns of the primary key. `indexes`: other columns for look-ups.

    `large`: rows of kilobytes. They are stored in the order of insertion; in the order of keys each new row would move
    others.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()
    large: bool = False

    @property
    def column_list(self) -> str:
        """The columns, for SELECT and RETURNING."""
        return ", ".join(f'"{name}"' for name, _ in self.columns)

    @property
    def key_condition(self) -> str:
        """The WHERE condition that selects the row of a key."""
        return " AND ".join(f'"{name}" = ?' for name in self.key)


class StoreFault(Exception):
    """The file cannot be read or written (the disk is full, say). The message is SQLite's; nothing of the run is stored."""

    def __init__(self, path: Path, error: Exception) -> None:
        super().__init__(str(error))
        self.path = path


class Store:
    """The rows of some tables. `reused`: the file existed and is trusted.

    `version`: what the rows depend on besides the records; a file of another version is deleted. Every method may raise
    StoreFault, opening also OSError.
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
        opened = self._existing() if path.exists() else None
        self.reused = opened is not None
        with self._faults():
            self._connection = opened or self._created()
            self._connection.execute("BEGIN")

    def _existing(self) -> sqlite3.Connection | None:
        """The connection to the existing file; None, and the file is deleted, if it cannot be trusted."""
        try:
            connection = _connect(self.path)
        except sqlite3.Error:
            connection = None
        if connection is not None:
            try:
                if self._is_trusted(connection):
                    return connection
            except (sqlite3.Error, ValueError, TypeError):
                pass
            connection.close()
        self._delete_files()
        return None

    def _is_trusted(self, connection: sqlite3.Connection) -> bool:
        connection.execute(
            "SELECT count(*) FROM sqlite_master"
        ).fetchone()  # rolls back the transaction of a killed process
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            return False
        sums: dict[str, int] = dict(connection.execute("SELECT name, value FROM weimin_sum"))
        if (
            sums.pop(self._version_row(), None) != 0
            or sums.keys() != self._tables.keys()
            or not self._has_schema(connection)
        ):
            return False
        if _stamp_of(self.path) != _read(self._stamp):
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":  # a damaged index would miss rows
                return False
            for table in self._tables.values():
                rows = connection.execute(f"SELECT {table.column_list} FROM {table.name}")
                if sum(_hash(table.name, row) for row in rows) % _MODULUS != sums[table.name]:
                    return False
        self._sums = sums
        return True

    def _has_schema(self, connection: sqlite3.Connection) -> bool:
        """Whether the schema is the one that this program creates: no other table, index, view or trigger, no other column."""
        expected = [_SUMS_TABLE, *(s for t in self._tables.values() for s in _statements(t).split(";\n") if s)]
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return sorted(sql for (sql,) in rows) == sorted(expected)

    def _version_row(self) -> str:
        """The row of the sums that identifies version and schema."""
        text = self._version + "".join(_statements(t) for t in self._tables.values())
        return "version " + hashlib.sha256(text.encode()).hexdigest()

    def _delete_files(self) -> None:
        for path in (self.path, self._stamp, *(Path(f"{self.path}{end}") for end in ("-journal", "-wal", "-shm"))):
            path.unlink(missing_ok=True)

    def _created(self) -> sqlite3.Connection:
        made = _connect(self.path)
        made.execute(f"PRAGMA application_id = {APPLICATION}")
        made.execute(_SUMS_TABLE)
        for table in self._tables.values():
            made.executescript(_statements(table))
        rows = [(self._version_row(), 0), *((name, 0) for name in self._tables)]
        made.executemany("INSERT INTO weimin_sum VALUES (?, ?)", rows)
        return made

    def insert(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows, each with a value for every column. Raises sqlite3.IntegrityError if a key exists."""
        found = list(rows)
        if found:
            with self._faults():
                self._connection.executemany(self._inserts[table], found)
            self._sums[table] = (self._sums[table] + sum(_hash(table, row) for row in found)) % _MODULUS

    def delete_where(self, table: str, column: str, value: Any) -> list[tuple[Any, ...]]:
        """Delete the rows with this value; the deleted rows."""
        known = self._tables[table]
        found = self._fetch_all(f'DELETE FROM {table} WHERE "{column}" = ? RETURNING {known.column_list}', (value,))
        if found:
            self._sums[table] = (self._sums[table] - sum(_hash(table, row) for row in found)) % _MODULUS
        return found

    def delete_row(self, table: str, key: Sequence[Any]) -> tuple[Any, ...] | None:
        """Delete the row of a key; the deleted row, None if there was none."""
        found = self._fetch_all(self._deletes[table], key)
        if not found:
            return None
        self._sums[table] = (self._sums[table] - _hash(table, found[0])) % _MODULUS
        return found[0]

    def delete_all(self, table: str) -> None:
        """Delete all rows of a table."""
        self._fetch_all(f"DELETE FROM {table}", ())
        self._sums[table] = 0

    def replace_row(self, table: str, row: Sequence[Any]) -> None:
        """Insert a row in place of the one with its key. An equal row is not written again."""
        known = self._tables[table]
        names = [name for name, _ in known.columns]
        key = [row[names.index(k)] for k in known.key]
        if self._fetch_all(f"SELECT {known.column_list} FROM {table} WHERE {known.key_condition}", key) != [tuple(row)]:
            self.delete_row(table, key)
            self.insert(table, [row])

    def stream_rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one at a time."""
        with self._faults():
            yield from self._execute(query, values)

    def all_rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._fetch_all(query, values)

    def first_row(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row of a query."""
        try:
            found: tuple[Any, ...] | None = self._execute(query, values).fetchone()
            return found
        except sqlite3.Error as error:
            raise StoreFault(self.path, error) from error

    def _fetch_all(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        try:
            return self._execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreFault(self.path, error) from error

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:  # a key that exists is an error of this program, not of the file
            raise
        except sqlite3.Error as error:
            raise StoreFault(self.path, error) from error

    def _execute(self, query: str, values: Sequence[Any]) -> sqlite3.Cursor:
        if self._owner != os.getpid():  # a forked process must not use its parent's connection
            self._parents = self._connection  # nor close it
            self._connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None)
            self._owner = os.getpid()
        return self._connection.execute(query, values)

    def commit(self) -> None:
        """Make all changes permanent and visible to other processes."""
        with self._faults():
            stored = dict(self._connection.execute("SELECT name, value FROM weimin_sum"))
            changed = [(value, name) for name, value in self._sums.items() if stored[name] != value]
            self._connection.executemany("UPDATE weimin_sum SET value = ? WHERE name = ?", changed)
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")

    def close(self) -> None:
        """Discard what was not committed, close the file and write the stamp."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")
        self._connection.close()
        with contextlib.suppress(OSError):
            if (stamp := _stamp_of(self.path)) != _read(self._stamp):
                self._stamp.write_text(stamp, encoding="ascii")


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file in WAL mode, in which workers read while the parent writes. `synchronous = OFF` does not wait for the disk:
    a power cut can cost the store, never a record.
    """
    # a connection without references is closed by the thread in which the garbage collector runs
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -32000", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _statements(table: Table) -> str:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns)
    key = ", ".join(f'"{name}"' for name in table.key)
    made = f"CREATE TABLE {table.name} ({columns}, PRIMARY KEY ({key})){'' if table.large else ' WITHOUT ROWID'};\n"
    for n, index in enumerate(table.indexes):
        indexed = ", ".join(f'"{name}"' for name in index)
        made += f"CREATE INDEX {table.name}_{n} ON {table.name} ({indexed});\n"
    return made


def _hash(table: str, row: Sequence[Any]) -> int:
    digest = hashlib.blake2b(_encode((table, *row)), digest_size=8).digest()
    return int.from_bytes(digest, "big") % _MODULUS


def _stamp_of(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
