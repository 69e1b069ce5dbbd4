"""A table as read from any kind of file: cells with their positions, and faults."""

from __future__ import annotations

from typing import Any

import msgspec

SHOWN = 40  # maximum characters of a value in a message
LARGEST_TEXT = 64 << 20  # maximum bytes of a CSV or JSON lines file


class Cell(msgspec.Struct, frozen=True):
    """A value and its position: `line` and `column` from 1, `address` as in a spreadsheet (B7) or empty.

    `value` is text, a number, a boolean or None; in JSON lines also a list or a mapping. `is_date`: a spreadsheet program
    stores the cell as a date; its value is that date as text.
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
    """`path` is the file as named, `name` the sheet of a workbook. Rows without any value are left out.

    `narrow`: the encoding of the file cannot represent every character.
    """

    path: str
    name: str = ""
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    narrow: bool = False


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What cannot be imported, its position, and how to correct it, in Chinese."""

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
    """The message for a file of more than `largest` bytes; empty if it is not too large."""
    return f"文件有 {len(data) >> 20} MB，超过 {largest >> 20} MB" if len(data) > largest else ""


def quoted_cell(value: object) -> str:
    """A value in a message: at most 40 characters, non-printable characters as blanks."""
    text = str(value)
    cut = "".join(c if c.isprintable() else " " for c in text[:SHOWN])
    return f"“{cut}{'…' if len(text) > SHOWN else ''}”"
