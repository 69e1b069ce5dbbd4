"""The parts of an `.md` record: `---`, fields, `---`, prose (F111)."""

from __future__ import annotations

import msgspec

from weimin.model.finding import Problem

FENCE = "---\n"


class Parts(msgspec.Struct, frozen=True):
    """`fields` begins at line `first_line`.

    `body` is the prose without surrounding empty lines; its own spaces are unchanged. `body_line` is its first line, 0 if
    there is none.
    """

    fields: str
    first_line: int
    body: str
    body_line: int


def split(text: str, path: str) -> Parts | Problem:
    """The parts of the text; a problem if the fields are not fenced."""
    if not text.startswith(FENCE):
        return _not_open(text, path)
    end = text.find("\n---\n", 3)
    if end >= 0:
        rest = text[end + 5 :]
    elif text.endswith("\n---") and len(text) > 4:
        end, rest = len(text) - 4, ""
    else:
        return _not_closed(text, path)
    fields = text[4 : end + 1]
    body = rest.lstrip("\n")
    line = fields.count("\n") + 3 + len(rest) - len(body) if body else 0
    return Parts(fields, 2, body.rstrip("\n"), line)


def _not_open(text: str, path: str) -> Problem:
    first = text.partition("\n")[0]
    if not text.strip():
        message, hint = "文件是空的", "第一行写 ---，接着写字段，再写一行 ---，下面是正文"
    elif first.strip() == "---":
        message, hint = "第一行的 --- 前后有空格", "第一行只写 ---"
    elif text.lstrip().startswith("---"):
        message, hint = "--- 前面有空行或空格", "删去 --- 前面的空行，让它在第一行"
    else:
        message, hint = "文件没有以 --- 开头，找不到字段部分", "第一行写 ---，接着写字段，再写一行 ---，下面是正文"
    return Problem(code="F111", path=path, line=1, column=1, message=message, hint=hint)


def _not_closed(text: str, path: str) -> Problem:
    lines = text.split("\n")
    loose = next((n for n, line in enumerate(lines[1:], 2) if line.strip() == "---"), 0)
    if loose:
        message, hint = "结束字段部分的 --- 前后有空格", "这一行只写 ---"
    else:
        message, hint = "字段部分没有收尾的 ---", "在最后一个字段下面写一行 ---；文件若被截断，请重新保存"
    return Problem(code="F111", path=path, line=loose or 1, column=1, message=message, hint=hint)
