"""A dossier put together from its records: order, spans, lines, the day of the topic, what is wrong with it."""

from __future__ import annotations

import pytest
from made_story import FILES, FOLDER, READER, story

from builders.value import accepted
from weimin.dossiers.compile import compile_dossier, compile_platform_records
from weimin.model.dossier import Dossier
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.place import place_of

MEETING = "methods: [{kind: meeting, place: 议事室}]"


def held(more: str = "", about: str = "selection") -> str:
    return f"---\nabout: {about}\n{MEETING}\n{more}---\n"


def topic(approved: str = "") -> str:
    more = f"approval: {{by: 镇党委, date: '{approved}'}}\n" if approved else ""
    return f"---\ntitle: 路灯\ntheme: 交通出行\nsources: [{{from: residents}}]\n{more}---\n"


def outcome(more: str) -> str:
    return f"---\nof: [2026-03-02-consultation]\nconsensus: full\n{more}---\n"


@pytest.mark.parametrize(
    ("approved", "on"),
    [("2026-02-20", "2026-02-20"), ("2026-04-01", "2026-04-01"), ("unpublished", "2026-03-02"), ("", "2026-03-02")],
)
def test_a_topic_has_the_day_of_its_approval_or_of_the_first_event(approved: str, on: str) -> None:
    made = story(FILES | {"topic.md": topic(approved)})
    assert made.topic is made.events[0]
    assert made.topic is not None and made.topic.on is not None and made.topic.span is not None
    assert (made.topic.on.text, made.topic.span.text, made.topic.stem) == (on, on, "topic")


def test_a_topic_alone_has_no_day() -> None:
    made = story({"topic.md": topic(), "XXXX-consultation.md": held()})
    assert made.topic is not None
    assert (made.topic.on, made.topic.span) == (None, None)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("until: '2026-03-05'\n", "2026-03-05"),
        ("until: 2026-03\n", "2026-03-31"),
        ("until: unpublished\n", "2026-03-02"),
        ("", "2026-03-02"),
    ],
)
def test_a_span_runs_to_the_last_possible_day(until: str, last: str) -> None:
    event = story(FILES | {"2026-03-02-consultation.md": held(until)}).event("2026-03-02-consultation")
    assert event is not None and event.span is not None and event.on is not None
    assert event.span.first is not None and event.span.last is not None
    assert (event.on.text, event.span.first.isoformat(), event.span.last.isoformat()) == (
        "2026-03-02",
        "2026-03-02",
        last,
    )


def test_lines_of_every_kind() -> None:
    made = story(
        {
            "topic.md": topic(),
            "2026-03-02-consultation.md": held(
                "suggestions: [{id: s1, text: 一}, {id: s2, text: 二}]\ndissent: [{id: d1, text: 不}]\n"
            ),
            "2026-03-10-outcome.md": outcome(
                "measures: [{id: m1, text: 装灯, unit: 镇, due: '2026-06-30'}]\ndissent: [{id: d2, text: 不}]\n"
                "upward: [{id: u1, kind: overall, to: 县, publish: false}]\n"
            ),
        }
    )
    assert [(line.id, line.kind, line.stem, line.pointer) for line in made.lines.values()] == [
        ("s1", "suggestion", "2026-03-02-consultation", "/suggestions/0"),
        ("s2", "suggestion", "2026-03-02-consultation", "/suggestions/1"),
        ("d1", "dissent", "2026-03-02-consultation", "/dissent/0"),
        ("m1", "measure", "2026-03-10-outcome", "/measures/0"),
        ("d2", "dissent", "2026-03-10-outcome", "/dissent/0"),
        ("u1", "upward", "2026-03-10-outcome", "/upward/0"),
    ]
    assert all(line.value.id == line.id for line in made.lines.values())


