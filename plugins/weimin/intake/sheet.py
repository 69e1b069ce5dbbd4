"""A table as it was read, whatever file it stood in: cells with their places, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import msgspec

SHOWN = 40  # characters of a value in a message
LARGEST_TEXT = 64 << 20  # bytes of a file of CSV or JSON lines


class Cell(msgspec.Struct, frozen=True):
    """A value and where it stands. `line` and `column` from 1; `address` as a spreadsheet says it (B7), else empty.

    `value` is text, a number, true or false, None where nothing stands; of JSON lines also a list or a mapping.
    `dated`: a spreadsheet program keeps it as a date; its value is that date as text.
    """

    value: Any
    line: int
    column: int
    address: str = ""
    is_date: bool = False

    @property
    def empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip(" \t\r\n\u3000\u00a0"))


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is the file as it was named, `name` the sheet of a workbook. Rows without any value are left out.

    `narrow`: it came in an encoding that cannot hold every character.
    """

    path: str
    name: str = ""
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    narrow: bool = False


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What cannot be taken over, where it stands, and how to mend it, in Chinese."""

    path: str
    sheet: str = ""
    line: int = 1
    column: int = 1
    address: str = ""
    message: str
    hint: str

    @property
    def place(self) -> str:
        if self.address:
            return f"{self.path}:{self.sheet}!{self.address}"
        return f"{self.path}:{self.line}:{self.column}"

    @property
    def order(self) -> tuple[str, str, int, int, str]:
        return (self.path, self.sheet, self.line, self.column, self.message)


def fault_at(sheet: Sheet, cell: Cell, message: str, hint: str) -> Fault:
    return Fault(
        path=sheet.path,
        sheet=sheet.name,
        line=cell.line,
        column=cell.column,
        address=cell.address,
        message=message,
        hint=hint,
    )


def too_large(data: bytes, largest: int) -> str:
    """What is said of a file of more bytes than are read; empty where it is not."""
    return f"文件有 {len(data) >> 20} MB，超过 {largest >> 20} MB" if len(data) > largest else ""


def quoted_cell(value: object) -> str:
    """A value in a message: cut, and with nothing in it that cannot be seen."""
    text = str(value)
    cut = "".join(c if c.isprintable() else " " for c in text[:SHOWN])
    return f"“{cut}{'…' if len(text) > SHOWN else ''}”"
