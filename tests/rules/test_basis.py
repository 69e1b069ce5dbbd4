"""Every duty that has a day: as a reminder where no rule sets it, as due and as overdue where a rule or a record does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from make import BALLOTS, CITY, LATE, REPORT, VILLAGE, apply_rules, make_platform, make_summary, setting, story

from weimin.model.basis import Basis
from weimin.model.codes import CODES
from weimin.model.finding import Severity, UnlocatedFinding
from weimin.model.parameter import DEFAULTS, ParameterSetting
from weimin.rules.run import RuleResult, apply_platform_rules

UNDATED = {"W702", "W703", "W704", "W708"}
LOW = BALLOTS | {"satisfied": 8, "dissatisfied": 16}
HOLD = {"decision": "hold", "by": "村委会", "date": "2026-07-05", "reason": "意见还多"}
OPINION = {"opinions/2026-03-01.yml": {"channel": "visit", "from": "resident", "theme": "教育", "summary": "路灯不亮"}}
UPWARD = {"id": "u1", "kind": "overall", "to": "321302001", "text": "全镇统一建", "publish": True}
RULES = [setting(name, "required" if name == "topic_approval" else value) for name, value in DEFAULTS.items()]
APPROVAL_BY_HOUSE = [setting("topic_approval", "required", house=True)]

Apply = Callable[[date, list[ParameterSetting]], RuleResult]


def dossier(**how: Any) -> Apply:
    return lambda as_of, settings: apply_rules(story(**how), as_of, settings=settings, issued=False)


def platform(files: Any = None, *held: str) -> Apply:
    summaries = (make_summary(f"{held[0][:4]}-001", *held),) if held else ()
    return lambda as_of, settings: apply_platform_rules(
        make_platform(VILLAGE, files, as_of=as_of, settings=settings, issued=False, summaries=summaries)
    )


WAYS: dict[str, Apply] = {
    "W102": platform(OPINION),
    "W103": platform(OPINION),
    "W105": dossier(until="consultation", topic={"approval": None}, consultation={"compiled_from": REPORT}),
    "W401": dossier(until="response"),
    "W402": dossier(until="response"),
    "W501": dossier(until="followup"),
    "W503": dossier(evaluation={"ballots": LOW}),
    "W504": dossier(evaluation={"ballots": LOW, "reconsult": HOLD}),
    "W601": dossier(until="consultation"),
    "W602": dossier(until="outcome", outcome={"submitted": None}),
    "W604": dossier(until="outcome", outcome={"dissent": [{"id": "d1", "text": "不该建"}]}),
    "W605": dossier(until="outcome", outcome={"upward": [UPWARD]}),
    "W606": dossier(until="outcome"),
    "W607": dossier(until="outcome", outcome={"publication": None}),
    "W612": dossier(until="outcome", outcome={"upward": [UPWARD | {"reported": {"date": "2026-03-12"}}]}),
    "W705": platform({}, "2025-05-01"),
    "W706": platform({"plans/2024.yml": {"items": []}}),
    "W709": platform({}, "2024-05-01"),
}


def finding(code: str, as_of: date, settings: list[ParameterSetting]) -> UnlocatedFinding:
    found = [f for f in WAYS[code](as_of, settings).findings if f.code == code]
    assert found, f"{code} is not owed"
    assert {f.severity for f in found} == {Severity.DUTY}
    return found[0]


def test_the_ways_are_those_of_every_duty_with_a_day():
    assert set(WAYS) == {code for code, row in CODES.items() if row.severity is Severity.DUTY} - UNDATED


@pytest.mark.parametrize("code", sorted(set(WAYS) - {"W402"}))
def test_a_number_of_this_site_alone_is_a_reminder(code):
    reminder = finding(code, LATE, APPROVAL_BY_HOUSE if code == "W105" else [])
    assert (reminder.due, reminder.overdue_days, reminder.basis) == (None, 0, Basis.DEFAULT)
    assert "应于" not in reminder.message and "依据" not in reminder.message
    assert reminder.message.replace("非文件规定", "").count("规定") == 0
    if code == "W503":
        assert reminder.suggested_due is None, "the line is this site's own, too: the decision has no day"
        assert "低于本站参考线 80%（非文件规定）" in reminder.message
        return
    assert reminder.suggested_due == finding(code, LATE, RULES).due
    assert f"建议 {reminder.suggested_due}" in reminder.message and "本站参考，非文件规定" in reminder.message


@pytest.mark.parametrize("code", sorted(WAYS))
def test_a_day_of_a_document_is_due_and_then_overdue(code):
    due = finding(code, LATE, RULES).due
    assert due is not None
    last, after = (finding(code, day, RULES) for day in (due, due + timedelta(days=1)))
    assert (last.due, last.overdue_days, last.suggested_due) == (due, 0, None)
    assert (after.due, after.overdue_days, after.suggested_due) == (due, 1, None)
    assert {last.basis, after.basis} == {Basis.RECORD if code == "W402" else Basis.RULE}
    assert "本站参考" not in after.message and f"{due}" in after.message


def test_a_day_that_a_record_states_needs_no_rule():
    measure = finding("W402", LATE, [])
    assert (measure.due, measure.basis) == (date(2026, 5, 31), Basis.RECORD)
    assert measure.overdue_days == (LATE - date(2026, 5, 31)).days
    unwritten = apply_rules(
        story(until="response", outcome={"measures": [{"id": "m1", "text": "建车位", "unit": "镇"}]})
    )
    (open_,) = (f for f in unwritten.findings if f.code == "W402")
    assert (open_.due, open_.suggested_due, open_.basis) == (None, None, None)


@pytest.mark.parametrize("code", sorted(UNDATED))
def test_duties_without_a_day_stay_without(code):
    where = CITY if code in ("W702", "W708") else "321302" if code == "W703" else VILLAGE
    found = [f for f in apply_platform_rules(make_platform(where, issued=False)).findings if f.code == code]
    assert [(f.due, f.suggested_due, f.basis, f.overdue_days) for f in found] == [(None, None, None, 0)]


@pytest.mark.parametrize("settings", [[], RULES])
def test_gates_do_not_ask_who_set_the_day(settings):
    """The error names the missing act and no day, whoever set one."""
    held = story(outcome={"submitted": None}, topic={"approval": {"by": "镇党委", "date": "2026-02-20"}})
    (error,) = (f for f in apply_rules(held, settings=settings, issued=False).findings if f.code == "W602")
    assert error.severity is Severity.ERROR
    assert error.message == (
        "2026-07-01 的民主评议已经入卷，而 2026-03-10 的协商成果还没有报送同级党政组织（submitted）：先办好这件事，这一步才能入卷"
    )
    assert (error.due, error.suggested_due, error.basis, error.overdue_days) == (None, None, None, 0)


@pytest.mark.parametrize(
    ("line", "below", "low"),
    [
        ([], True, False),
        ([setting("low_satisfaction", 0.8)], True, True),
        ([setting("low_satisfaction", 0.3)], False, False),
    ],
)
def test_closing_asks_for_the_decision_whoever_drew_the_line(line, below, low):
    result = apply_rules(story(evaluation={"ballots": LOW}), settings=line, issued=False)
    assert result.closed is not below
    asked = [f for f in result.findings if f.code == "W503"]
    assert len(asked) == below
    assert all(("低于 80%（依据 321300/rules/2021-measures#1）" in f.message) is low for f in asked)


def test_a_rate_that_cannot_be_computed_is_asked_for_without_a_day():
    result = apply_rules(story(evaluation={"ballots": "unpublished", "published_rate": 93}), settings=RULES)
    (asked,) = (f for f in result.findings if f.code == "W503")
    assert (asked.due, asked.suggested_due, asked.overdue_days) == (None, None, 0)


@pytest.mark.parametrize(
    ("settings", "severity"), [([], Severity.NOTICE), ([setting("progress_days", 90)], Severity.ERROR)]
)
def test_the_third_step_is_required_by_a_rule_only(settings, severity):
    late = {"measures": [{"id": "m1", "text": "建车位", "unit": "镇", "due": "2026-12-01"}]}
    found = [f for f in apply_rules(story(outcome=late), settings=settings, issued=False).findings if f.code == "W207"]
    assert [f.severity for f in found] == [severity]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ([], "少于本站参考的 7 天（非文件规定）"),
        ([setting("notice_days", 7)], "少于 7 天（依据 321300/rules/2021-measures#1）"),
    ],
)
def test_a_short_notice_says_whose_number_it_is(settings, said):
    found = apply_rules(
        story(topic={"notice": {"where": "公开栏", "days": 4}}), settings=settings, issued=False
    ).findings
    (short,) = (f for f in found if f.code == "W106")
    assert short.message == f"议题公示了 4 天，{said}"
