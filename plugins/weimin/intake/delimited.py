"""CSV as spreadsheet programs save it: UTF-8 with or without BOM, GB18030 (WPS, Excel), UTF-16 with tabs (Excel's “Unicode
文本”); with commas, tabs or semicolons.
"""

from __future__ import annotations

import codecs
import csv
import io

from weimin.intake.sheet import LARGEST_TEXT, Cell, Fault, Sheet, too_large

_LONGEST_CELL = 1 << 20  # characters
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_csv(path: str, data: bytes) -> tuple[Sheet | None, list[Fault]]:
    """The table of one file, and the faults of the file itself."""
    if message := too_large(data, LARGEST_TEXT):
        return None, [_fault(path, message, "分成几个文件，分几次导入")]
    decoded = _decoded(data)
    if decoded is None:
        return None, [_fault(path, "认不出这个文件的编码", "用表格软件打开，另存为“CSV UTF-8（逗号分隔）”")]
    text, narrow = decoded
    if "\0" in text:
        return None, [_fault(path, "这不是文本文件", "用表格软件打开，另存为“CSV UTF-8（逗号分隔）”")]
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[Cell, ...]] = []
    line = 1
    try:
        for values in reader:
            row = tuple(Cell(value or None, line, n) for n, value in enumerate(values, 1))
            line = reader.line_num + 1
            if any(not cell.empty for cell in row):
                rows.append(row)
    except csv.Error:
        return None, [_fault(path, "这一行的引号没有配对，或者一格太长", "用表格软件打开，重新另存为 CSV", line=line)]
    if not rows:
        return None, [_fault(path, "文件是空的", "第一行写列名，下面一行一条")]
    header, *body = rows
    return Sheet(path=path, header=header, rows=tuple(body), narrow=narrow), _wide(path, header, body)


def _wide(path: str, header: tuple[Cell, ...], rows: list[tuple[Cell, ...]]) -> list[Fault]:
    """Faults for values after the last column, which belong to no heading."""
    return [
        Fault(
            path=path,
            line=c.line,
            column=c.column,
            message=f"这一行比列名多一格：“{c.value}”",
            hint="值里有逗号的，整个值加英文双引号",
        )
        for row in rows
        for c in row[len(header) :]
        if not c.empty
    ]


def _decoded(data: bytes) -> tuple[str, bool] | None:
    """The text, and whether its encoding lacks some characters."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name, narrow=False)
    return _strict(data, "utf-8", narrow=False) or _strict(data, "gb18030", narrow=True)


def _strict(data: bytes, encoding: str, *, narrow: bool) -> tuple[str, bool] | None:
    try:
        return data.decode(encoding), narrow
    except UnicodeError:
        return None


def _delimiter(text: str) -> str:
    """The most frequent candidate in the heading line; column names contain none of them."""
    head = text.split("\n", 1)[0]
    return max(",\t;", key=head.count)


def _fault(path: str, message: str, hint: str, line: int = 1) -> Fault:
    return Fault(path=path, line=line, message=message, hint=hint)
