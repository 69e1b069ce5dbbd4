"""W207 and W208: no step is left out, no date goes back."""

from __future__ import annotations

import pytest
from make import (
    CONSULTATION,
    EVALUATION,
    FOLLOWUP,
    MEASURE,
    OUTCOME,
    RecordLookup,
    apply_rules,
    compiled,
    findings_of,
    make_record,
    outcome_on,
    path_in,
    setting,
    story,
)

SKIPPED = [{"step": "supervision", "reason": "当场办完", "by": "村委会"}]


def test_step_skipped():
    records = story(without=["followup"])
    assert "W207 error 2026-07-01-evaluation" in findings_of(records)
    records = story(without=["followup"], topic={"skipped": SKIPPED})
    assert findings_of(records) == ["W402 duty 2026-03-10-outcome"]


def test_selection_skipped():
    records = story()
    records["2026-03-02-consultation"] = CONSULTATION | {"about": "completion"}
    assert findings_of(records) == ["W207 error 2026-03-02-consultation"]
    records["topic"] |= {"skipped": [{"step": "selection", "reason": "项目已定", "by": "镇党委"}]}
    assert findings_of(records) == []


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
    records = story(outcome={"measures": [MEASURE | {"due": due}]})
    expected = ["W207 error 2026-06-01-followup"] if asked else []
    assert findings_of(records) == expected
    assert findings_of(records, settings=[setting("progress_days", 365)]) == (expected if due == "unpublished" else [])
    records["2026-05-06-consultation"] = {k: v for k, v in CONSULTATION.items() if k != "suggestions"} | {
        "about": "progress"
    }
    records["2026-05-10-outcome"] = outcome_on("2026-05-10", "2026-05-06-consultation", measures=[])
    assert findings_of(records) == []


def test_progress_listed_as_skipped():
    records = story(
        outcome={"measures": [MEASURE | {"due": "2026-12-31"}]},
        topic={"skipped": [{"step": "progress", "reason": "工期短", "by": "村委会"}]},
    )
    assert findings_of(records) == []


def test_a_step_left_out_is_a_notice_where_all_is_compiled():
    records = compiled(story(without=["followup", "consultation"]))
    records["2026-03-10-outcome"]["of"] = []
    records["2026-03-25-response"]["answers"] = []
    assert findings_of(records) == ["W207 notice 2026-07-01-evaluation"] * 2


def test_a_step_left_out_is_said_at_the_first_event_of_its_own():
    records = compiled(story(without=["followup"]), *(s for s in story() if "evaluation" not in s and "topic" not in s))
    records["2026-03-02-consultation"]["convened_by"] = "cppcc"
    assert findings_of(records) == ["W207 error 2026-07-01-evaluation"]


def test_the_consultation_that_opens_a_later_round_is_its_second_step():
    records = story()
    records["2026-08-01-consultation"] = CONSULTATION | {"about": "completion", "again": {"because": "unresolved"}}
    records["2026-08-01-consultation"]["suggestions"] = []
    records["2026-08-10-outcome"] = outcome_on("2026-08-10", "2026-08-01-consultation")
    records["2026-08-10-outcome"]["measures"] = [MEASURE | {"id": "m2", "due": "2026-09-30"}]
    records["2026-10-01-evaluation"] = EVALUATION | {"of": ["2026-08-10-outcome"]}
    result = [line for line in findings_of(records) if line.startswith("W207")]
    assert result == ["W207 error 2026-10-01-evaluation"]  # no followup in the second round
    records["2026-09-20-followup"] = FOLLOWUP | {"measures": [{"id": "m2", "state": "done"}]}
    assert findings_of(records) == []


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
    records = story(until="response")
    records[name] = records.pop("2026-03-10-outcome") | {"measures": []}
    assert [line for line in findings_of(records) if line.startswith("W208")] == ([f"W208 error {name}"] if bad else [])


def test_what_lasted_goes_back_only_if_all_of_it_was_before():
    records = story(consultation={"until": "2026-03-12"})
    assert findings_of(records) == []
    records = story(until="response", without=["consultation"])
    records["2026-03-08-consultation"] = CONSULTATION
    records["2026-03-01-response"] = records.pop("2026-03-25-response") | {"until": "2026-03-08"}
    records["2026-03-10-outcome"] = OUTCOME | {"of": ["2026-03-08-consultation"]}
    assert [line for line in findings_of(records) if line.startswith("W208")] == []


@pytest.mark.parametrize(("day", "bad"), [("2026-03-01", False), ("2026-03-03", True)])
def test_dates_go_back_to_a_record_of_another_dossier(day, bad):
    other = "321302001005/2026-003"
    shelf = RecordLookup([make_record(path_in(other, f"{day}-consultation"), CONSULTATION)])
    records = story()
    records["2026-03-02-consultation"] = {
        "same_as": f"{other}/{day}-consultation",
        "suggestions": CONSULTATION["suggestions"],
    }
    assert findings_of(records, lookup=shelf) == (["W208 error 2026-03-02-consultation"] if bad else [])


def test_a_list_of_the_year_is_not_a_day():
    shelf = RecordLookup([make_record("content/network/321300/projects/2027.yml", {"title": "清单", "items": []})])
    suggestion = {"id": "s1", "text": "增列一项", "about": "321300/projects/2027#3"}
    assert findings_of(story(consultation={"suggestions": [suggestion]}), lookup=shelf) == []


def test_the_message_names_both_days():
    records = story(until="response")
    records["2026-03-01-outcome"] = records.pop("2026-03-10-outcome") | {"measures": []}
    [raised] = [r for r in apply_rules(records).findings if r.code == "W208"]
    assert raised.message.startswith("2026-03-01 的协商成果依据的“2026-03-02-consultation”是 2026-03-02 的")
    assert raised.pointer == "/of/0"


def test_a_report_that_left_out_a_step_before_the_platform_went_on():
    records = compiled(story(without=["followup"]), "2026-07-01-evaluation")
    records["2026-07-09-evaluation"] = EVALUATION
    assert [line for line in findings_of(records) if line.startswith("W207")] == ["W207 error 2026-07-09-evaluation"]


def test_progress_is_asked_for_in_the_round_of_the_long_measure():
    records = story(outcome={"measures": [MEASURE | {"due": "2026-12-31"}]})
    held = {k: v for k, v in CONSULTATION.items() if k != "suggestions"}
    records["2026-05-06-consultation"] = held | {"about": "progress"}
    records["2026-05-10-outcome"] = outcome_on("2026-05-10", "2026-05-06-consultation", measures=[])
    records["2026-08-01-consultation"] = held | {"again": {"because": "unresolved"}}
    records["2026-08-10-outcome"] = outcome_on("2026-08-10", "2026-08-01-consultation")
    records["2026-08-10-outcome"] |= {"measures": [MEASURE | {"id": "m2", "due": "2026-09-30"}]}
    records["2026-09-20-followup"] = FOLLOWUP | {"measures": [{"id": "m2", "state": "done"}]}
    records["2026-10-01-evaluation"] = EVALUATION | {"of": ["2026-08-10-outcome"]}
    assert findings_of(records) == []


def test_a_topic_may_gain_a_later_source():
    opinion = "321302001004/opinions/2026-05-01"
    data = {"channel": "visit", "from": "resident", "theme": "交通出行", "summary": "没有地方停车"}
    shelf = RecordLookup(
        [make_record("content/network/321300/321302/321302001/321302001004/opinions/2026-05-01.yml", data)]
    )
    assert findings_of(story(topic={"sources": [{"opinion": opinion}]}), lookup=shelf) == []
