"""W207 and W208: no step is left out, no date goes back."""

from __future__ import annotations

import pytest
from make import (
    CONSULTATION,
    EVALUATION,
    FOLLOWUP,
    MEASURE,
    OUTCOME,
    Shelf,
    compiled,
    found,
    given,
    judge,
    make_record,
    path_in,
    story,
)

SKIPPED = [{"step": "supervision", "reason": "当场办完", "by": "村委会"}]


def test_step_skipped():
    told = story(without=["followup"])
    assert "W207 error 2026-07-01-evaluation" in found(told)
    told = story(without=["followup"], topic={"skipped": SKIPPED})
    assert found(told) == ["W402 duty 2026-03-10-outcome"]


def test_selection_skipped():
    told = story()
    told["2026-03-02-consultation"] = CONSULTATION | {"about": "completion"}
    assert found(told) == ["W207 error 2026-03-02-consultation"]
    told["topic"] |= {"skipped": [{"step": "selection", "reason": "项目已定", "by": "镇党委"}]}
    assert found(told) == []


@pytest.mark.parametrize(
    ("due", "asked"),
    [
        ("2026-06-08", False),  # the 90th day after the outcome
        ("2026-06-09", True),
        ("2026-06", False),  # the first of the month would do
        ("2026-07", True),
        ("unpublished", True),
    ],
)
def test_progress_is_asked_for_where_a_measure_runs_long(due, asked):
    told = story(outcome={"measures": [MEASURE | {"due": due}]})
    expected = ["W207 error 2026-06-01-followup"] if asked else []
    assert found(told) == expected
    assert found(told, given=[given("progress_days", 365)]) == (expected if due == "unpublished" else [])
    told["2026-05-06-consultation"] = {k: v for k, v in CONSULTATION.items() if k != "suggestions"} | {
        "about": "progress"
    }
    told["2026-05-10-outcome"] = OUTCOME | {"of": ["2026-05-06-consultation"], "measures": []}
    told["2026-05-10-outcome"]["submitted"] = [{"to": "镇党委", "date": "2026-05-11"}]
    assert found(told) == []


def test_progress_listed_as_skipped():
    told = story(
        outcome={"measures": [MEASURE | {"due": "2026-12-31"}]},
        topic={"skipped": [{"step": "progress", "reason": "工期短", "by": "村委会"}]},
    )
    assert found(told) == []


def test_a_step_left_out_is_a_notice_where_all_is_compiled():
    told = compiled(story(without=["followup", "consultation"]))
    told["2026-03-10-outcome"]["of"] = []
    told["2026-03-25-response"]["answers"] = []
    assert found(told) == ["W207 notice 2026-07-01-evaluation"] * 2


def test_a_step_left_out_is_said_at_the_first_event_of_its_own():
    told = compiled(story(without=["followup"]), *(s for s in story() if "evaluation" not in s and "topic" not in s))
    told["2026-03-02-consultation"]["convened_by"] = "cppcc"
    assert found(told) == ["W207 error 2026-07-01-evaluation"]


def test_the_consultation_that_opens_a_later_round_is_its_second_step():
    told = story()
    told["2026-08-01-consultation"] = CONSULTATION | {"about": "completion", "again": {"because": "unresolved"}}
    told["2026-08-01-consultation"]["suggestions"] = []
    told["2026-08-10-outcome"] = OUTCOME | {
        "of": ["2026-08-01-consultation"],
        "submitted": [{"to": "镇党委", "date": "2026-08-10"}],
    }
    told["2026-08-10-outcome"]["measures"] = [MEASURE | {"id": "m2", "due": "2026-09-30"}]
    told["2026-10-01-evaluation"] = EVALUATION | {"of": ["2026-08-10-outcome"]}
    judged = [line for line in found(told) if line.startswith("W207")]
    assert judged == ["W207 error 2026-10-01-evaluation"]  # no followup in the second round
    told["2026-09-20-followup"] = FOLLOWUP | {"measures": [{"id": "m2", "state": "done"}]}
    assert found(told) == []


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("2026-03-02-outcome", False),
        ("2026-03-01-outcome", True),
        ("2026-03-outcome", False),
        ("2026-02-outcome", True),
        ("2025-outcome", True),
        ("2026-outcome", False),
        ("by-2026-03-01-outcome", True),
        ("by-2026-03-05-outcome", False),
        ("XXXX-03-01-outcome", False),
    ],
)
def test_dates_go_back(name, bad):
    told = story(until="response")
    told[name] = told.pop("2026-03-10-outcome") | {"measures": []}
    assert [line for line in found(told) if line.startswith("W208")] == ([f"W208 error {name}"] if bad else [])


