"""The limits of markup in a body (F106): above them a Markdown parser takes seconds to hours (safety.md 1.4, 1.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weimin.model.finding import Problem

LINE_CHARACTERS = 4_000
MARKS_PER_LINE = 200
MARKS_PER_FILE = {"[": 2_000, "<": 2_000, "`": 2_000, "\\": 2_000, "_": 10_000, "*": 10_000, "!": 10_000}
TABLE_COLUMNS = 30
TABLE_CELLS = 10_000
DEPTH = 12
# Python-Markdown reads the rest of a block again for each heading or rule, and for each link the block up to its end:
# 250 KB of headings without a blank line, or 2,000 open links, took more than 30 s. These take less than 0.5 s.
HEADING_LINES = 1_000_000
LINK_CHARACTERS = 5_000_000

_OPENERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d+\.(?=[ \t]|$)))+")
_OPENER = re.compile(r">|[-*+](?=[ \t]|$)|\d+\.")
# the line below the heading of a table contains only rules, also inside of quotations and lists
_TABLE_RULE = re.compile(r"[ \t>]*(?:[-*+][ \t]+)?[-:| \t]*\|[-:| \t]*")

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_HEADING_OR_RULE = re.compile(r"^[ >]*(?:#|=+ *$|[-_*][-_* ]*$)", re.MULTILINE)

_NAMES = {
    "[": "方括号“[”",
    "<": "小于号“<”",
    "`": "反引号“`”",
    "\\": "反斜线“\\”",
    "_": "下划线“_”",
    "*": "星号“*”",
    "!": "叹号“!”",
}


def problems(path: str, body: str, first_line: int = 1) -> list[Problem]:
    """F106 for each limit that the body exceeds. `first_line` is the line of the file where the body begins."""
    return [
        Problem(code="F106", path=path, message=message, hint=hint, line=first_line + at, column=column)
        for at, column, message, hint in _excesses(body)
    ]


def within_limits(body: str) -> bool:
    """The body exceeds no limit."""
    return next(_excesses(body), None) is None


def _excesses(body: str) -> Iterator[tuple[int, int, str, str]]:
    """(line from 0, column from 1, fact, hint) of each excess."""
    lines = body.split("\n")
    if max(map(len, lines)) > LINE_CHARACTERS:
        yield from _long_lines(lines)
    if any(body.count(mark) > MARKS_PER_LINE for mark in MARKS_PER_FILE):
        yield from _marks(lines)
    if "|" in body:
        yield from _tables(lines)
    if len(body) > DEPTH:
        yield from _depths(lines)
    yield from _crowding(body, len(lines))


def _long_lines(lines: list[str]) -> Iterator[tuple[int, int, str, str]]:
    for at, line in enumerate(lines):
        if len(line) > LINE_CHARACTERS:
            fact = f"这一行有 {len(line)} 个字符，一行最多 {LINE_CHARACTERS} 个"
            yield at, LINE_CHARACTERS + 1, fact, "在意思完整的地方空一行，分成几段"


def _marks(lines: list[str]) -> Iterator[tuple[int, int, str, str]]:
    for mark, most in MARKS_PER_FILE.items():
        total = 0
        for at, line in enumerate(lines):
            count = line.count(mark)
            if count > MARKS_PER_LINE:
                fact = f"这一行有 {count} 个{_NAMES[mark]}，一行最多 {MARKS_PER_LINE} 个"
                yield at, _nth(line, mark, MARKS_PER_LINE + 1), fact, "删掉多余的符号；要照样印出来的，改用全角符号"
            if total <= most < total + count:
                fact = f"正文到这里超过了 {most} 个{_NAMES[mark]}"
                yield at, _nth(line, mark, most + 1 - total), fact, "删掉多余的符号，或者把内容放进附件"
            total += count


def _nth(line: str, mark: str, n: int) -> int:
    """The column of the n-th mark of the line."""
    at = -1
    for _ in range(n):
        at = line.index(mark, at + 1)
    return at + 1


def _tables(lines: list[str]) -> Iterator[tuple[int, int, str, str]]:
    """Cells are counted over the whole file: many small tables take as long as one large table."""
    columns = cells = 0
    for at, line in enumerate(lines):
        if not line.strip():
            columns = 0
        elif "|" in line and _TABLE_RULE.fullmatch(line):
            ruled = line.strip(" \t>").removeprefix("|").removesuffix("|").count("|") + 1
            columns = max(columns, ruled)
            if ruled > TABLE_COLUMNS:
                yield at, 1, f"表格有 {ruled} 列，最多 {TABLE_COLUMNS} 列", "分成几张表，或者把表格放进附件"
        if cells <= TABLE_CELLS < cells + columns:
            yield at, 1, f"正文的表格到这里超过了 {TABLE_CELLS} 格", "把大的表格放进附件"
        cells += columns


def _depths(lines: list[str]) -> Iterator[tuple[int, int, str, str]]:
    for at, line in enumerate(lines):
        openers = _OPENERS.match(line)
        if openers is None:
            continue
        marks = _OPENER.findall(openers[0])
        depth = len(marks) + (len(line) - len(line.lstrip(" \t")) + 3 * line.count("\t")) // 4
        if depth > DEPTH:
            fact = f"引用或列表套了 {depth} 层，最多 {DEPTH} 层"
            yield at, 1, fact, "减少行首的“>”、“-”和缩进；要一条分隔线的，写 ---"


def _crowding(body: str, line_count: int) -> Iterator[tuple[int, int, str, str]]:
    headings, links = len(_HEADING_OR_RULE.findall(body)), body.count("](")
    if headings * line_count <= HEADING_LINES and links * len(body) <= LINK_CHARACTERS:
        return
    heading_lines = link_characters = 0
    for start, block in _blocks(body):
        before = heading_lines, link_characters
        heading_lines += len(_HEADING_OR_RULE.findall(block)) * (block.count("\n") + 1)
        link_characters += block.count("](") * len(block)
        at = body.count("\n", 0, start)
        if before[0] <= HEADING_LINES < heading_lines:
            yield at, 1, "从这里起，标题和分隔线一行接一行，太密了", "标题和分隔线的前后各空一行"
        if before[1] <= LINK_CHARACTERS < link_characters:
            yield at, 1, "从这里起，一段里的链接太多", "空一行，分成几段"


def _blocks(body: str) -> Iterator[tuple[int, str]]:
    """(start, text) of each block between blank lines."""
    start = 0
    for gap in _BLANK_LINES.finditer(body):
        yield start, body[start : gap.start()]
        start = gap.end()
    yield start, body[start:]
