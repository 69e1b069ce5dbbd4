"""W5: evaluated, counted right, decided upon; good and bad."""

from __future__ import annotations

from datetime import date

import pytest
from make import BALLOTS, CONSULTATION, EVALUATION, MEASURE, OUTCOME, apply_rules, compiled, findings_of, setting, story

AT, OUT, EV = "2026-03-02-consultation", "2026-03-10-outcome", "2026-07-01-evaluation"
LOW = {"issued": 30, "returned": 30, "satisfied": 10, "basically_satisfied": 5, "dissatisfied": 15}
AGAIN = {k: v for k, v in CONSULTATION.items() if k != "suggestions"} | {
    "again": {"because": "low_satisfaction", "of": EV}
}


def duty(records, code, **more):
    [one] = [d for d in apply_rules(records, **more).duties if d.code == code]
    return one


def test_evaluation_missing():
    records = story(until="followup")
    assert findings_of(records) == [f"W501 duty {OUT}"]
    assert duty(records, "W501").due == date(2026, 7, 19)  # 60 days from the day on which it was done
    assert findings_of(
        story(until="response", topic={"skipped": [{"step": "evaluation", "reason": "小事", "by": "村"}]})
    ) == [
        f"W401 duty {OUT}",
        f"W402 duty {OUT}",
    ]


def test_nothing_to_evaluate():
    assert findings_of(story(until="response", outcome={"measures": []})) == []
    assert findings_of(story(until="response", outcome={"measures": None})) == []
    skipped = {"skipped": [{"step": "evaluation", "reason": "小事", "by": "村委会"}]}
    assert findings_of(story(until="followup", topic=skipped)) == []


@pytest.mark.parametrize(
    ("of", "met"),
    [
        ([OUT], True),
        ([f"{OUT}#m1", f"{OUT}#m2"], True),
        ([f"321302001004/2026-001/{OUT}"], True),
        ([f"{OUT}#m1"], False),
        (["321300/projects/2026#24"], True),
    ],
)
def test_what_an_evaluation_speaks_of(of, met):
    two = [MEASURE, MEASURE | {"id": "m2"}]
    done = [{"id": m, "state": "done", "done": {"amount": 30, "unit": "个"}} for m in ("m1", "m2")]
    records = story(outcome={"measures": two}, followup={"measures": done}, evaluation={"of": of})
    assert findings_of(records) == ([] if met else [f"W501 duty {OUT}"])


def test_two_evaluations_of_one_measure_each():
    two = [MEASURE, MEASURE | {"id": "m2"}]
    done = [{"id": m, "state": "done"} for m in ("m1", "m2")]
    records = story(outcome={"measures": two}, followup={"measures": done}, evaluation={"of": [f"{OUT}#m1"]})
    records["2026-07-05-evaluation"] = EVALUATION | {"of": [f"{OUT}#m2"]}
    assert findings_of(records) == []
    assert duty(records, "W501").met == date(2026, 7, 5)
    assert apply_rules(records).closed


@pytest.mark.parametrize(
    ("ballots", "faults"),
    [
        ({}, []),
        ({"returned": 31, "satisfied": 21}, ["收回 31 张，多于发出的 30 张"]),
        ({"satisfied": 19}, ["合计 29 张，而收回 30 张减去无效票 0 张"]),
        ({"eligible": 40, "present": 40}, []),
        ({"returned": 28, "satisfied": 15, "unsure": 2, "abstained": 1}, []),
        ({"invalid": 2}, ["合计 30 张，而收回 30 张减去无效票 2 张是 28 张"]),
        ({"invalid": 2, "satisfied": 18}, []),
        ({"eligible": 40, "present": 35}, []),
        ({"eligible": 40, "present": 41}, ["到会 41 人，多于应到的 40 人"]),
        ({"returned": 31, "eligible": 1, "present": 2}, ["收回 31", "合计 30", "到会 2 人"]),
    ],
)
def test_ballots_impossible(ballots, faults):
    records = story(evaluation={"ballots": BALLOTS | ballots})
    raised = [r for r in apply_rules(records).findings if r.code == "W502"]
    assert len(raised) == len(faults)
    assert all(words in r.message for words, r in zip(faults, raised, strict=True))
    assert [line for line in findings_of(compiled(records, EV)) if line.startswith("W502")] == []


@pytest.mark.parametrize(
    ("satisfied", "basically", "low"),
    [(20, 4, False), (24, 0, False), (20, 3, True), (0, 0, True), (15, 15, False)],
)
def test_low_satisfaction_undecided(satisfied, basically, low):
    counts = LOW | {
        "satisfied": satisfied,
        "basically_satisfied": basically,
        "dissatisfied": 30 - satisfied - basically,
    }
    records = story(evaluation={"ballots": counts})
    assert findings_of(records) == ([f"W503 duty {EV}"] if low else [])
    if low:
        assert duty(records, "W503").due == date(2026, 7, 16)


def test_the_formula_and_the_threshold_of_a_rule():
    records = story(evaluation={"ballots": BALLOTS})  # 20 + 6 of 30
    assert findings_of(records, settings=[setting("satisfaction_formula", "satisfied")]) == [f"W503 duty {EV}"]
    assert findings_of(records, settings=[setting("low_satisfaction", 0.9)]) == [f"W503 duty {EV}"]
    assert findings_of(records, settings=[setting("low_satisfaction", 0.9, since=date(2026, 7, 2))]) == []


@pytest.mark.parametrize(
    ("reconsult", "expected"),
    [
        ({"decision": "decline", "by": "镇党委", "date": "2026-07-10", "reason": "已另行安排"}, []),
        ({"decision": "decline", "by": "镇党委", "date": "2026-07-10"}, [f"W503 duty {EV}"]),
        ({"decision": "hold", "by": "镇党委", "date": "2026-07-10"}, [f"W504 duty {EV}"]),
    ],
)
def test_a_low_evaluation_is_decided(reconsult, expected):
    records = story(evaluation={"ballots": LOW, "reconsult": reconsult})
    assert findings_of(records) == expected
    assert apply_rules(records).closed == (not expected)


def test_a_reconsultation_decides_and_is_held():
    held = {"decision": "hold", "by": "镇党委", "date": "2026-07-10", "reason": "群众要求"}
    records = story(evaluation={"ballots": LOW, "reconsult": held})
    assert duty(records, "W504").due == date(2026, 10, 8)
    records["2026-08-01-consultation"] = AGAIN
    assert findings_of(records) == ["W601 duty 2026-08-01-consultation"]
    assert duty(records, "W504").met == date(2026, 8, 1)
    undecided = story(evaluation={"ballots": LOW}) | {"2026-08-01-consultation": AGAIN}
    assert findings_of(undecided) == ["W601 duty 2026-08-01-consultation"]
    assert duty(undecided, "W503").met == date(2026, 8, 1)


def test_a_later_evaluation_does_not_undo_a_low_one():
    records = story(evaluation={"ballots": LOW}) | {"2026-07-20-evaluation": EVALUATION}
    assert findings_of(records) == [f"W503 duty {EV}"]


def test_a_rate_that_nobody_can_recompute_counts_as_low_until_it_is_decided():
    records = story(evaluation={"ballots": "unpublished", "published_rate": 99.5})
    assert findings_of(records) == [f"W503 duty {EV}", f"W505 notice {EV}"]
    [notice] = [r for r in apply_rules(records).findings if r.code == "W505"]
    assert "公布的满意率是 99.5%，" in notice.message
    records[EV]["reconsult"] = {"decision": "decline", "by": "镇党委", "date": "2026-07-02", "reason": "群众没有异议"}
    assert findings_of(records) == [f"W505 notice {EV}"]
    assert apply_rules(records).closed


