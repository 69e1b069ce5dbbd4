"""`check --format json`: the document of docs/reference/interface.md, key for key."""

from __future__ import annotations

import json
from typing import Any

from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding, Severity
from weimin.model.history import AuditResult, TrailFinding
from weimin.report.context import ReportContext


def write(checked: CheckResult, context: ReportContext) -> str:
    """The JSON text with a final newline. Exempt findings are counted, not listed. The context is not used: codes are not translated."""
    return json.dumps(document(checked), ensure_ascii=False, indent=1) + "\n"


def document(checked: CheckResult) -> dict[str, Any]:
    """The document; of an audit also the number of replayed commits, where it began, and the digest."""
    audit = (
        {"steps": checked.steps, "since": checked.since, "digest": checked.digest}
        if isinstance(checked, AuditResult)
        else None
    )
    return {
        "format": 1,
        "as_of": checked.as_of.isoformat(),
        "commit": checked.commit,
        "base": checked.base,
        **({"audit": audit} if audit else {}),
        "checked": {
            "records": checked.records,
            "dossiers": checked.dossiers,
            "platforms": checked.platforms,
            "rules": checked.rules,
        },
        "summary": {
            "error": checked.errors,
            "duty": checked.count(Severity.DUTY),
            "overdue": checked.overdue,
            "notice": checked.count(Severity.NOTICE),
            "exempt": checked.exempt,
        },
        "findings": [finding(f) for f in checked.not_exempt],
    }


def finding(f: Finding) -> dict[str, Any]:
    """One finding as in docs/reference/interface.md."""
    return {
        "code": f.code,
        "slug": f.slug,
        "severity": f.severity.value,
        "path": f.path,
        "line": f.line,
        "column": f.column,
        "message": f.message,
        "hint": f.hint,
        "clause": f.clause,
        "dossier": f.dossier,
        "owed_by": f.owed_by,
        "due": f.due.isoformat() if f.due else None,
        "overdue_days": f.overdue_days,
        "suggested_due": f.suggested_due.isoformat() if f.suggested_due else None,
        "basis": f.basis.value if f.basis else None,
        **({"commit": f.commit, "author": f.author, "at": f.at} if isinstance(f, TrailFinding) else {}),
    }
