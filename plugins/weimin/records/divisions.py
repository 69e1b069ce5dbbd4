"""A table of administrative divisions (code, name, parent) → the places of a network, or every faulty line."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable

import msgspec

from weimin.model.place import parent_code
from weimin.model.quote import quoted

LONGEST_NAME = 60
COLUMNS = {
    "code": ("code", "代码", "区划代码", "统计用区划代码"),
    "name": ("name", "名称", "区划名称"),
    "parent": ("parent", "上级", "上级代码"),
}

_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_CODE = re.compile(r"[1-9]\d*", re.ASCII)
_NAME = re.compile(r"[^\W_](?:[\w（）()·、.-]|(?<=[\w（）()]) (?=\w))*")
_CITY_TWICE = {4, 6}
"""A city without counties (东莞) is in the list twice: as the city 4419 and as 441900 at the level of counties."""
_LENGTHS = "2 位（省）、4 位或末两位为 00 的 6 位（市）、6 位（县区）、9 位（乡镇街道）、12 位（村居）"


class Division(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the table: its code as in the register (6, 9 or 12 digits), its name, its line."""

    code: str
    name: str
    line: int


class LineFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a line (1 is the header), and how to correct it."""

    line: int
    message: str
    hint: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.message}。改法：{self.hint}"


class InvalidDivisions(ValueError):
    """The table cannot be used; `faults` are in the order of its lines."""

    def __init__(self, faults: Iterable[LineFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def decode_table(data: bytes) -> str:
    """The text of a file as Excel, WPS or a program saved it: UTF-8 with or without BOM, UTF-16 with BOM, GBK.

    Raises InvalidDivisions for any other encoding.
    """
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidDivisions([LineFault(line=1, message="文件不是文本，或编码认不出来", hint="另存为“CSV UTF-8”再用")])


def read_divisions(text: str, exists: Callable[[str], bool] = lambda code: False) -> tuple[Division, ...]:
    """All places of the table in the order of their codes; provinces (2 digits) are above the network and left out.

    `exists` says whether a platform of that code exists already: a table may describe a part of a network.
    Raises InvalidDivisions with all faults, not only the first.
    """
    rows, faults = _rows(text.removeprefix("\ufeff"))
    found: dict[str, Division] = {}
    typed: dict[str, str] = {}
    for line, code, name, parent in rows:
        fault = _fault_of_row(code, name, parent)
        if fault is not None:
            faults.append(LineFault(line=line, message=fault[0], hint=fault[1]))
        elif len(code) > 2:
            place = Division(code=register_code(code), name=name, line=line)
            first = found.setdefault(place.code, place)
            if first is not place and not (first.name == name and {len(code), len(typed[first.code])} == _CITY_TWICE):
                message = f"代码“{code}”与第 {first.line} 行（{first.name}）重复"
                faults.append(LineFault(line=line, message=message, hint="两行留一行，或改正其中一行的代码"))
            typed.setdefault(place.code, code)
    for place in found.values():
        up = parent_code(place.code)
        if up is not None and up not in found and not exists(up):
            message = f"“{place.name}”（{typed[place.code]}）的上级 {up} 不在表里，也没有建档"
            faults.append(LineFault(line=place.line, message=message, hint=f"补上代码为 {up} 的一行"))
    if not found and not faults:
        faults.append(LineFault(line=1, message="表里没有一个市、县区、乡镇或村居", hint="表头下面每行写一个区划"))
    if faults:
        raise InvalidDivisions(faults)
    return tuple(found[code] for code in sorted(found))


def register_code(code: str) -> str:
    """`3213` → `321300`; a code that the statistics extended to 12 digits with zeros, without them."""
    if len(code) == 12:
        while len(code) > 6 and code.endswith("000"):
            code = code[:-3]
    return f"{code}00" if len(code) == 4 else code


def _rows(text: str) -> tuple[list[tuple[int, str, str, str]], list[LineFault]]:
    """(line, code, name, parent) of every row that is not empty, and the faults of rows with too few columns."""
    header, _, _ = text.partition("\n")
    reader = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in header else ",", strict=True)
    rows, faults = [], []
    try:
        columns = _columns(next(reader, []))
        starts = reader.line_num + 1
        for values in reader:
            line, starts = starts, reader.line_num + 1
            cells = [_cell(value) for value in values]
            if not any(cells):
                continue
            if len(cells) <= max(columns.values()):
                faults.append(LineFault(line=line, message=f"只有 {len(cells)} 列", hint="每行写全代码、名称和上级"))
                continue
            parent = cells[columns["parent"]] if "parent" in columns else ""
            rows.append((line, cells[columns["code"]], cells[columns["name"]], parent))
    except csv.Error:
        fault = LineFault(line=max(reader.line_num, 1), message="引号没有配成对", hint="删去多余的引号")
        raise InvalidDivisions([fault]) from None
    return rows, faults


def _columns(header: list[str]) -> dict[str, int]:
    """Column name → index. Raises InvalidDivisions if code or name is missing."""
    cells = [_cell(value).lower() for value in header]
    columns = {}
    for column, names in COLUMNS.items():
        places = [at for at, value in enumerate(cells) if value in names]
        if len(places) == 1:
            columns[column] = places[0]
        elif places or column != "parent":
            message = f"表头里“{names[1]}”（{names[0]}）这一列" + ("不止一个" if places else "没有")
            hint = "第一行写 code,name,parent 或 代码,名称,上级"
            raise InvalidDivisions([LineFault(line=1, message=message, hint=hint)])
    return columns


def _cell(value: str) -> str:
    """A cell without surrounding blanks and without Excel's `="…"`, which marks a code as text."""
    value = value.strip()
    wrapped = _EXCEL_TEXT.fullmatch(value)
    return unicodedata.normalize("NFC", wrapped[1].strip() if wrapped else value)


def _fault_of_row(code: str, name: str, parent: str) -> tuple[str, str] | None:
    if not _CODE.fullmatch(code):
        hint = (
            "Excel 把代码变成了 3.21E+11 之类的，先把这一列设为“文本”再填" if "E+" in code.upper() else "代码只写数字"
        )
        return (f"代码{quoted(code)}不是数字" if code else "没有写代码"), hint
    if len(code) not in (2, 4, 6, 9, 12):
        return f"代码{quoted(code)}是 {len(code)} 位", f"代码的位数：{_LENGTHS}"
    place = register_code(code)
    if len(place) > 6 and place[6:9] == "000":
        return f"代码{quoted(code)}里乡镇一级是 000，不是一个乡镇", "改成乡镇街道的代码"
    if len(place) == 9 and place.endswith("000"):
        return f"代码{quoted(code)}不是乡镇街道的代码", f"县区用六位代码 {place[:6]}"
    if not name:
        return f"代码{quoted(code)}没有名称", "补上区划的名称"
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        return f"名称{quoted(name)}不像区划的名称", f"名称用汉字、字母、数字和括号，不超过 {LONGEST_NAME} 个字"
    return _fault_of_parent(place, parent)


def _fault_of_parent(place: str, parent: str) -> tuple[str, str] | None:
    """The code already determines the parent: if the column `parent` differs, one of the two is wrong."""
    if not parent or len(place) == 2:
        return None
    right = parent_code(place)
    if right is None:
        message = f"{place} 的上级写的是{quoted(parent)}"
        return None if parent in (place[:2], place[:4]) else (message, f"市的上级写省的代码 {place[:2]}")
    if not _CODE.fullmatch(parent) or register_code(parent) != right:
        return f"{place} 的上级写的是{quoted(parent)}，按代码是 {right}", "改正代码或上级"
    return None
