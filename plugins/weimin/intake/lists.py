"""Where the rows of a list's table belong: under which record, under which line, at which place of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from weimin.model.table import Field, Shape


class ListTable(msgspec.Struct, frozen=True):
    """The table of a list: the kind of its record, the table of the line it stands in (the kind's own: empty), the
    pointer from there to the list, and the fields of a line."""

    kind: str
    above: str
    pointer: str
    fields: tuple[Field, ...]


def list_tables(shapes: Mapping[str, Shape]) -> dict[str, ListTable]:
    """Every table of a list by its name."""
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
    """A pointer to a line can be one of this list; none at all can."""
    holder, _, _ = pointer.rpartition("/")
    if not pointer.startswith("/"):
        return True
    return holder.endswith(list_.pointer) if list_.above else holder == list_.pointer
