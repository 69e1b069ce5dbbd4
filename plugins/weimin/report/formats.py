"""The table of the formats of `check --format`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from weimin.model.check_result import CheckResult
from weimin.report import as_digest, as_github, as_gitlab, as_json, as_junit, as_rdjson, as_sarif, as_text
from weimin.report.context import ReportContext

FORMATS: Mapping[str, Callable[[CheckResult, ReportContext], str]] = {
    "text": as_text.write,
    "json": as_json.write,
    "github": as_github.write,
    "gitlab": as_gitlab.write,
    "sarif": as_sarif.write,
    "junit": as_junit.write,
    "rdjson": as_rdjson.write,
    "digest": as_digest.write,
}
