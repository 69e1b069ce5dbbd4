"""The table `file`: every file below content/ as Git lists it, with the unit and the reference that its path stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from weimin.adapters.store import Store, Table

TABLE = Table(
    "file",
    (("path", "TEXT"), ("mode", "TEXT"), ("blob", "TEXT"), ("unit", "TEXT"), ("ref", "TEXT"), ("kind", "TEXT")),
    ("path",),
    (("unit",), ("ref",), ("kind",)),
)

FileRow = tuple[str, str, str, str, str, str]
"""(path, mode, blob, unit, ref, kind). `unit`, `ref` and `kind` are empty where the path has no place in the tree of
records; `kind` starts with a slash for a file of a dossier."""


class FileTable:
    """Queries of the table `file`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, rows: Iterable[FileRow]) -> None:
        self._store.insert("file", rows)

    def delete(self, path: str) -> tuple[str, ...] | None:
        """The deleted row, in the order of FileRow; None if there was none."""
        return self._store.delete_row("file", (path,))

    @property
    def is_empty(self) -> bool:
        return not self._store.first_row("SELECT 1 FROM file LIMIT 1")

    # One file
    def content_of(self, path: str) -> tuple[str, str] | None:
        """(mode, blob) of a path, None if there is no such file."""
        row = self._store.first_row("SELECT mode, blob FROM file WHERE path = ?", path)
        return (row[0], row[1]) if row else None

    def belongs_to_unit(self, path: str) -> bool:
        """Whether a file exists at the path and the path has a place in the tree of records."""
        return self._store.first_row("SELECT 1 FROM file WHERE path = ? AND unit <> ''", path) is not None

    def path_of_ref(self, ref: str) -> str | None:
        """The file that a reference names. If two files have the same reference, the last path counts."""
        query = "SELECT path FROM file WHERE ref <> '' AND ref = ? ORDER BY path DESC LIMIT 1"
        row = self._store.first_row(query, ref)
        return row[0] if row else None

    # Many files
    def contents(self) -> Iterator[tuple[str, str, str]]:
        """(path, mode, blob) of every file."""
        return self._store.stream_rows("SELECT path, mode, blob FROM file")

    def paths(self) -> list[str]:
        """Every path, in order."""
        return [path for (path,) in self._store.all_rows("SELECT path FROM file ORDER BY path")]

    def paths_in_units(self) -> list[str]:
        """Every path that belongs to a unit, in order."""
        return [path for (path,) in self._store.all_rows("SELECT path FROM file WHERE unit <> '' ORDER BY path")]

    def stream_paths_in_units(self) -> Iterator[str]:
        """As `paths_in_units`, in no particular order and without holding all of them in memory."""
        return (path for (path,) in self._store.stream_rows("SELECT path FROM file WHERE unit <> ''"))

    def paths_of_unit(self, unit: str) -> Iterator[str]:
        """The paths of a unit, in order."""
        rows = self._store.stream_rows("SELECT path FROM file WHERE unit <> '' AND unit = ? ORDER BY path", unit)
        return (path for (path,) in rows)

    def paths_of_kinds(self, kinds: Sequence[str]) -> list[str]:
        """The paths of some kinds of records outside dossiers, in order."""
        marks = ", ".join("?" * len(kinds))
        rows = self._store.all_rows(f"SELECT path FROM file WHERE kind IN ({marks}) ORDER BY path", *kinds)
        return [path for (path,) in rows]

    def paths_of_links(self) -> list[str]:
        """The paths of records at which Git has no file, but a symbolic link or a submodule; in order."""
        query = "SELECT path FROM file WHERE mode NOT LIKE '100%' AND unit <> '' ORDER BY path"
        return [path for (path,) in self._store.all_rows(query)]

    def refs(self) -> list[str]:
        """Every reference that names a file, in order of paths."""
        return [ref for (ref,) in self._store.all_rows("SELECT ref FROM file WHERE ref <> '' ORDER BY path")]

    # Units
    def units(self) -> list[str]:
        """Every unit, in order."""
        rows = self._store.all_rows("SELECT DISTINCT unit FROM file WHERE unit <> '' ORDER BY unit")
        return [unit for (unit,) in rows]

    def dossiers(self) -> list[str]:
        """The ids of all dossiers, in order."""
        rows = self._store.all_rows("SELECT DISTINCT unit FROM file WHERE unit GLOB '*/*' ORDER BY unit")
        return [unit for (unit,) in rows]

    def platforms(self) -> list[str]:
        """The codes of all platforms that have files of their own, in order."""
        query = "SELECT DISTINCT unit FROM file WHERE unit GLOB '[0-9]*' AND unit NOT GLOB '*/*' ORDER BY unit"
        return [unit for (unit,) in self._store.all_rows(query)]

    def units_with_prefix(self, code: str) -> list[str]:
        """The platforms and dossiers whose ids start with a code, in order. A colon sorts after every digit and slash."""
        query = "SELECT DISTINCT unit FROM file WHERE unit >= ? AND unit < ? ORDER BY unit"
        return [unit for (unit,) in self._store.all_rows(query, code, f"{code}:")]

    def files_of_dossiers(self, code: str) -> list[tuple[str, str, str]]:
        """(unit, path, kind) of all files in the dossiers of a platform, in order of paths. `0` is the character after `/`."""
        query = "SELECT unit, path, kind FROM file WHERE unit > ? AND unit < ? ORDER BY path"
        return self._store.all_rows(query, f"{code}/", f"{code}0")
