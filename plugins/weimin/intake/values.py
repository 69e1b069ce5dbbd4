"""From a cell to the value of a record, and whether a cell still has the exported value.

A table is exported, opened in a spreadsheet program, edited and imported again. Spreadsheet programs change what they
open: a month becomes a date (2026-03 → 2026/3/1 or Mar-26), a code loses its leading zeros or becomes 3.21E+11, true
becomes TRUE. This module separates such damage from edits:

- `read_cell(cell, column)` returns the value for the type of the column: number, boolean, list, JSON, date, choice (the
  Chinese label or the value itself), text. It raises `NoValue` for a cell that has no certain reading.
- `is_unchanged(cell, column, was)` compares a cell with the exported value. `check_damage` comes first and raises
  `NoValue` if the cell is what a spreadsheet program makes of that value.
- `still_shows` is the lenient variant for computed columns, which are not imported: any rendering of the exported
  value counts as unchanged.

Invariants: nothing is guessed, so a damaged cell is reported with the exported value to write back; a value that the
schema rejects is returned as it is, because the schema has the better message; the apostrophe that an export puts
before a formula is removed (`unescape`).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

import msgspec

from weimin.intake.sheet import Cell, quoted_cell
from weimin.model.table import Column, Value

_FORMULA = tuple("=+-@\t\r＝＋－＠")
_SPACES = " \u00a0\u3000"
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?: 0?0:00(?::00)?)?", re.ASCII)
_WHOLE = re.compile(r"([-+]?[0-9]{1,15})(?:\.0+)?", re.ASCII)
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}", re.ASCII)
_SCIENTIFIC = re.compile(r"[-+]?\d(?:\.(\d+))?[eE][-+]?\d+", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE_PARTS = re.compile("|".join([r"\d+", *_MONTHS]), re.ASCII)
_DATELIKE = re.compile(rf"(?:\d+|(?:{'|'.join(_MONTHS)})[a-z]*|[-/.,:年月日\s])+", re.ASCII)
_YES = {"true": True, "false": False, "是": True, "否": False}
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # day numbers of a spreadsheet calendar: 1954 to 2119


class NoValue(Exception):
    """The cell cannot be read; the arguments are message and hint in Chinese."""


def read_cell(cell: Cell, column: Column, *, nested: bool = False) -> Any:
    """The value of a cell in a column, None for an empty cell. Raises NoValue.

    `nested`: the column contains JSON. A value that the schema will reject is returned unchanged: its message is better.
    """
    if cell.empty:
        return None
    value = cell.value
    if isinstance(value, list | dict) or (nested and not isinstance(value, str)):
        return value
    if nested:
        return _json(value)
    if column.type == "array":
        return _items(str(value), column)
    if isinstance(value, bool):
        return value if column.type == "boolean" else str(value).lower()
    match column.type:
        case "integer" | "number":
            return _number(value, column)
        case "boolean":
            return _YES.get(str(value).strip().lower(), value)
    return _text(cell, column)


def _text(cell: Cell, column: Column) -> str:
    value = cell.value
    if isinstance(value, int | float):
        if column.form == "date" and _FIRST_SERIAL <= value <= _LAST_SERIAL:
            day = date(1899, 12, 30) + timedelta(days=int(value))
            raise NoValue(
                f"这一格是数字 {value}，像是没有按日期显示的日期", f"写成 {day.isoformat()}，或者先把单元格格式改成日期"
            )
        return repr(value)
    text = unescape(value.replace("\r\n", "\n"))
    text = text.strip("\n")
    text = text if "\n" in text else text.strip(_SPACES + "\t")
    if cell.is_date and column.form != "date":
        raise NoValue(f"表格软件把这一格当成了日期（{text}）", "把单元格格式改成文本，重新输入原来的字")
    if column.choices:
        labels = {label: choice for choice, label in column.choices.items()}
        return text if text in column.choices else labels.get(text, text)
    if column.form == "date":
        return iso_date(text)
    return text


def iso_date(text: str) -> str:
    """2026/3/2, 2026.3.2, 2026年3月2日 → 2026-03-02; any other text unchanged."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        return text
    day = f"-{int(found[3]):02d}" if found[3] else ""
    return f"{found[1]}-{int(found[2]):02d}{day}"


def _number(value: Any, column: Column) -> Any:
    if isinstance(value, int | float):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    text = unicodedata.normalize("NFKC", unescape(str(value))).strip(_SPACES)
    if found := _WHOLE.fullmatch(text):
        return int(found[1])
    return float(text) if _NUMBER.fullmatch(text) and column.type == "number" else text


