"""Every comparison of days, and of steps and rounds, in a dossier: before, at the same place, after."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from made_story import FILES, story

from weimin.dossiers.fold import steps_with_findings
from weimin.dossiers.summary import next_day, summarise
from weimin.model.dossier import Dossier, DossierStep
from weimin.model.rating import Rating
from weimin.model.states import StepState
from weimin.model.summary import Summary

MEETING = "methods: [{kind: meeting, place: 议事室}]"
SELECTION = f"---\nabout: selection\n{MEETING}\nsuggestions: [{{id: s1, text: 往东移}}]\n---\n"
PROGRESS = f"---\nabout: progress\n{MEETING}\n---\n"
AGAIN = f"---\nabout: selection\n{MEETING}\nagain: {{because: low_satisfaction}}\nsuggestions: [{{id: s2, text: 再移}}]\n---\n"
OUTCOME = "---\nof: [{of}]\nmeasures: [{{id: {line}, text: 装灯, unit: 镇, due: '{due}'}}]\n---\n"
EVALUATION = "of: [{of}]\nbody: 代表\nway: 投票\nballots: unpublished\n"


def topic(more: str = "") -> str:
    return f"---\ntitle: 路灯\ntheme: 交通出行\nsources: [{{from: residents}}]\n{more}---\n"


def outcome(of: str, line: str = "m1", due: str = "2026-06-30") -> str:
    return OUTCOME.format(of=of, line=line, due=due)


def followup(line: str = "m1", state: str = "done", done: str = "") -> str:
    when = f", done: {{date: '{done}'}}" if done else ""
    return f"---\nform: return_visit\nmeasures: [{{id: {line}, state: {state}{when}}}]\n---\n"


def response(to: str) -> str:
    return f"---\nby: 镇\nanswers: [{{to: {to}, decision: adopted, text: 好}}]\n---\n"


ONE = {
    "topic.md": topic(),
    "2026-03-02-consultation.md": SELECTION,
    "2026-03-10-outcome.md": outcome("2026-03-02-consultation"),
}


def row(dossier: Dossier, as_of: date = date(2026, 7, 1), **more: Any) -> Summary:
    facts: dict[str, Any] = {
        "steps": dossier.steps,
        "duties": (),
        "closed": False,
        "next_day": None,
        "rate": lambda event, data: Rating(),
        "answered": {},
        "excerpt": lambda body, length: body[:length],
        "as_of": as_of,
    }
    return summarise(dossier, **facts | more)


def states(dossier: Dossier) -> str:
    assert [step.number for step in dossier.steps] == [1, 2, 3, 4, 5]
    return " ".join(step.state.value for step in dossier.steps)


@pytest.mark.parametrize(
    ("done", "in_time"),
    [("2026-06-29", True), ("2026-06-30", True), ("2026-07-01", False), ("2026-06", True), ("unpublished", False)],
)
def test_a_measure_done_on_the_last_day_is_in_time(done: str, in_time: bool) -> None:
    (found,) = row(story(ONE | {"2026-07-05-followup.md": followup(done=done)})).measures
    assert (found.state, found.in_time) == ("done", in_time)
    assert (
        found.done == {"2026-06": date(2026, 6, 30), "unpublished": date(2026, 7, 5)}.get(done)
        or found.done is not None
    )


@pytest.mark.parametrize(("day", "in_time"), [("2026-06-30", True), ("2026-07-01", False)])
def test_without_a_day_of_its_own_it_was_done_on_the_day_of_the_followup(day: str, in_time: bool) -> None:
    (found,) = row(story(ONE | {f"{day}-followup.md": followup()})).measures
    assert (found.done, found.in_time) == (date.fromisoformat(day), in_time)


@pytest.mark.parametrize(("due", "in_time"), [("2026-Q2", True), ("2026-05", False), ("unpublished", None)])
def test_what_is_due_in_a_month_is_due_on_its_last_day(due: str, in_time: bool | None) -> None:
    files = ONE | {"2026-03-10-outcome.md": outcome("2026-03-02-consultation", due=due)}
    (found,) = row(story(files | {"2026-06-30-followup.md": followup()})).measures
    assert found.in_time is in_time


def test_the_last_followup_decides() -> None:
    said = {"2026-06-01-followup.md": followup(), "2026-06-02-followup.md": followup(state="behind")}
    (found,) = row(story(ONE | said)).measures
    assert (found.state, found.done, found.in_time) == ("behind", None, None)


@pytest.mark.parametrize(("day", "past"), [(30, True), (31, False)])
def test_what_is_announced_is_past_from_the_day_after(day: int, past: bool) -> None:
    announced = topic("announces:\n  - {about: selection, when: '2026-03-30', where: 村部, how: 会议}\n")
    as_of = date(2026, 3, 31) if past else date(2026, 3, 30)
    (found,) = row(story({"topic.md": announced}), as_of).announcements
    assert (found.when, found.day, found.where, found.how, found.past) == (
        "2026-03-30",
        date(2026, 3, 30),
        "村部",
        "会议",
        past,
    ), day
    (before,) = row(story({"topic.md": announced}), date(2026, 3, 29)).announcements
    assert before.past is False


@pytest.mark.parametrize(
    ("as_of", "found"), [("2026-06-29", "2026-07-01"), ("2026-06-30", "2026-07-01"), ("2026-07-01", "")]
)
def test_a_page_changes_on_the_day_after_the_last_day_of_a_measure(as_of: str, found: str) -> None:
    day = date.fromisoformat(as_of)
    assert next_day(row(story(ONE), day), day) == found


@pytest.mark.parametrize(
    ("as_of", "found"), [("2026-03-29", "2026-03-31"), ("2026-03-30", "2026-03-31"), ("2026-03-31", "")]
)
def test_a_page_changes_on_the_day_after_what_is_announced(as_of: str, found: str) -> None:
    day = date.fromisoformat(as_of)
    announced = topic(
        "announces:\n  - {about: selection, when: '2026-03-30', where: 村部, how: 会议}\n  - {about: selection, when: unpublished, where: 村部, how: 会议}\n"
    )
    assert next_day(row(story({"topic.md": announced}), day), day) == found


def test_the_first_day_on_which_a_page_changes_is_the_next() -> None:
    day = date(2026, 3, 1)
    announced = topic("announces: [{about: selection, when: '2026-03-30', where: 村部, how: 会议}]\n")
    made = story(ONE | {"topic.md": announced})
    assert next_day(row(made, day), day) == "2026-03-31"
    assert next_day(row(made, day, next_day=date(2026, 3, 15)), day) == "2026-03-15"
    assert next_day(row(made, day, next_day=date(2026, 4, 15)), day) == "2026-03-31"


SKIPPED = "skipped:\n  - {step: progress, reason: 工期只有三天, by: 镇党委}\n  - {step: evaluation, reason: 只有一户, by: 镇党委}\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, "done ahead skipped ahead skipped", id="a topic alone"),
        pytest.param({"2026-03-02-consultation.md": SELECTION}, "done now skipped ahead skipped", id="being consulted"),
        pytest.param(
            {"2026-03-02-consultation.md": SELECTION, "2026-03-05-consultation.md": PROGRESS},
            "done done now ahead skipped",
            id="held after all",
        ),
    ],
)
def test_a_skipped_step_is_skipped_unless_it_was_taken(files: dict[str, str], expected: str) -> None:
    made = story({"topic.md": topic(SKIPPED)} | files)
    assert states(made) == expected
    reasons = {step.number: step.reason for step in made.steps if step.reason}
    assert reasons == {n: r for n, r in ((3, "工期只有三天"), (5, "只有一户")) if made.steps[n - 1].state == "skipped"}


def test_every_step_after_the_first_may_be_skipped() -> None:
    more = "skipped: [{step: supervision, reason: 无, by: 镇}, {step: selection, reason: 无, by: 镇}]\n"
    assert states(story({"topic.md": topic(more)})) == "done skipped ahead skipped ahead"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"2026-03-02-consultation.md": SELECTION}, "done now ahead ahead ahead", id="the furthest goes on"
        ),
        pytest.param(
            {"2026-03-02-consultation.md": SELECTION, "2026-04-01-consultation.md": PROGRESS},
            "done done now ahead ahead",
            id="one before the furthest is done",
        ),
        pytest.param(
            ONE | {"2026-06-01-evaluation.yml": EVALUATION.format(of="2026-03-10-outcome")},
            "done done ahead ahead done",
            id="an evaluation ends its round",
        ),
        pytest.param(
            ONE
            | {
                "2026-06-01-evaluation.yml": EVALUATION.format(of="2026-03-10-outcome"),
                "2026-07-01-consultation.md": AGAIN,
            },
            "done now ahead ahead ahead",
            id="a new round begins with nothing but the topic",
        ),
    ],
)
def test_steps_are_those_of_the_last_round(files: dict[str, str], expected: str) -> None:
    assert states(story({"topic.md": topic()} | files)) == expected


def test_a_compiled_dossier_was_not_seen_further() -> None:
    told = "compiled_from: [{publisher: 人民政协网, date: '2026-04-01', title: 路灯}]\n"
    made = story(
        {"topic.md": topic(told), "2026-03-02-consultation.md": SELECTION.replace("suggestions", f"{told}suggestions")}
    )
    assert states(made) == "done now unseen unseen unseen"
    assert made.compiled
    own = story({"topic.md": topic(told), "2026-03-02-consultation.md": SELECTION})
    assert (states(own), own.compiled) == ("done now ahead ahead ahead", False)


@pytest.mark.parametrize(
    ("before", "owed", "missing", "after"),
    [
        ("done now ahead ahead ahead", "", False, "done now ahead ahead ahead"),
        ("ahead ahead ahead ahead ahead", "", False, "ahead ahead ahead ahead ahead"),
        ("done now ahead ahead ahead", "W105", False, "owed now ahead ahead ahead"),
        ("done done ahead now ahead", "W401", False, "done done unasked owed ahead"),
        ("done done ahead now ahead", "", True, "done done ahead now ahead"),
        ("done done ahead done done", "W501", False, "done done unasked done owed"),
        ("done done ahead done done", "W504", False, "done owed unasked done done"),
        ("done done skipped now skipped", "W501", False, "done done skipped now skipped"),
        ("done done ahead now ahead", "W606 W999", False, "done done unasked now ahead"),
        ("done done unseen unseen unseen", "", False, "done done unseen unseen unseen"),
    ],
)
def test_what_is_owed_and_what_nobody_asked_for(before: str, owed: str, missing: bool, after: str) -> None:
    steps = tuple(
        DossierStep(number=n, state=StepState(state), stems=("a",) if state in ("done", "now") else ())
        for n, state in enumerate(before.split(), 1)
    )
    found = steps_with_findings(steps, frozenset(owed.split()), missing)
    assert " ".join(step.state.value for step in found) == after
    assert [msgspec.structs.replace(s, state=StepState.DONE) for s in found] == [
        msgspec.structs.replace(s, state=StepState.DONE) for s in steps
    ]


TWO_ROUNDS = ONE | {
    "2026-05-01-consultation.md": AGAIN,
    "2026-05-10-outcome.md": outcome("2026-05-01-consultation", "m2"),
}


@pytest.mark.parametrize(
    ("stem", "text", "round_"),
    [
        ("2026-04-01-response.md", response("s1"), 1),
        ("2026-06-01-response.md", response("s1"), 1),
        ("2026-06-01-response.md", response("2026-03-02-consultation#s1"), 1),
        ("2026-06-01-response.md", response("990001001001/2026-001/2026-03-02-consultation#s1"), 1),
        ("2026-06-01-response.md", response("s2"), 2),
        ("2026-06-01-response.md", response("s9"), 2),
        ("2026-06-01-followup.md", followup("m1"), 1),
        ("2026-06-01-followup.md", followup("m2"), 2),
        ("2026-06-01-followup.md", followup("m9"), 2),
        ("2026-06-01-evaluation.yml", EVALUATION.format(of="2026-03-10-outcome"), 1),
        ("2026-06-01-evaluation.yml", EVALUATION.format(of="2026-05-10-outcome"), 2),
        ("2026-06-01-evaluation.yml", EVALUATION.format(of="2026-03-10-outcome, 2026-05-10-outcome#m2"), 2),
        ("2026-06-01-evaluation.yml", EVALUATION.format(of="2026-09-09-outcome"), 2),
        ("2026-06-01-outcome.md", outcome("2026-03-02-consultation", "m3"), 1),
        ("2026-06-01-outcome.md", outcome("2026-09-09-consultation", "m3"), 1),
        ("2026-06-01-outcome.md", outcome("2026-05-01-consultation", "m3"), 2),
        ("2026-06-01-consultation.md", PROGRESS, 2),
        ("2026-04-01-consultation.md", PROGRESS, 1),
    ],
)
def test_the_round_is_that_of_what_is_referred_to(stem: str, text: str, round_: int) -> None:
    made = story(TWO_ROUNDS | {stem: text})
    assert made.rounds == 2
    event = made.event(stem.partition(".")[0])
    assert event is not None
    assert event.round == round_


def test_a_topic_and_a_correction() -> None:
    fix = "of: topic\nchanges: [{field: /title, from: 路灯, to: 灯}]\nreason: 错\napproved_by: 召集人\n"
    made = story(TWO_ROUNDS | {"2026-06-02-correction.yml": fix})
    assert {e.stem: e.round for e in made.events if e.kind in ("topic", "correction")} == {
        "topic": 1,
        "2026-06-02-correction": 2,
    }


@pytest.mark.parametrize(("moved", "first"), [("2026-03-09", True), ("2026-03-10", True), ("2026-03-11", False)])
def test_a_corrected_day_is_the_day_of_the_story(moved: str, first: bool) -> None:
    """On the same day a consultation comes before an outcome."""
    fix = (
        f"of: 2026-03-02-consultation\nchanges: [{{field: /date, from: '2026-03-02', to: '{moved}'}}]\n"
        "reason: 写错\napproved_by: 召集人\n"
    )
    made = story(ONE | {"2026-07-01-correction.yml": fix})
    assert made.problems == ()
    stems = [e.stem for e in made.events]
    assert (stems.index("2026-03-02-consultation") < stems.index("2026-03-10-outcome")) is first
    (held,) = row(made).consultations
    assert (held.on, held.day, held.year) == (moved, date.fromisoformat(moved), 2026)


@pytest.mark.parametrize(
    ("stated", "fits"),
    [("unpublished", True), ("null", False), ("{issued: 10}", False), ("''", False)],
)
def test_a_correction_from_unpublished_says_so(stated: str, fits: bool) -> None:
    to = "{issued: 10, returned: 10, satisfied: 10, basically_satisfied: 0, dissatisfied: 0}"
    fix = (
        f"of: 2026-06-20-evaluation\nchanges: [{{field: /ballots, from: {stated}, to: {to}}}]\n"
        "reason: 补上\napproved_by: 召集人\n"
    )
    made = story(FILES | {"2026-07-01-correction.yml": fix})
    assert [p.code for p in made.problems] == ([] if fits else ["L107"])
    (found,) = row(made).evaluations
    assert found.valid == (10 if fits else None)