def test_a_number_used_twice_is_said_with_the_next() -> None:
    lines = "dissent: [{id: d1, text: 一}, {id: d2, text: 二}]\n"
    made = story(
        {
            "topic.md": topic(),
            "2026-03-02-consultation.md": held(lines),
            "2026-03-10-outcome.md": outcome(f"measures: []\n{lines}"),
        }
    )
    assert [(p.code, p.pointer, p.dossier) for p in made.problems] == [
        ("L102", "/dissent/0/id", "990001001001/2026-001"),
        ("L102", "/dissent/1/id", "990001001001/2026-001"),
    ]
    assert made.problems[0].path == f"{FOLDER}/2026-03-10-outcome.md"
    assert (
        made.problems[0].message
        == "编号“d1”在“2026-03-02-consultation”里已经用过：同一卷宗里每个编号只用一次，引用才不会指错"
    )
    assert [p.hint for p in made.problems] == [f"换一个没有用过的编号，例如 d{n}" for n in (2, 3)]


def test_without_a_topic_the_first_record_says_so() -> None:
    made = story({"2026-03-10-outcome.md": outcome("measures: []\n"), "2026-03-02-consultation.md": held()})
    (problem,) = made.problems
    assert (problem.code, problem.path, problem.dossier) == (
        "L104",
        f"{FOLDER}/2026-03-02-consultation.md",
        "990001001001/2026-001",
    )
    assert problem.message == "卷宗“990001001001/2026-001”没有议题：文件夹里缺少 topic.md，别人看不出协商的是什么事"
    assert problem.hint == f"补一份 {FOLDER}/topic.md（weimin new topic --dossier 990001001001/2026-001）"
    assert (made.topic, made.title) == (None, "990001001001/2026-001")


def test_nothing_is_no_problem() -> None:
    made = story({})
    assert (made.problems, made.events, made.rounds, made.compiled) == ((), (), 1, False)


def test_what_is_known_of_the_whole() -> None:
    made = story(FILES)
    assert (made.id, made.platform, made.title, made.rounds, made.year) == (
        "990001001001/2026-001",
        "990001001001",
        "路灯",
        1,
        2026,
    )
    assert made.paths == tuple(f"{FOLDER}/{name}" for name in sorted(FILES))
    assert made.refs == (
        ("2026-03-10-outcome", "/of/0", "consultation", "2026-03-02-consultation"),
        ("2026-06-20-evaluation", "/of/0", "evaluates", "2026-03-10-outcome"),
    )


def records(files: dict[str, str], folder: str) -> list[Record]:
    found = []
    for name, text in files.items():
        place = place_of(f"{folder}/{name}")
        assert isinstance(place, Place), place
        record, problems = READER.parse(place, text.encode())
        assert record is not None, problems
        found.append(record)
    return found


def test_attachments_are_listed_in_order() -> None:
    made: Dossier = compile_dossier(
        "990001001001/2026-001", records(FILES, FOLDER), ["b", "a"], lambda kind, raw: (None, "x")
    )
    assert made.attachments == ("a", "b")


def test_opinions_of_a_platform_are_corrected() -> None:
    folder = "content/network/990000/990001"
    fix = "of: 2026-03-01\nchanges: [{field: /summary, from: 暗, to: 太暗}]\nreason: 错\napproved_by: 召集人\n"
    files = {
        "platform.yml": "area: 某县\n",
        "opinions/2026-03-01.yml": "channel: visit\nfrom: resident\ntheme: 交通出行\nsummary: 暗\ntriage: {decision: topic, date: '2026-03-02', to: 990001/2026-001}\n",
        "opinions/2026-03-05-correction.yml": fix,
    }
    own = compile_platform_records("990001", records(files, folder), accepted)
    assert (own.code, own.problems) == ("990001", ())
    assert [a.target for a in own.applied] == ["2026-03-01"]
    assert {r.place.stem: r.raw.get("summary") for r in own.of_kind("opinion")} == {"2026-03-01": "太暗"}
    assert own.paths == tuple(sorted(f"{folder}/{name}" for name in files))
    assert ("990001/opinions/2026-03-01", "/triage/to", "triage", "990001/2026-001") in own.refs
    wrong = files | {"opinions/2026-03-05-correction.yml": fix.replace("from: 暗", "from: 亮")}
    assert [p.code for p in compile_platform_records("990001", records(wrong, folder), accepted).problems] == ["L107"]
