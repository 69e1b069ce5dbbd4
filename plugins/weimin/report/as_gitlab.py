"""`check --format gitlab`: the code quality report of a merge request."""

from __future__ import annotations

import json
from typing import Any

from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding, Severity
from weimin.report.context import ReportContext
from weimin.report.plain import fingerprinted, one_line


def write(checked: CheckResult, context: ReportContext) -> str:
    found = [_entry(f, mark, context) for f, mark in fingerprinted(checked.not_exempt)]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _entry(f: Finding, fingerprint: str, context: ReportContext) -> dict[str, Any]:
    words = [one_line(f.message)]
    if f.hint:
        words.append(f"改法：{one_line(f.hint)}")
    if f.clause:
        words.append(f"依据：{context.clause(f.clause)}")
    return {
        "description": "　".join(words),
        "check_name": f.code,
        "fingerprint": fingerprint,
        "severity": _severity(f),
        "location": {"path": one_line(f.path), "lines": {"begin": f.line}},
    }


def _severity(f: Finding) -> str:
    if f.severity is Severity.ERROR:
        return "critical"
    if f.severity is Severity.DUTY:
        return "major" if f.overdue_days else "minor"
    return "info"
