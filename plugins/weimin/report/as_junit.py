"""`check --format junit`: one test case per record; errors are its failures, duties and notices its output."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree import ElementTree as xml

from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding, Severity
from weimin.report.context import ReportContext
from weimin.report.plain import label, printable

# characters that XML 1.0 cannot represent
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(checked: CheckResult, context: ReportContext) -> str:
    found: dict[str, list[Finding]] = defaultdict(list)
    for f in checked.not_exempt:
        found[f.path].append(f)
    paths = sorted({*context.records, *found})
    failed = sum(any(f.severity is Severity.ERROR for f in found.get(path, ())) for path in paths)
    counts = {"tests": str(len(paths)), "failures": str(failed), "errors": "0"}
    suites = xml.Element("testsuites", {"name": "weimin", **counts})
    suite = xml.SubElement(suites, "testsuite", {"name": "weimin", "skipped": "0", **counts})
    for path in paths:
        _record(suite, path, found.get(path, []), context)
    xml.indent(suites, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml.tostring(suites, encoding="unicode")}\n'


def _record(suite: xml.Element, path: str, findings: list[Finding], context: ReportContext) -> None:
    folder, _, name = _xml_text(printable(path)).rpartition("/")
    entry = xml.SubElement(suite, "testcase", {"classname": folder, "name": name, "file": _xml_text(printable(path))})
    errors = [f for f in findings if f.severity is Severity.ERROR]
    for f in errors:
        attributes = {"type": f.code, "message": _xml_text(f"[{f.code}] {printable(f.message)}")}
        xml.SubElement(entry, "failure", attributes).text = _describe(f, context)
    rest = [_describe(f, context) for f in findings if f not in errors]
    if rest:
        xml.SubElement(entry, "system-out").text = "\n".join(rest)


def _describe(f: Finding, context: ReportContext) -> str:
    lines = [f"{printable(f.path)}:{f.line}:{f.column}: {label(f)}[{f.code}] {printable(f.message)}"]
    if f.owed_by:
        lines.append(f"责任：{context.names(f.owed_by)}" + (f"，最迟 {f.due.isoformat()}" if f.due else ""))
    if f.hint:
        lines.append(f"改法：{printable(f.hint)}")
    if f.clause:
        lines.append(f"依据：{context.clause(f.clause)}")
    return _xml_text("\n".join(lines))


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
