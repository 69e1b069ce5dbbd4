"""W6: outcomes made, reported, published or withheld; good and bad."""

from __future__ import annotations

from datetime import date

import pytest
from make import (
    CONSULTATION,
    MEASURE,
    OUTCOME,
    apply_rules,
    compiled,
    findings_of,
    make_context,
    make_dossier,
    setting,
    short_findings,
    story,
)

from weimin.rules.run import apply_dossier_rules

AT, OUT = "2026-03-02-consultation", "2026-03-10-outcome"
QUIET = {k: v for k, v in CONSULTATION.items() if k != "suggestions"}


def duty(records, code, **more):
    [one] = [d for d in apply_rules(records, **more).duties if d.code == code]
    return one


def only(records, *codes, **more):
    return [line for line in findings_of(records, **more) if line[:4] in codes]


def test_outcome_missing():
    records = story(until="consultation")
    assert only(records, "W601") == [f"W601 duty {AT}"]
    assert duty(records, "W601").due == date(2026, 3, 17)
    assert duty(story(until="consultation", consultation={"until": "2026-03-04"}), "W601").due == date(2026, 3, 19)
    assert duty(story(), "W601").met == date(2026, 3, 10)


def test_an_outcome_of_another_consultation_does_not_count():
    records = story()
    records["2026-03-05-consultation"] = QUIET
    assert findings_of(records) == ["W601 error 2026-06-01-followup"]
    records[OUT] = OUTCOME | {"of": [AT, "2026-03-05-consultation"]}
    assert findings_of(records) == []


def test_the_outcome_of_a_progress_consultation_gates_nothing():
    records = story()
    records["2026-04-05-consultation"] = QUIET | {"about": "progress"}
    assert findings_of(records) == ["W601 duty 2026-04-05-consultation"]
    assert not apply_rules(records).closed


@pytest.mark.parametrize(
    ("submitted", "met"),
    [
        ([{"to": "同级党组织", "date": "2026-03-12"}], date(2026, 3, 12)),
        ([{"to": "同级党组织", "date": "2026-03"}], date(2026, 3, 1)),
        ([{"to": "镇政府", "date": "2026-03-20"}, {"to": "同级党组织", "date": "2026-03-12"}], date(2026, 3, 12)),
        ([{"to": "unpublished", "date": "2026-03-12"}], None),
        ([{"to": "同级党组织", "date": "unpublished"}], None),
        ("unpublished", None),
        ([], None),
        (None, None),
    ],
)
def test_result_not_reported(submitted, met):
    records = story(outcome={"submitted": submitted})
    assert duty(records, "W602").met == met
    assert findings_of(records) == ([] if met else ["W602 error 2026-07-01-evaluation"])
    assert only(story(outcome={"submitted": submitted}, until="response"), "W602") == (
        [] if met else [f"W602 duty {OUT}"]
    )


def test_the_message_of_a_result_not_reported():
    [raised] = [
        r for r in apply_rules(story(outcome={"submitted": None}, until="response")).findings if r.code == "W602"
    ]
    assert raised.message == (
        "2026-03-10 的协商成果还没有报送同级党政组织（submitted），应于 2026-03-17（含）前办理（2026-03-10 起 7 天，依据 321300/rules/2020-measures#1）"
    )
    assert (raised.pointer, raised.owed_by, raised.overdue_days) == ("/of", "321302001004", 289)
    assert raised.clause == "321300/rules/2019-implementation-plan#3.3.4"
    rule = [setting("report_days", 10)]
    [raised] = [
        r
        for r in apply_rules(story(outcome={"submitted": None}, until="response"), settings=rule).findings
        if r.code == "W602"
    ]
    assert "2026-03-20（含）" in raised.message and "依据 321300/rules/2021-measures#1" in raised.message


@pytest.mark.parametrize(
    ("measure", "bad"),
    [
        ({}, False),
        ({"unit": None}, True),
        ({"due": None}, True),
        ({"unit": "unpublished", "due": "unpublished"}, False),
    ],
)
def test_measure_without_unit_or_due(measure, bad):
    raw = {k: v for k, v in (MEASURE | measure).items() if v is not None}
    records = story(until="response", outcome={"measures": [raw]})
    assert only(records, "W603") == ([f"W603 error {OUT}"] if bad else [])
    assert only(compiled(records, OUT), "W603") == []