def test_no_valid_ballot_is_no_rate():
    nothing = {"issued": 30, "returned": 2, "invalid": 2, "satisfied": 0, "basically_satisfied": 0, "dissatisfied": 0}
    assert findings_of(story(evaluation={"ballots": nothing})) == [f"W503 duty {EV}", f"W505 notice {EV}"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [(None, []), ("satisfied_and_basic", []), ("satisfied", [f"W505 notice {EV}"]), ("unpublished", [])],
)
def test_another_formula_is_shown_beside(formula, expected):
    records = story(evaluation={"formula": formula})
    assert findings_of(records) == expected
    for raised in apply_rules(records).findings:
        assert "66.7%" in raised.message and "86.7%" in raised.message


def test_a_report_of_a_low_evaluation_owes_nothing():
    assert findings_of(compiled(story(evaluation={"ballots": LOW}), EV)) == []


def test_an_evaluation_of_one_outcome_says_nothing_of_another():
    records = story(consultation={"suggestions": []}, without=["response"])
    records["2026-03-11-outcome"] = OUTCOME | {"measures": [MEASURE | {"id": "m2"}]}
    records["2026-06-01-followup"] = {
        "form": "inspection",
        "measures": [{"id": m, "state": "done"} for m in ("m1", "m2")],
    }
    assert findings_of(records) == ["W501 duty 2026-03-11-outcome"]
    records[EV] |= {"of": ["321300/projects/2026#24"]}
    assert findings_of(records) == []


def test_an_evaluation_of_a_project_speaks_of_its_own_round():
    records = story(without=["evaluation"], until="followup")
    records["2026-06-10-consultation"] = AGAIN | {"again": {"because": "changed"}}
    records["2026-06-12-outcome"] = OUTCOME | {"of": ["2026-06-10-consultation"], "measures": []}
    records["2026-06-12-outcome"]["submitted"] = [{"to": "同级党组织", "date": "2026-06-12"}]
    records["2026-07-01-evaluation"] = EVALUATION | {"of": ["321300/projects/2026#24"]}
    assert "W501 duty 2026-03-10-outcome" in findings_of(records)


@pytest.mark.parametrize(
    ("again", "held"),
    [
        ({"because": "low_satisfaction"}, True),  # it opens the next round
        ({"because": "low_satisfaction", "of": EV}, True),
        ({"because": "changed", "of": "unpublished"}, True),
    ],
)
def test_what_counts_as_held_again(again, held):
    records = story(evaluation={"ballots": LOW}) | {"2026-08-01-consultation": AGAIN | {"again": again}}
    assert (duty(records, "W503").met is not None) == held


def test_held_again_by_name_in_a_later_round():
    records = story(evaluation={"ballots": LOW}, without=["outcome"])
    records = {k: v for k, v in records.items() if "consultation" in k or k == "topic"} | {
        EV: EVALUATION | {"ballots": LOW, "of": []}
    }
    records["2026-07-05-consultation"] = AGAIN | {"again": {"because": "changed", "of": AT}}
    first = apply_rules(records)
    assert [d.met for d in first.duties if d.code == "W503"] == [
        None
    ]  # the second round began before any evaluation of it
    records["2026-07-09-consultation"] = AGAIN
    assert [d.met for d in apply_rules(records).duties if d.code == "W503"] == [date(2026, 7, 9)]


@pytest.mark.parametrize(
    ("outcome", "closed"),
    [({"measures": []}, True), ({"measures": None}, True), ({"measures": "unpublished"}, False)],
)
def test_closed_without_measures(outcome, closed):
    assert apply_rules(story(outcome=outcome, until="response")).closed == closed


def test_a_report_without_measures_does_not_say_that_there_were_none():
    records = story(until="response", outcome={"measures": None})
    assert apply_rules(compiled(records, OUT)).closed is False
    records[OUT]["measures"] = []
    assert apply_rules(compiled(records, OUT)).closed is True


def test_closed_where_the_evaluation_was_skipped():
    skipped = [{"step": "evaluation", "reason": "小事", "by": "村委会"}]
    assert apply_rules(story(until="followup", topic={"skipped": skipped})).closed
    assert not apply_rules(story(until="followup")).closed
