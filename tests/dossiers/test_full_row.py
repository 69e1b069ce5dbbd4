"""Every field of the row that leaves a dossier's folder."""

from __future__ import annotations

from datetime import date

import pytest
from made_story import story

from weimin.dossiers.summary import EXCERPT, summarise
from weimin.model.basis import Basis
from weimin.model.dossier import Event
from weimin.model.kinds import Evaluation
from weimin.model.rating import Rating
from weimin.model.summary import (
    AnnouncementRow,
    AnswerDutyRow,
    ConsultationRow,
    DutyRow,
    EvaluationRow,
    MeasureRow,
    OutcomeRow,
    Summary,
    UpwardRow,
)

FILES = {
    "topic.md": (
        "---\ntitle: 路灯\ntheme: [交通出行, 公共安全]\nsources: [{from: residents}]\napproval: {by: 镇党委, date: '2026-02-20'}\n"
        "projects: [{list: 990001/projects/2026, item: '3'}]\n"
        "announces:\n  - {about: progress, when: '2026-04-30', where: 村部, how: 会议}\n"
        "  - {about: completion, when: unpublished, where: 村部, how: 会议}\n"
        "ended: {how: withdrawn, date: '2026-08-01', by: 镇, reason: 不办}\n---\n\n背景。\n"
    ),
    "2026-03-02-consultation.md": (
        "---\nabout: selection\nmethods: [{kind: meeting, place: 议事室}, {kind: survey, places: [村]}]\njoint: ['990001']\n"
        "times: 2\nparticipants: {members: 3, residents: 10, departments: included}\nsuggestions: [{id: s1, text: 往东移}]\n---\n\n纪要。\n"
    ),
    "2026-03-consultation.md": (
        "---\nabout: progress\nmethods: unpublished\ncompiled_from: [{publisher: 报, date: '2026-04-01', title: 路灯}]\n---\n"
    ),
    "2026-03-10-outcome.md": (
        "---\nof: [2026-03-02-consultation]\nconsensus: full\nmeasures: [{id: m1, text: 装灯, unit: 镇, due: '2026-06-30'}, {id: m2, text: 修路}]\n"
        "upward:\n  - {id: u1, kind: overall, to: 县, text: 请示, publish: true, reported: {date: '2026-03-20'}}\n"
        "  - {id: u2, kind: overall, to: 县, publish: false}\n"
        "publication: {decision: publish, by: 村, date: '2026-03-15', channels: [{kind: noticeboard}]}\n---\n\n"
        + "结果" * 100
        + "\n"
    ),
    "2026-03-11-outcome.md": (
        "---\nof: [2026-03-02-consultation]\nmeasures: []\n"
        "publication: {decision: withhold, by: 村, date: '2026-03-16', reason: 涉及个人隐私}\n---\n\n密。\n"
    ),
    "2026-03-12-outcome.md": "---\nof: [2026-03-02-consultation]\nmeasures: []\n---\n",
    "2026-06-01-followup.md": "---\nform: return_visit\nmeasures: [{id: m1, state: done, done: {date: '2026-05-20'}}]\n---\n",
    "2026-07-01-evaluation.yml": (
        "of: [2026-03-10-outcome]\nbody: 代表\nway: 投票\n"
        "ballots: {issued: 12, returned: 11, invalid: 1, satisfied: 5, basically_satisfied: 3, dissatisfied: 2}\n"
        "reconsult: {decision: hold, by: 村, date: '2026-07-05', reason: 低}\n"
    ),
    "2026-07-02-evaluation.yml": "of: [2026-03-10-outcome]\nbody: 代表\nway: 投票\nballots: unpublished\n",
    "2026-08-02-correction.yml": (
        "of: topic\nchanges: [{field: /title, from: 路灯, to: 灯}, {field: /theme, from: [交通出行, 公共安全], to: [交通出行]}]\n"
        "reason: 错\napproved_by: 召集人\n"
    ),
}
DUTY = DutyRow(code="W606", message="", owed_by="990001001001", due=None)
ANSWER = AnswerDutyRow(code="W606", since=None, due=None, met=None)
OUTCOME = "2026-03-10-outcome"


def rating(event: Event, data: Evaluation) -> Rating:
    if event.stem == "2026-07-01-evaluation":
        return Rating(rate=0.5, line=0.8, basis=Basis.RULE)
    return Rating()


def row(files: dict[str, str], as_of: date = date(2026, 5, 1)) -> Summary:
    made = story(files)
    return summarise(
        made,
        steps=made.steps,
        duties=(DUTY,),
        closed=True,
        next_day=date(2026, 9, 1),
        rate=rating,
        answered={"u1": "990001/2026-001/x"},
        excerpt=lambda body, length: f"{length}:{body[:2]}",
        answers=(ANSWER,),
        as_of=as_of,
    )


@pytest.fixture(scope="module")
def summary() -> Summary:
    return row(FILES)


def test_the_dossier_itself(summary: Summary) -> None:
    assert (summary.id, summary.platform, summary.title) == ("990001001001/2026-001", "990001001001", "灯")
    assert (summary.themes, summary.compiled) == (("交通出行",), False)
    assert (summary.day, summary.last, summary.last_on) == (date(2026, 3, 1), date(2026, 7, 2), "2026-07-02")
    assert (summary.last_stem, summary.step, summary.rounds) == ("2026-07-02-evaluation", 5, 1)
    assert summary.steps == ("done", "done", "done", "done", "done")
    assert (summary.closed, summary.ended, summary.next_day) == (True, "withdrawn", date(2026, 9, 1))
    assert (summary.duties, summary.answers) == ((DUTY,), (ANSWER,))
    assert (summary.corrections, summary.corrected_fields, summary.last_correction) == (1, 2, date(2026, 8, 2))
    assert summary.projects == ("990001/projects/2026#3",)
    assert ("topic", "/projects/0", "project", "990001/projects/2026#3") in summary.refs


def test_consultations(summary: Summary) -> None:
    assert summary.consultations == (
        ConsultationRow(
            stem="2026-03-consultation",
            on="2026-03",
            day=date(2026, 3, 1),
            year=2026,
            about="progress",
            compiled=True,
        ),
        ConsultationRow(
            stem="2026-03-02-consultation",
            on="2026-03-02",
            day=date(2026, 3, 2),
            year=2026,
            about="selection",
            methods=("meeting", "survey"),
            joint=("990001",),
            times=2,
            people=13,
        ),
    )


def test_outcomes(summary: Summary) -> None:
    plain = OutcomeRow(
        stem="2026-03-12-outcome",
        on="2026-03-12",
        day=date(2026, 3, 12),
        year=2026,
        consensus=None,
        publication=None,
        excerpt=f"{EXCERPT}:",
    )
    assert summary.outcomes == (
        OutcomeRow(
            stem=OUTCOME,
            on="2026-03-10",
            day=date(2026, 3, 10),
            year=2026,
            consensus="full",
            publication="publish",
            decided="2026-03-15",
            excerpt="120:结果",
        ),
        OutcomeRow(
            stem="2026-03-11-outcome",
            on="2026-03-11",
            day=date(2026, 3, 11),
            year=2026,
            consensus=None,
            publication="withhold",
            decided="2026-03-16",
            ground="涉及个人隐私",
        ),
        plain,
    )


def test_evaluations(summary: Summary) -> None:
    assert summary.evaluations == (
        EvaluationRow(
            stem="2026-07-01-evaluation",
            on="2026-07-01",
            day=date(2026, 7, 1),
            year=2026,
            satisfied=5,
            basically=3,
            dissatisfied=2,
            valid=10,
            rate=0.5,
            low=True,
            reconsult="hold",
        ),
        EvaluationRow(stem="2026-07-02-evaluation", on="2026-07-02", day=date(2026, 7, 2), year=2026),
    )


def test_measures_matters_and_announcements(summary: Summary) -> None:
    assert summary.measures == (
        MeasureRow(
            id="m1",
            stem=OUTCOME,
            text="装灯",
            unit="镇",
            due="2026-06-30",
            state="done",
            done=date(2026, 5, 20),
            in_time=True,
        ),
        MeasureRow(id="m2", stem=OUTCOME, text="修路", unit=None, due=None, state=None),
    )
    day = date(2026, 3, 10)
    assert summary.upward == (
        UpwardRow(
            id="u1",
            stem=OUTCOME,
            kind="overall",
            to="县",
            text="请示",
            reported="2026-03-20",
            answered="990001/2026-001/x",
            on=day,
        ),
        UpwardRow(id="u2", stem=OUTCOME, kind="overall", to="县", text=None, reported=None, answered=None, on=day),
    )
    assert summary.announcements == (
        AnnouncementRow(
            when="2026-04-30", day=date(2026, 4, 30), about="progress", where="村部", how="会议", past=True
        ),
        AnnouncementRow(when="unpublished", day=None, about="completion", where="村部", how="会议"),
    )


@pytest.mark.parametrize(
    ("participants", "people"),
    [
        ("{members: 3, residents: 10}", 13),
        ("{members: 3, residents: included}", 3),
        ("{members: 3, residents: unpublished}", None),
        ("{members: 3, residents: unpublished, total: 20}", 20),
        ("{members: 3, residents: 10, total: unpublished}", 13),
        ("{members: {about: 30}}", 30),
        ("unpublished", None),
    ],
)
def test_people(participants: str, people: int | None) -> None:
    held = f"---\nabout: selection\nmethods: [{{kind: meeting, place: 议事室}}]\nparticipants: {participants}\n---\n"
    (found,) = row({"topic.md": FILES["topic.md"], "2026-03-02-consultation.md": held}).consultations
    assert (found.people, found.times) == (people, 1)


def test_a_topic_alone() -> None:
    found = row({"topic.md": FILES["topic.md"]})
    assert (found.day, found.last, found.last_on, found.last_stem, found.step) == (
        None,
        date(2026, 2, 20),
        "2026-02-20",
        "topic",
        1,
    )
    assert (found.last_correction, found.consultations, found.corrections) == (None, (), 0)


def test_without_a_topic() -> None:
    found = row({"2026-07-02-evaluation.yml": FILES["2026-07-02-evaluation.yml"]})
    assert (found.themes, found.ended, found.announcements, found.projects, found.last_stem) == (
        (),
        None,
        (),
        (),
        "2026-07-02-evaluation",
    )
    nothing = row({})
    assert (nothing.day, nothing.last, nothing.last_on, nothing.last_stem, nothing.step) == (None, None, "", "", 0)


def test_what_is_known_to_no_year_is_not_the_last() -> None:
    held = "---\nabout: selection\nmethods: [{kind: meeting, place: 议事室}]\n---\n"
    found = row({"topic.md": FILES["topic.md"], "XXXX-consultation.md": held, "by-2026-03-09-consultation.md": held})
    assert (found.day, found.last_stem) == (date(2026, 3, 9), "by-2026-03-09-consultation")
    assert [(c.on, c.day, c.year) for c in found.consultations] == [
        ("XXXX", None, None),
        ("by-2026-03-09", date(2026, 3, 9), 2026),
    ]
