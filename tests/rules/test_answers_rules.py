"""W6: suggestions answered, dissent explained, matters reported up and answered; good and bad."""

from __future__ import annotations

from datetime import date

import pytest
from make import (
    CONSULTATION,
    ID,
    RESPONSE,
    RecordLookup,
    apply_rules,
    compiled,
    findings_of,
    make_record,
    path_in,
    story,
)

from weimin.model.dossier import Inbound

AT, OUT, RE = "2026-03-02-consultation", "2026-03-10-outcome", "2026-03-25-response"
OTHER = "321302001005/2026-003"


def duty(records, code, **more):
    [one] = [d for d in apply_rules(records, **more).duties if d.code == code]
    return one


def only(records, *codes, **more):
    return [line for line in findings_of(records, **more) if line[:4] in codes]


def answered(answer, **response):
    return story(response={"answers": [{"to": "s1"} | answer]} | response)


@pytest.mark.parametrize(
    ("answer", "met"),
    [
        ({"decision": "adopted"}, True),
        ({"decision": "partly", "text": "一部分"}, True),
        ({"decision": "declined", "text": "没有地方"}, True),
        ({"decision": "noted"}, True),
        ({"decision": "returned", "text": "不归我们管"}, False),
        ({"decision": "unpublished"}, False),
        ({"text": "已阅"}, False),
        ({"to": f"{AT}#s1", "decision": "adopted"}, True),
        ({"to": f"{ID}/{AT}#s1", "decision": "adopted"}, True),
        ({"to": f"{OTHER}/{AT}#s1", "decision": "adopted"}, False),
    ],
)
def test_suggestion_unanswered(answer, met):
    records = answered(answer)
    assert only(records, "W606") == ([] if met else ["W606 error 2026-07-01-evaluation"])
    assert duty(records, "W606").due == date(2026, 5, 31)
    assert duty(records, "W606").met == (date(2026, 3, 25) if met else None)


def test_what_a_report_leaves_out_still_answers():
    assert only(compiled(answered({"decision": "unpublished"}), RE), "W606") == []


def test_suggestions_of_a_report_are_owed_no_answer():
    records = compiled(story(without=["response"], consultation={"convened_by": "cppcc"}), AT)
    assert findings_of(records) == []


@pytest.mark.parametrize(
    ("suggestion", "debtor"),
    [
        ({}, "321302001004"),
        ({"about": "m1"}, "镇建设办"),
        ({"about": f"{OUT}#m1"}, "镇建设办"),
        ({"about": "321300/projects/2026#3"}, "321302001004"),
    ],
)
def test_who_owes_an_answer(suggestion, debtor):
    records = story(without=["response"], consultation={"suggestions": [CONSULTATION["suggestions"][0] | suggestion]})
    assert duty(records, "W606").owed_by == debtor
    returned = {"id": "s1", "text": "x", "about": "m1"}
    records = story(
        consultation={"suggestions": [returned]}, response={"answers": [{"to": "s1", "decision": "returned"}]}
    )
    assert duty(records, "W606").owed_by == "321302001004"


def test_an_answer_from_elsewhere():
    record = make_record(
        path_in(OTHER, "2026-04-02-response"), RESPONSE | {"answers": [{"to": f"{ID}/{AT}#s1", "decision": "noted"}]}
    )
    inbound = (
        Inbound(
            source=f"{OTHER}/2026-04-02-response",
            role="answers",
            target=f"{ID}/{AT}#s1",
            line="s1",
            on=date(2026, 4, 2),
        ),
    )
    records = story(without=["response"])
    assert only(records, "W606") == ["W606 error 2026-07-01-evaluation"]
    assert only(records, "W606", lookup=RecordLookup([record]), inbound=inbound) == []
    # the same id in that other dossier is another line
    record = make_record(path_in(OTHER, "2026-04-02-response"), RESPONSE)
    assert only(records, "W606", lookup=RecordLookup([record]), inbound=inbound) == ["W606 error 2026-07-01-evaluation"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"decision": "declined"}, [f"W609 error {RE}"]),
        ({"decision": "declined", "text": "没有地方"}, []),
        ({"decision": "declined", "text": "unpublished"}, []),
        ({"decision": "adopted"}, []),
    ],
)
def test_declined_without_reason(answer, expected):
    assert findings_of(answered(answer)) == expected
    assert findings_of(compiled(answered(answer), RE)) == []


@pytest.mark.parametrize("holder", ["consultation", "outcome"])
@pytest.mark.parametrize(
    ("answer", "met"),
    [
        (None, False),
        ({"text": "入户说明了停车费的去处"}, True),
        ({"decision": "noted"}, False),
        ({"text": "unpublished"}, False),
    ],
)
def test_dissent_unexplained(holder, answer, met):
    answers = [*RESPONSE["answers"], *([{"to": "d1"} | answer] if answer else [])]
    records = story(response={"answers": answers}, **{holder: {"dissent": [{"id": "d1", "text": "不该收费"}]}})
    assert findings_of(records) == ([] if met else ["W604 error 2026-07-01-evaluation"])
    assert duty(records, "W604").due == (date(2026, 4, 1) if holder == "consultation" else date(2026, 4, 9))
    assert duty(records, "W604").owed_by == "321302001004"