@pytest.mark.parametrize(
    ("publication", "met"),
    [
        ({"decision": "publish", "by": "村", "date": "2026-03-15", "channels": "unpublished"}, date(2026, 3, 15)),
        ({"decision": "withhold", "by": "村", "date": "2026-03-16", "reason": "涉及隐私"}, date(2026, 3, 16)),
        ({"decision": "publish", "by": "村", "date": "unpublished", "channels": []}, date(2026, 3, 10)),
        ({"decision": "unpublished", "by": "村", "date": "2026-03-15"}, None),
        ("unpublished", None),
        (None, None),
    ],
)
def test_publication_undecided(publication, met):
    records = story(outcome={"publication": publication})
    assert duty(records, "W607").met == met
    assert duty(records, "W607").due == date(2026, 3, 30)
    assert only(records, "W607") == ([] if met else [f"W607 duty {OUT}"])  # it gates nothing


WITHHELD = {
    "of": [AT],
    "submitted": [{"to": "同级党组织", "date": "2026-03-12"}],
    "publication": {"decision": "withhold", "by": "村委会", "date": "2026-03-15", "reason": "涉及隐私"},
}


def withheld(**fields):
    return story(until="consultation") | {OUT: WITHHELD | fields, "2026-03-25-response": story()["2026-03-25-response"]}


def test_a_withheld_outcome_is_clean():
    assert findings_of(withheld()) == []
    assert apply_rules(withheld()).closed


def test_withheld_without_reason():
    bare = {k: v for k, v in WITHHELD["publication"].items() if k != "reason"}
    assert findings_of(withheld(publication=bare)) == [f"W608 error {OUT}"]
    assert findings_of(withheld(publication=bare | {"reason": "unpublished"})) == []


SECRET = "某户的纠纷"


@pytest.mark.parametrize(
    "field",
    [
        {"consensus": "full"},
        {"measures": [MEASURE | {"text": SECRET}]},
        {"measures": []},
        {"dissent": [{"id": "d1", "text": SECRET}]},
        {"funding": [{"from": SECRET}]},
        {"upward": [{"id": "u1", "kind": "emerging", "to": "321302001", "text": SECRET}]},
        {"time": "morning"},
    ],
    ids=lambda f: next(iter(f)),
)
def test_withheld_text_present(field):
    records = withheld(**field)
    [raised] = [r for r in apply_rules(records).findings if r.code == "W610"]
    assert (raised.path.rpartition("/")[2], raised.pointer) == (f"{OUT}.md", f"/{next(iter(field))}")
    assert not [r for r in apply_rules(records).findings if SECRET in r.message + r.hint]
    assert not [d for d in apply_rules(records).duties if SECRET in d.message + d.hint]


def test_withheld_prose():
    result = apply_dossier_rules(make_dossier(withheld(), bodies={OUT: SECRET}), make_context())
    assert short_findings(result) == [f"W610 error {OUT}"]
    assert result.findings[0].pointer == "/body"
    assert SECRET not in result.findings[0].message


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        ({"text": SECRET}, True),
        ({"text": SECRET, "publish": False}, True),
        ({"text": SECRET, "publish": True}, False),
        ({"text": "unpublished"}, False),
        ({"digest": "abc"}, False),
    ],
)
def test_an_upward_line_that_is_not_public_has_no_words(line, bad):
    matter = {"id": "u1", "kind": "emerging", "to": "321302001", "reported": {"date": "2026-03-11"}} | line
    records = story(outcome={"upward": [matter]})
    assert only(records, "W610") == ([f"W610 error {OUT}"] if bad else [])
    assert not [d for d in apply_rules(records).duties if SECRET in d.message]


@pytest.mark.parametrize(
    ("channels", "expected"),
    [
        ([{"kind": "website"}], []),
        ("unpublished", []),
        ([], [f"W613 notice {OUT}"]),
        (None, [f"W613 notice {OUT}"]),
    ],
)
def test_announced_nowhere(channels, expected):
    publication = {"decision": "publish", "by": "村", "date": "2026-03-15"} | (
        {} if channels is None else {"channels": channels}
    )
    assert findings_of(story(outcome={"publication": publication})) == expected
    assert findings_of(compiled(story(outcome={"publication": publication}), OUT)) == []
