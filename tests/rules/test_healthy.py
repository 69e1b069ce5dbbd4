"""The healthy dossier is clean; whole dossiers, each with the exact set of what is found in them."""

from __future__ import annotations

from datetime import date

import pytest
from make import CONSULTATION, HEALTHY, apply_rules, compiled, findings_of, make_context, make_dossier, story

from weimin.rules.run import apply_dossier_rules


def test_nothing_is_wrong_with_the_healthy_one():
    result = apply_rules(HEALTHY)
    assert result.findings == ()
    assert result.closed
    assert result.next_day is None
    assert sorted({d.code for d in result.duties}) == ["W401", "W402", "W501", "W601", "W602", "W606", "W607"]
    assert all(d.met is not None for d in result.duties)


def test_a_dossier_without_topic_is_not_judged():
    records = story()
    del records["topic"]
    dossier = make_dossier(records)
    assert [p.code for p in dossier.problems] == ["L104"]
    assert apply_dossier_rules(dossier, make_context()) == apply_dossier_rules(dossier, make_context(date(2030, 1, 1)))
    assert apply_dossier_rules(dossier, make_context()).findings == ()


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("topic", []),
        ("consultation", ["W601 duty 2026-03-02-consultation", "W606 duty 2026-03-02-consultation"]),
        (
            "outcome",
            [
                "W401 duty 2026-03-10-outcome",
                "W402 duty 2026-03-10-outcome",
                "W606 duty 2026-03-02-consultation",
            ],
        ),
        ("response", ["W401 duty 2026-03-10-outcome", "W402 duty 2026-03-10-outcome"]),
        ("followup", ["W501 duty 2026-03-10-outcome"]),
        ("evaluation", []),
    ],
)
def test_what_is_owed_at_each_stage(until, expected):
    result = apply_rules(story(until=until))
    assert findings_of(story(until=until)) == expected
    assert result.closed == (until == "evaluation")


def test_a_bare_dossier_owes_everything():
    records = {
        "topic": {"title": "村口停车场怎么建", "theme": "其他"},
        "2026-03-02-consultation": CONSULTATION
        | {"participants": {"experts": 2}, "dissent": [{"id": "d1", "text": "不建"}]},
        "2026-03-10-outcome": {
            "of": ["2026-03-02-consultation"],
            "measures": [{"id": "m1", "text": "建车位"}],
            "upward": [{"id": "u1", "kind": "overall", "to": "同级党组织"}],
        },
        "2026-04-01-evaluation": {"of": ["2026-03-10-outcome"], "ballots": "unpublished"},
    }
    assert findings_of(records) == [
        "W101 error topic",
        "W104 error topic",
        "W105 notice topic",
        "W201 error 2026-03-02-consultation",
        "W203 error 2026-03-02-consultation",
        "W207 error 2026-04-01-evaluation",
        "W207 error 2026-04-01-evaluation",
        "W401 error 2026-04-01-evaluation",
        "W402 duty 2026-03-10-outcome",
        "W503 duty 2026-04-01-evaluation",
        "W505 notice 2026-04-01-evaluation",
        "W602 error 2026-04-01-evaluation",
        "W603 error 2026-03-10-outcome",
        "W604 error 2026-04-01-evaluation",
        "W605 duty 2026-03-10-outcome",
        "W606 error 2026-04-01-evaluation",
        "W607 duty 2026-03-10-outcome",
        "W611 error 2026-03-10-outcome",
    ]


def test_a_compiled_dossier_owes_nothing():
    records = compiled(
        {
            "topic": {"title": "停车场", "theme": "交通出行", "sources": "unpublished"},
            "by-2026-04-01-consultation": {
                "about": "selection",
                "convened_by": "platform",
                "methods": [{"kind": "meeting"}],
                "participants": {"members": 3, "sages": 2, "experts": 4},
                "suggestions": [{"id": "s1", "text": "早建"}],
            },
            "2026-04-outcome": {"of": ["by-2026-04-01-consultation"], "measures": [{"id": "m1", "text": "建车位"}]},
            "2026-06-evaluation": {"of": ["2026-04-outcome"], "ballots": "unpublished", "published_rate": 98.5},
        }
    )
    result = apply_rules(records)
    assert findings_of(records) == [
        "W201 notice by-2026-04-01-consultation",
        "W207 notice 2026-06-evaluation",
        "W207 notice 2026-06-evaluation",
        "W505 notice 2026-06-evaluation",
    ]
    assert result.duties == ()
    assert not result.closed


def test_the_first_event_of_its_own_starts_the_duties_of_the_platform():
    records = compiled(story(until="consultation")) | story()
    records = compiled(records, "topic", "2026-03-02-consultation")
    records["2026-03-10-outcome"] |= {"submitted": None}
    records = {s: {k: v for k, v in d.items() if v is not None} for s, d in records.items()}
    records["2026-03-02-consultation"] |= {"convened_by": "cppcc"}
    result = apply_rules(records)
    assert findings_of(records) == ["W602 error 2026-07-01-evaluation"]
    assert {d.code for d in result.duties} == {"W401", "W402", "W501", "W602", "W607"}


def test_a_compiled_event_passes_no_gate():
    records = compiled(story(response={"answers": [{"to": "s1"}]}), "2026-07-01-evaluation")
    assert findings_of(records) == ["W606 duty 2026-03-02-consultation"]
