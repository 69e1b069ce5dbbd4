"""A year of one matter, record by record, as it would be filed: what is owed, what is refused, when it is closed."""

from __future__ import annotations

from datetime import date, timedelta

from make import CONSULTATION, EVALUATION, FOLLOWUP, MEASURE, OUTCOME, RESPONSE, TOPIC, judge, seen

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


def late(judged):
    """code → days overdue, of what is overdue."""
    return {r.code: r.overdue_days for r in judged.findings if r.overdue_days}


def test_a_year():
    told = {"topic": TOPIC}
    assert seen(judge(told, date(2026, 2, 25))) == []

    # the consultation: an outcome and an answer are owed from then on
    told[AT] = CONSULTATION | {"dissent": [{"id": "d1", "text": "门口不该停车"}]}
    assert seen(judge(told, date(2026, 3, 2))) == [f"W601 duty {AT}", f"W604 duty {AT}", f"W606 duty {AT}"]
    assert late(judge(told, date(2026, 3, 17))) == {}
    assert late(judge(told, date(2026, 3, 18))) == {"W601": 1}
    assert judge(told, date(2026, 3, 2)).next_day == date(2026, 3, 18)

    # followed up before there is an outcome: refused
    early = told | {"2026-03-05-followup": FOLLOWUP | {"measures": []}}
    assert seen(judge(early, date(2026, 3, 5))) == [
        "W601 error 2026-03-05-followup",
        f"W604 duty {AT}",
        f"W606 duty {AT}",
    ]

    # the outcome, not yet reported or decided upon
    bare = {k: v for k, v in OUTCOME.items() if k not in ("submitted", "publication")}
    told[OUT] = bare
    assert seen(judge(told, date(2026, 3, 10))) == [
        f"W401 duty {OUT}",
        f"W402 duty {OUT}",
        f"W602 duty {OUT}",
        f"W604 duty {AT}",
        f"W606 duty {AT}",
        f"W607 duty {OUT}",
    ]
    assert late(judge(told, date(2026, 4, 2))) == {"W602": 16, "W604": 1, "W607": 3}

    # what was missing is gained: reported, published, answered, explained
    told[OUT] = OUTCOME
    told["2026-03-25-response"] = RESPONSE | {"answers": [*RESPONSE["answers"], {"to": "d1", "text": "入户说明"}]}
    assert seen(judge(told, date(2026, 4, 2))) == [f"W401 duty {OUT}", f"W402 duty {OUT}"]

    # evaluated before anybody went to see: refused
    assert seen(judge(told | {EV: EVALUATION}, date(2026, 7, 1))) == [
        f"W207 error {EV}",
        f"W401 error {EV}",
        f"W402 duty {OUT}",
    ]

    # behind, without a reason: refused; with one: the measure goes on and becomes overdue on its own day
    slow = FOLLOWUP | {"measures": [{"id": "m1", "state": "behind"}]}
    assert "W403 error 2026-05-06-followup" in seen(judge(told | {"2026-05-06-followup": slow}))
    told["2026-05-06-followup"] = FOLLOWUP | {"measures": [{"id": "m1", "state": "behind", "reason": "连日下雨"}]}
    assert late(judge(told, date(2026, 5, 31))) == {}
    judged = judge(told, date(2026, 6, 3))
    assert late(judged) == {"W402": 3}
    assert [r.owed_by for r in judged.findings] == ["镇建设办"]

    # done, late; an evaluation is owed within sixty days
    told["2026-06-20-followup"] = FOLLOWUP | {
        "measures": [{"id": "m1", "state": "done", "done": {"amount": 30, "unit": "个"}}]
    }
    assert seen(judge(told, date(2026, 8, 19))) == [f"W501 duty {OUT}"]
    assert late(judge(told, date(2026, 8, 20))) == {"W501": 1}

    # a low evaluation: decide, then consult again
    told[EV] = EVALUATION | {"ballots": LOW}
    judged = judge(told, date(2026, 7, 17))
    assert seen(judged) == [f"W503 duty {EV}"] and late(judged) == {"W503": 1}
    assert (
        "满意率 58.3%（满意 12、基本满意 9、有效票 36）低于 80%（本站默认，非文件规定）" in judged.findings[0].message
    )
    told[EV] |= {"reconsult": {"decision": "hold", "by": "镇党委", "date": "2026-07-10", "reason": "车位不够"}}
    assert seen(judge(told, date(2026, 7, 17))) == [f"W504 duty {EV}"]

    # the second round: a new selection, outcome, followup, evaluation
    told["2026-08-10-consultation"] = CONSULTATION | {
        "again": {"of": EV, "because": "low_satisfaction"},
        "suggestions": [{"id": "s2", "text": "再加十个"}],
    }
    assert seen(judge(told, date(2026, 8, 10))) == [
        "W601 duty 2026-08-10-consultation",
        "W606 duty 2026-08-10-consultation",
    ]
    told["2026-08-15-outcome"] = OUTCOME | {
        "of": ["2026-08-10-consultation"],
        "measures": [MEASURE | {"id": "m2", "due": "2026-10-31", "target": {"amount": 10, "unit": "个"}}],
        "submitted": [{"to": "镇党委", "date": "2026-08-18"}],
        "publication": OUTCOME["publication"] | {"date": "2026-08-20"},
    }
    told["2026-08-28-response"] = RESPONSE | {"answers": [{"to": "s2", "decision": "adopted", "measure": "m2"}]}
    told["2026-10-20-followup"] = FOLLOWUP | {
        "measures": [{"id": "m2", "state": "done", "done": {"amount": 10, "unit": "个"}}]
    }
    judged = judge(told, date(2026, 10, 21))
    assert seen(judged) == ["W501 duty 2026-08-15-outcome"] and not judged.closed
    told["2026-11-20-evaluation"] = EVALUATION | {"of": ["2026-08-15-outcome"], "ballots": GOOD}
    judged = judge(told, date(2026, 11, 20))
    assert judged.findings == () and judged.closed and judged.next_day is None
    assert judge(told, date(2036, 1, 1)).findings == ()


def test_nothing_changes_before_the_day_that_was_foretold():
    told = {"topic": TOPIC, AT: CONSULTATION, OUT: {"of": [AT], "measures": [MEASURE]}}
    as_of, stops = date(2026, 3, 10), []
    while (next_day := judge(told, as_of).next_day) is not None:
        before, eve = judge(told, as_of), judge(told, next_day - timedelta(days=1))
        assert late_codes(before) == late_codes(eve)
        assert late_codes(judge(told, next_day)) != late_codes(eve)
        stops.append((next_day, sorted(late_codes(judge(told, next_day)) - late_codes(eve))))
        as_of = next_day
    assert stops == [
        (date(2026, 3, 18), ["W602"]),
        (date(2026, 3, 31), ["W607"]),
        (date(2026, 6, 1), ["W402", "W606"]),
        (date(2026, 6, 9), ["W401"]),
    ]


def late_codes(judged):
    return set(late(judged))
