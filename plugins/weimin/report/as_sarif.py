"""`check --format sarif`: SARIF 2.1.0, for code scanning and other consumers of static analysis."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from weimin import __version__
from weimin.model.check_result import CheckResult
from weimin.model.codes import CODES
from weimin.model.finding import Finding, Severity
from weimin.report.context import ReportContext
from weimin.report.plain import fingerprinted, printable

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.DUTY: "warning", Severity.NOTICE: "note"}


def write(checked: CheckResult, context: ReportContext) -> str:
    codes = sorted({f.code for f in checked.not_exempt})
    run: dict[str, Any] = {
        "tool": {
            "driver": {"name": "weimin", "version": __version__, "rules": [_rule(code, context) for code in codes]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, mark, codes, context) for f, mark in fingerprinted(checked.not_exempt)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str, context: ReportContext) -> dict[str, Any]:
    row = CODES[code]
    rule: dict[str, Any] = {
        "id": code,
        "name": row.slug,
        "shortDescription": {"text": row.requirement},
        "defaultConfiguration": {"level": _LEVEL[row.severity]},
    }
    if context.base_url:
        rule["helpUri"] = context.rule_page(code)
    return rule


def _result(f: Finding, fingerprint: str, codes: list[str], context: ReportContext) -> dict[str, Any]:
    text = printable(f.message)
    if f.hint:
        text += f"\n改法：{printable(f.hint)}"
    if f.clause:
        text += f"\n依据：{context.clause(f.clause)}"
    place = {
        "artifactLocation": {"uri": quote(f.path, errors="surrogatepass"), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": f.line, "startColumn": f.column},
    }
    return {
        "ruleId": f.code,
        "ruleIndex": codes.index(f.code),
        "level": _LEVEL[f.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }
