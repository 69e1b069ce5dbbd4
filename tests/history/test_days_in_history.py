"""Every comparison of days and times in the history: before, on the day itself, after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from made_steps import CITY, VILLAGE, Branch, D, noon, told

from weimin.history.rules.dated import plausible_time
from weimin.model.dates import SLACK
from weimin.model.parameter import ParameterSetting

OUTCOME = f"{D}/2026-03-10-outcome.md"
EVALUATION = f"{D}/2026-03-18-evaluation.yml"
DATA = {"consensus": "full"}


@pytest.mark.parametrize(
    ("name", "arrived", "found"),
    [
        ("2026-03-10-outcome.md", "2026-03-09", ["A104 2026-03-10-outcome.md"]),
        ("2026-03-10-outcome.md", "2026-03-10", []),
        ("2026-03-10-outcome.md", "2026-03-11", []),
        ("2026-03-outcome.md", "2026-02-28", ["A104 2026-03-outcome.md"]),
        ("2026-03-outcome.md", "2026-03-01", []),
        ("XXXX-outcome.md", "2026-03-01", []),
        ("by-2026-03-10-outcome.md", "2026-03-09", []),
        ("topic.md", "2026-03-09", []),
    ],
)
def test_a_record_is_not_of_a_day_after_its_arrival(name: str, arrived: str, found: list[str]) -> None:
    problems = Branch().step(arrived, {f"{D}/{name}": DATA})
    assert told(problems) == found
    assert all(f"{arrived}）之后" in p.message for p in problems)


def test_what_is_not_committed_arrives_today() -> None:
    (problem,) = Branch().step("2026-03-09", {OUTCOME: DATA}, commit="")
    assert "今天（2026-03-09）之后" in problem.message


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (f"{VILLAGE}/opinions/2026-03-10.yml", True),
        (f"{CITY}/guidance/2026-03-10.md", True),
        (f"{CITY}/plans/2027.yml", False),
        (f"{CITY}/projects/2027.yml", False),
    ],
)
def test_what_looks_ahead_may_be_of_a_later_day(path: str, found: bool) -> None:
    assert (told(Branch().step("2026-03-09", {path: {"a": 1}})) != []) is found


@pytest.mark.parametrize(
    ("to", "found"),
    [("2026-06-30", []), ("2026-07-01", []), ("2026-07-02", ["A104 2026-07-01-correction.yml /changes/1/to"])],
)
def test_a_correction_moves_no_record_past_its_own_arrival(to: str, found: list[str]) -> None:
    branch = Branch()
    branch.step("2026-03-10", {OUTCOME: DATA})
    changes = [{"field": "/consensus", "from": "full", "to": to}, {"field": "/date", "from": "2026-03-10", "to": to}]
    fix = {"of": "2026-03-10-outcome", "changes": [*changes, {"field": "/date", "to": "nonsense"}, "no line"]}
    problems = branch.step("2026-07-01", {f"{D}/2026-07-01-correction.yml": fix})
    assert told(problems) == found
    assert all(f"“{to}”" in p.message for p in problems)


@pytest.mark.parametrize(
    ("arrived", "late"),
    [
        ("2026-03-10", None),
        ("2026-03-11", None),
        ("2026-04-08", None),
        ("2026-04-09", None),
        ("2026-04-10", 31),
        ("2026-05-10", 61),
    ],
)
def test_a_record_is_filed_within_thirty_days(arrived: str, late: int | None) -> None:
    problems = Branch().step(arrived, {OUTCOME: DATA})
    assert told(problems) == (["A105 2026-03-10-outcome.md"] if late else [])
    assert all(f"在 2026-03-10 之后第 {late} 天才入档（本站参考 30 天内，非文件规定）" in p.message for p in problems)


def test_only_the_first_filing_of_a_platforms_own_record_is_late() -> None:
    branch = Branch()
    assert told(branch.step("2026-08-01", {OUTCOME: DATA | {"compiled_from": ["人民政协网"]}})) == []
    assert told(branch.step("2026-08-01", {"content/news/2026-01-01-x.md": {"title": "x"}})) == []
    branch = Branch()
    branch.step("2026-03-10", {OUTCOME: DATA})
    branch.step("2026-03-11", {OUTCOME: ""})
    assert told(branch.step("2026-09-01", {OUTCOME: DATA})) == []


def given(value: int, **more: Any) -> ParameterSetting:
    return ParameterSetting(name="filed_late_days", value=value, platform="321300", source="s", **more)


@pytest.mark.parametrize(("days", "arrived", "late"), [(5, "2026-03-15", False), (5, "2026-03-16", True)])
def test_the_days_are_those_in_force_on_the_day_of_the_record(days: int, arrived: str, late: bool) -> None:
    branch = Branch()
    book = branch.blob({"title": "规则"})
    branch.given[book] = (given(days, since=date(2026, 3, 10)),)
    branch.step("2026-01-01", {f"{CITY}/rules/2021-measures.md": book})
    assert (told(branch.step(arrived, {OUTCOME: DATA})) != []) is late
    assert told(branch.step("2026-04-07", {f"{D}/2026-03-09-consultation.md": {"about": "selection"}})) == []


CLOCK = noon("2026-03-10")
END = noon("2026-12-31")
A_DAY = 24 * 60 * 60


@pytest.mark.parametrize(
    ("committed", "clock", "arrived"),
    [
        (CLOCK, 0, CLOCK),
        (END + A_DAY, CLOCK, END + A_DAY),
        (END + A_DAY + 1, CLOCK, CLOCK),
        (END + A_DAY + 1, 0, END),
        (CLOCK - A_DAY, CLOCK, CLOCK - A_DAY),
        (CLOCK - A_DAY - 1, CLOCK, CLOCK),
        (CLOCK + 1, CLOCK, CLOCK + 1),
    ],
)
def test_a_time_is_believed_within_a_day(committed: int, clock: int, arrived: int) -> None:
    assert int(SLACK.total_seconds()) == A_DAY
    assert plausible_time(committed, clock, END) == arrived


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        ("2027-01-01T23:59:59", "", ""),
        ("2027-01-02T00:00:00", "", "提交时间是 2027-01-02，在今天之后"),
        ("2026-03-09T12:00:00", "", ""),
        ("2026-03-09T11:59:59", "", "提交时间是 2026-03-09，早于它前面的提交（2026-03-10）"),
        ("2026-03-10T12:00:00", "2026-03-11T12:00:00", ""),
        ("2026-03-10T12:00:00", "2026-03-11T12:00:01", "写作时间是 2026-03-11，在提交时间（2026-03-10）之后"),
        ("2026-03-10T12:00:00", "2026-03-01T12:00:00", ""),
    ],
)
def test_a_time_that_cannot_be_is_named(day: str, at: str, said: str) -> None:
    branch = Branch()
    branch.step("2026-03-10", {f"{D}/topic.md": {"title": "路灯"}})
    problems = branch.step(day, {"content/site.yml": {"title": "测试"}, "README.md": "x", "Z": "z"}, at=at)
    assert [p.message.partition("的")[2] for p in problems if p.code == "A104"] == ([said] if said else [])
    for p in problems:
        if p.code == "A104":
            assert (p.path, p.line, p.column) == ("README.md", 1, 1)
            assert p.message.startswith("提交 0000000000 的")
            arrived = "2026-03-10" if "早于" in said or "今天" in said else day[:10]
            assert p.hint == f"核对提交用的电脑的时钟；日期按 {arrived} 到达主分支来判断"


def test_the_next_commit_is_compared_with_the_time_that_was_believed() -> None:
    branch = Branch()
    branch.step("2026-03-10", {f"{D}/topic.md": {"title": "路灯"}})
    assert told(branch.step("2028-01-01", {f"{D}/topic.md": {"title": "路灯", "a": 1}})) == ["A104 topic.md"]
    assert branch.trail.state.last_time == branch.trail.state.clock == noon("2026-03-10")
    assert told(branch.step("2026-03-11", {OUTCOME: DATA})) == []
    assert (branch.trail.state.last_time, branch.trail.state.clock) == (noon("2026-03-11"), noon("2026-03-11"))
    branch.step("2026-03-10T13:00:00", {"content/site.yml": {"title": "测试"}})
    assert (branch.trail.state.last_time, branch.trail.state.clock) == (noon("2026-03-10T13:00:00"), noon("2026-03-11"))
    assert branch.trail.state.steps == 4


RULES = f"{CITY}/321302/rules/2021-measures.md"


def rule(branch: Branch, value: int, since: str | None, until: str | None = None, *, name: str = "report_days") -> str:
    book = branch.blob({"title": "规则", "value": [value, since, until, name]})
    day = date.fromisoformat
    branch.given[book] = (
        ParameterSetting(
            name=name,
            value=value,
            platform="321302",
            source=f"321302/rules/2021-measures#{value}",
            since=day(since) if since else None,
            until=day(until) if until else None,
        ),
    )
    return book


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param((20, "2026-01-01"), (20, "2026-01-01", "2026-05-31"), "在 2026-06-09", id="ended in the past"),
        pytest.param(
            (20, "2026-01-01"), (20, "2026-01-01", "2026-06-08"), "在 2026-06-09", id="ended the day before yesterday"
        ),
        pytest.param((20, "2026-01-01"), (20, "2026-01-01", "2026-06-09"), "", id="ended yesterday"),
        pytest.param((20, "2026-01-01"), (20, "2026-01-01", "2026-06-10"), "", id="ends today"),
        pytest.param(
            (20, "2026-01-01"), (25, "2026-01-01"), "在 2026-06-09 原来是 20，现在变成 25", id="another number"
        ),
        pytest.param((20, "2026-06-10"), (25, "2026-06-10"), "", id="a number in force from today"),
        pytest.param((20, "2026-06-09"), (25, "2026-06-09"), "在 2026-06-09", id="a number in force since yesterday"),
    ],
)
def test_a_number_is_not_changed_for_days_that_are_over(before: Any, after: Any, said: str) -> None:
    """Arrived on 2026-06-10: that day itself may still get another number."""
    branch = Branch()
    branch.step("2026-01-01", {RULES: rule(branch, *before)})
    problems = [p for p in branch.step("2026-06-10", {RULES: rule(branch, *after)}) if p.code == "A110"]
    assert len(problems) == bool(said)
    for problem in problems:
        assert said in problem.message
        assert problem.pointer == "/parameters"
        assert problem.hint.endswith("effective_from 不早于 2026-06-10")


COUNTS = {"issued": 10, "returned": 10}


@pytest.mark.parametrize(
    ("field", "old", "new", "found"),
    [
        ("/ballots", "unpublished", COUNTS, False),
        ("/ballots", None, COUNTS, False),
        ("/ballots/invalid", "unpublished", 1, False),
        ("/ballots/returned", 10, 9, True),
        ("/ballots/returned", 10, 10, False),
        ("/ballots", COUNTS, "unpublished", True),
        ("/ballotsheet", 1, 2, False),
        ("/way", "投票", "举手", False),
    ],
)
def test_a_correction_may_give_counts_from_unpublished_and_change_none(
    field: str, old: Any, new: Any, found: bool
) -> None:
    branch = Branch()
    branch.step("2026-03-18", {EVALUATION: {"way": "投票", "ballots": COUNTS}})
    fix = {"of": "2026-03-18-evaluation", "changes": [{"field": field, "from": old, "to": new}]}
    problems = branch.step("2026-03-19", {f"{D}/2026-03-19-correction.yml": fix})
    assert told(problems) == (["A109 2026-03-19-correction.yml /changes/0/field"] if found else [])
    if (old, new) == (10, 9):
        assert "（更正也不能改）：returned 原来是 10，现在是 9" in problems[0].message
    elif found:
        assert "（更正也不能改）（ballots）" in problems[0].message


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ({"way": "投票", "ballots": COUNTS | {"issued": 11}}, ["A109 2026-03-18-evaluation.yml /ballots/issued"]),
        ({"way": "投票", "ballots": "unpublished"}, ["A109 2026-03-18-evaluation.yml /ballots"]),
        ({"way": "投票"}, ["A109 2026-03-18-evaluation.yml /ballots"]),
        ({"way": "举手", "ballots": COUNTS}, ["A103 2026-03-18-evaluation.yml /way"]),
        ({"way": "投票", "ballots": COUNTS, "reconsult": {"decision": "hold"}}, []),
    ],
)
def test_counts_that_stood_are_not_edited(new: Any, found: list[str]) -> None:
    branch = Branch()
    branch.step("2026-03-18", {EVALUATION: {"way": "投票", "ballots": COUNTS}})
    assert told(branch.step("2026-03-19", {EVALUATION: new})) == found


def test_that_ballots_were_unpublished_may_go_and_is_an_edit_of_the_record() -> None:
    branch = Branch()
    branch.step("2026-03-18", {EVALUATION: {"way": "投票", "ballots": "unpublished"}})
    assert told(branch.step("2026-03-19", {EVALUATION: {"way": "投票", "ballots": COUNTS}})) == []
    branch = Branch()
    branch.step("2026-03-18", {EVALUATION: {"way": "投票", "ballots": "unpublished"}})
    assert told(branch.step("2026-03-19", {EVALUATION: {"way": "投票"}})) == ["A103 2026-03-18-evaluation.yml /ballots"]
