"""W2 and W3: who consulted, how, when; good and bad."""

from __future__ import annotations

import pytest
from make import CONSULTATION, MEETING, apply_rules, compiled, findings_of, outcome_on, story

AT = "2026-03-02-consultation"


def held(**fields):
    return findings_of(story(consultation=fields))


@pytest.mark.parametrize(
    ("participants", "expected"),
    [
        ({"members": 3, "departments": 2}, []),
        ({"member_units": 1, "party_government": 1}, []),
        ({"sages": "unpublished", "party_government": "unpublished"}, []),
        ({"residents": {"about": 30, "as": "余"}, "departments": 1}, []),
        ({"residents": 12, "departments": "included"}, []),
        ({"members": 3, "residents": 10}, ["W201 error"]),
        ({"members": 0, "departments": 3}, ["W201 error"]),
        ({"departments": 3}, ["W201 error"]),
        ("unpublished", ["W201 error"]),
        (None, ["W201 error"]),
    ],
)
def test_parties_incomplete(participants, expected):
    assert held(participants=participants) == [f"{e} {AT}" for e in expected]


@pytest.mark.parametrize(
    ("participants", "expected"),
    [
        ({"members": 3, "sages": 2}, ["W201 notice"]),
        ({"members": 3}, []),
        (None, []),
        ({"members": 3, "departments": 1}, []),
    ],
)
def test_parties_incomplete_in_a_report(participants, expected):
    records = compiled(story(consultation={"participants": participants, "convened_by": "cppcc"}), AT)
    assert findings_of(records) == [f"{e} {AT}" for e in expected]


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ("2026-03-01", [f"W202 notice {AT}"]),
        ("2026-03-02", []),
        ("2026-03", []),
        ("2026-02", [f"W202 notice {AT}"]),
        ("pending", []),
        ("unpublished", []),
        (None, []),
    ],
)
def test_consulted_after_decision(decided, expected):
    assert findings_of(story(topic={"decision": {"by": "镇党委", "date": decided}})) == expected


def test_a_consultation_about_progress_comes_after_the_decision():
    records = story(topic={"decision": {"date": "2026-03-05"}})
    records["2026-04-10-consultation"] = {k: v for k, v in CONSULTATION.items() if k != "suggestions"} | {
        "about": "progress"
    }
    records["2026-04-12-outcome"] = outcome_on("2026-04-12", "2026-04-10-consultation", measures=[])
    assert findings_of(records) == []


@pytest.mark.parametrize("category", ["organisations", "businesses", "experts", "others"])
def test_invited_without_reason(category):
    people = CONSULTATION["participants"]
    assert held(participants=people | {category: 2}) == [f"W203 error {AT}"]
    assert held(participants=people | {category: "unpublished"}) == [f"W203 error {AT}"]
    assert held(participants=people | {category: 0}) == []
    assert held(participants=people | {category: 2}, invited_because="熟悉停车场设计") == []
    records = story(consultation={"participants": people | {category: 2}, "convened_by": "cppcc"})
    assert findings_of(compiled(records, AT)) == []


COMPLETE = [
    {"kind": "meeting", "place": "村部", "decided_by": "consensus"},
    {"kind": "survey", "places": ["村口"]},
    {"kind": "inspection", "places": "unpublished"},
    {"kind": "written", "sent": 30, "returned": 28},
    {"kind": "online", "platform": "村微信群", "opens": "2026-03-01"},
    {"kind": "remote", "main_venue": "镇政府"},
    {"kind": "other", "note": "板凳会"},
]


@pytest.mark.parametrize("method", COMPLETE, ids=lambda m: m["kind"])
def test_method_detail_missing(method):
    assert held(methods=[method]) == []
    for name in [n for n in method if n != "kind"]:
        short = {k: v for k, v in method.items() if k != name}
        assert held(methods=[MEETING, short]) == [f"W204 error {AT}"], name
        records = compiled(story(consultation={"methods": [short], "convened_by": "cppcc"}), AT)
        assert findings_of(records) == []


