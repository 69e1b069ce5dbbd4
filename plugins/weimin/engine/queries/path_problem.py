"""The table `path_problem`: what is wrong with files as files (their path, mode or place), whatever they contain."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weimin.adapters.store import Store, Table
from weimin.model.finding import Problem

TABLE = Table("path_problem", (("path", "TEXT"), ("data", "BLOB")), ("path",))
_PROBLEMS = msgspec.msgpack.Decoder(tuple[Problem, ...])


class PathProblemTable:
    """Queries of the table `path_problem`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, problems: Iterable[tuple[str, tuple[Problem, ...]]]) -> None:
        """`problems`: (path, its problems)."""
        self._store.insert("path_problem", [(path, msgspec.msgpack.encode(found)) for path, found in problems])

    def delete(self, path: str) -> None:
        self._store.delete_row("path_problem", (path,))

    def all(self) -> tuple[Problem, ...]:
        """All problems, in order of paths."""
        rows = self._store.all_rows("SELECT data FROM path_problem ORDER BY path")
        return tuple(problem for (data,) in rows for problem in _PROBLEMS.decode(data))
