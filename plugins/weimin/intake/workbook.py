"""Excel workbooks as sheets of cells; and the same workbook with a comment on each faulty cell."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from weimin.intake.archive import ARCHIVE_ERRORS, archive_refusal, without_timestamps
from weimin.intake.sheet import Cell, Fault, Sheet, quoted_cell

MOST_ROWS, MOST_COLUMNS = 50_000, 1_000
FULLEST = 32_767  # maximum characters of a cell; a longer text was cut by the program that saved it
AUTHOR = "weimin"
HIDDEN = "选项"  # the sheet that contains the options of drop-down lists
_RED = "FFFFC7CE"


def read_workbook(path: str, data: bytes) -> tuple[list[Sheet], list[Fault]]:
    """The sheets that are not empty, and the faults of file and sheets."""
    refused = archive_refusal(data)
    if refused is not None:
        return [], [Fault(path=path, message=refused[0], hint=refused[1])]
    book = _opened(data)
    if book is None:
        return [], [Fault(path=path, message="这个工作簿打不开，多半已经损坏", hint="用表格软件打开，另存一份再导入")]
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for page in book.worksheets:
        if page.title == HIDDEN:
            continue
        sheet, found = _sheet(path, page, book)
        faults += found
        if sheet is not None:
            sheets.append(sheet)
    if not sheets and not faults:
        faults.append(Fault(path=path, message="工作簿是空的", hint="第一行写列名，下面一行一条"))
    return sheets, faults


def _opened(data: bytes) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about unknown styles and extensions, which are not values
            return load_workbook(io.BytesIO(data))
    except (*ARCHIVE_ERRORS, InvalidFileException, KeyError, TypeError, AttributeError, IndexError, SyntaxError):
        return None  # openpyxl raises many different exceptions for a broken file


def _sheet(path: str, page: Any, book: Any) -> tuple[Sheet | None, list[Fault]]:
    if page.max_row > MOST_ROWS or page.max_column > MOST_COLUMNS:
        message = f"工作表“{page.title}”一直写到 {page.dimensions.rpartition(':')[2]}，太大了"
        return None, [
            Fault(
                path=path,
                sheet=page.title,
                address="A1",
                message=message,
                hint="选中下面和右边空着的行列，整行整列删除，再保存",
            )
        ]
    faults: list[Fault] = []
    rows: list[tuple[Cell, ...]] = []
    for line in page.iter_rows():
        row = tuple(_cell(c, book, path, page.title, faults) for c in line)
        if any(not c.empty for c in row):
            rows.append(row)
    faults += (_merged(path, page.title, area) for area in page.merged_cells.ranges)
    if not rows:
        return None, faults
    header, *body = rows
    return Sheet(path=path, name=page.title, header=header, rows=tuple(body)), faults


def _merged(path: str, title: str, area: Any) -> Fault:
    first = area.coord.partition(":")[0]
    message = f"{area.coord} 是合并的单元格，不知道里面的值算哪一格的"
    return Fault(
        path=path,
        sheet=title,
        line=area.min_row,
        column=area.min_col,
        address=first,
        message=message,
        hint="取消合并，每一格各写各的值",
    )


def _cell(c: Any, book: Any, path: str, title: str, faults: list[Fault]) -> Cell:
    value, is_date = c.value, False

    def wrong(message: str, hint: str) -> None:
        where = {"line": c.row, "column": c.column, "address": c.coordinate}
        faults.append(Fault(path=path, sheet=title, **where, message=message, hint=hint))

    if c.data_type == "f":
        wrong("这一格是公式，导入不计算公式", "复制这一格，“选择性粘贴 → 数值”；本来就是文字的，先把单元格格式改成文本")
        value = None
    elif c.data_type == "e":
        wrong(f"这一格是计算错误 {quoted_cell(value)}", "改成要写的值")
        value = None
    elif isinstance(value, datetime | date | time):
        value, is_date = _day(value, str(c.number_format)), True
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53:
        value = int(value)
    elif isinstance(value, str):
        value = value.replace("_x000D_", "").replace("\r\n", "\n")
        if len(value) >= FULLEST:
            wrong(f"这一格写满了 {FULLEST} 个字，后面的多半被表格软件截掉了", "长的正文不用表格改，直接改记录文件")
    return Cell(value, c.row, c.column, c.coordinate, is_date)


def _day(value: datetime | date | time, form: str) -> str:
    """A date in the form of records; one displayed without day is a month, one without month a year."""
    if isinstance(value, time):
        return value.isoformat("minutes")
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "minutes")
    letters = "".join(part for n, part in enumerate(form.lower().split('"')) if n % 2 == 0)
    if "y" in letters and "d" not in letters:
        return f"{day:%Y-%m}" if "m" in letters else f"{day:%Y}"
    return day.isoformat()


def with_comments(data: bytes, faults: Iterable[Fault]) -> bytes:
    """The workbook with a comment and a red fill on each faulty cell; comments of an earlier import are removed."""
    book = _opened(data)
    for page in book.worksheets:
        for row in page.iter_rows():
            for c in row:
                if c.comment is not None and c.comment.author == AUTHOR:
                    c.comment = None
                    c.fill = PatternFill()
    message: dict[tuple[str, str], list[str]] = {}
    for fault in faults:
        if fault.address:
            message.setdefault((fault.sheet, fault.address), []).append(f"{fault.message}。\n改法：{fault.hint}。")
    for (title, address), words in message.items():
        c = book[title][address]
        c.comment = Comment("\n\n".join(words), AUTHOR, height=160, width=320)
        c.fill = PatternFill("solid", start_color=_RED, end_color=_RED)
    out = io.BytesIO()
    book.save(out)
    return without_timestamps(out.getvalue())
