"""Compares rows of existing records with their baseline: a cell that differs changes its field, and no other."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from weimin.app.entry.importing.baseline import Baseline, RowValues, wrapped
from weimin.app.entry.importing.draft import Draft, changed_columns, computed_column_faults, not_as_stored
from weimin.intake.headings import TableRow
from weimin.intake.leaves import ABSENT, Leaf, leaves, value_of
from weimin.intake.lists import ListTable
from weimin.intake.sheet import Cell, Fault, quoted_cell
from weimin.intake.values import NoValue, is_unchanged, read_cell
from weimin.model.table import Column, Field


def own_columns(entry: TableRow, width: int, prose: bool) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The computed columns of a table, and those of its fields. `width`: columns of fields; `prose`: a column of prose follows."""
    columns = entry.table.columns[:-1] if prose else entry.table.columns
    return columns[: len(columns) - width], columns[len(columns) - width :]


def width_of(fields: Iterable[Field]) -> int:
    return sum(field.width for field in fields)


def diff_record(entry: TableRow, draft: Draft, baseline: Baseline) -> None:
    """Compare a row of a kind's own table with the record that it names."""
    kind = entry.table.name
    fields = baseline.tables.shapes[kind].fields
    prose = any(c.name == "body" for c in entry.table.columns[-1:])
    computed, own = own_columns(entry, width_of(fields), prose)
    base, written = baseline.exported(kind, draft.ref) or {}, baseline.written(kind, draft.ref)
    draft.entries.append(entry)
    draft.faults += computed_column_faults(entry, computed, base)
    _diff_leaves(entry, tuple(leaves(fields, own)), "", draft, (base, written))
    if not prose or "body" not in entry.cells:
        return
    column = entry.table.columns[-1]
    leaf = Leaf(pointer="/body", kind="text", columns=(column,))
    _diff_leaves(entry, (leaf,), "", draft, ({**base, "body": base.get("body") or ""}, written))


def diff_line(entry: TableRow, pointer: str, below: ListTable, draft: Draft, baseline: Baseline) -> None:
    """Compare a row of a list's table with the line that it names."""
    computed, own = own_columns(entry, width_of(below.fields), False)
    table = entry.table.name
    base = baseline.exported(table, draft.ref, pointer) or {}
    written = baseline.written(table, draft.ref, pointer)
    draft.faults += computed_column_faults(entry, computed, base)
    _diff_leaves(entry, tuple(leaves(below.fields, own)), pointer, draft, (base, written))


def _diff_leaves(
    entry: TableRow, own: tuple[Leaf, ...], at: str, draft: Draft, stored: tuple[RowValues, RowValues]
) -> None:
    base, written = stored
    for leaf in own:
        pointer = at + leaf.pointer
        draft.origins.setdefault(pointer, (entry, leaf.columns[0].name))
        nested = leaf.kind == "json"
        changed = changed_columns(entry, leaf.columns, base, draft.faults, nested=nested)
        if not changed:
            continue
        if (fault := not_as_stored(entry, leaf, base, written)) is not None:
            draft.faults.append(fault)
            continue
        if leaf.kind == "lines" and (fault := _line_count_fault(entry, leaf, base)) is not None:
            draft.faults.append(fault)
            continue
        was = {c.name: read_cell(Cell(base.get(c.name), 0, 0), c, nested=nested) for c in leaf.columns}
        faults: list[Fault] = []
        value = value_of(leaf, entry, was, faults)
        draft.faults += faults
        if not faults:
            draft.set_value(pointer, value, entry, changed[0].name)


def _line_count_fault(entry: TableRow, leaf: Leaf, base: RowValues) -> Fault | None:
    """The fault of a cell that counts lines: the number follows from their own table; 0 states that there were none."""
    count, word = leaf.columns
    existing, title = base.get(count.name), leaf.columns[0].title.partition("·")[0]
    cell = entry.cells.get(count.name)
    if cell is not None and not cell.empty and str(cell.value) != "0" and not is_unchanged(cell, count, existing):
        now = f"现在是 {existing}" if existing is not None else "现在没有记录"
        hint = "改回原来的样子；加一条，在它自己的表里加一行"
        return entry.fault(count.name, f"“{count.title}”由程序数出来，{now}", hint)
    if existing and cell is not None and (cell.empty or str(cell.value) == "0"):
        return entry.fault(count.name, f"“{title}”已经有 {existing} 条，不能在这里清掉", f"改回 {existing}")
    if existing and word.name in entry.cells and not entry.cells[word.name].empty:
        return entry.fault(word.name, f"“{title}”已经有 {existing} 条，不能再写没有公布", "清空这一格")
    return None


def new_line(entry: TableRow, pointer: str, below: ListTable, draft: Draft) -> None:
    """Add a line that does not exist yet, at `pointer`."""
    _, own = own_columns(entry, width_of(below.fields), False)
    draft.set_value(pointer, {}, entry, entry.table.columns[-len(own)].name)
    fill(entry, below.fields, own, pointer, draft)


def fill(entry: TableRow, fields: tuple[Field, ...], own: tuple[Column, ...], at: str, draft: Draft) -> None:
    """Set all values of a row of a new record or line."""
    for leaf in leaves(fields, own):
        pointer = at + leaf.pointer
        draft.origins.setdefault(pointer, (entry, leaf.columns[0].name))
        faults: list[Fault] = []
        value = value_of(leaf, entry, {}, faults)
        draft.faults += faults
        counted = leaf.kind == "lines" and value != [] and not isinstance(value, str)
        if value is not ABSENT and not faults and not counted:
            draft.set_value(pointer, value, entry, leaf.columns[0].name)


def line_count_faults(
    entry: TableRow, fields: tuple[Field, ...], own: tuple[Column, ...], at: str, draft: Draft
) -> None:
    """Check the counts in a row of a new record or line: a stated number of lines must be the actual number."""
    for leaf in leaves(fields, own):
        cell = entry.cells.get(leaf.columns[0].name) if leaf.kind == "lines" else None
        if cell is None or cell.empty:
            continue
        try:
            number = read_cell(cell, leaf.columns[0])
        except NoValue:
            continue
        actual = lines_at(draft.raw, at + leaf.pointer)
        if number != actual:
            message = f"这里写了 {quoted_cell(number)} 条，表里有 {actual} 条"
            draft.faults.append(entry.fault(leaf.columns[0].name, message, "清空这一格，或者补齐各条"))


def lines_at(raw: object, pointer: str) -> int:
    """The number of lines of the list at a pointer; 0 where there is none."""
    for step in pointer.split("/")[1:]:
        if isinstance(raw, dict):
            raw = raw.get(step)
        elif isinstance(raw, list) and int(step) < len(raw):
            raw = raw[int(step)]
    return len(raw) if isinstance(raw, list) else 0


def unknown_record(entry: TableRow, baseline: Baseline) -> Fault:
    ref = entry.text("record")
    similar = get_close_matches(ref, baseline.register.by_ref, 1, 0.6)
    suggestion = f"是不是 {similar[0]}？" if similar else ""
    return entry.fault(
        "record", f"没有{quoted_cell(ref)}这份记录", f"{suggestion}核对这一格；新的记录，在它那一种的表里也要有一行"
    )


def draft_from_baseline(ref: str, baseline: Baseline) -> Draft | None:
    """An existing record as a draft; None where there is none that can be read."""
    record = baseline.records.get(ref)
    if record is None:
        return None
    kind = record.place.kind
    return Draft(ref, kind, wrapped(kind, record.raw), record.body, record.place.path)
