"""`check --format text`: for people at a terminal; short, grouped by dossier, worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from unicodedata import east_asian_width

from msgspec.structs import replace

from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding, Severity
from weimin.report.context import ReportContext
from weimin.report.plain import RANK, label, printable, worst_first

SHOWN = 200  # maximum findings; nobody reads a longer log (safety.md 1.1)
_MARK = {Severity.ERROR: "\033[31m", Severity.DUTY: "\033[33m", Severity.NOTICE: "\033[36m"}


def write(checked: CheckResult, context: ReportContext) -> str:
    return "".join(line + "\n" for line in _lines(checked, context))


def _lines(checked: CheckResult, context: ReportContext) -> Iterator[str]:
    context = _without_private_lines(checked, context)
    yield from _grouped(checked.not_exempt, context)
    if checked.earlier:
        yield "下面的错误在这次改动之前就有，所在的文件这次没有改：不拦，顺手改好更好。"
        yield from _grouped(checked.earlier, context)
    if checked.others:
        yield others(checked)
    yield total(checked)


def _without_private_lines(checked: CheckResult, context: ReportContext) -> ReportContext:
    """The context without source lines that contain personal data: logs are public."""
    private = {(f.path, f.line) for f in (*checked.findings, *checked.earlier) if f.code.startswith("P")}
    return replace(context, source=lambda path, line: "" if (path, line) in private else context.source(path, line))


def _grouped(findings: Sequence[Finding], context: ReportContext) -> Iterator[str]:
    """The findings grouped by dossier, worst first."""
    shown = worst_first(findings)[:SHOWN]
    order = {f.dossier or f.path: n for n, f in reversed(list(enumerate(shown)))}
    shown.sort(key=lambda f: (order[f.dossier or f.path], RANK[f.severity], -f.overdue_days, f.order))
    for group, found in groupby(shown, key=lambda f: f.dossier or f.path):
        yield f"── {printable(group)} ──"
        for f in found:
            yield from _finding(f, context)
        yield ""
    hidden = len(findings) - len(shown)
    if hidden:
        yield f"另有 {hidden} 条没有列出；全部在：weimin check --format json"


def _finding(f: Finding, context: ReportContext) -> Iterator[str]:
    head = f"{label(f)}[{f.code}]"
    if context.colour:
        head = f"{_MARK[f.severity]}{head}\033[0m"
    yield f"{printable(f.path)}:{f.line}:{f.column}: {head} {printable(f.message)}"
    line = context.source(f.path, f.line)
    if f.severity is Severity.ERROR and line.strip():
        yield from _caret(line, f.line, f.column)
    if f.owed_by:
        until = f"，最迟 {f.due.isoformat()}" if f.due else ""
        late = f"，已逾期 {f.overdue_days} 天" if f.overdue_days else ""
        yield f"  责任：{context.names(f.owed_by)}{until}{late}"
    if f.hint:
        for n, part in enumerate(printable(f.hint).split("\n")):
            yield f"  改法：{part}" if n == 0 else f"        {part}"
    based = f"依据：{context.clause(f.clause)}　" if f.clause else ""
    yield f"  {based}详见：{context.rule_page(f.code)}"


def _caret(line: str, number: int, column: int) -> Iterator[str]:
    text = printable(line)[:120]
    pad = sum(2 if east_asian_width(c) in "WF" else 1 for c in text[: column - 1])
    gutter = " " * len(str(number))
    yield f" {gutter} |"
    yield f" {number} | {text}"
    yield f" {gutter} | {' ' * pad}^"


def total(checked: CheckResult) -> str:
    """The last line: what was checked and what was found."""
    found = [
        f"{checked.errors} 个错误",
        f"{checked.count(Severity.DUTY)} 项待办（逾期 {checked.overdue} 项）",
        f"{checked.count(Severity.NOTICE)} 条提示",
    ]
    if checked.exempt:
        found.append(f"{checked.exempt} 项豁免")
    if checked.base is not None and not checked.changed:
        return f"与 {checked.base[:12]} 相比没有改动记录，不用核对。"
    if checked.staged and not checked.changed:
        return "没有待提交的记录，不用核对。"
    changed = f"份改动的记录（与 {checked.base[:12]} 相比；" if checked.base is not None else "份记录（"
    changed = "份待提交的记录（" if checked.staged else changed
    what = f"共检查 {checked.records} {changed}{checked.platforms} 个平台、{checked.dossiers} 个卷宗），{checked.rules} 条规则"
    return f"{what}：{'，'.join(found)}。（截至 {checked.as_of.isoformat()}）"


def others(checked: CheckResult) -> str:
    """One line for findings that the change did not cause."""
    return f"另有 {checked.others} 项别人的旧账，与这次改动无关。"
