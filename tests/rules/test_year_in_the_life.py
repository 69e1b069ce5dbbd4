"""A year of one matter, record by record, as it would be filed: what is owed, what is refused, when it is closed."""

from __future__ import annotations

from datetime import date, timedelta

from make import CONSULTATION, EVALUATION, FOLLOWUP, MEASURE, OUTCOME, RESPONSE, TOPIC, apply_rules, short_findings

AT, OUT, EV = "2026-03-02-consultation", "2026-03-10-outcome", "2026-07-01-evaluation"
LOW = {
    "issued": 40,
    "returned": 38,
    "invalid": 2,
    "satisfied": 12,
    "basically_satisfied": 9,
    "dissatisfied": 14,
    "unsure": 1,
}
GOOD = {"issued": 40, "returned": 38, "satisfied": 25, "basically_satisfied": 8, "dissatisfied": 5}


def late(result):
    """code → days overdue, of what is overdue."""
    return {r.code: r.overdue_days for r in result.findings if r.overdue_days}


def test_a_year():
    records = {"topic": TOPIC}
    assert short_findings(apply_rules(records, date(2026, 2, 25))) == []

    # the consultation: an outcome and an answer are owed from then on
    records[AT] = CONSULTATION | {"dissent": [{"id": "d1", "text": "门口不该停车"}]}
    assert short_findings(apply_rules(records, date(2026, 3, 2))) == [
        f"W601 duty {AT}",
        f"W604 duty {AT}",
        f"W606 duty {AT}",
    ]
    assert late(apply_rules(records, date(2026, 3, 17))) == {}
    assert late(apply_rules(records, date(2026, 3, 18))) == {"W601": 1}
    assert apply_rules(records, date(2026, 3, 2)).next_day == date(2026, 3, 18)

    # followed up before there is an outcome: refused
    early = records | {"2026-03-05-followup": FOLLOWUP | {"measures": []}}
    assert short_findings(apply_rules(early, date(2026, 3, 5))) == [
        "W601 error 2026-03-05-followup",
        f"W604 duty {AT}",
        f"W606 duty {AT}",
    ]

    # the outcome, not yet reported or decided upon
    bare = {k: v for k, v in OUTCOME.items() if k not in ("submitted", "publication")}
    records[OUT] = bare
    assert short_findings(apply_rules(records, date(2026, 3, 10))) == [
        f"W401 duty {OUT}",
        f"W402 duty {OUT}",
        f"W602 duty {OUT}",
        f"W604 duty {AT}",
        f"W606 duty {AT}",
        f"W607 duty {OUT}",
    ]
    assert late(apply_rules(records, date(2026, 4, 2))) == {"W602": 16, "W604": 1, "W607": 3}

    # what was missing is gained: reported, published, answered, explained
    records[OUT] = OUTCOME
    records["2026-03-25-response"] = RESPONSE | {"answers": [*RESPONSE["answers"], {"to": "d1", "text": "入户说明"}]}
    assert short_findings(apply_rules(records, date(2026, 4, 2))) == [f"W401 duty {OUT}", f"W402 duty {OUT}"]

    # evaluated before anybody went to see: refused
    assert short_findings(apply_rules(records | {EV: EVALUATION}, date(2026, 7, 1))) == [
        f"W207 error {EV}",
        f"W401 error {EV}",
        f"W402 duty {OUT}",
    ]

    # behind, without a reason: refused; with one: the measure goes on and becomes overdue on its own day
    slow = FOLLOWUP | {"measures": [{"id": "m1", "state": "behind"}]}
    assert "W403 error 2026-05-06-followup" in short_findings(apply_rules(records | {"2026-05-06-followup": slow}))
    records["2026-05-06-followup"] = FOLLOWUP | {"measures": [{"id": "m1", "state": "behind", "reason": "连日下雨"}]}
    assert late(apply_rules(records, date(2026, 5, 31))) == {}
    result = apply_rules(records, date(2026, 6, 3))
    assert late(result) == {"W402": 3}
    assert [r.owed_by for r in result.findings] == ["镇建设办"]

    # done, late; an evaluation is owed within sixty days
    records["2026-06-20-followup"] = FOLLOWUP | {
        "measures": [{"id": "m1", "state": "done", "done": {"amount": 30, "unit": "个"}}]
    }
    assert short_findings(apply_rules(records, date(2026, 8, 19))) == [f"W501 duty {OUT}"]
    assert late(apply_rules(records, date(2026, 8, 20))) == {"W501": 1}

    # a low evaluation: decide, then consult again
    records[EV] = EVALUATION | {"ballots": LOW}
    result = apply_rules(records, date(2026, 7, 17))
    assert short_findings(result) == [f"W503 duty {EV}"] and late(result) == {"W503": 1}
    assert "满意率 58.3%（满意 12、基本满意 9、有效票 36）低于 80%，还没有决定是否再协商" in result.findings[0].message
    records[EV] |= {"reconsult": {"decision": "hold", "by": "镇党委", "date": "2026-07-10", "reason": "车位不够"}}
    assert short_findings(apply_rules(records, date(2026, 7, 17))) == [f"W504 duty {EV}"]

    # the second round: a new selection, outcome, followup, evaluation
    records["2026-08-10-consultation"] = CONSULTATION | {
        "again": {"of": EV, "because": "low_satisfaction"},
        "suggestions": [{"id": "s2", "text": "再加十个"}],
    }
    assert short_findings(apply_rules(records, date(2026, 8, 10))) == [
        "W601 duty 2026-08-10-consultation",
        "W606 duty 2026-08-10-consultation",
    ]
    records["2026-08-15-outcome"] = OUTCOME | {
        "of": ["2026-08-10-consultation"],
        "measures": [MEASURE | {"id": "m2", "due": "2026-10-31", "target": {"amount": 10, "unit": "个"}}],
        "submitted": [{"to": "同级党组织", "date": "2026-08-18"}],
        "publication": OUTCOME["publication"] | {"date": "2026-08-20"},
    }
    records["2026-08-28-response"] = RESPONSE | {"answers": [{"to": "s2", "decision": "adopted", "measure": "m2"}]}
    records["2026-10-20-followup"] = FOLLOWUP | {
        "measures": [{"id": "m2", "state": "done", "done": {"amount": 10, "unit": "个"}}]
    }
    result = apply_rules(records, date(2026, 10, 21))
    assert short_findings(result) == ["W501 duty 2026-08-15-outcome"] and not result.closed
    records["2026-11-20-evaluation"] = EVALUATION | {"of": ["2026-08-15-outcome"], "ballots": GOOD}
    result = apply_rules(records, date(2026, 11, 20))
    assert result.findings == () and result.closed and result.next_day is None
    assert apply_rules(records, date(2036, 1, 1)).findings == ()


def test_nothing_changes_before_the_day_that_was_foretold():
    records = {"topic": TOPIC, AT: CONSULTATION, OUT: {"of": [AT], "measures": [MEASURE]}}
    as_of, stops = date(2026, 3, 10), []
    while (next_day := apply_rules(records, as_of).next_day) is not None:
        before, eve = apply_rules(records, as_of), apply_rules(records, next_day - timedelta(days=1))
        assert late_codes(before) == late_codes(eve)
        assert late_codes(apply_rules(records, next_day)) != late_codes(eve)
        stops.append((next_day, sorted(late_codes(apply_rules(records, next_day)) - late_codes(eve))))
        as_of = next_day
    assert stops == [
        (date(2026, 3, 18), ["W602"]),
        (date(2026, 3, 31), ["W607"]),
        (date(2026, 6, 1), ["W402", "W606"]),
        (date(2026, 6, 9), ["W401"]),
    ]


def late_codes(result):
    return set(late(result))
