"""The table `unit_result`: what was computed for each unit, as the engine encodes it.

`unit` is the id of a dossier, the code of a platform, `site`, or `CODE?` for the answer whether a platform's own files
contain records of its own. `platform` and `has_records` are filled for dossiers and for `CODE?` only. `changes_on` is the
day on which the result changes with the clock alone, as YYYY-MM-DD; empty if it never does. `dependency_set` is the number
of the set of keys that the computation read.
"""

from __future__ import annotations

from collections.abc import Iterator

from weimin.adapters.store import Store, Table

TABLE = Table(
    "unit_result",
    (
        ("unit", "TEXT"),
        ("platform", "TEXT"),
        ("has_records", "INTEGER"),
        ("data", "BLOB"),
        ("changes_on", "TEXT"),
        ("dependency_set", "INTEGER"),
    ),
    ("unit",),
    (("platform", "has_records"), ("changes_on",), ("dependency_set",)),
)


class UnitResultTable:
    """Queries of the table `unit_result`. The results are bytes: their types belong to the modules that compute them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert_dossier(
        self, dossier: str, platform: str, *, has_records: bool, data: bytes, changes_on: str, dependency_set: int
    ) -> None:
        row = (dossier, platform, int(has_records), data, changes_on, dependency_set)
        self._store.insert("unit_result", [row])

    def insert_other(self, unit: str, *, data: bytes, changes_on: str, dependency_set: int) -> None:
        """The result of a platform's own files, or of the site's."""
        self._store.insert("unit_result", [(unit, "", 0, data, changes_on, dependency_set)])

    def delete(self, unit: str) -> bytes | None:
        """The deleted result; None if there was none."""
        row = self._store.delete_row("unit_result", (unit,))
        return row[3] if row else None

    def exists(self, unit: str) -> bool:
        return self._store.first_row("SELECT 1 FROM unit_result WHERE unit = ?", unit) is not None

    def data_of(self, unit: str) -> bytes | None:
        row = self._store.first_row("SELECT data FROM unit_result WHERE unit = ?", unit)
        return row[0] if row else None

    def stream_dossiers(self) -> Iterator[bytes]:
        """The results of all dossiers, in order of ids."""
        query = "SELECT data FROM unit_result WHERE platform <> '' AND unit GLOB '*/*' ORDER BY unit"
        return (data for (data,) in self._store.stream_rows(query))

    def dossiers_of_platform(self, platform: str) -> list[bytes]:
        """The results of a platform's dossiers, in order of ids."""
        query = "SELECT data FROM unit_result WHERE platform = ? AND unit GLOB '*/*' ORDER BY unit"
        return [data for (data,) in self._store.all_rows(query, platform)]

    # Invalidation
    def due(self, day: str) -> list[str]:
        """The units whose results change by the clock on `day` or before."""
        query = "SELECT unit FROM unit_result WHERE changes_on <> '' AND changes_on <= ?"
        return [unit for (unit,) in self._store.all_rows(query, day)]

    def computed_units(self) -> list[str]:
        """Every unit that has a result; not `CODE?`, which has none."""
        return [unit for (unit,) in self._store.all_rows("SELECT unit FROM unit_result WHERE length(data) > 0")]

    def with_dependency_set(self, dependency_set: int) -> list[str]:
        """The units whose computation read this set of keys."""
        rows = self._store.all_rows("SELECT unit FROM unit_result WHERE dependency_set = ?", dependency_set)
        return [unit for (unit,) in rows]

    # Whether a platform has records of its own
    def has_records(self, platform: str) -> bool:
        """Whether a dossier of the platform, or its own folder, contains a record of its own."""
        query = "SELECT 1 FROM unit_result WHERE platform = ? AND has_records = 1 LIMIT 1"
        return self._store.first_row(query, platform) is not None

    def set_has_records(self, platform: str, value: bool) -> None:
        """Store the answer of the platform's own folder, beside those of its dossiers."""
        key = f"{platform}?"
        if self.exists(key):
            self._store.delete_row("unit_result", (key,))
        self._store.insert("unit_result", [(key, platform, int(value), b"", "", 0)])
