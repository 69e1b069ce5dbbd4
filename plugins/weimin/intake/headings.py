"""Recognises the table of a sheet by its headings: column names or Chinese titles, in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

import msgspec

from weimin.intake.sheet import Cell, Fault, Sheet, fault_at, quoted_cell
from weimin.model.table import Table

REQUIRED_MARK = "*"  # after the title of a column that must not be empty


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table, its cells by the names of their columns."""

    table: Table
    sheet: Sheet
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """The cell of a column as text; empty if there is none."""
        cell = self.cells.get(name)
        return "" if cell is None or cell.empty else str(cell.value).strip(" \u3000")

    @property
    def first(self) -> Cell:
        """The cell at which a fault of the whole row is reported."""
        return next((c for c in self.cells.values() if not c.empty), next(iter(self.cells.values())))

    def fault(self, name: str, message: str, hint: str) -> Fault:
        return fault_at(self.sheet, self.cells.get(name, self.first), message, hint)


def titles_of(table: Table) -> dict[str, str]:
    """Column → heading: its title, followed by the column name if two columns have the same title."""
    titles = [c.title for c in table.columns]
    return {c.name: c.title if titles.count(c.title) == 1 else f"{c.title}（{c.name}）" for c in table.columns}


RowFilter = Callable[[str, str, str], bool]
"""(table, reference, pointer) → whether a row with that reference and pointer may be of this table."""


def rows_of(
    sheet: Sheet, tables: Mapping[str, Table], belongs: RowFilter = lambda table, ref, pointer: True
) -> tuple[tuple[TableRow, ...], list[Fault]]:
    """The rows of a sheet, and the faults of its headings. Rows are empty if the table cannot be recognised."""
    table, faults = _table_of(sheet, tables, belongs)
    if table is None:
        return (), faults
    named = {n: name for n, name in enumerate(_names(sheet, table)) if name}
    seen: dict[str, Cell] = {}
    for n, cell in enumerate(sheet.header):
        if n not in named:
            faults += _unknown(sheet, n, cell, table)
        elif named[n] in seen:
            faults.append(fault_at(sheet, cell, f"列名{quoted_cell(cell.value)}写了两次", "删去一列"))
        else:
            seen[named[n]] = cell
    rows = tuple(
        TableRow(table=table, sheet=sheet, cells={named[n]: cell for n, cell in enumerate(row) if n in named})
        for row in sheet.rows
    )
    return rows, faults


def _table_of(sheet: Sheet, tables: Mapping[str, Table], belongs: RowFilter) -> tuple[Table | None, list[Fault]]:
    """The table that contains most of the headings.

    Among equals the one that fits the references in the rows, then the one that folder or sheet is named after.
    """
    known = {name: sum(bool(n) for n in _names(sheet, table)) for name, table in tables.items()}
    most = max(known.values(), default=0)
    best = [name for name, n in known.items() if n == most and most]
    if len(best) > 1:
        fitting = [name for name in best if all(belongs(tables[name].name, *_named(row)) for row in sheet.rows)]
        best = fitting or best
    if len(best) > 1:
        parts = sheet.path.replace("\\", "/").split("/")
        names = {sheet.name, *parts[-2:-1], parts[-1].partition(".")[0]}
        fewest = min(len(tables[name].columns) for name in best)
        best = [name for name in best if name in names or sheet_title(tables[name]) in names] or [
            name for name in best if len(tables[name].columns) == fewest
        ]
    if len(best) > 1:
        titles = "、".join(tables[name].title for name in best[:5])
        hint = f"把文件（或者工作表）的名字改成表的名字，例如 {tables[best[0]].name}，或者照导出的文件保留全部列"
        return None, [fault_at(sheet, sheet.header[0], f"这些列名好几张表都有：{titles}", hint)]
    headings = sum(not cell.empty for cell in sheet.header)
    if len(best) != 1 or most * 2 < headings:
        head = "、".join(str(c.value) for c in sheet.header if not c.empty)
        hint = "第一行写列名，照 weimin export 导出的文件，或者照 weimin import --template 种类 生成的工作簿"
        return None, [fault_at(sheet, sheet.header[0], f"认不出这是哪一张表，第一行是{quoted_cell(head)}", hint)]
    return tables[best[0]], []


def _named(row: tuple[Cell, ...]) -> tuple[str, str]:
    """The first two cells, which are reference and pointer in an exported table."""
    first, second = (*row, Cell(None, 0, 0), Cell(None, 0, 0))[:2]
    return str(first.value or ""), str(second.value or "")


def sheet_title(table: Table) -> str:
    """The name of the table's sheet in a workbook: at most 31 characters, without those that are not allowed."""
    return "".join(c for c in table.title.replace("·", "-") if c not in "[]:*?/\\")[:31]


def _names(sheet: Sheet, table: Table) -> list[str]:
    """The column of each heading, empty if it has none."""
    by_title = {title: name for name, title in titles_of(table).items()}
    names = {c.name for c in table.columns}
    found = []
    for cell in sheet.header:
        text = str(cell.value or "").strip(" \u3000\n").removesuffix(REQUIRED_MARK)
        inner = text.rpartition("（")[2].removesuffix("）")
        found.append(text if text in names else by_title.get(text) or (inner if inner in names else ""))
    return found


def _unknown(sheet: Sheet, n: int, cell: Cell, table: Table) -> list[Fault]:
    """A heading that the table does not have, unless its column is empty."""
    if all(n >= len(row) or row[n].empty for row in sheet.rows):
        return []
    if cell.empty:
        return [fault_at(sheet, cell, "这一列没有列名，不知道写的是什么", "补上列名，或者删去这一列")]
    near = get_close_matches(str(cell.value), [*titles_of(table).values(), *(c.name for c in table.columns)], 1, 0.5)
    meant = f"是不是“{near[0]}”？" if near else ""
    return [
        fault_at(
            sheet, cell, f"“{table.title}”里没有{quoted_cell(cell.value)}这一列", f"{meant}改对列名，或者删去这一列"
        )
    ]
