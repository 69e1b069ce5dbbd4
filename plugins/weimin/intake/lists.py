"""The tables of lists: which record and which list of it their rows belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from weimin.model.table import Field, KindTables


class ListTable(msgspec.Struct, frozen=True):
    """The table of a list.

    `kind` is the kind of its record, `above` the table of the item that contains the list (empty if the record does),
    `pointer` leads from there to the list, `fields` are the fields of an item.
    """

    kind: str
    above: str
    pointer: str
    fields: tuple[Field, ...]


def list_tables(shapes: Mapping[str, KindTables]) -> dict[str, ListTable]:
    """Every table of a list, by its name."""
    found: dict[str, ListTable] = {}
    for kind, shape in shapes.items():
        found |= _below(kind, "", "", shape.fields)
    return found


def _below(kind: str, above: str, at: str, fields: Sequence[Field]) -> dict[str, ListTable]:
    found: dict[str, ListTable] = {}
    for field in fields:
        pointer = f"{at}/{field.key}"
        if field.kind == "lines":
            found[field.table] = ListTable(kind, above, pointer, field.fields)
            found |= _below(kind, field.table, "", field.fields)
        elif field.kind == "group":
            found |= _below(kind, above, pointer, field.fields)
    return found


def accepts_pointer(list_: ListTable, pointer: str) -> bool:
    """The pointer may be that of an item of this list; a row without pointer is always accepted."""
    holder, _, _ = pointer.rpartition("/")
    if not pointer.startswith("/"):
        return True
    return holder.endswith(list_.pointer) if list_.above else holder == list_.pointer
