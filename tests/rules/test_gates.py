"""Gates, rounds, reduced dates, ended dossiers: the semantics that many rules share."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from make import (
    CONSULTATION,
    EVALUATION,
    FOLLOWUP,
    HEALTHY,
    ID,
    MEASURE,
    OUTCOME,
    RecordLookup,
    apply_rules,
    compiled,
    findings_of,
    make_context,
    make_dossier,
    outcome_on,
    short_findings,
    story,
)

from weimin.rules.run import apply_dossier_rules

AT, OUT, EV = "2026-03-02-consultation", "2026-03-10-outcome", "2026-07-01-evaluation"


def reported_on(day):
    return story(outcome={"submitted": [{"to": "同级党组织", "date": day}]})


@pytest.mark.parametrize(
    ("day", "late"),
    [
        ("2026-06-30", False),
        ("2026-07-01", False),  # the same day is in time
        ("2026-07-02", True),
        ("2026-07", False),  # the first of the month would do
        ("2026-08", True),
        ("2026", False),
    ],
)
def test_met_after_the_gate(day, late):
    assert findings_of(reported_on(day)) == ([f"W210 notice {EV}"] if late else [])


def test_the_message_says_what_was_late_and_when():
    [raised] = apply_rules(reported_on("2026-07-02")).findings
    assert raised.message.startswith(
        "2026-03-10 的协商成果已报送同级党政组织（submitted），但日期是 2026-07-02，晚于 2026-07-01 的民主评议"
    )


def test_an_open_duty_is_an_error_at_the_event_that_passed():
    result = apply_rules(story(outcome={"submitted": None}))
    [raised] = result.findings
    assert (raised.code, raised.severity.value, raised.path.rpartition("/")[2]) == ("W602", "error", f"{EV}.yml")
    assert raised.message.startswith("2026-07-01 的民主评议已经入卷，而 2026-03-10 的协商成果还没有报送")
    assert (raised.due, raised.overdue_days) == (None, 0), "what blocks is the act, not its day"
    assert not result.closed


@pytest.mark.parametrize(
    ("name", "passes"),
    [
        ("2026-07-evaluation", True),
        ("2026-evaluation", True),  # it rests on the outcome, so it came after it
        ("by-2026-07-01-evaluation", True),
        ("XXXX-07-evaluation", True),
    ],
)
def test_a_reduced_date_passes_the_gate_of_what_it_rests_on(name, passes):
    records = story(until="followup", outcome={"submitted": None})
    records[name] = EVALUATION
    assert (f"W602 error {name}" in findings_of(records)) == passes


@pytest.mark.parametrize(
    ("day", "passes"),
    [("2026-07-01", True), ("2026-06-30", True), ("2026-07-02", False), ("2026-07", False), ("2026-06", True)],
)
def test_a_duty_that_arose_later_passed_no_gate(day, passes):
    records = story()
    records[f"{day}-consultation"] = CONSULTATION | {
        "about": "completion",
        "suggestions": [{"id": "s2", "text": "再亮一点"}],
    }
    records["2026-07-20-outcome"] = outcome_on("2026-07-20", f"{day}-consultation", measures=[])
    state = "error " + EV if passes else f"duty {day}-consultation"
    assert findings_of(records) == [f"W606 {state}"]


def second_round(**changes):
    """A low evaluation, consulted again, and so on to a good one."""
    low = {"issued": 30, "returned": 30, "satisfied": 10, "basically_satisfied": 5, "dissatisfied": 15}
    hold = {"decision": "hold", "by": "镇党委", "date": "2026-07-05", "reason": "车位不够"}
    records = story(evaluation={"ballots": low, "reconsult": hold})
    records["2026-08-01-consultation"] = CONSULTATION | {
        "again": {"because": "low_satisfaction", "of": EV},
        "suggestions": [{"id": "s2", "text": "加 10 个"}],
    }
    records["2026-08-05-outcome"] = OUTCOME | {
        "of": ["2026-08-01-consultation"],
        "measures": [MEASURE | {"id": "m2", "due": "2026-09-30", "target": {"amount": 10, "unit": "个"}}],
        "submitted": [{"to": "同级党组织", "date": "2026-08-06"}],
        "publication": OUTCOME["publication"] | {"date": "2026-08-10"},
    }
    records["2026-08-20-response"] = {"by": "镇建设办", "answers": [{"to": "s2", "decision": "adopted"}]}
    records["2026-09-25-followup"] = FOLLOWUP | {
        "measures": [{"id": "m2", "state": "done", "done": {"amount": 10, "unit": "个"}}]
    }
    records["2026-10-10-evaluation"] = EVALUATION | {"of": ["2026-08-05-outcome"]}
    for stem, fields in changes.items():
        records[stem] = {k: v for k, v in (records[stem] | fields).items() if v is not None}
    return records


def test_two_rounds():
    dossier = make_dossier(second_round())
    assert dossier.rounds == 2
    result = apply_rules(second_round())
    assert result.findings == () and result.closed


def test_a_gate_stands_in_its_own_round():
    records = second_round(**{OUT: {"submitted": None}})
    assert findings_of(records) == [f"W602 error {EV}"]
    records = second_round(**{"2026-08-05-outcome": {"submitted": None}})
    assert findings_of(records) == ["W602 error 2026-10-10-evaluation"]


def test_the_first_round_leaves_its_duties_open_while_the_second_goes_on():
    records = second_round(**{"2026-03-25-response": {"answers": [{"to": "s1", "decision": "returned"}]}})
    assert findings_of(records) == [f"W606 error {EV}"]


def test_closed_looks_at_the_last_round():
    records = second_round()
    del records["2026-10-10-evaluation"]
    assert findings_of(records) == ["W501 duty 2026-08-05-outcome"]
    assert not apply_rules(records).closed
    low = {"issued": 30, "returned": 30, "satisfied": 10, "basically_satisfied": 5, "dissatisfied": 15}
    records = second_round(**{"2026-10-10-evaluation": {"ballots": low}})
    assert findings_of(records) == ["W503 duty 2026-10-10-evaluation"]
    records["2026-10-10-evaluation"]["reconsult"] = {
        "decision": "decline",
        "by": "镇党委",
        "date": "2026-10-12",
        "reason": "地不够",
    }
    assert findings_of(records) == [] and apply_rules(records).closed


def test_a_consultation_only_is_not_closed():
    records = story(until="consultation", consultation={"suggestions": []}, topic={"skipped": []})
    assert findings_of(records, date(2026, 3, 5)) == [f"W601 duty {AT}"]
    assert not apply_rules(story(until="topic")).closed


def test_nothing_counts_from_a_year_that_was_not_printed():
    records = {"topic": HEALTHY["topic"], "XXXX-03-02-consultation": CONSULTATION}
    result = apply_rules(records)
    assert short_findings(result) == ["W601 duty XXXX-03-02-consultation", "W606 duty XXXX-03-02-consultation"]
    assert [(r.due, r.overdue_days) for r in result.findings] == [(None, 0), (None, 0)]
    assert all("不计期限" in r.message for r in result.findings)
    assert result.next_day is None


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("2026-03-02-consultation", date(2026, 3, 17)),
        ("2026-03-consultation", date(2026, 4, 15)),
        ("2026-Q1-consultation", date(2026, 4, 15)),
        ("2026-H1-consultation", date(2026, 7, 15)),
        ("2026-consultation", date(2027, 1, 15)),
        ("by-2026-03-02-consultation", date(2026, 3, 17)),
    ],
)
def test_days_count_from_the_last_day_of_the_date_as_known(name, due):
    records = {"topic": HEALTHY["topic"], name: CONSULTATION}
    [duty] = [d for d in apply_rules(records).duties if d.code == "W601"]
    assert duty.due == due


def test_the_next_day_on_which_the_clock_changes_something():
    records = story(until="outcome", without=["response"])  # W606 due 05-31, W402 05-31, W401 06-08
    assert apply_rules(records, date(2026, 4, 1)).next_day == date(2026, 6, 1)
    assert apply_rules(records, date(2026, 5, 31)).next_day == date(2026, 6, 1)
    assert apply_rules(records, date(2026, 6, 1)).next_day == date(2026, 6, 9)
    assert apply_rules(records, date(2026, 6, 9)).next_day is None


ENDED = {"how": "withdrawn", "date": "2026-04-01", "by": "村委会", "reason": "另有安排"}


def test_an_ended_dossier_owes_nothing_but_answers():
    records = story(
        until="outcome", outcome={"submitted": None, "dissent": [{"id": "d1", "text": "不建"}]}, topic={"ended": ENDED}
    )
    assert findings_of(records) == [f"W604 duty {OUT}", f"W606 duty {AT}"]
    before = apply_rules(records, date(2026, 3, 31))
    assert [r.code for r in before.findings] == ["W401", "W402", "W602", "W604", "W606"]
    assert before.next_day == date(2026, 4, 1)


def test_a_gate_passed_before_the_end_stays_passed():
    records = story(outcome={"submitted": None}, topic={"ended": ENDED | {"date": "2026-07-02"}})
    assert findings_of(records) == [f"W602 error {EV}"]
    records["topic"]["ended"] = ENDED | {"date": "2026-07-01"}
    assert findings_of(records) == []


HEIR = "321302001004/2026-002"


@pytest.mark.parametrize("how", ["merged", "moved"])
def test_what_was_open_is_open_in_the_dossier_that_goes_on(how):
    records = story(until="outcome", topic={"ended": ENDED | {"how": how, "into": HEIR}})
    result = apply_rules(records, lookup=RecordLookup(ids=[HEIR]))
    assert result.findings == ()
    assert [d.code for d in result.carried] == ["W401", "W402", "W606"]
    successor = apply_dossier_rules(make_dossier(HEALTHY, HEIR), make_context(carried=result.carried))
    assert short_findings(successor) == ["W401 duty topic", "W402 duty topic", "W606 duty topic"]
    assert {r.dossier for r in successor.findings} == {HEIR}
    assert all(r.message.startswith(f"由“{ID}”并入：") for r in successor.findings)
    assert not successor.closed


def test_a_dossier_that_goes_nowhere_still_owes_its_answers():
    records = story(until="outcome", topic={"ended": ENDED | {"how": "merged", "into": HEIR}})
    result = apply_rules(records)  # nothing stands under that reference (L101 says so)
    assert short_findings(result) == [f"W606 duty {AT}"]
    assert result.carried == ()


def test_a_heir_that_ends_hands_on_what_it_took_over():
    first = apply_rules(
        story(until="outcome", topic={"ended": ENDED | {"how": "merged", "into": HEIR}}),
        lookup=RecordLookup(ids=[HEIR]),
    )
    third = "321302001004/2026-003"
    topic = HEALTHY["topic"] | {"ended": ENDED | {"how": "moved", "into": third}}
    successor = apply_dossier_rules(
        make_dossier({"topic": topic}, HEIR), make_context(carried=first.carried, lookup=RecordLookup(ids=[third]))
    )
    assert successor.findings == ()
    assert [d.code for d in successor.carried] == ["W401", "W402", "W606"]


def test_corrections_are_applied_before_every_rule():
    records = story(evaluation={"of": [OUT]}, outcome={"submitted": [{"to": "同级党组织", "date": "2026-07-12"}]})
    assert findings_of(records) == [f"W210 notice {EV}"]
    records["2026-07-20-correction"] = {
        "of": OUT,
        "changes": [{"field": "/submitted/0/date", "from": "2026-07-12", "to": "2026-03-12"}],
        "reason": "录错月份",
        "approved_by": "镇政协联络组组长",
    }
    assert findings_of(records) == []


def test_a_compiled_event_is_late_for_nobody():
    records = compiled(reported_on("2026-07-02"), EV)
    assert findings_of(records) == []


def test_same_input_same_findings():
    records = second_round(**{OUT: {"submitted": None}})
    first, again = apply_rules(records), apply_rules(dict(reversed(records.items())))
    assert msgspec.json.encode(first.findings) == msgspec.json.encode(again.findings)


def test_a_gate_of_a_later_round_is_not_passed_by_what_the_first_left_open():
    records = story(
        until="outcome", without=["response"], topic={"skipped": [{"step": "progress", "reason": "短", "by": "村"}]}
    )
    later = second_round()
    for stem in ("2026-08-01-consultation", "2026-08-05-outcome", "2026-08-20-response", "2026-09-25-followup"):
        records[stem] = later[stem]
    records["2026-08-01-consultation"] = later["2026-08-01-consultation"] | {
        "again": {"because": "unresolved", "of": AT}
    }
    records["2026-10-10-evaluation"] = later["2026-10-10-evaluation"]
    assert findings_of(records) == [f"W401 duty {OUT}", f"W402 duty {OUT}", f"W606 duty {AT}"]


@pytest.mark.parametrize(("as_of", "ended"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)])
def test_a_dossier_has_ended_on_the_day_itself(as_of, ended):
    records = story(until="outcome", topic={"ended": ENDED})
    assert ("W401" not in {r.code for r in apply_rules(records, as_of).findings}) == ended


@pytest.mark.parametrize("end", [{"how": "withdrawn", "into": HEIR}, {"how": "merged"}])
def test_what_does_not_go_on_elsewhere(end):
    result = apply_rules(story(until="outcome", topic={"ended": ENDED | end}), lookup=RecordLookup(ids=[HEIR]))
    assert short_findings(result) == [f"W606 duty {AT}"] and result.carried == ()


def test_who_owes_what_was_taken_over():
    town = "321302001/2026-004"
    result = apply_rules(
        story(until="outcome", topic={"ended": ENDED | {"how": "moved", "into": town}}), lookup=RecordLookup(ids=[town])
    )
    successor = apply_dossier_rules(
        make_dossier({"topic": HEALTHY["topic"]}, town), make_context(carried=result.carried)
    )
    assert {r.code: r.owed_by for r in successor.findings} == {
        "W401": "321302001",
        "W402": "镇建设办",
        "W606": "321302001",
    }
