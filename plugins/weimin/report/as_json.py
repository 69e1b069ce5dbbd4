"""`check --format json`: the shape of docs/reference/interface.md, key for key."""

from __future__ import annotations

import json
from typing import Any

from weimin.model.checked import Checked
from weimin.model.finding import Finding, Severity
from weimin.model.history import Audited, TrailFinding
from weimin.report.surroundings import Surroundings


def write(checked: Checked, known: Surroundings) -> str:
    """Text with a final newline; exempt findings are counted, not listed. Codes stand for themselves: `known` is not asked."""
    return json.dumps(document(checked), ensure_ascii=False, indent=1) + "\n"


def document(checked: Checked) -> dict[str, Any]:
    """Of an audit it says besides how many commits were replayed, from where, and the digest."""
    audit = (
        {"steps": checked.steps, "since": checked.since, "digest": checked.digest}
        if isinstance(checked, Audited)
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
        **({"commit": f.commit, "author": f.author, "at": f.at} if isinstance(f, TrailFinding) else {}),
    }