def test_what_lasted_goes_back_only_if_all_of_it_was_before():
    told = story(consultation={"until": "2026-03-12"})
    assert found(told) == []
    told = story(until="response", without=["consultation"])
    told["2026-03-08-consultation"] = CONSULTATION
    told["2026-03-01-response"] = told.pop("2026-03-25-response") | {"until": "2026-03-08"}
    told["2026-03-10-outcome"] = OUTCOME | {"of": ["2026-03-08-consultation"]}
    assert [line for line in found(told) if line.startswith("W208")] == []


@pytest.mark.parametrize(("day", "bad"), [("2026-03-01", False), ("2026-03-03", True)])
def test_dates_go_back_to_a_record_of_another_dossier(day, bad):
    other = "321302001005/2026-003"
    shelf = Shelf([make_record(path_in(other, f"{day}-consultation"), CONSULTATION)])
    told = story()
    told["2026-03-02-consultation"] = {
        "same_as": f"{other}/{day}-consultation",
        "suggestions": CONSULTATION["suggestions"],
    }
    assert found(told, shelf=shelf) == (["W208 error 2026-03-02-consultation"] if bad else [])


def test_a_list_of_the_year_is_not_a_day():
    shelf = Shelf([make_record("content/network/321300/projects/2027.yml", {"title": "清单", "items": []})])
    suggestion = {"id": "s1", "text": "增列一项", "about": "321300/projects/2027#3"}
    assert found(story(consultation={"suggestions": [suggestion]}), shelf=shelf) == []


def test_the_message_names_both_days():
    told = story(until="response")
    told["2026-03-01-outcome"] = told.pop("2026-03-10-outcome") | {"measures": []}
    [raised] = [r for r in judge(told).findings if r.code == "W208"]
    assert raised.message.startswith("2026-03-01 的协商成果依据的“2026-03-02-consultation”是 2026-03-02 的")
    assert raised.pointer == "/of/0"


def test_a_report_that_left_out_a_step_before_the_platform_went_on():
    told = compiled(story(without=["followup"]), "2026-07-01-evaluation")
    told["2026-07-09-evaluation"] = EVALUATION
    assert [line for line in found(told) if line.startswith("W207")] == ["W207 error 2026-07-09-evaluation"]


def test_progress_is_asked_for_in_the_round_of_the_long_measure():
    told = story(outcome={"measures": [MEASURE | {"due": "2026-12-31"}]})
    held = {k: v for k, v in CONSULTATION.items() if k != "suggestions"}
    told["2026-05-06-consultation"] = held | {"about": "progress"}
    told["2026-05-10-outcome"] = OUTCOME | {"of": ["2026-05-06-consultation"], "measures": []}
    told["2026-05-10-outcome"]["submitted"] = [{"to": "镇党委", "date": "2026-05-11"}]
    told["2026-08-01-consultation"] = held | {"again": {"because": "unresolved"}}
    told["2026-08-10-outcome"] = OUTCOME | {"of": ["2026-08-01-consultation"]}
    told["2026-08-10-outcome"] |= {"submitted": [{"to": "镇党委", "date": "2026-08-11"}]}
    told["2026-08-10-outcome"] |= {"measures": [MEASURE | {"id": "m2", "due": "2026-09-30"}]}
    told["2026-09-20-followup"] = FOLLOWUP | {"measures": [{"id": "m2", "state": "done"}]}
    told["2026-10-01-evaluation"] = EVALUATION | {"of": ["2026-08-10-outcome"]}
    assert found(told) == []


def test_a_topic_may_gain_a_later_source():
    opinion = "321302001004/opinions/2026-05-01"
    data = {"channel": "visit", "from": "resident", "theme": "交通出行", "summary": "没有地方停车"}
    shelf = Shelf([make_record("content/network/321300/321302/321302001/321302001004/opinions/2026-05-01.yml", data)])
    assert found(story(topic={"sources": [{"opinion": opinion}]}), shelf=shelf) == []
