"""Workflow commands, parsed as the runner parses them."""

from __future__ import annotations

import re

from made_findings import BASE_URL, HOSTILE, ONE_OF_EACH, PATH, checked, context, duty, finding, hostile

from weimin.report.as_github import MOST, write
from weimin.report.plain import printable

_DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_PROPERTY = _DATA | {"%3A": ":", "%2C": ","}


def unescaped(text, table):
    return re.sub("%(?:0D|0A|25|3A|2C)", lambda m: table.get(m[0], m[0]), text)


def commands(text):
    """(command, properties, data) of every line that the runner takes for one: `::name k=v,k=v::data`, blanks before it skipped;
    and the old form `##[name k=v;]data`, which it finds anywhere in a line."""
    found = []
    for line in re.split("\r\n|\r|\n", text):
        head = line.lstrip()
        if head.startswith("::"):
            command, _, data = head[2:].partition("::")
            name, _, given = command.partition(" ")
            pairs = (part.partition("=") for part in given.split(",") if part)
            found.append((name, {k.strip(): unescaped(v, _PROPERTY) for k, _, v in pairs}, unescaped(data, _DATA)))
        elif "##[" in line:
            found.append(("##[", {}, line))
    return found


def test_one_command_for_each_finding_the_worst_first():
    found = commands(write(ONE_OF_EACH, context(base_url=BASE_URL)))
    assert [c[0] for c in found] == ["error", "warning", "warning", "notice"]
    _, given, data = found[0]
    assert given == {"file": PATH, "line": "3", "col": "5", "title": "错误 S105"}
    assert data == (
        "“期限”写成了“2026.6.30”，要写成 2026-06-30\n改法：补一行 submitted\n依据：实施方案 三（三）4\n"
        f"详见：{BASE_URL}/rules/S105/"
    )
    assert [c[1]["title"] for c in found[1:3]] == ["逾期 W602", "待办 W602"]
    assert "责任：样例村为民协商联系点，最迟 2026-03-17" in found[1][2]


def test_hostile_text_stays_inside_its_command():
    found = commands(write(hostile(), context()))
    assert [c[0] for c in found] == ["error"] * len(HOSTILE) + ["warning"] * len(HOSTILE) + ["notice"] * len(HOSTILE)
    assert {c[1]["file"] for c in found} == {printable(f"content/{t}.md") for t in HOSTILE} | {PATH}
    assert all(set(c[1]) == {"file", "line", "col", "title"} for c in found)
    for text in HOSTILE:
        assert sum(c[2].startswith(printable(text)) for c in found) == 3


def test_more_than_are_shown_become_nine_and_one_line():
    many = checked(*(finding(code="S105", line=n, message=HOSTILE[n % len(HOSTILE)]) for n in range(1, 26)), duty())
    text = write(many, context())
    found = commands(text)
    assert [c[0] for c in found] == ["error"] * MOST + ["warning"]
    assert found[MOST - 1][1] == {"title": "另有 16 条"}
    assert sum("错误[S105]" in line for line in text.splitlines()) == 16


def test_ten_are_ten():
    found = commands(write(checked(*(finding(code="S105", line=n) for n in range(1, 11))), context()))
    assert len(found) == MOST
    assert all(c[1]["file"] == PATH for c in found)
