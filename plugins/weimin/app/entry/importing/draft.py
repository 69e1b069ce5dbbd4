"""A record under change: values are set one by one in its data, each with the cell that it comes from."""

from __future__ import annotations

import copy
from typing import Any

from weimin.intake.headings import TableRow
from weimin.intake.leaves import ABSENT, Leaf
from weimin.intake.sheet import Fault
from weimin.intake.values import NoValue, is_unchanged, replaced_characters, still_shows
from weimin.model.table import Column
from weimin.records.kinds import KINDS

_CORRECTION_HINT = "用 weimin new correction 写一份更正"


class Draft:
    """A record under change.

    `ref`: the reference of the record, or of the row where it has none yet. `path`: empty until one is assigned. `origins`:
    pointer → the row and column that set it. `entries`: rows of the record's own table.
    """

    def __init__(self, ref: str, kind: str, raw: Any, body: str = "", path: str = "") -> None:
        self.ref, self.kind, self.path = ref, kind, path
        self.raw = copy.deepcopy(raw)
        self.body = body
        self.origins: dict[str, tuple[TableRow, str]] = {}
        self.faults: list[Fault] = []
        self.entries: list[TableRow] = []
        self._set: dict[str, Any] = {}

    def set_value(self, pointer: str, value: Any, entry: TableRow, column: str) -> None:
        """Set or remove (ABSENT) a value; two different values for one pointer are a fault."""
        if pointer in self._set and self._set[pointer] != value:
            self.faults.append(
                entry.fault(column, "这一项在两处写得不一样", "留下对的一处，另一处改成一样的，或者删去那一行")
            )
            return
        self._set[pointer] = value
        self.origins[pointer] = (entry, column)
        if pointer == "/body" and KINDS[self.kind].prose:
            self.body = value or ""
            return
        steps: list[str | int] = [int(s) if s.isdecimal() else s for s in pointer.split("/")[1:]]
        _set_at(self.raw, steps, value)

    @property
    def changed(self) -> bool:
        return bool(self._set)


def _set_at(holder: Any, steps: list[str | int], value: Any) -> None:
    step, rest = steps[0], steps[1:]
    if isinstance(holder, list):
        if not rest:
            holder[int(step) : int(step) + 1] = [value]
        else:
            _set_at(holder[int(step)], rest, value)
        return
    if not rest:
        if value is ABSENT:
            holder.pop(step, None)
        else:
            holder[step] = _written_like(holder.get(step), value)
        return
    below = holder.get(step)
    if not isinstance(below, dict | list):
        if value is ABSENT:
            return
        below = holder[step] = [] if isinstance(rest[0], int) else {}
    _set_at(below, rest, value)
    if below == {}:
        del holder[step]


def _written_like(old: Any, new: Any) -> Any:
    """The new value in the form of the old one: a single value without a list, 约 omitted where it was."""
    if isinstance(old, str) and isinstance(new, list) and len(new) == 1:
        return new[0]
    if isinstance(old, dict) and isinstance(new, dict) and "as" not in old and new.get("as") == "约":
        return {k: v for k, v in new.items() if k != "as"}
    return new


def changed_columns(
    entry: TableRow, columns: tuple[Column, ...], base: Any, faults: list[Fault], *, nested: bool
) -> list[Column]:
    """The columns of a leaf whose cells differ from the baseline."""
    changed = []
    for column in columns:
        cell = entry.cells.get(column.name)
        if cell is None:
            continue
        was = base.get(column.name)
        try:
            if is_unchanged(cell, column, was, nested=nested):
                continue
        except NoValue as wrong:
            faults.append(entry.fault(column.name, *wrong.args))
            continue
        if entry.sheet.narrow and (missing := replaced_characters(cell, was)):
            message = f"保存成 GBK 时，“{missing}”变成了问号"
            faults.append(entry.fault(column.name, message, "重新导出，编辑后另存为“CSV UTF-8（逗号分隔）”"))
            continue
        changed.append(column)
    return changed


def computed_column_faults(entry: TableRow, columns: tuple[Column, ...], base: Any) -> list[Fault]:
    """Faults of computed columns: they must equal the baseline, because the program computes them from path and events."""
    faults = []
    for column in columns:
        cell = entry.cells.get(column.name)
        if cell is None or cell.empty or still_shows(cell, column, base.get(column.name)):
            continue
        message = f"“{column.title}”由程序从记录的位置和各份记录算出，不能在表里改"
        was = base.get(column.name)
        hint = f"改回“{was}”" if was is not None else "清空这一格"
        faults.append(entry.fault(column.name, message, hint))
    return faults


def not_as_stored(entry: TableRow, leaf: Leaf, base: Any, written: Any) -> Fault | None:
    """The fault of a cell whose published value is not the one in the file: corrected later, or not public."""
    for column in leaf.columns:
        if base.get(column.name) != written.get(column.name):
            message = f"“{column.title}”公布的不是文件里的原样：已经更正过，或者不公开"
            return entry.fault(column.name, message, f"把这一格改回原样；要改，{_CORRECTION_HINT}")
    return None
