"""`audit --format text`: for people at a terminal; commit by commit, with the digest that two clones compare."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from weimin.model.check_result import CheckResult
from weimin.model.finding import Severity
from weimin.model.history import AuditResult, TrailFinding
from weimin.report.context import ReportContext
from weimin.report.plain import label, printable

SHOWN = 200  # maximum findings (safety.md 1.1)
_MARK = {Severity.ERROR: "\033[31m", Severity.DUTY: "\033[33m", Severity.NOTICE: "\033[36m"}


def write(checked: CheckResult, context: ReportContext) -> str:
    return "".join(line + "\n" for line in _lines(checked, context))


def _lines(checked: CheckResult, context: ReportContext) -> Iterator[str]:
    found = [f for f in checked.findings if isinstance(f, TrailFinding)]
    for _, group in groupby(found[:SHOWN], key=lambda f: f.commit):
        of_commit = list(group)
        first = of_commit[0]
        yield f"── 提交 {first.commit[:10]}　{first.at[:16].replace('T', ' ')}　{printable(first.author)} ──"
        for f in of_commit:
            yield from _finding(f, context)
        yield ""
    if len(found) > SHOWN:
        yield f"另有 {len(found) - SHOWN} 条没有列出；全部在：weimin audit --format json"
    if isinstance(checked, AuditResult):
        yield from _total(checked)


def _finding(f: TrailFinding, context: ReportContext) -> Iterator[str]:
    head = f"{label(f)}[{f.code}]"
    if context.colour:
        head = f"{_MARK[f.severity]}{head}\033[0m"
    yield f"{printable(f.path)}:{f.line}:{f.column}: {head} {printable(f.message)}"
    for n, part in enumerate(printable(f.hint).split("\n") if f.hint else ()):
        yield f"  改法：{part}" if n == 0 else f"        {part}"
    based = f"依据：{context.clause(f.clause)}　" if f.clause else ""
    yield f"  {based}详见：{context.rule_page(f.code)}"


def _total(audited: AuditResult) -> Iterator[str]:
    where = f" {audited.since[:10]} 之后的" if audited.since else ""
    what = f"共核对{where} {audited.steps} 次提交（到 {audited.commit[:10]}），涉及 {audited.records} 份记录"
    found = f"{audited.errors} 个错误，{audited.count(Severity.NOTICE)} 条提示"
    yield f"{what}，{audited.rules} 条规则：{found}。（截至 {audited.as_of.isoformat()}）"
    yield f"核对摘要 sha256:{audited.digest}"
