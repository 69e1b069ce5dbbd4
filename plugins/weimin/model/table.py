"""Records as tables: how the fields of a kind become columns, for the export and the import."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

Value = str | int | float | bool | None


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column. `type`: as in Table Schema; `title`, `description`, `unit`: in Chinese; `clause`: of the plan.

    `choices`: allowed value → its name; `form`: `date` for dates; `needed`: every row of its table has a value.
    """

    name: str
    type: str
    title: str
    description: str = ""
    unit: str = ""
    clause: str = ""
    choices: Mapping[str, str] = {}
    form: str = ""
    needed: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table. `name`: its folder below /data/."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]


class TableRow(msgspec.Struct, frozen=True):
    """A row of the table of a list inside a record. `pointer`: JSON pointer of the line in the record."""

    table: str
    pointer: str
    values: tuple[Value, ...]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a record, and how its value becomes cells. `kind`: text, count, list, json, group, lines.

    `width`: number of columns; `noted`: a group in whose place a single word may be recorded.
    """

    key: str
    kind: str
    width: int
    noted: bool = False
    fields: tuple[Field, ...] = ()
    table: str = ""


class KindTables(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of one kind of record: its fields, the columns of its own table, and the tables of its lists."""

    fields: tuple[Field, ...]
    columns: tuple[Column, ...]
    tables: tuple[Table, ...]


NOTE, COUNT = "_note", "_count"
"""Suffixes of column names: the second column of a field, and the column with the number of lines of a list."""
