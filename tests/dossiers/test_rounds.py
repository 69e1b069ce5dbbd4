"""Rounds, order and steps of a story."""

from __future__ import annotations

import pytest
from made_story import FILES, story

MEETING = "methods: [{kind: meeting, place: 议事室}]"


def held(about: str = "selection", more: str = "") -> str:
    return f"---\nabout: {about}\n{MEETING}\n{more}---\n"


TOPIC = {"topic.md": FILES["topic.md"]}


def outcome(of: str, measure: str = "m1") -> str:
    return f"---\nof: [{of}]\nmeasures: [{{id: {measure}, text: 装灯, unit: 镇, due: '2026-06-30'}}]\n---\n"


def followup(measure: str, state: str = "done") -> str:
    return f"---\nform: return_visit\nmeasures: [{{id: {measure}, state: {state}}}]\n---\n"


def test_what_refers_back_joins_the_round_of_what_it_refers_to() -> None:
    made = story(
        TOPIC
        | {
            "2026-01-05-consultation.md": held(),
            "2026-01-10-outcome.md": outcome("2026-01-05-consultation"),
            "2026-03-01-consultation.md": held("progress"),
            "2026-05-01-consultation.md": held(more="again: {because: low_satisfaction}\n"),
            "2026-05-10-outcome.md": outcome("2026-05-01-consultation", "m2"),
            "2026-06-01-followup.md": followup("m1"),
            "2026-06-02-followup.md": followup("m2"),
        },
    )
    assert made.rounds == 2
    assert {e.stem: e.round for e in made.events if e.round == 2} == {
        "2026-05-01-consultation": 2,
        "2026-05-10-outcome": 2,
        "2026-06-02-followup": 2,
    }


def test_again_on_the_first_consultation_opens_no_second_round() -> None:
    made = story(TOPIC | {"2026-05-01-consultation.md": held(more="again: {because: unresolved}\n")})
    assert made.rounds == 1


def test_the_story_runs_by_first_possible_day_then_kind_then_number() -> None:
    made = story(
        TOPIC
        | {
            "2026-03-02-followup.md": "---\nform: notice\nmeasures: []\n---\n",
            "2026-03-02-consultation-10.md": held(),
            "2026-03-02-consultation-2.md": held(),
            "2026-03-02-consultation.md": held(),
            "2026-03-consultation.md": held(),
            "by-2026-02-01-consultation.md": held(),
            "XXXX-consultation.md": held(),
        },
    )
    assert [e.stem for e in made.events] == [
        "topic",
        "XXXX-consultation",
        "by-2026-02-01-consultation",
        "2026-03-consultation",
        "2026-03-02-consultation",
        "2026-03-02-consultation-2",
        "2026-03-02-consultation-10",
        "2026-03-02-followup",
    ]


@pytest.mark.parametrize(
    ("files", "states"),
    [
        pytest.param({}, "done ahead ahead ahead ahead", id="a topic alone"),
        pytest.param({"2026-01-05-consultation.md": held()}, "done now ahead ahead ahead", id="being consulted"),
        pytest.param(
            {
                "2026-01-05-consultation.md": held(),
                "2026-01-10-outcome.md": outcome("2026-01-05-consultation"),
                "2026-03-01-followup.md": followup("m1"),
            },
            "done done ahead now ahead",
            id="followed up",
        ),
        pytest.param(
            {
                "2026-01-05-consultation.md": held(),
                "2026-01-10-outcome.md": outcome("2026-01-05-consultation"),
                "2026-03-01-followup.md": followup("m1"),
                "2026-04-01-evaluation.yml": "of: [2026-01-10-outcome]\nbody: 代表\nway: 投票\nballots: unpublished\n",
            },
            "done done ahead done done",
            id="evaluated",
        ),
    ],
)
def test_steps(files: dict[str, str], states: str) -> None:
    assert " ".join(s.state.value for s in story(TOPIC | files).steps) == states


def test_a_dossier_without_a_topic_says_where() -> None:
    made = story({"2026-01-05-consultation.md": held()})
    assert [(p.code, p.path.rpartition("/")[2]) for p in made.problems] == [("L104", "2026-01-05-consultation.md")]


def test_a_line_number_used_twice_is_named_with_the_place_of_the_first() -> None:
    made = story(FILES)
    assert list(made.lines) == ["m1"]
    twice = story(
        TOPIC
        | {
            "2026-01-05-consultation.md": held(),
            "2026-01-10-outcome.md": outcome("2026-01-05-consultation"),
            "2026-01-11-outcome.md": outcome("2026-01-05-consultation"),
        },
    )
    assert [(p.code, p.path.rpartition("/")[2], p.pointer) for p in twice.problems] == [
        ("L102", "2026-01-11-outcome.md", "/measures/0/id")
    ]
    assert "2026-01-10-outcome" in twice.problems[0].message
