"""Matches all rows of all files with records: drafts of those that they change, and of those that they add. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from weimin.app.entry.importing.baseline import Baseline
from weimin.app.entry.importing.diff import (
    diff_line,
    diff_record,
    draft_from_baseline,
    fill,
    line_count_faults,
    lines_at,
    new_line,
    own_columns,
    unknown_record,
    width_of,
)
from weimin.app.entry.importing.draft import Draft
from weimin.app.entry.importing.locations import PathAllocator
from weimin.intake.headings import TableRow
from weimin.intake.leaves import Leaf
from weimin.intake.lists import ListTable, list_tables
from weimin.intake.sheet import Fault, quoted_cell
from weimin.intake.values import NoValue, read_cell
from weimin.opendata.columns import compact_json
from weimin.opendata.tables import LOG, PROSE

_ORDER = ("platform", "topic")  # platforms and dossiers before the records in them


class RowChanges(msgspec.Struct, kw_only=True):
    """`changed`: drafts of existing records. `added`: drafts of new ones, with a path unless one was refused. `rows`: how many were read."""

    changed: list[Draft] = []
    added: list[Draft] = []
    faults: list[Fault] = []
    rows: int = 0


class RowMatcher:
    """Matches rows with records.

    `lists`: tables of lists by name. `drafts` and `new_drafts`: drafts of existing and new records by reference.
    """

    def __init__(self, baseline: Baseline, allocator: PathAllocator) -> None:
        self.baseline, self.allocator = baseline, allocator
        self.lists = list_tables(baseline.tables.shapes)
        self.drafts: dict[str, Draft] = {}
        self.new_drafts: dict[str, Draft] = {}
        self.faults: list[Fault] = []
        self._numbered: dict[tuple[str, str, str], tuple[Draft, str]] = {}

    def match(self, entries: Sequence[TableRow]) -> RowChanges:
        for unit in sorted({self._unit(entry) for entry in entries} - {""}):
            self.baseline.load_unit(unit)
        record_rows = [e for e in entries if e.table.name in self.baseline.tables.shapes]
        record_rows.sort(key=lambda e: _ORDER.index(e.table.name) if e.table.name in _ORDER else len(_ORDER))
        for entry in record_rows:
            self._match_record_row(entry)
        for entry in (e for e in entries if e.table.name == LOG.name):
            self._check_log_row(entry)
        list_rows = [e for e in entries if e.table.name in self.lists]
        for entry in sorted(list_rows, key=self._list_order):
            self._match_list_row(entry, self.lists[entry.table.name])
        for draft in self.new_drafts.values():
            for entry in draft.entries[:1]:
                fields = self.baseline.tables.shapes[draft.kind].fields
                columns = own_columns(entry, width_of(fields), draft.kind in PROSE)[1]
                line_count_faults(entry, fields, columns, "", draft)
        faults = [*self.faults, *(f for d in (*self.drafts.values(), *self.new_drafts.values()) for f in d.faults)]
        return RowChanges(
            changed=[d for d in self.drafts.values() if d.changed],
            added=list(self.new_drafts.values()),
            faults=faults,
            rows=len(entries),
        )

    def _list_order(self, entry: TableRow) -> tuple[int, list[tuple[int, str]]]:
        """Sorting key: lines before the lines in them, then by pointer, numbers as numbers."""
        depth, above = 0, self.lists[entry.table.name].above
        while above:
            depth, above = depth + 1, self.lists[above].above
        steps = entry.text("pointer").split("/")
        return depth, [(int(s) if s.isdecimal() else 1 << 30, s) for s in steps]

    def _unit(self, entry: TableRow) -> str:
        place = self.baseline.register.by_ref.get(self._ref(entry))
        return place.unit if place else ""

    def _ref(self, entry: TableRow) -> str:
        ref = entry.text("record")
        place = self.baseline.register.by_path.get(entry.text("path")) if not ref and entry.text("path") else None
        return place.ref if place else ref

    def _draft(self, entry: TableRow, ref: str) -> Draft | None:
        """The draft of an existing record; None, with a fault, where it cannot be read."""
        if ref not in self.drafts:
            draft = draft_from_baseline(ref, self.baseline)
            if draft is None:
                path = self.baseline.unread.get(ref, ref)
                hint = f"先改好：weimin check {path}"
                self.faults.append(entry.fault("record", f"{path} 有错误，读不出来，不能对着它导入", hint))
                return None
            self.drafts[ref] = draft
        return self.drafts[ref]

    def _match_record_row(self, entry: TableRow) -> None:
        """Match a row of a kind's own table: an existing record is compared, another is added."""
        ref, kind = self._ref(entry), entry.table.name
        place = self.baseline.register.by_ref.get(ref)
        if place is not None and place.kind != kind:
            self.faults.append(
                entry.fault("record", f"{quoted_cell(ref)}不是{entry.table.title}", "这一行放到它那一种的表里")
            )
        elif place is not None:
            draft = self._draft(entry, ref)
            if draft is not None:
                diff_record(entry, draft, self.baseline)
        else:
            self._add_record(entry, ref, kind)

    def _add_record(self, entry: TableRow, ref: str, kind: str) -> None:
        draft = Draft(ref, kind, {})
        fields = self.baseline.tables.shapes[kind].fields
        prose = any(c.name == "body" for c in entry.table.columns[-1:])
        fill(entry, fields, own_columns(entry, width_of(fields), prose)[1], "", draft)
        if prose and not entry.cells.get("body", entry.first).empty and "body" in entry.cells:
            draft.set_value("/body", read_cell(entry.cells["body"], entry.table.columns[-1]), entry, "body")
        draft.entries.append(entry)
        fault = self.allocator.assign(draft, entry)
        if fault is not None:
            draft.faults.append(fault)
        key = ref or draft.path or f"{entry.sheet.path}\0{entry.sheet.name}\0{entry.first.line}"
        if key in self.new_drafts:
            draft.faults.append(entry.fault("record", f"{quoted_cell(ref)}写了两行", "一份记录只写一行"))
        self.new_drafts[key] = draft
        self._remember_number(entry, draft, "")

    def _remember_number(self, entry: TableRow, draft: Draft, pointer: str) -> None:
        """Index a row of a filled-in workbook by its number, so that rows of other sheets can refer to it."""
        number = entry.text("number")
        if not number:
            return
        key = (entry.sheet.path, entry.table.name, number)
        if key in self._numbered:
            self.faults.append(entry.fault("number", f"序号{quoted_cell(number)}写了两次", "每行一个不同的序号"))
        self._numbered[key] = (draft, pointer)

    def _match_list_row(self, entry: TableRow, below: ListTable) -> None:
        """Match a row of the table of a list: an existing line is compared, another is appended."""
        if any(c.name == "parent" for c in entry.table.columns):
            self._match_child_row(entry, below)
            return
        ref, pointer = self._ref(entry), entry.text("pointer")
        draft = self.new_drafts.get(ref) if ref in self.new_drafts else None
        if draft is None and ref in self.baseline.register.by_ref:
            draft = self._draft(entry, ref)
        elif draft is None:
            self.faults.append(unknown_record(entry, self.baseline))
        if draft is None:
            return
        if draft.kind != below.kind:
            self.faults.append(
                entry.fault("record", f"{quoted_cell(ref)}没有“{entry.table.title}”", "这一行放到它那一种的表里")
            )
        elif pointer and self.baseline.written(entry.table.name, ref, pointer):
            diff_line(entry, pointer, below, draft, self.baseline)
        else:
            self._append_line(entry, below, draft, pointer)

    def _append_line(self, entry: TableRow, below: ListTable, draft: Draft, pointer: str) -> None:
        """Append a line at the end of its list."""
        if not pointer and below.above:
            message = "新的一条没有说加在哪一条下面"
            self.faults.append(
                entry.fault("pointer", message, f"位置写成 /items/0{below.pointer}/- 这样，数字是上面那一条的")
            )
            return
        place = pointer.rpartition("/")[0] if pointer else below.pointer
        number = lines_at(draft.raw, place)
        if not place.endswith(below.pointer) or pointer.rpartition("/")[2] not in ("", "-", str(number)):
            message = f"位置{quoted_cell(pointer)}没有这一条"
            self.faults.append(entry.fault("pointer", message, f"核对位置；要加一条，写 {place}/-"))
            return
        new_line(entry, f"{place}/{number}", below, draft)

    def _match_child_row(self, entry: TableRow, below: ListTable) -> None:
        """Match a row of a workbook's sheet, which refers to a row of the sheet above by its number."""
        above = below.above or below.kind
        parent = self._numbered.get((entry.sheet.path, above, entry.text("parent")))
        if parent is None:
            title = self.baseline.tables.by_name[above].title
            message = f"“{title}”里没有序号{quoted_cell(entry.text('parent'))}这一行"
            self.faults.append(entry.fault("parent", message, "写它属于的那一行的序号"))
            return
        draft, at = parent
        pointer = f"{at}{below.pointer}"
        pointer += f"/{lines_at(draft.raw, pointer)}"
        new_line(entry, pointer, below, draft)
        self._remember_number(entry, draft, pointer)

    def _check_log_row(self, entry: TableRow) -> None:
        """Check a row of the log, which has records as they were published: a cell that differs is a fault."""
        ref = self._ref(entry)
        if ref not in self.baseline.register.by_ref:
            hint = "新的记录写在它那一种的表里；log 只用来核对"
            self.faults.append(entry.fault("record", f"没有{quoted_cell(ref)}这份记录", hint))
            return
        draft = self._draft(entry, ref)
        base = self.baseline.exported(LOG.name, ref)
        if draft is None or base is None:
            return
        for column in entry.table.columns:
            cell = entry.cells.get(column.name)
            if cell is None:
                continue
            nested = column.type == "any"
            leaf = Leaf(pointer="", kind="json" if nested else "text", columns=(column,))
            if not _differs(entry, leaf, base, nested):
                continue
            hint = "改回原样；要改内容，改它那一种的表"
            self.faults.append(entry.fault(column.name, "log 是记录公布时的原样，不能改", hint))


def _differs(entry: TableRow, leaf: Leaf, base: Any, nested: bool) -> bool:
    column = leaf.columns[0]
    cell = entry.cells[column.name]
    was = base.get(column.name)
    if nested:
        try:
            return bool(compact_json(read_cell(cell, column, nested=True)) != was)
        except NoValue:
            return True
    return not ((cell.empty and was in (None, "")) or cell.value == was)


def all_faults(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, in the order of the files."""
    return sorted(dict.fromkeys(faults), key=lambda f: f.order)
