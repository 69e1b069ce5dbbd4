"""`check --format text`: for people at a terminal. Grouped by dossier, worst first, short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from unicodedata import east_asian_width

from weimin.model.checked import Checked
from weimin.model.finding import Finding, Severity

SourceLine = Callable[[str, int], str]
"""(path, line) → that line of the file, empty where there is none."""

SHOWN = 200  # findings; a log that nobody can read to its end helps nobody (safety.md 1.1)
_RANK = {Severity.ERROR: 0, Severity.DUTY: 1, Severity.NOTICE: 2}
_MARK = {Severity.ERROR: "\033[31m", Severity.DUTY: "\033[33m", Severity.NOTICE: "\033[36m"}


def write(checked: Checked, source: SourceLine, names: Callable[[str], str], *, colour: bool = False) -> str:
    """`names` gives a platform's name for its code (whoever owes something)."""
    return "".join(line + "\n" for line in _lines(checked, source, names, colour))


def _lines(checked: Checked, source: SourceLine, names: Callable[[str], str], colour: bool) -> Iterator[str]:
    shown = sorted(checked.standing, key=lambda f: (_RANK[f.severity], -f.overdue_days, *f.order))[:SHOWN]
    order = {f.dossier or f.path: n for n, f in reversed(list(enumerate(shown)))}
    shown.sort(key=lambda f: (order[f.dossier or f.path], _RANK[f.severity], -f.overdue_days, f.order))
    for group, findings in groupby(shown, key=lambda f: f.dossier or f.path):
        yield f"── {group} ──"
        for f in findings:
            yield from _finding(f, source, names, colour)
        yield ""
    hidden = len(checked.standing) - len(shown)
    if hidden:
        yield f"另有 {hidden} 条没有列出；全部在：weimin check --format json"
    yield total(checked)


def _finding(f: Finding, source: SourceLine, names: Callable[[str], str], colour: bool) -> Iterator[str]:
    label = "逾期" if f.overdue_days else f.severity.label
    head = f"{label}[{f.code}]"
    if colour:
        head = f"{_MARK[f.severity]}{head}\033[0m"
    yield f"{f.path}:{f.line}:{f.column}: {head} {printable(f.message)}"
    line = source(f.path, f.line)
    if f.severity is Severity.ERROR and line.strip():
        yield from _caret(line, f.line, f.column)
    if f.owed_by:
        until = f"，最迟 {f.due.isoformat()}" if f.due else ""
        late = f"，已逾期 {f.overdue_days} 天" if f.overdue_days else ""
        yield f"  责任：{names(f.owed_by)}{until}{late}"
    if f.hint:
        for n, part in enumerate(printable(f.hint).split("\n")):
            yield f"  改法：{part}" if n == 0 else f"        {part}"
    if f.clause:
        yield f"  依据：{f.clause}　详见：/rules/{f.code}/"


def _caret(line: str, number: int, column: int) -> Iterator[str]:
    text = printable(line)[:120]
    pad = sum(2 if east_asian_width(c) in "WF" else 1 for c in text[: column - 1])
    gutter = " " * len(str(number))
    yield f" {gutter} |"
    yield f" {number} | {text}"
    yield f" {gutter} | {' ' * pad}^"


def printable(text: str) -> str:
    """Control characters as visible escapes: a file name or value cannot drive the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in text)


def total(checked: Checked) -> str:
    """The closing line: what was checked and what was found."""
    found = [
        f"{checked.errors} 个错误",
        f"{checked.count(Severity.DUTY)} 项待办（逾期 {checked.overdue} 项）",
        f"{checked.count(Severity.NOTICE)} 条提示",
    ]
    if checked.exempt:
        found.append(f"{checked.exempt} 项豁免")
    what = (
        f"共检查 {checked.records} 份记录（{checked.platforms} 个平台、{checked.dossiers} 个卷宗），"
        f"{checked.rules} 条规则"
    )
    return f"{what}：{'，'.join(found)}。（截至 {checked.as_of.isoformat()}）"