def test_an_explanation_after_the_evaluation_is_late():
    records = story(outcome={"dissent": [{"id": "d1", "text": "不该收费"}]})
    records["2026-07-05-response"] = {"by": "村委会", "answers": [{"to": "d1", "text": "说明"}]}
    assert findings_of(records) == ["W210 notice 2026-07-01-evaluation"]


def matter(to="321302001", **fields):
    return {"id": "u1", "kind": "overall", "to": to} | fields


REPORTED = {"date": "2026-03-12"}


@pytest.mark.parametrize(
    ("reported", "met"),
    [
        (None, None),
        (REPORTED, date(2026, 3, 12)),
        ("unpublished", date(2026, 3, 10)),
        ({"date": "unpublished"}, date(2026, 3, 10)),
    ],
)
def test_matter_not_reported_up(reported, met):
    records = story(outcome={"upward": [matter() if reported is None else matter(reported=reported)]})
    assert duty(records, "W605").met == met
    assert duty(records, "W605").due == date(2026, 3, 17)
    assert only(records, "W605") == ([] if met else [f"W605 duty {OUT}"])


@pytest.mark.parametrize(
    ("dossier", "to", "bad"),
    [
        ("321302001004", "321302001", False),
        ("321302001004", "321302", False),
        ("321302001004", "321300", False),
        ("321302001004", "321302001004", True),
        ("321302001004", "321302002", True),
        ("321302001004", "镇党委", True),
        ("321302001004", "unpublished", False),
        ("321302", "321300", False),
        ("321302", "321302001", True),
        ("321300", "市委办公室", False),
        ("321300", "321302", True),
    ],
)
def test_addressee_not_above(dossier, to, bad):
    from make import make_context, make_dossier

    from weimin.rules.run import apply_dossier_rules

    records = story(outcome={"upward": [matter(to, reported=REPORTED)]})
    result = apply_dossier_rules(make_dossier(records, f"{dossier}/2026-001"), make_context())
    assert [r.code for r in result.findings if r.code == "W611"] == (["W611"] if bad else [])


def test_matter_unanswered():
    assert [d for d in apply_rules(story(outcome={"upward": [matter()]})).duties if d.code == "W612"] == []
    records = story(outcome={"upward": [matter(reported=REPORTED)]})
    one = duty(records, "W612")
    assert (one.owed_by, one.since, one.due) == ("321302001", date(2026, 3, 12), date(2026, 6, 10))
    assert only(records, "W612") == [f"W612 duty {OUT}"]
    assert not apply_rules(records).closed
    assert apply_rules(records).answered == {}


@pytest.mark.parametrize(("by", "met"), [("321302001", True), ("321302", False), ("镇党委", False)])
def test_a_matter_is_answered_by_its_addressee(by, met):
    records = story(outcome={"upward": [matter(reported=REPORTED)]})
    records["2026-04-20-response"] = {"by": by, "answers": [{"to": "u1", "text": "已列入计划"}]}
    assert only(records, "W612") == ([] if met else [f"W612 duty {OUT}"])
    assert apply_rules(records).answered == ({"u1": f"{ID}/2026-04-20-response"} if met else {})


def test_taking_the_matter_up_answers_it():
    records = story(outcome={"upward": [matter(reported=REPORTED)]})
    up = Inbound(
        source="321302001/2026-009/topic", role="escalation", target=f"{ID}/{OUT}#u1", line="u1", on=date(2026, 5, 4)
    )
    assert duty(records, "W612", inbound=(up,)).met == date(2026, 5, 4)
    assert apply_rules(records, inbound=(up,)).answered == {"u1": "321302001/2026-009/topic"}
    assert apply_rules(records, inbound=(up,)).closed


def test_reported_on_a_day_that_is_not_public():
    records = story(outcome={"upward": [matter(reported="unpublished")]})
    assert (duty(records, "W612").due, duty(records, "W612").met) == (None, None)


@pytest.mark.parametrize(("role", "line"), [("escalation", "u2"), ("related", "u1"), ("answers", "u1")])
def test_what_does_not_take_the_matter_up(role, line):
    records = story(outcome={"upward": [matter(reported=REPORTED)]})
    up = Inbound(
        source="321302001/2026-009/topic", role=role, target=f"{ID}/{OUT}#{line}", line=line, on=date(2026, 5, 4)
    )
    assert only(records, "W612", inbound=(up,)) == [f"W612 duty {OUT}"]


def test_a_unit_outside_the_network_may_be_answered_for_by_anybody():
    from make import make_context, make_dossier

    from weimin.rules.run import apply_dossier_rules

    records = story(outcome={"upward": [matter("市委办公室", reported=REPORTED)]})
    records["2026-04-20-response"] = {"by": "市政府办公室", "answers": [{"to": "u1", "text": "已列入计划"}]}
    assert apply_dossier_rules(make_dossier(records, "321300/2026-001"), make_context()).findings == ()


def test_an_addressee_that_was_not_made_public():
    records = story(outcome={"upward": [matter("unpublished", reported=REPORTED)]})
    assert duty(records, "W612").owed_by == "321302001004"
