"""`check --format github`: workflow commands that annotate lines of a pull request.

GitHub shows ten annotations of a level per step; for more findings there are nine and one line with the number of the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding, Severity
from weimin.report.as_text import total
from weimin.report.context import ReportContext
from weimin.report.plain import label, one_line, printable, worst_first

MOST = 10
LOGGED = 200  # maximum of further findings of a level, as lines of the log
_LEVEL = {Severity.ERROR: "error", Severity.DUTY: "warning", Severity.NOTICE: "notice"}


def write(checked: CheckResult, context: ReportContext) -> str:
    return "".join(line + "\n" for line in _lines(checked, context))


def _lines(checked: CheckResult, context: ReportContext) -> Iterator[str]:
    for severity, level in _LEVEL.items():
        found = worst_first(f for f in checked.not_exempt if f.severity is severity)
        shown = found if len(found) <= MOST else found[: MOST - 1]
        for f in shown:
            yield _command(f, level, context)
        if rest := found[len(shown) :]:
            yield f"::{level} title=另有 {len(rest)} 条::{_data(f'还有 {len(rest)} 条{severity.label}，在这一步的日志里')}"
            yield from (_logged(f) for f in rest[:LOGGED])
    yield _not_a_command(total(checked))


def _command(f: Finding, level: str, context: ReportContext) -> str:
    text = printable(f.message)
    if f.owed_by:
        text += f"\n责任：{context.names(f.owed_by)}" + (f"，最迟 {f.due.isoformat()}" if f.due else "")
    if f.hint:
        text += f"\n改法：{printable(f.hint)}"
    if f.clause:
        text += f"\n依据：{context.clause(f.clause)}"
    text += f"\n详见：{context.rule_page(f.code)}"
    title = _property(f"{label(f)} {f.code}")
    return f"::{level} file={_property(printable(f.path))},line={f.line},col={f.column},title={title}::{_data(text)}"


def _logged(f: Finding) -> str:
    return _not_a_command(f"{one_line(f.path)}:{f.line}:{f.column}: {label(f)}[{f.code}] {one_line(f.message)}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _not_a_command(line: str) -> str:
    """The line without anything that is a workflow command: `::name::` at its start, `##[name]` anywhere."""
    line = line.replace("##[", "## [")
    return f"- {line}" if line.lstrip().startswith("::") else line
