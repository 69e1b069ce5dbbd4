"""A platform that is closed: what it owes no more, who owes the rest, and what it may not do (W141)."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from make import (
    CITY,
    COUNTY,
    LATE,
    TOWN,
    VILLAGE,
    compiled,
    findings_of,
    make_context,
    make_dossier,
    make_network,
    make_platform,
    make_summary,
    owed_by_platform,
    story,
)

from weimin.model.network import PlatformRow, is_over
from weimin.rules.run import apply_dossier_rules, apply_platform_rules

NEIGHBOUR = "321302001005"
YEARLY = ("W702", "W703", "W704", "W705", "W706", "W708", "W709", "W710", "W711")


def row(code, **more):
    return PlatformRow(code=code, area=code, name=code, has_records=True, **more)


def closed(code, into=None, on="2026-05-01"):
    return row(code, closed=on, closed_into=into, over=is_over(on, LATE))


def result(records, *rows, as_of=LATE):
    network = make_network(*rows)
    return apply_dossier_rules(make_dossier(records), msgspec.structs.replace(make_context(as_of), network=network))


def owed(records, *rows):
    return {(f.code, f.owed_by) for f in result(records, *rows).findings if f.owed_by}


@pytest.mark.parametrize(
    ("day", "as_of", "over"),
    [
        (None, LATE, False),
        ("2026-12-31", LATE, True),
        ("2027-01-01", LATE, False),
        ("2027", date(2027, 1, 1), True),
        ("2026-12", date(2026, 11, 30), False),
        ("unpublished", LATE, True),
    ],
)
def test_a_platform_is_closed_from_the_first_possible_day_on(day, as_of, over):
    assert is_over(day, as_of) is over


@pytest.mark.parametrize(
    ("rows", "heir"),
    [
        ([row(VILLAGE)], VILLAGE),
        ([closed(VILLAGE, NEIGHBOUR), row(NEIGHBOUR)], NEIGHBOUR),
        ([closed(VILLAGE)], TOWN),
        ([closed(VILLAGE, "321302009009")], TOWN),
        ([closed(VILLAGE, NEIGHBOUR), closed(NEIGHBOUR, COUNTY)], COUNTY),
        ([closed(VILLAGE), closed(TOWN)], COUNTY),
        ([closed(VILLAGE, NEIGHBOUR), closed(NEIGHBOUR, VILLAGE)], VILLAGE),
        ([closed(CITY)], CITY),
        ([closed(VILLAGE, NEIGHBOUR, "2027-01-01"), row(NEIGHBOUR)], VILLAGE),
    ],
)
def test_the_heir(rows, heir):
    """The one that took it over; without one that there is, the level above; and whoever is left of these."""
    assert make_network(*rows).responsible(CITY if rows[0].code == CITY else VILLAGE) == heir


def test_its_dossiers_owe_what_they_owed_and_the_heir_does():
    records = story(until="outcome", outcome={"submitted": None, "publication": None})
    assert owed(records) == {
        ("W401", VILLAGE),
        ("W402", "镇建设办"),
        ("W602", VILLAGE),
        ("W606", VILLAGE),
        ("W607", VILLAGE),
    }
    taken = owed(records, closed(VILLAGE, NEIGHBOUR), row(NEIGHBOUR))
    assert taken == {(code, NEIGHBOUR if by == VILLAGE else by) for code, by in owed(records)}
    assert {by for _, by in owed(records, closed(VILLAGE))} == {TOWN, "镇建设办"}


def test_a_closed_addressee_is_answered_for_by_its_heir():
    upward = [{"id": "u1", "kind": "overall", "to": TOWN, "reported": {"date": "2026-03-12"}}]
    records = story(outcome={"upward": upward})
    assert owed(records, closed(TOWN, COUNTY)) == {("W612", COUNTY)}
    answer = {"by": COUNTY, "answers": [{"to": "u1", "text": "已列入计划"}]}
    answered = records | {"2026-06-10-response": answer}
    assert owed(answered, closed(TOWN, COUNTY)) == set()
    assert owed(answered) == {("W612", TOWN)}


@pytest.mark.parametrize("code", [VILLAGE, TOWN, COUNTY, CITY])
def test_it_owes_nothing_of_every_year_from_its_day_on(code):
    active = (make_summary("2024-001", "2024-03-02", code=code),)
    before = owed_by_platform(make_platform(code, summaries=active), *YEARLY)
    assert before
    over = {"closed": "2026-05-01", "over": True}
    assert owed_by_platform(make_platform(code, summaries=active, row=over), *YEARLY) == []


def test_its_opinions_are_answered_by_its_heir():
    opinion = {"channel": "web", "from": "resident", "theme": "教育", "summary": "缺一个路口"}
    platform = make_platform(files={"opinions/2026-02-10.yml": opinion}, row={"closed": "2026-05-01", "over": True})
    context = msgspec.structs.replace(
        platform.context, network=make_network(closed(VILLAGE, NEIGHBOUR), row(NEIGHBOUR))
    )
    found = apply_platform_rules(msgspec.structs.replace(platform, context=context)).findings
    assert {(f.code, f.owed_by) for f in found if f.owed_by} == {("W102", NEIGHBOUR), ("W103", NEIGHBOUR)}


@pytest.mark.parametrize(
    ("on", "bad"),
    [("2026-03-01", True), ("2026-03-02", False), ("2026-02", True), ("2026-03", False), ("2025", True)],
)
def test_no_consultation_after_its_day(on, bad):
    """The day of the end itself is in time; of an incomplete day the last possible one counts."""
    stem = "2026-03-02-consultation"
    for records in (story(), compiled(story())):
        found = [f.path for f in result(records, closed(VILLAGE, on=on)).findings if f.code == "W141"]
        assert [path.rpartition("/")[2].removesuffix(".md") for path in found] == ([stem] if bad else [])


def test_a_consultation_that_another_dossier_records_is_not_held_here():
    same = {
        "same_as": "321302001005/2026-003/2026-03-02-consultation",
        "suggestions": story()["2026-03-02-consultation"]["suggestions"],
    }
    records = story() | {"2026-03-02-consultation": same}
    assert "W141" not in {f.code for f in result(records, closed(VILLAGE, on="2026-01-01")).findings}


def test_an_open_platform_is_judged_as_ever():
    assert findings_of(story()) == []
    assert [f.code for f in result(story(), row(VILLAGE)).findings] == []
