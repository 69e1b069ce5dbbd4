"""Findings for tests, ordinary and hostile, and a small report context."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.model.check_result import CheckResult
from weimin.model.codes import CODES
from weimin.model.finding import Finding, Severity
from weimin.report.context import ReportContext

DAY = date(2026, 11, 22)
VILLAGE = "990101001001"
PATH = "content/network/990100/990101/990101001/990101001001/2026-001/2026-03-10-outcome.md"
BASE_URL = "https://xieshang.example.invalid/site"

HOSTILE = (
    "::error file=x::y",
    "a\n::set-env name=PATH::evil",
    "a\r##[add-path]evil",
    "50%25 of, all: it",
    "<script>alert(1)</script><img src=x onerror=y>",
    "[点](javascript:alert(1)) ![](https://spy.example/x.png) https://spy.example www.spy.example",
    "@everyone #12 `code` **b** _i_ ~~s~~ | cell | $x$",
    "</pre><!-- weimin-check --> ]]> &amp;",
    "\x00\x1b[31m\x7f\u202e\udce4 看不见\u200b的",
    "“村口停车场”\n第二行",
)


def finding(**given: Any) -> Finding:
    code = given.pop("code", "W602")
    severity = given.pop("severity", CODES[code].severity)
    default: dict[str, Any] = {
        "slug": CODES[code].slug,
        "path": PATH,
        "line": 3,
        "column": 5,
        "message": "协商结果还没有报送",
        "hint": "补一行 submitted",
        "clause": "990100/rules/2019-implementation-plan#3.3.4",
        "dossier": f"{VILLAGE}/2026-001",
    }
    return Finding(code=code, severity=severity, **(default | given))


def duty(**given: Any) -> Finding:
    return finding(owed_by=VILLAGE, due=date(2026, 3, 17), **given)


def checked(*findings: Finding, **given: Any) -> CheckResult:
    found = tuple(sorted(findings, key=lambda f: f.order))
    return CheckResult(
        as_of=DAY, commit="c" * 40, records=1, dossiers=1, platforms=4, rules=100, findings=found, **given
    )


def hostile() -> CheckResult:
    """Every field that a record can fill, filled with every hostile text, as error, duty and notice."""
    made = []
    for n, text in enumerate(HOSTILE):
        path = f"content/{text}.md"
        made.append(finding(code="S105", message=text, hint=text, path=path, line=n + 1))
        made.append(duty(message=text, hint=text, path=path, line=n + 1, overdue_days=n))
        made.append(finding(code="W202", message=text, hint=text, path=PATH, line=n + 1))
    return checked(*made)


def context(**given: Any) -> ReportContext:
    default: dict[str, Any] = {
        "source": lambda path, line: "  “期限”: 2026.6.30",
        "names": lambda code: {VILLAGE: "样例村为民协商联系点"}.get(code, code),
        "clause": lambda ref: "实施方案 三（三）4",
        "records": (PATH,),
    }
    return ReportContext(**(default | given))


ONE_OF_EACH = checked(
    finding(code="S105", message="“期限”写成了“2026.6.30”，要写成 2026-06-30"),
    duty(),
    duty(line=4, overdue_days=12),
    finding(code="W202", line=9),
    finding(code="W501", severity=Severity.DUTY, line=10, exempt=True),
)
