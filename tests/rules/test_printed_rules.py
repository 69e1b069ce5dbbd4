"""W142, and the other rules about what reports print: votes, totals without lines, stages, ranges of money, units."""

from __future__ import annotations

import pytest
from make import CONSULTATION, EVALUATION, FOLLOWUP, RESPONSE, compiled, findings_of, make_dossier, setting, story

from weimin.model.basis import Basis
from weimin.model.parameter import Parameters
from weimin.model.rating import Rating
from weimin.rules.rating import rating_of

AT, OUT, ANS = "2026-03-02-consultation", "2026-03-10-outcome", "2026-03-25-response"
FOL, EV = "2026-06-01-followup", "2026-07-01-evaluation"


def vote(*counts, **more):
    options = [{"option": f"方案{n}", "count": count} for n, count in enumerate(counts)]
    return {"question": "建在哪里", "options": options} | more


def percents(*shares):
    return {"question": "建在哪里", "options": [{"option": f"方案{n}", "percent": s} for n, s in enumerate(shares)]}


@pytest.mark.parametrize(
    ("voted", "bad"),
    [
        pytest.param(vote(12, 3), False, id="nobody-says-how-many-may-vote"),
        pytest.param(vote(12, 3, eligible=15), False, id="all"),
        pytest.param(vote(12, 4, eligible=15), True, id="one-too-many"),
        pytest.param(vote(12, 2, eligible=15, absent=1), False, id="with-the-absent"),
        pytest.param(vote(12, 3, eligible=15, absent=1), True, id="absent-and-voting"),
        pytest.param(vote(12, 3, eligible=15, invalid=1), True, id="invalid-and-counted"),
        pytest.param(vote(12, 9, eligible=15, choices=2), False, id="two-choices-each"),
        pytest.param(vote(12, 15, 9, eligible=15, choices=2), True, id="more-than-two-each"),
        pytest.param(vote(12, 15, 9, eligible=15, choices="unpublished"), False, id="nobody-says-how-many-choices"),
        pytest.param(vote(12, {"about": 9, "as": "近"}, eligible=15), False, id="at-most"),
        pytest.param(vote(12, {"about": 9, "as": "余"}, eligible=15), True, id="at-least"),
        pytest.param(vote(12, 9, eligible={"about": 15, "as": "约"}), False, id="about"),
        pytest.param(vote(12, 3, eligible=30, voters="households", absent=15), False, id="households"),
        pytest.param(vote(eligible=3, absent=4), False, id="no-options"),
        pytest.param(percents(62.5, 37.5), False, id="shares"),
        pytest.param(percents(33.4, 33.4, 33.4), False, id="rounded"),
        pytest.param(percents(62.5, 40), True, id="more-than-all"),
        pytest.param(percents(62.5, 40) | {"choices": 2}, False, id="shares-of-two-choices"),
        pytest.param({"question": "建在哪里", "options": [{"option": "北门"}, {"option": "北门"}]}, True, id="twice"),
        pytest.param({"question": "建在哪里", "options": "unpublished"}, False, id="unpublished"),
        pytest.param({"question": "建在哪里"}, False, id="question-alone"),
    ],
)
def test_votes_by_option(voted, bad):
    records = story(until="response", consultation={"votes": [voted]})
    expected = [f"W142 error {AT}"] if bad else []
    assert [f for f in findings_of(records) if "W142" in f] == expected
    assert [f for f in findings_of(compiled(records)) if "W142" in f] == [
        f.replace("error", "notice") for f in expected
    ]


@pytest.mark.parametrize(("made", "bad"), [(None, False), (1, False), (21, False), (0, True), ("unpublished", False)])
def test_suggestions_counted_and_written_out(made, bad):
    records = story(until="response", consultation={"suggestions_made": made})
    assert [f for f in findings_of(records) if "W142" in f] == ([f"W142 error {AT}"] if bad else [])


def test_answers_counted_and_written_out():
    assert findings_of(story(response={"answers_given": 21})) == []
    assert findings_of(story(response={"answers_given": 0})) == [f"W142 error {ANS}"]
    counted = compiled(
        story(consultation={"suggestions": None, "suggestions_made": 21}) | {ANS: {"by": "镇", "answers_given": 21}}
    )
    assert findings_of(counted) == []


STAGES = [
    {"stage": "done", "amount": 12, "unit": "栋"},
    {"stage": "under_way", "amount": 5, "unit": "栋"},
    {"stage": "done", "amount": 36, "unit": "个单元"},
]


