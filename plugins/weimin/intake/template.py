"""A blank workbook for a kind: one sheet for records, one for each of their lists; headings and help from the schema."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from weimin.intake.archive import without_timestamps
from weimin.intake.headings import REQUIRED_MARK, sheet_title, titles_of
from weimin.intake.lists import ListTable, list_tables
from weimin.intake.workbook import AUTHOR, HIDDEN
from weimin.model.table import COUNT, Column, KindTables, Table

ROWS = 1_000  # rows that have drop-down lists
_GROUND = PatternFill("solid", start_color="FFEAF1F8", end_color="FFEAF1F8")


def _column(name: str, title: str, description: str, *, needed: bool = False) -> Column:
    return Column(name=name, type="string", title=title, description=description, needed=needed)


NUMBER = _column("number", "序号", "每行一个，例如 1、2、3；别的工作表用它指明属于哪一行。")
PARENT = _column("parent", "属于序号", "属于上面那张表的哪一行，写那一行的序号。", needed=True)
CODE = _column("code", "平台代码", "统计用区划代码：市、县区 6 位，乡镇街道 9 位，村居 12 位。", needed=True)
DOSSIER = _column("dossier", "卷宗", "代码/年份-编号，例如 321302001004/2026-001。", needed=True)
ON = _column("on", "日期", "哪一天的事，知道到哪一步写到哪一步：2026-03-02、2026-03、2026-Q1、2026。", needed=True)
SLUG = _column("slug", "英文名称", "作文件名和网址：小写英文字母、数字和短横线，例如 house。", needed=True)
DRAFT = _column("draft", "征求意见稿", "是征求意见稿的写 是，正式的空着。")
_SINGLE, _SLUGGED = ("platform", "exemptions"), ("rule", "page", "news")


def input_tables(tables: Mapping[str, Table], shapes: Mapping[str, KindTables]) -> dict[str, Table]:
    """The tables as people fill them in, without computed columns, as `fill:NAME`; each keeps its own name."""
    lists = list_tables(shapes)
    nested = {below.above for below in lists.values()}
    found: dict[str, Table] = {}
    for kind, shape in shapes.items():
        width = len(shape.columns) + (tables[kind].columns[-1] not in shape.columns)
        lead = (NUMBER, *_identity(kind, tables[kind]))
        found[f"fill:{kind}"] = _with(tables[kind], lead, width)
    for name, below in lists.items():
        lead = (PARENT, NUMBER) if name in nested else (PARENT,)
        found[f"fill:{name}"] = _with(tables[name], lead, sum(f.width for f in below.fields))
    return found


def _with(table: Table, lead: tuple[Column, ...], width: int) -> Table:
    own = table.columns[len(table.columns) - width :]
    return Table(name=table.name, title=table.title, description=table.description, columns=(*lead, *own))


def _identity(kind: str, table: Table) -> tuple[Column, ...]:
    """The columns that determine the place of a new record."""
    if any(c.name == "dossier" for c in table.columns):
        return (CODE, ON) if kind == "topic" else (DOSSIER, ON)
    if kind in ("page", "news", "site"):
        return (SLUG,) if kind != "site" else ()
    if kind in _SINGLE:
        return (CODE,)
    return (CODE, SLUG) if kind in _SLUGGED else (CODE, ON, DRAFT) if kind == "projects" else (CODE, ON)


def template(kind: str, tables: Mapping[str, Table], below: Mapping[str, ListTable]) -> bytes:
    """The workbook as bytes; `tables` are the result of `input_tables`."""
    book = Workbook()
    options = book.create_sheet(HIDDEN)
    options.sheet_state = "hidden"
    names = [kind, *(name for name, list_ in below.items() if list_.kind == kind)]
    first = book.active
    for name in names:
        table = tables[f"fill:{name}"]
        page = first if name == kind and first is not None else book.create_sheet(index=len(book.worksheets) - 1)
        page.title = _free_title(book, page, sheet_title(table))
        _fill(page, table, options)
    out = io.BytesIO()
    book.save(out)
    return without_timestamps(out.getvalue())


def _free_title(book: Any, page: Any, title: str) -> str:
    taken = {p.title for p in book.worksheets if p is not page}
    return (
        title
        if title not in taken
        else next(f"{title[:28]}{n}" for n in range(2, 99) if f"{title[:28]}{n}" not in taken)
    )


def _fill(page: Worksheet, table: Table, options: Worksheet) -> None:
    titles = titles_of(table)
    for n, column in enumerate(table.columns, 1):
        letter = get_column_letter(n)
        head = page.cell(1, n, titles[column.name] + (REQUIRED_MARK if column.needed else ""))
        head.font, head.fill = Font(bold=True), _GROUND
        head.alignment = Alignment(wrap_text=True, vertical="top")
        if help_ := _help(column):
            head.comment = Comment(help_, f"{AUTHOR}-help", height=140, width=320)
        page.column_dimensions[letter].width = 40 if column.name == "body" else 16
        if column.type in ("string", "array"):
            page.column_dimensions[letter].number_format = "@"
            for row in range(2, 102):  # programs use the format of the cell, not of its column
                page.cell(row, n).number_format = "@"
        if column.choices and column.type != "array":
            _drop_down(page, letter, column, options)
        elif column.type in ("integer", "number") and not column.name.endswith(COUNT):
            _numbers(page, letter, column)
    page.freeze_panes = "A2"


def _help(column: Column) -> str:
    parts = [column.description]
    if column.unit:
        parts.append(f"单位：{column.unit}。")
    if column.type == "array":
        parts.append(
            "几项用顿号隔开。" + ("可选：" + "、".join(column.choices.values()) + "。" if column.choices else "")
        )
    if column.needed:
        parts.append("必填。")
    return "\n".join(p for p in parts if p)


def _drop_down(page: Worksheet, letter: str, column: Column, options: Worksheet) -> None:
    """A drop-down list from a column of the hidden sheet: a literal list is limited to 255 characters."""
    labels = list(column.choices.values())
    at = options.max_column + 1 if options.cell(1, 1).value is not None else 1
    for row, label in enumerate(labels, 1):
        options.cell(row, at, label)
    where = get_column_letter(at)
    check = DataValidation(
        type="list", formula1=f"'{HIDDEN}'!${where}$1:${where}${len(labels)}", allow_blank=True, showErrorMessage=True
    )
    check.errorTitle, check.error = "没有这个选项", f"“{column.title}”从下拉列表里选一个"[:220]
    check.add(f"{letter}2:{letter}{ROWS}")
    page.add_data_validation(check)


def _numbers(page: Worksheet, letter: str, column: Column) -> None:
    kind = "whole" if column.type == "integer" else "decimal"
    check = DataValidation(
        type=kind, operator="greaterThanOrEqual", formula1="0", allow_blank=True, showErrorMessage=True
    )
    check.errorTitle, check.error = "这里写数字", f"“{column.title}”写数字，不写单位；约数在右边一格写 约、余、多"[:220]
    check.add(f"{letter}2:{letter}{ROWS}")
    page.add_data_validation(check)
