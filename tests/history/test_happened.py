"""A114: what is said to have happened is not dated after the day of the commit that brings it."""

from __future__ import annotations

from typing import Any

import pytest
from made_steps import CITY, VILLAGE, Branch, D, told

from weimin.model.codes import CODES
from weimin.model.dates import SINCE, TABLE
from weimin.model.finding import Severity

OUTCOME, FOLLOWUP = f"{D}/2026-12-01-outcome.md", f"{D}/2026-12-01-followup.md"
DAY = "2026-12-10"
NEXT, LATER = "2026-12-11", "2026-12-12"


def a114(problems: Any) -> list[str]:
    return [line for line in told(problems) if line.startswith("A114")]


def done(day: str) -> dict[str, Any]:
    return {"measures": [{"id": "m1", "state": "done", "done": {"date": day}}]}


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (DAY, False),
        (NEXT, False),  # a clock may be wrong by a day, or stand in another time zone
        (LATER, True),
        ("2027", True),
        ("2026", False),  # the first possible day has come
        ("2026-12", False),
        ("2026-Q4", False),
        ("2027-Q1", True),
        ("unpublished", False),
        ("nonsense", False),  # S105
    ],
)
def test_the_first_possible_day_is_compared_with_that_of_the_commit(day, found):
    problems = Branch().step(DAY, {FOLLOWUP: done(day)})
    assert a114(problems) == (["A114 2026-12-01-followup.md /measures/0/done/date"] if found else [])
    assert all(day in p.message and f"（{DAY}）之后" in p.message for p in problems if p.code == "A114")


PLACES = {
    "platform": f"{VILLAGE}/platform.yml",
    "projects": f"{CITY}/projects/2026.yml",
    "plan": f"{CITY}/plans/2026.yml",
    "rule": f"{CITY}/rules/measures.md",
    "opinion": f"{VILLAGE}/opinions/2026-12-01.yml",
    "guidance": f"{CITY}/guidance/2026-12-01.md",
    "exemptions": f"{CITY}/exemptions.yml",
    "topic": f"{D}/topic.md",
    "news": "content/news/open.md",
    "page": "content/pages/about.md",
}


def filled(keys: tuple[str, ...], value: str) -> Any:
    """Data with one field: a list where a `*` stands."""
    if not keys:
        return value
    inner = filled(keys[1:], value)
    return [inner] if keys[0] == "*" else {keys[0]: inner}


@pytest.mark.parametrize(
    "row", [row for rows in TABLE.values() for row in rows if row.keys], ids=lambda row: row.kind + row.pointer
)
def test_every_field_of_the_table(row):
    """All that says what has happened is held to the day of its commit; what looks ahead is not."""
    path = (
        PLACES.get(row.kind)
        or f"{D}/2026-12-01-{row.kind}.{'yml' if row.kind in ('evaluation', 'correction') else 'md'}"
    )
    assert bool(a114(Branch().step(DAY, {path: filled(row.keys, LATER)}))) is not row.ahead
    assert a114(Branch().step(DAY, {path: filled(row.keys, DAY)})) == []


def test_what_is_not_committed_is_compared_with_today():
    (problem,) = [p for p in Branch().step(DAY, {FOLLOWUP: done("2031-01-01")}, commit="") if p.code == "A114"]
    assert f"今天（{DAY}）之后" in problem.message
    assert problem.severity is None


def test_each_step_answers_for_what_it_brings():
    branch = Branch()
    assert a114(branch.step(DAY, {FOLLOWUP: {**done("2026-12-20"), "by": "甲"}}))
    assert a114(branch.step(DAY, {FOLLOWUP: {**done("2026-12-20"), "by": "甲", "note": "x"}})) == []
    assert a114(branch.step(DAY, {FOLLOWUP: {**done("2026-12-21"), "by": "甲"}}))


def test_a_correction_to_a_day_that_has_not_come():
    branch = Branch()
    branch.step(DAY, {FOLLOWUP: done("2026-12-01")})
    change = {"field": "/measures/0/done/date", "from": "2026-12-01", "to": LATER}
    fix = {"of": "2026-12-01-followup", "changes": [{"field": "/by", "to": LATER}, change]}
    assert a114(branch.step(DAY, {f"{D}/{DAY}-correction.yml": fix})) == [f"A114 {DAY}-correction.yml /changes/1/to"]
    planned = {"of": "2026-12-01-outcome", "changes": [{"field": "/measures/0/due", "to": "2031-01-01"}]}
    assert a114(branch.step(DAY, {f"{D}/{DAY}-correction-2.yml": planned})) == []
    opinion = {"of": "2026-12-01", "changes": [{"field": "/answered", "to": "2031-01-01"}]}
    assert a114(branch.step(DAY, {f"{VILLAGE}/opinions/{DAY}-correction.yml": opinion}))


def test_a_step_before_the_rule_existed_gets_a_notice():
    """Nobody can change a commit; what is filed from that day on is an error."""
    assert CODES["A114"].since == SINCE
    day_before = SINCE.replace(day=SINCE.day - 1).isoformat()
    for day, severity in ((day_before, Severity.NOTICE), (SINCE.isoformat(), None)):
        found = [p for p in Branch().step(day, {FOLLOWUP: done("2031-01-01")}) if p.code == "A114"]
        assert [p.severity for p in found] == [severity]


def test_what_cannot_be_read_or_is_gone_says_nothing():
    branch = Branch()
    assert a114(branch.step(DAY, {FOLLOWUP: None})) == []
    assert a114(branch.step(DAY, {OUTCOME: "no mapping"})) == []
    assert a114(branch.step(DAY, {FOLLOWUP: ""})) == []
