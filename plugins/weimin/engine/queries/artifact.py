"""The table `artifact`: every file of the published site, with its SHA-256.

`folder` is the folder whose manifest names the file. `producer` is the unit or group of pages that the file is made from;
a manifest's is `^manifest:FOLDER`. `version` is the number of the build that last changed the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from weimin.adapters.store import Store, Table

TABLE = Table(
    "artifact",
    (
        ("path", "TEXT"),
        ("folder", "TEXT"),
        ("producer", "TEXT"),
        ("digest", "TEXT"),
        ("size", "INTEGER"),
        ("version", "INTEGER"),
    ),
    ("path",),
    (("folder",), ("producer",), ("version",)),
)
MANIFEST = "^manifest"
"""The beginning of a manifest's producer, before a colon; the character after the colon is the semicolon."""
ArtifactRow = tuple[str, str, str, str, int, int]
"""(path, folder, producer, digest, size, version)."""


class ArtifactTable:
    """Queries of the table `artifact`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, rows: Iterable[ArtifactRow]) -> None:
        self._store.insert("artifact", rows)

    def delete(self, path: str) -> None:
        self._store.delete_row("artifact", (path,))

    def digest_of(self, path: str) -> str | None:
        row = self._store.first_row("SELECT digest FROM artifact WHERE path = ?", path)
        return row[0] if row else None

    def of_producer(self, producer: str) -> dict[str, str]:
        """Path → digest."""
        return dict(self._store.all_rows("SELECT path, digest FROM artifact WHERE producer = ?", producer))

    def in_folder(self, folder: str, *, without: str) -> Iterator[tuple[str, str]]:
        """(path, digest) of the files that a folder's manifest names, in order: all but manifests and the path `without`."""
        query = (
            "SELECT path, digest FROM artifact "
            "WHERE folder = ? AND NOT (producer >= ? AND producer < ?) AND path <> ? ORDER BY path"
        )
        return self._store.stream_rows(query, folder, f"{MANIFEST}:", f"{MANIFEST};", without)

    def manifests(self) -> list[tuple[str, str]]:
        """(folder, digest of its manifest), in order of folders."""
        query = "SELECT folder, digest FROM artifact WHERE producer >= ? AND producer < ? ORDER BY folder"
        return self._store.all_rows(query, f"{MANIFEST}:", f"{MANIFEST};")

    def below(self, folder: str) -> list[str]:
        """The paths below a folder of the site, in order. `0` is the character after `/`."""
        query = "SELECT path FROM artifact WHERE path >= ? AND path < ? ORDER BY path"
        return [path for (path,) in self._store.all_rows(query, f"{folder}/", f"{folder}0")]

    def changed_between(self, after: int, until: int) -> list[str]:
        """The paths that builds changed after one version, up to and with another; in order."""
        query = "SELECT path FROM artifact WHERE version > ? AND version <= ? ORDER BY path"
        return [path for (path,) in self._store.all_rows(query, after, until)]
