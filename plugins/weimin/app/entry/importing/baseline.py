"""What an export would write of the existing records, row by row: every imported row is compared with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from weimin.engine.register import Register
from weimin.model.record import Record
from weimin.model.table import TableRow, Value
from weimin.opendata.columns import values_of
from weimin.opendata.rows import DataRow, platform_record_rows, record_rows, rows_of_record
from weimin.opendata.tables import EVENTS, PLATFORM_KINDS, PROSE, UNPUBLISHED, Tables, tables_of
from weimin.records.kinds import KINDS
from weimin.records.schema import Schemas

RowKey = tuple[str, str, str]  # table, reference, pointer
RowValues = Mapping[str, Value]


def all_tables(schemas: Schemas) -> Tables:
    """The tables of all kinds, including those that are not published."""
    kinds = (*EVENTS, *PLATFORM_KINDS, *UNPUBLISHED)
    return tables_of({kind: schemas.document(kind) for kind in kinds}, schemas.document("common"), kinds)


class Baseline:
    """Baseline rows of the units that were loaded.

    `records`: records by reference. `unread`: reference → path of records that cannot be read.
    """

    def __init__(self, register: Register, tables: Tables) -> None:
        self.register, self.tables = register, tables
        self.records: dict[str, Record] = {}
        self.unread: dict[str, str] = {}
        self._exported: dict[RowKey, RowValues] = {}
        self._written: dict[RowKey, RowValues] = {}
        self._units: set[str] = set()

    def load_unit(self, unit: str) -> None:
        """Read a unit, unless it was read before or does not exist."""
        if unit in self._units or unit not in self.register.units:
            return
        self._units.add(unit)
        folder = self.register.read(self.register.units[unit])
        read = {r.place.path for r in folder.records}
        self.unread |= {p.ref: p.path for p in folder.unit.places if p.path not in read}
        self.records |= {r.place.ref: r for r in folder.records}
        if folder.unit.is_dossier:
            dossier = self.register.dossier(folder)
            self._store_rows(record_rows(dossier, {r.place.stem: r for r in folder.records}, self.tables))
        elif folder.unit.platform is not None:
            records = self.register.platform_records(folder).records
            self._store_rows(platform_record_rows(records, self.tables))
            self._store_rows(
                row for r in records if r.place.kind in UNPUBLISHED for row in rows_of_record(r, self.tables)
            )
        else:
            self._store_rows(
                row for r in folder.records if r.place.kind in UNPUBLISHED for row in rows_of_record(r, self.tables)
            )
        for record in folder.records:
            self._store_written_values(record)

    def exported(self, table: str, ref: str, pointer: str = "") -> RowValues | None:
        """The row as an export would write it now; None where it would not write it."""
        return self._exported.get((table, ref, pointer))

    def written(self, table: str, ref: str, pointer: str = "") -> RowValues:
        """The row by the file itself: without corrections, and with what is not public."""
        return self._written.get((table, ref, pointer), {})

    def _store_rows(self, rows: Iterable[DataRow]) -> None:
        for row in rows:
            names = [c.name for c in self.tables.by_name[row.table].columns]
            values = dict(zip(names, row.values, strict=True))
            self._exported[row.table, str(values["record"]), str(values.get("pointer", ""))] = values

    def _store_written_values(self, record: Record) -> None:
        kind, ref = record.place.kind, record.place.ref
        shape = self.tables.shapes.get(kind)
        if shape is None:
            return
        lines: list[TableRow] = []
        values_of_record = values_of(shape.fields, wrapped(kind, record.raw), "", lines)
        values = dict(zip([c.name for c in shape.columns], values_of_record, strict=True))
        self._written[kind, ref, ""] = {**values, **({"body": record.body} if kind in PROSE else {})}
        for line in lines:
            names = [c.name for c in self.tables.by_name[line.table].columns]
            self._written[line.table, ref, line.pointer] = dict(
                zip(names[-len(line.values) :], line.values, strict=True)
            )


def wrapped(kind: str, raw: Any) -> Any:
    """The data as a mapping, also of a kind whose file is a list."""
    return {"items": raw} if KINDS[kind].listed else raw


def unwrapped(kind: str, raw: Any) -> Any:
    return raw.get("items", []) if KINDS[kind].listed else raw
