"""A YAML syntax error as a message in Chinese, with the line to paste (F103)."""

from __future__ import annotations

import re

from weimin.model.finding import Problem
from weimin.model.quote import quoted

_KEY = r"(?P<lead>\s*(?:- +)*)(?P<key>[\w-]+)"
_WIDE_COLON = re.compile(rf"{_KEY}\s*(?P<colon>：)\s*(?P<value>.*)")
_NO_SPACE = re.compile(rf"{_KEY}(?P<colon>:)(?P<value>[^\s:/].*)")
_TWO_COLONS = re.compile(rf"{_KEY}\s*:\s+(?P<value>[^\"'\[{{|>].*?:(?:\s.*)?)")
_OPEN_QUOTE = re.compile(rf"{_KEY}\s*:\s+(?P<quote>[\"'])(?P<value>.*)")
_TAB = re.compile(r" *(?:- +)*\t")
_RESERVED_START = re.compile(rf"{_KEY}\s*:\s+(?P<value>[@`%&*!|>\]}},].*)")

Explanation = tuple[int, int, str, str]
"""(line from 0, column from 1, message, hint)."""


def syntax_problem(text: str, path: str, first_line: int, error: Exception) -> Problem:
    """The problem for an error of PyYAML, from the line it is in or, if that line is correct, from the lines above."""
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None)
    at = min(mark.line, len(lines) - 1) if mark is not None else 0
    context = getattr(error, "context_mark", None)
    started = min(context.line, at) if context is not None else at
    explanation = _explain(lines, at, started, str(getattr(error, "problem", "") or ""))
    if explanation is None:
        column = mark.column + 1 if mark is not None else 1
        message = "从这里起读不懂，多半是这一行或上一行的缩进、冒号、引号不对"
        explanation = (
            at,
            column,
            message,
            "每个字段一行，写成“字段名: 值”，下一层比上一层多缩进两个空格；有特殊符号的值加英文双引号",
        )
    line, column, message, hint = explanation
    return Problem(code="F103", path=path, line=first_line + line, column=column, message=message, hint=hint)


def _explain(lines: list[str], at: int, started: int, problem: str) -> Explanation | None:
    in_quotes = "quoted scalar" in problem or "end of stream" in problem or "escape" in problem
    if in_quotes and (explanation := _quote(lines, started, problem)) is not None:
        return explanation
    near = [n for n in (at, at - 1, started, started - 1) if 0 <= n < len(lines)]
    for check in (_tab, _wide_colon, _no_space, _two_colons, _reserved):
        for n in near:
            if (explanation := check(lines[n], n)) is not None:
                return explanation
    return _quote(lines, started, problem) if problem else None


def _tab(line: str, n: int) -> Explanation | None:
    m = _TAB.match(line)
    if m is None:
        return None
    return n, m.end(), "这一行用制表符（Tab）缩进", f"改用空格：{'  '}{line.strip()}"


def _wide_colon(line: str, n: int) -> Explanation | None:
    m = _WIDE_COLON.fullmatch(line)
    if m is None:
        return None
    message = f"{quoted(m['key'])}后面是全角冒号“：”"
    return n, m.start("colon") + 1, message, f"写成 {m['lead'].lstrip()}{m['key']}: {m['value']}"


def _no_space(line: str, n: int) -> Explanation | None:
    m = _NO_SPACE.fullmatch(line)
    if m is None:
        return None
    message = f"{quoted(m['key'])}的冒号后面没有空格"
    return n, m.start("colon") + 1, message, f"写成 {m['lead'].lstrip()}{m['key']}: {m['value']}"


def _two_colons(line: str, n: int) -> Explanation | None:
    m = _TWO_COLONS.fullmatch(line)
    if m is None:
        return None
    at = m.start("value") + re.search(r":(?=\s|$)", m["value"]).start()  # type: ignore[union-attr]  # the match above has one
    value = m["value"].rstrip().replace("\\", "\\\\").replace('"', '\\"')
    hint = f'用全角冒号，或给整个值加英文双引号：{m["key"]}: "{value}"'
    return n, at + 1, f"{quoted(m['key'])}的值里有冒号加空格", hint


def _reserved(line: str, n: int) -> Explanation | None:
    m = _RESERVED_START.fullmatch(line)
    if m is None:
        return None
    message = f"{quoted(m['key'])}的值以符号“{m['value'][0]}”开头"
    return n, m.start("value") + 1, message, f'给整个值加英文双引号：{m["key"]}: "{m["value"].rstrip()}"'


def _quote(lines: list[str], started: int, problem: str) -> Explanation | None:
    line = lines[started]
    m = _OPEN_QUOTE.fullmatch(line)
    if m is None:
        return None
    column = m.start("quote") + 1
    if "escape" in problem:
        message = f"{quoted(m['key'])}的双引号里有反斜杠“\\”，后面的写法读不懂"
        return started, column, message, "把 \\ 写成 \\\\，或改用英文单引号"
    value = m["value"].rstrip()
    if m["quote"] in value:
        message = f"{quoted(m['key'])}的值里面又有引号 {m['quote']}"
        return started, column, message, "里面的引号用中文引号“”"
    message = f"{quoted(m['key'])}的引号没有收尾"
    return started, column, message, f"写成 {m['key']}: {m['quote']}{value}{m['quote']}"