@pytest.mark.parametrize(
    ("amounts", "done", "bad"),
    [
        (STAGES, None, False),
        ([*STAGES, STAGES[0]], None, True),
        (STAGES, {"amount": 12, "unit": "栋"}, False),
        (STAGES, {"amount": 13, "unit": "栋"}, True),
        (STAGES, {"amount": 30, "unit": "个"}, False),
        ([{"stage": "done", "amount": {"about": 30, "as": "余"}, "unit": "个"}], {"amount": 35, "unit": "个"}, False),
        ([{"stage": "done", "amount": {"about": 30, "as": "余"}, "unit": "个"}], {"amount": 25, "unit": "个"}, True),
    ],
)
def test_amounts_by_stage(amounts, done, bad):
    state = FOLLOWUP["measures"][0] | {"amounts": amounts} | ({"done": done} if done else {})
    found = findings_of(story(followup={"measures": [state]}))
    assert [f for f in found if "W142" in f] == ([f"W142 error {FOL}"] if bad else [])


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        ({"yuan": 80000, "yuan_to": 120000}, False),
        ({"yuan": 120000, "yuan_to": 80000}, True),
        ({"yuan_to": 80000}, False),
        ({"yuan": {"about": 90000, "as": "近"}, "yuan_to": 80000}, False),
    ],
)
def test_ranges_of_money(line, bad):
    assert findings_of(story(outcome={"funding": [line]})) == ([f"W142 error {OUT}"] if bad else [])


def test_households_are_no_people():
    """They add nothing to a number of people; where they alone are printed, people came, and nobody knows how many."""
    voted = {"methods": [{"kind": "meeting", "place": "村部", "decided_by": "ballot", "votes": {"for": 20}}]}
    people = CONSULTATION["participants"] | {"households": 86}
    assert findings_of(story(consultation={**voted, "participants": people})) == [f"W206 error {AT}"]
    alone = {"participants": {"households": 86, "departments": 1}}
    assert findings_of(story(consultation=alone)) == []
    assert findings_of(story(consultation={**voted, **alone})) == []
    assert f"W201 error {AT}" in findings_of(story(consultation={"participants": {"households": 0, "departments": 1}}))


UNITS = [{"name": "县财政局", "ballots": EVALUATION["ballots"]}, {"name": "县审计局", "ballots": EVALUATION["ballots"]}]


def test_ballots_about_units_alone_decide_nothing_about_the_matter():
    """The measures are still to be evaluated; nothing is low, and no decision about a reconsultation is asked for."""
    about = {"of": None, "ballots": None, "units": UNITS}
    assert findings_of(story(evaluation=about)) == [f"W501 duty {OUT}"]
    unread = {"of": None, "ballots": None, "units": [{"name": "县财政局", "ballots": "unpublished"}]}
    assert findings_of(story(evaluation=unread)) == [f"W501 duty {OUT}", f"W505 notice {EV}"]


def test_ballots_beside_those_about_units_are_no_rate_of_the_matter():
    """Without `of` nobody says what they are about, so no list can call the matter low."""
    dossier = make_dossier(story(evaluation={"of": None, "units": UNITS}))
    event, data = dossier.evaluations[0]
    strict = Parameters([setting("low_satisfaction", 1)])
    assert rating_of(dossier, event, data, strict) == Rating(rate=None, line=1.0, basis=Basis.RULE)


def test_ballots_about_a_unit_add_up():
    wrong = [UNITS[0], {"name": "县审计局", "ballots": EVALUATION["ballots"] | {"satisfied": 1}}]
    assert findings_of(story(evaluation={"units": wrong})) == [f"W502 error {EV}"]


def test_the_whole_matter_is_every_outcome_of_the_round():
    assert findings_of(story(evaluation={"of": ["topic"]})) == []
    second = story() | {
        "2026-08-01-consultation": {k: v for k, v in CONSULTATION.items() if k != "suggestions"}
        | {"again": {"because": "unresolved"}},
        "2026-08-05-evaluation": EVALUATION | {"of": ["topic"]},
    }
    without = {k: v for k, v in second.items() if k != EV}
    assert f"W501 duty {OUT}" in findings_of(without)
    assert f"W501 duty {OUT}" not in findings_of(second)


def test_a_followup_says_who_took_part():
    assert findings_of(story(followup={"participants": {"members": 3, "residents": {"about": 10, "as": "余"}}})) == []
    assert RESPONSE["answers"]  # the story has an answer of its own
