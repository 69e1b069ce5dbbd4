"""Bytes → text: encoding, line ends, size, and deceptive characters (F101, F102, F106, F110, F115, F116)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from weimin.model.finding import Problem
from weimin.model.quote import quoted

LARGEST_RECORD = 256 * 1024
LONGEST_LINE = 4_000
MAX_PER_CODE = 5  # problems of one code that are reported for one file

_PLANE_ENDS = "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
_HIDDEN_LOW_SET = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
)
_HIDDEN_SET = rf"{_HIDDEN_LOW_SET}\U000e0000-\U000e0fff{_PLANE_ENDS}"
_HIDDEN = re.compile(f"[{_HIDDEN_SET}]")
_HIDDEN_LOW = re.compile(f"[{_HIDDEN_LOW_SET}]")  # up to U+FFFF the set is one table: seven times as fast on clean text
_BEYOND = re.compile(rb"[\xf0-\xf4]")  # first byte of a character above U+FFFF
_ALIKE = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff\u2de0-\u2dff\u2e80-\u2fdf\ua640-\ua69f\uf900-\ufaff"
    r"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff\U0002f800-\U0002fa1f]"
)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)


def read_text(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a record and its problems as text; None if the following steps cannot use the file."""
    if len(data) > LARGEST_RECORD:
        message = f"文件有 {len(data) // 1024} KB，超过 {LARGEST_RECORD // 1024} KB"
        return None, [_problem("F106", path, 1, 1, message, "拆成几份记录，长的材料作为附件")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(path, data, error.start)]
    if "\0" in text and (name := _utf16(data)):
        line, column = _position(text, text.index("\0"))
        return None, [_problem("F101", path, line, column, f"文件是用 {name} 保存的，不是 UTF-8", _SAVE)]
    found = []
    if text.startswith("\ufeff"):
        found.append(
            _problem("F102", path, 1, 1, "文件开头有 BOM（看不见的三个字节）", "用编辑器另存为“UTF-8（无 BOM）”")
        )
        text = text[1:]
    if "\r" in text:
        found.append(_line_ends(path, text))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_LINE:
        found += _long_lines(path, text)
    if _HIDDEN_LOW.search(text) or _BEYOND.search(data):
        found += [_hidden_problem(path, text, at) for at in _first_matches(_HIDDEN, text)]
        text = _HIDDEN.sub("\ufffd", text)  # so that the rest can be read and reported too
    if not unicodedata.is_normalized("NFC", text):
        found += _unnormalised(path, text)
    if "<<<<<<<" in text or ">>>>>>>" in text:
        found += _conflicts(path, text)
    return text, found


def hidden_character(text: str) -> str | None:
    """The first invisible character, as U+XXXX and its name; None if there is none."""
    m = _HIDDEN.search(text)
    return describe_character(m[0]) if m else None


def lookalike(text: str) -> str | None:
    """The first letter of a title or name that looks like another one (Kangxi 大, Cyrillic А, full-width Ａ); None if none."""
    m = _ALIKE.search(text)
    if m is None or unicodedata.normalize("NFC", m[0]) != m[0]:
        return None
    return m[0]


def usual_form(text: str) -> str:
    """The text with compatibility characters replaced by ordinary ones: what was probably meant."""
    return unicodedata.normalize("NFKC", text)


def describe_character(char: str) -> str:
    """`U+200B（零宽空格）`."""
    return f"U+{ord(char):04X}（{_character_family(ord(char))}）"


def _character_family(code: int) -> str:
    if code < 0x20 or 0x7F <= code < 0xA0:
        return "控制字符"
    if code in (0x200E, 0x200F, 0x61C) or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return "改变文字方向的字符"
    if code in (0x2028, 0x2029):
        return "看不见的换行"
    if code == 0xFEFF:
        return "夹在文字里的 BOM"
    if 0x200B <= code <= 0x200D or code == 0x2060:
        return "零宽字符"
    if 0xFE00 <= code <= 0xFE0F or 0x180B <= code <= 0x180F or 0xE0100 <= code <= 0xE01EF:
        return "异体选择符"
    if 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "不是文字的编码"
    return "看不见的字符"


_SAVE = "用编辑器打开，确认文字没有乱码，另存为“UTF-8（无 BOM）”"


def _not_utf8(path: str, data: bytes, start: int) -> Problem:
    before = data[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    name = _utf16(data) or ("GBK" if _decodes(data, "gb18030") else "")
    message = f"文件是用 {name} 保存的，不是 UTF-8" if name else "这里有一个字节不是 UTF-8 的文字"
    return _problem("F101", path, line, column, message, _SAVE if name else "重新输入这一处的文字，用 UTF-8 保存")


def _utf16(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    zeros = max(data[0:400:2].count(0), data[1:400:2].count(0))
    return "UTF-16" if zeros * 8 > len(data[:400]) and _decodes(data, "utf-16-le") else ""


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _line_ends(path: str, text: str) -> Problem:
    at = text.index("\r")
    what = "CRLF（Windows）" if text.startswith("\r\n", at) else "CR（旧式 Mac）"
    line, column = _position(text, at)
    return _problem("F102", path, line, column, f"换行是 {what}，不是 LF", "用编辑器把换行符改为 LF（Unix）后保存")


def _long_lines(path: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            message = f"这一行有 {len(line)} 个字符，超过 {LONGEST_LINE} 个"
            yield _problem("F106", path, number, LONGEST_LINE + 1, message, "分成几行或几段")
            return


def _first_matches(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for count, m in enumerate(pattern.finditer(text)):
        if count == MAX_PER_CODE:
            return
        yield m.start()


def _hidden_problem(path: str, text: str, at: int) -> Problem:
    line, column = _position(text, at)
    message = f"这里有看不见的字符 {describe_character(text[at])}"
    return _problem("F110", path, line, column, message, "删去它；不好选中的，把这一行重新输入一遍")


def _unnormalised(path: str, text: str) -> Iterator[Problem]:
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        right = unicodedata.normalize("NFC", line)
        if right == line:
            continue
        at = next((i for i, (a, b) in enumerate(zip(line, right, strict=False)) if a != b), len(right))
        wrong = " ".join(f"U+{ord(c):04X}" for c in line[at : at + 2])
        message = f"{quoted(line[at : at + 2])}（{wrong}）不是规范的写法，看着一样而编码不同"
        yield _problem("F115", path, number, at + 1, message, f"改成 {quoted(right[at : at + 2])}，重新输入即可")
        count += 1
        if count == MAX_PER_CODE:
            return


def _conflicts(path: str, text: str) -> Iterator[Problem]:
    for at in _first_matches(_CONFLICT, text):
        line, column = _position(text, at)
        yield _problem(
            "F116", path, line, column, "这里有合并冲突的标记", "留下要的一段，删去 <<<<<<<、=======、>>>>>>> 三行"
        )


def _position(text: str, at: int) -> tuple[int, int]:
    """1-based line and column of an index; CR and CRLF count as one line end too."""
    before = text[:at].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


def _problem(code: str, path: str, line: int, column: int, message: str, hint: str) -> Problem:
    return Problem(code=code, path=path, line=line, column=column, message=message, hint=hint)
