"""`check --format rdjson`: the Reviewdog Diagnostic Format."""

from __future__ import annotations

import json
from typing import Any

from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding, Severity
from weimin.report.context import ReportContext
from weimin.report.plain import printable

_SEVERITY = {Severity.ERROR: "ERROR", Severity.DUTY: "WARNING", Severity.NOTICE: "INFO"}


def write(checked: CheckResult, context: ReportContext) -> str:
    found = {"source": {"name": "weimin"}, "diagnostics": [_diagnostic(f, context) for f in checked.not_exempt]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(f: Finding, context: ReportContext) -> dict[str, Any]:
    text = printable(f.message)
    if f.hint:
        text += f"\n改法：{printable(f.hint)}"
    if f.clause:
        text += f"\n依据：{context.clause(f.clause)}"
    code = {"value": f.code}
    if context.base_url:
        code["url"] = context.rule_page(f.code)
    start = {"line": f.line, "column": _bytes_before(context.source(f.path, f.line), f.column) + 1}
    return {
        "message": text,
        "location": {"path": printable(f.path), "range": {"start": start}},
        "severity": _SEVERITY[f.severity],
        "code": code,
    }


def _bytes_before(line: str, column: int) -> int:
    """The number of UTF-8 bytes before a column: the format counts columns in bytes, findings in characters."""
    return len(line[: column - 1].encode("utf-8", "replace")) if line else column - 1
