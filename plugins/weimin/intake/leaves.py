"""The smallest parts of a record that a row contains, each with its columns; the inverse of `opendata.columns.values_of`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from weimin.intake.headings import TableRow
from weimin.intake.sheet import Fault
from weimin.intake.values import NoValue, read_cell
from weimin.model.table import Column, Field

ABSENT = None
_ABOUT = ("约", "近", "余", "多", "上下")


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """`pointer` within the record or list item; `kind` as in Field, or `word` for the text that replaces a group."""

    pointer: str
    kind: str
    columns: tuple[Column, ...]
    table: str = ""


def leaves(fields: Sequence[Field], columns: Sequence[Column], at: str = "") -> Iterator[Leaf]:
    """The leaves in the order of the columns."""
    place = 0
    for field in fields:
        own = tuple(columns[place : place + field.width])
        place += field.width
        pointer = f"{at}/{field.key}"
        if field.kind != "group":
            yield Leaf(pointer=pointer, kind=field.kind, columns=own, table=field.table)
            continue
        if field.noted:
            yield Leaf(pointer=pointer, kind="word", columns=own[:1])
            own = own[1:]
        yield from leaves(field.fields, own, pointer)


def value_of(leaf: Leaf, entry: TableRow, was: Mapping[str, Any], faults: list[Fault]) -> Any:
    """The value of a leaf in the row, ABSENT if it is empty; a missing column has the exported value `was`."""
    values = [_read(c, leaf, entry, was, faults) for c in leaf.columns]
    match leaf.kind:
        case "count":
            return _count(values[0], values[1], leaf, entry, faults)
        case "list":
            return _either(values[0], values[1], leaf, entry, faults)
        case "lines":
            return [] if values[0] == 0 and values[1] is None else values[1]
    return values[0]


def _read(column: Column, leaf: Leaf, entry: TableRow, was: Mapping[str, Any], faults: list[Fault]) -> Any:
    if column.name not in entry.cells:
        return was.get(column.name)
    try:
        return read_cell(entry.cells[column.name], column, nested=leaf.kind == "json")
    except NoValue as wrong:
        faults.append(entry.fault(column.name, *wrong.args))
        return None


def _count(number: Any, word: Any, leaf: Leaf, entry: TableRow, faults: list[Fault]) -> Any:
    if word in _ABOUT and number is not None:
        return {"about": number, "as": word}
    return _either(number, word, leaf, entry, faults)


def _either(value: Any, word: Any, leaf: Leaf, entry: TableRow, faults: list[Fault]) -> Any:
    if value is not None and word is not None:
        title = leaf.columns[0].title
        faults.append(entry.fault(leaf.columns[1].name, f"“{title}”写了值，又写了说明“{word}”，只能有一个", "删去一个"))
        return None
    if word in _ABOUT:
        faults.append(entry.fault(leaf.columns[1].name, f"“{word}”前面没有数", "在左边一格写上数"))
        return None
    return word if value is None else value
