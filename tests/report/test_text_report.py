"""The report for people at a terminal."""

from __future__ import annotations

from made_findings import ONE_OF_EACH, PATH, checked, context, finding, hostile
from msgspec.structs import replace

from weimin.report.as_text import write


def test_the_complete_report():
    lines = write(ONE_OF_EACH, context()).splitlines()
    assert lines[0] == "── 990101001001/2026-001 ──"
    assert lines[1] == f"{PATH}:3:5: 错误[S105] “期限”写成了“2026.6.30”，要写成 2026-06-30"
    assert lines[3:6] == [" 3 |   “期限”: 2026.6.30", "   |      ^", "  改法：补一行 submitted"]
    assert lines[6] == "  依据：实施方案 三（三）4　详见：/rules/S105/"
    assert lines[7].startswith(f"{PATH}:4:5: 逾期[W602]")
    assert lines[8] == "  责任：样例村为民协商联系点，最迟 2026-03-17，已逾期 12 天"
    assert lines[-1].startswith(
        "共检查 1 份记录（4 个平台、1 个卷宗），100 条规则：1 个错误，2 项待办（逾期 1 项），1 条提示，1 项豁免。"
    )


def test_a_change_and_the_index_name_their_scope():
    change = checked(base="abcdef1234567890", changed=1)
    assert "共检查 1 份改动的记录（与 abcdef123456 相比；4 个平台、1 个卷宗）" in write(change, context())
    assert "共检查 1 份待提交的记录（4 个平台、1 个卷宗）" in write(checked(staged=True, changed=1), context())


def test_a_change_that_only_deletes_is_a_change():
    assert "没有改动记录" not in write(replace(checked(base="b" * 40, changed=1), records=0), context())


def test_earlier_errors_come_after_new_ones():
    report = checked(finding(code="S105"), earlier=(finding(code="W101"),), others=3)
    text = write(report, context())
    assert text.index("S105") < text.index("之前就有") < text.index("W101") < text.index("另有 3 项别人的旧账")


def test_nothing_controls_the_terminal():
    text = write(hostile(), context(source=lambda path, line: "\x1b[2J“\u202e"))
    assert all(c.isprintable() or c in "\n　" for c in text)


def test_a_line_with_personal_data_is_not_shown():
    report = checked(finding(code="P102", message="139****5678"), finding(code="S105"), finding(code="S105", line=9))
    text = write(report, context(source=lambda path, line: "电话 13912345678" if line == 3 else "期限"))
    assert "13912345678" not in text
    assert " 9 | 期限" in text