def test_no_method_at_all():
    assert held(methods=[]) == [f"W204 error {AT}"]
    assert held(methods="unpublished") == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [("321302001004", 1), ("321302001005", 1), ("321302001", 1), ("321300", 1), ("321311201004", 1)],
)
def test_joint_platform_not_below(code, expected):
    assert held(joint=[code]) == [f"W205 notice {AT}"] * expected


def test_a_joint_platform_below_a_town():
    from make import make_context, make_dossier, short_findings

    from weimin.rules.run import apply_dossier_rules

    records = story(consultation={"joint": ["321302001004", "321302001"]})
    result = apply_dossier_rules(make_dossier(records, "321302001/2026-001"), make_context())
    assert short_findings(result) == [f"W205 notice {AT}"]
    assert "321302001”不在" in result.findings[0].message


@pytest.mark.parametrize(
    ("votes", "participants", "bad"),
    [
        ({"for": 10, "against": 3, "abstained": 2}, {}, False),
        ({"for": 14, "against": 2}, {}, True),
        ({"for": {"about": 16, "as": "近"}}, {}, False),
        ({"for": {"about": 15, "as": "余"}}, {}, False),
        ({"for": {"about": 16, "as": "余"}}, {}, True),
        ({"for": {"about": 16, "as": "多"}}, {}, True),
        ({"for": {"about": 99, "as": "约"}}, {}, False),
        ({"for": {"about": 99, "as": "上下"}}, {}, False),
        ({"for": {"about": 99}}, {}, False),
        ({"for": 16}, {"residents": {"about": 11, "as": "近"}}, False),
        ({"for": 17}, {"residents": {"about": 11, "as": "近"}}, True),
        ({"for": 99}, {"residents": {"about": 10, "as": "余"}}, False),
        ({"for": 99}, {"residents": "unpublished"}, False),
        ({"for": 16}, {"departments": "included"}, True),
        ({"for": 20}, {"residents": "unpublished", "total": 20}, False),
        ({"for": 21}, {"residents": "unpublished", "total": 20}, True),
        ({"for": "unpublished"}, {}, False),
    ],
)
def test_votes_do_not_add_up(votes, participants, bad):
    people = CONSULTATION["participants"] | participants
    method = MEETING | {"decided_by": "show_of_hands", "votes": votes}
    assert held(methods=[method], participants=people) == ([f"W206 error {AT}"] if bad else [])


def test_more_signatures_than_people():
    assert held(methods=[MEETING | {"signed": 15}]) == []
    assert held(methods=[MEETING | {"signed": 16}]) == [f"W206 error {AT}"]


@pytest.mark.parametrize(
    ("by", "own", "reported"),
    [
        ("platform", [], []),
        ("cppcc", [], []),
        ("npc", ["W209 error"], ["W209 notice"]),
        ("party_government", ["W209 error"], ["W209 notice"]),
        ("other", ["W209 notice"], ["W209 notice"]),
        (None, [], []),
        ("unpublished", [], []),
    ],
)
def test_not_by_cppcc(by, own, reported):
    assert held(convened_by=by) == [f"{e} {AT}" for e in own]
    assert findings_of(compiled(story(consultation={"convened_by": by}), AT)) == [f"{e} {AT}" for e in reported]


def test_the_same_meeting_is_judged_where_its_record_stands():
    records = story()
    records[AT] = {
        "same_as": "321302001005/2026-003/2026-03-02-consultation",
        "suggestions": CONSULTATION["suggestions"],
    }
    assert findings_of(records) == []


@pytest.mark.parametrize(
    ("participants", "words"),
    [
        ({"members": 3}, "参加人员里同级党政组织、相关部门一方没有写"),
        ({"departments": 3}, "参加人员里委员、参加单位、乡贤、群众一方没有写"),
        ({"experts": 0}, "两方的参加人员都没有写"),
    ],
)
def test_which_party_is_missing(participants, words):
    [raised] = apply_rules(story(consultation={"participants": participants})).findings
    assert words in raised.message
    assert raised.pointer == "/participants"


def test_two_levels_below_is_below():
    from make import make_context, make_dossier

    from weimin.rules.run import apply_dossier_rules

    records = story(consultation={"joint": ["321302001004", "321302001"]})
    assert apply_dossier_rules(make_dossier(records, "321302/2026-001"), make_context()).findings == ()