def _json(text: str) -> Any:
    """The value of a JSON text; text that is not JSON is returned as text."""
    text = unescape(text)
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        if text.lstrip().startswith(("{", "[", '"')):
            raise NoValue(
                f"这一格的 JSON 不完整：{quoted_cell(text)}", "照导出的样子写，注意引号和括号都是英文的"
            ) from None
        return text


def _items(text: str, column: Column) -> Any:
    """A list as JSON or as people write it: 甲、乙."""
    if text.lstrip().startswith("["):
        return _json(text)
    labels = {label: choice for choice, label in column.choices.items()}
    parts = [p.strip(_SPACES) for p in re.split(r"[、，,；;\n]", unescape(text))]
    return [labels.get(p, p) for p in parts if p]


def unescape(text: str) -> str:
    """The text without the apostrophe that an export puts before what a spreadsheet program would compute."""
    rest = text[1:]
    return rest if text[:1] == "'" and rest.lstrip(_SPACES).startswith(_FORMULA) else text


def is_unchanged(cell: Cell, column: Column, was: Value, *, nested: bool = False) -> bool:
    """The cell has the exported value. Raises NoValue if the program that saved the file lost a part of it."""
    if cell.empty:
        return was is None or was == ""
    if isinstance(cell.value, str) and _exported(was) in (cell.value, unescape(cell.value)):
        return True
    if was is None:
        return False
    check_damage(cell, column, was)
    if nested or column.type == "array":
        return bool(read_cell(cell, column, nested=True) == _json(str(was)))
    now, before = read_cell(cell, column), read_cell(Cell(was, 0, 0), column)
    return bool(now == before) and isinstance(now, bool) == isinstance(before, bool)


def _exported(was: Value) -> str | None:
    """The value as CSV contains it, without the apostrophe."""
    if was is None or isinstance(was, str):
        return was
    return str(was).lower() if isinstance(was, bool) else repr(was)


def check_damage(cell: Cell, column: Column, was: Value) -> None:
    """Raises NoValue if the cell is what a spreadsheet program makes of the exported value."""
    if not isinstance(was, str) or column.type != "string":
        return
    value = cell.value
    text = str(value).strip()
    if found := _SCIENTIFIC.fullmatch(text):
        if was.isdigit() and f"{float(was):.{len(found[1] or '')}E}" == f"{float(text):.{len(found[1] or '')}E}":
            raise NoValue(f"表格软件把“{was}”改成了科学记数 {text}", f"把这一列的格式改成文本，写回 {was}")
    elif was != text and was.startswith("0") and was.isdigit() and text == was.lstrip("0"):
        raise NoValue(f"表格软件去掉了“{was}”开头的 0", f"把这一列的格式改成文本，写回 {was}")
    elif was != text and (
        (cell.is_date and column.form != "date") or is_month_as_date(text, was, is_date_cell=cell.is_date)
    ):
        raise NoValue(f"表格软件把“{was}”当成了日期（{text}）", f"把这一格的格式改成文本，写回 {was}")


def is_month_as_date(text: str, was: str, *, is_date_cell: bool = False) -> bool:
    """The text is what a spreadsheet program makes of a month: Mar-26, 2026/3/1.

    2026-03-01 counts only if the cell is stored as a date.
    """
    if not _MONTH.fullmatch(was):
        return False
    year, month = int(was[:4]), int(was[5:])
    if text == f"{was}-01":
        return is_date_cell
    if not _DATELIKE.fullmatch(text.lower()):
        return False
    parts = [
        _MONTHS.index(word.lower()) + 1 if word.isalpha() else int(word) for word in _DATE_PARTS.findall(text.lower())
    ]
    return sorted(parts) in (sorted([y, month, *day]) for y in (year, year % 100) for day in ([], [1]))


def still_shows(cell: Cell, column: Column, was: Value) -> bool:
    """A cell of a computed column shows the exported value, in whatever form a program wrote it."""
    try:
        if is_unchanged(cell, column, was):
            return True
    except NoValue:
        return True
    return isinstance(was, str) and (
        iso_date(str(cell.value)) == was or is_month_as_date(str(cell.value), was, is_date_cell=True)
    )


def replaced_characters(cell: Cell, was: Value) -> str:
    """The characters that became ? because the file was saved in an encoding that lacks them."""
    if not isinstance(was, str) or not isinstance(cell.value, str) or "?" not in cell.value:
        return ""
    if len(cell.value) != len(was):
        return ""
    pairs = list(zip(cell.value, was, strict=True))
    differing = [(new, old) for new, old in pairs if new != old]
    return "".join(old for _, old in differing) if differing and all(new == "?" for new, _ in differing) else ""
