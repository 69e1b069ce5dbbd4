"""The states that are published: every combination of steps and endings, and of what a dossier is."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_days_in_dossiers import AGAIN, EVALUATION, ONE, PROGRESS, SELECTION, SKIPPED, followup, row, story, topic

from builders.value import schemas
from weimin.adapters.installation import published_schemas
from weimin.dossiers.states import final_steps
from weimin.model.codes import STEPS
from weimin.model.dossier import DossierStep
from weimin.model.states import (
    CLOSED,
    COMPILED,
    ENDED,
    LABELS,
    OPEN,
    OVER,
    OVERDUE,
    StepState,
    dossier_state,
)

TOLD = "compiled_from: [{publisher: 人民政协网, date: '2026-04-01', title: 路灯}]\n"
HELD = (StepState.DONE, StepState.NOW)
STEP = st.sampled_from(
    [
        StepState.DONE,
        StepState.NOW,
        StepState.OWED,
        StepState.SKIPPED,
        StepState.AHEAD,
        StepState.UNASKED,
        StepState.UNSEEN,
    ]
)


def final(before: str, **dossier: bool) -> str:
    steps = tuple(
        DossierStep(number=n, state=StepState(state), stems=("a",) if state in HELD else ())
        for n, state in enumerate(before.split(), 1)
    )
    return " ".join(
        s.state for s in final_steps(steps, **({"closed": False, "ended": False, "compiled": False} | dossier))
    )


@pytest.mark.parametrize(
    ("before", "dossier", "after"),
    [
        ("done now ahead ahead ahead", {}, "done now ahead ahead ahead"),
        ("done now ahead ahead ahead", {"closed": True}, "done done unasked unasked unasked"),
        ("done now ahead ahead ahead", {"ended": True}, "done done not_held not_held not_held"),
        ("done ahead ahead ahead ahead", {"ended": True}, "done not_held not_held not_held not_held"),
        ("done now ahead ahead ahead", {"ended": True, "closed": True}, "done done not_held not_held not_held"),
        ("done done skipped now skipped", {"closed": True}, "done done skipped done skipped"),
        ("done done skipped now skipped", {"ended": True}, "done done skipped done skipped"),
        ("done done ahead now ahead", {}, "done done unrecorded now ahead"),
        ("done done ahead now ahead", {"closed": True}, "done done unrecorded done unasked"),
        ("done done unasked owed ahead", {}, "done done unasked owed ahead"),
        ("done now unseen unseen unseen", {"compiled": True}, "done done unseen unseen unseen"),
        ("done done unseen now unseen", {"compiled": True}, "done done unrecorded done unseen"),
        ("done done unseen now unseen", {"compiled": True, "ended": True}, "done done unrecorded done unseen"),
    ],
)
def test_what_the_steps_of_a_dossier_become(before: str, dossier: dict[str, bool], after: str) -> None:
    assert final(before, **dossier) == after


@given(st.lists(STEP, min_size=5, max_size=5), st.booleans(), st.booleans(), st.booleans())
def test_nothing_goes_on_or_is_to_come_in_a_dossier_that_is_over(
    states: list[StepState], closed: bool, ended: bool, compiled: bool
) -> None:
    found = final(" ".join(states), closed=closed, ended=ended, compiled=compiled).split()
    if closed or ended:
        assert not {"now", "ahead"} & set(found)
    if compiled:
        assert "now" not in found
    furthest = max((n for n, s in enumerate(states) if s in HELD), default=0)
    assert not {"ahead", "unseen"} & set(found[:furthest])
    assert [n for n, s in enumerate(found) if s in HELD] == [n for n, s in enumerate(states) if s in HELD]


@pytest.mark.parametrize("facts", list(product((None, "withdrawn", "unpublished"), *[(False, True)] * 3, range(6))))
def test_the_state_of_a_dossier(facts: tuple[str | None, bool, bool, bool, int]) -> None:
    ended, closed, overdue, compiled, step = facts
    found = dossier_state(ended=ended, closed=closed, overdue=overdue, compiled=compiled, step=step)
    expected = (
        {"withdrawn": "已撤回", "unpublished": "已终止"}[ended]
        if ended
        else "已办结"
        if closed
        else "有逾期"
        if overdue
        else STEPS[step or 1]
    )
    assert found.label == expected
    assert (found in OVER) == bool(ended or closed)
    assert found.tone == "skipped" if ended else found.tone in ("done", "owed", "ahead", "now")


def test_every_way_to_end_has_its_word() -> None:
    hows = schemas().fields("topic").at(("ended", "how"))["enum"]
    assert [state.value for state in ENDED] == [h if h != "unpublished" else "ended" for h in hows]
    assert len(set(LABELS)) == len(LABELS) == 1 + len(OVER) + len(STEPS)
    assert len({state.label for state in StepState}) == len(StepState)


@pytest.mark.parametrize("name", ["dossier", "platform"])
def test_the_published_schemas_have_every_state(name: str) -> None:
    schema = json.loads(published_schemas()[f"v1/{name}.schema.json"])
    node = schema if name == "dossier" else schema["properties"]["dossiers"]["items"]
    assert node["properties"]["steps"]["items"]["enum"] == [state.value for state in StepState]
    others = [OVERDUE.value, OPEN, COMPILED]
    assert node["properties"]["state"]["enum"] == [*(state.value for state in OVER), *others]


ENDS = "ended: {how: withdrawn, date: '2026-04-01', by: 镇, reason: 不办}\n"


@pytest.mark.parametrize(
    ("files", "closed", "steps", "label"),
    [
        pytest.param({}, False, "done ahead ahead ahead ahead", "征集社情民意", id="a topic alone"),
        pytest.param(
            {"2026-03-02-consultation.md": SELECTION},
            False,
            "done now ahead ahead ahead",
            "商讨实事项目",
            id="consulting",
        ),
        pytest.param(
            {"topic.md": topic(ENDS), "2026-03-02-consultation.md": SELECTION},
            False,
            "done done not_held not_held not_held",
            "已撤回",
            id="withdrawn",
        ),
        pytest.param(
            ONE | {"topic.md": topic(SKIPPED), "2026-05-01-followup.md": followup()},
            True,
            "done done skipped done skipped",
            "已办结",
            id="closed without an evaluation",
        ),
        pytest.param(
            {
                "topic.md": topic(TOLD),
                "2026-03-02-consultation.md": SELECTION.replace("suggestions", f"{TOLD}suggestions"),
                "2026-05-01-followup.md": followup().replace("form", f"{TOLD}form"),
            },
            False,
            "done done unrecorded done unseen",
            "跟踪监督",
            id="compiled, with a step that no report tells",
        ),
        pytest.param(
            ONE
            | {
                "2026-06-01-evaluation.yml": EVALUATION.format(of="2026-03-10-outcome"),
                "2026-07-01-consultation.md": AGAIN,
            },
            False,
            "done now ahead ahead ahead",
            "商讨实事项目",
            id="the state of a second round is not that of the first",
        ),
    ],
)
def test_the_states_of_a_story(files: dict[str, str], closed: bool, steps: str, label: str) -> None:
    found = row(story({"topic.md": topic()} | files), closed=closed)
    assert (" ".join(found.steps), found.state.label) == (steps, label)
    assert (found.state == CLOSED) == closed


@pytest.mark.parametrize(
    ("files", "held", "skipped"),
    [
        ({}, (1,), ()),
        ({"topic.md": topic(SKIPPED)}, (1,), (3, 5)),
        ({"topic.md": topic(SKIPPED), "2026-03-05-consultation.md": PROGRESS}, (1, 3), (5,)),
        (
            ONE
            | {
                "topic.md": topic(SKIPPED),
                "2026-06-01-evaluation.yml": EVALUATION.format(of="2026-03-10-outcome"),
                "2026-07-01-consultation.md": AGAIN,
            },
            (1, 2, 5),
            (3,),
        ),
    ],
    ids=["a topic", "skipped", "held after all", "held in an earlier round"],
)
def test_a_step_counts_where_it_was_held(
    files: dict[str, str], held: tuple[int, ...], skipped: tuple[int, ...]
) -> None:
    found = row(story({"topic.md": topic()} | files))
    assert (found.held_steps, found.skipped) == (held, skipped)


@pytest.mark.parametrize(
    ("files", "year"),
    [
        ({}, 2026),
        ({"2025-12-30-consultation.md": SELECTION}, 2025),
        ({"XXXX-consultation.md": SELECTION}, 2026),
        ({"topic.md": topic("approval: {by: 镇, date: '2024-02-01'}\n")}, 2024),
    ],
    ids=["a topic alone", "its first event", "without a year", "its approval"],
)
def test_a_dossier_counts_in_the_year_of_its_first_event_or_of_its_approval_or_of_its_number(
    files: dict[str, str], year: int
) -> None:
    assert row(story({"topic.md": topic()} | files)).year == year


@pytest.mark.parametrize(
    ("more", "reported"),
    [
        ("ballots: unpublished\npublished_rate: 98.5\n", 98.5),
        ("ballots: unpublished\n", None),
        ("ballots: unpublished\npublished_rate: 93\n", 93),
    ],
)
def test_a_rate_without_ballots_is_told_as_reported(more: str, reported: float | None) -> None:
    text = f"of: [2026-03-10-outcome]\nbody: 代表\nway: 投票\n{more}"
    (found,) = row(story(ONE | {"2026-06-01-evaluation.yml": text})).evaluations
    assert (found.reported, found.rate, found.low) == (reported, None, False)
