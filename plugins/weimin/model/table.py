"""Records as tables: columns, and how the fields of a kind become them; what is exported and what can be read back."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

Value = str | int | float | bool | None


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """`type` as Table Schema names it; `title`, `description`, `unit` in Chinese; `clause` of the plan.

    `choices`: the values that may stand here and their names; `form` is date where a date is meant; `needed`: no line
    of its table is without it.
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
    """`name` is its folder below /data/."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]


class TableRow(msgspec.Struct, frozen=True):
    """A row of the table of a list inside a record; `pointer` is its place in the record."""

    table: str
    pointer: str
    values: tuple[Value, ...]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a record, and how its value becomes values. `kind`: text, count, list, json, group, lines.

    `width`: of how many columns; `noted`: a group of which a word can be said instead.
    """

    key: str
    kind: str
    width: int
    noted: bool = False
    fields: tuple[Field, ...] = ()
    table: str = ""


class KindTables(msgspec.Struct, frozen=True, kw_only=True):
    """A kind's fields with its own columns and the tables of its lists."""

    fields: tuple[Field, ...]
    columns: tuple[Column, ...]
    tables: tuple[Table, ...]


NOTE, COUNT = "_note", "_count"
"""What the second column of a field is called behind its name, and the column that counts the lines of a list."""
