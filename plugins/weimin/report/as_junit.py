"""`check --format junit`: one test case for each record; errors fail it, duties and notices are its output."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree import ElementTree as xml

from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding, Severity
from weimin.report.plain import label, printable
from weimin.report.surroundings import Surroundings

# what XML 1.0 cannot hold in any form
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(checked: CheckResult, known: Surroundings) -> str:
    found: dict[str, list[Finding]] = defaultdict(list)
    for f in checked.not_exempt:
        found[f.path].append(f)
    paths = sorted({*known.records, *found})
    failed = sum(any(f.severity is Severity.ERROR for f in found.get(path, ())) for path in paths)
    counts = {"tests": str(len(paths)), "failures": str(failed), "errors": "0"}
    suites = xml.Element("testsuites", {"name": "weimin", **counts})
    suite = xml.SubElement(suites, "testsuite", {"name": "weimin", "skipped": "0", **counts})
    for path in paths:
        _record(suite, path, found.get(path, []), known)
    xml.indent(suites, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml.tostring(suites, encoding="unicode")}\n'


def _record(suite: xml.Element, path: str, findings: list[Finding], known: Surroundings) -> None:
    folder, _, name = _possible(printable(path)).rpartition("/")
    entry = xml.SubElement(suite, "testcase", {"classname": folder, "name": name, "file": _possible(printable(path))})
    errors = [f for f in findings if f.severity is Severity.ERROR]
    for f in errors:
        said = {"type": f.code, "message": _possible(f"[{f.code}] {printable(f.message)}")}
        xml.SubElement(entry, "failure", said).text = _words(f, known)
    rest = [_words(f, known) for f in findings if f not in errors]
    if rest:
        xml.SubElement(entry, "system-out").text = "\n".join(rest)


def _words(f: Finding, known: Surroundings) -> str:
    lines = [f"{printable(f.path)}:{f.line}:{f.column}: {label(f)}[{f.code}] {printable(f.message)}"]
    if f.owed_by:
        lines.append(f"责任：{known.names(f.owed_by)}" + (f"，最迟 {f.due.isoformat()}" if f.due else ""))
    if f.hint:
        lines.append(f"改法：{printable(f.hint)}")
    if f.clause:
        lines.append(f"依据：{known.clause(f.clause)}")
    return _possible("\n".join(lines))


def _possible(text: str) -> str:
    return _IMPOSSIBLE.sub("\ufffd", text)
