"""Which fields are references: every role of every kind, with its place, and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from weimin.dossiers.refs import outgoing
from weimin.model.kinds import Data
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.place import place_of

AT = "content/network/990000/990001"
ONE = f"{AT}/990001001/990001001001/2026-001"


def found(path: str, raw: Any) -> list[tuple[str, str, str]]:
    place = place_of(path)
    assert isinstance(place, Place), place
    return list(outgoing(Record(place=place, data=Data(), raw=raw, body="")))


TABLE: dict[str, tuple[Any, list[tuple[str, str, str]]]] = {
    f"{AT}/platform.yml": ({"closed": {"into": "990002"}}, [("/closed/into", "into", "990002")]),
    f"{AT}/opinions/2026-03-01.yml": ({"triage": {"to": "a/1"}}, [("/triage/to", "triage", "a/1")]),
    f"{AT}/plans/2026.yml": ({"items": [{}, {"dossier": "a/1"}]}, [("/items/1/dossier", "planned", "a/1")]),
    f"{AT}/guidance/2026-03-01.md": ({"to": ["x", "y"]}, [("/to/0", "guided", "x"), ("/to/1", "guided", "y")]),
    f"{AT}/rules/house.md": ({"supersedes": "old"}, [("/supersedes", "supersedes", "old")]),
    f"{ONE}/topic.md": (
        {
            "projects": [{"list": "p/projects/2026", "item": "3"}],
            "sources": [{"opinion": "o"}, {"ref": "r"}],
            "related": ["b/2"],
            "ended": {"into": "c/3"},
        },
        [
            ("/projects/0", "project", "p/projects/2026#3"),
            ("/sources/0/opinion", "opinion", "o"),
            ("/sources/1/ref", "escalation", "r"),
            ("/related/0", "related", "b/2"),
            ("/ended/into", "into", "c/3"),
        ],
    ),
    f"{ONE}/2026-03-02-consultation.md": (
        {
            "same_as": "s",
            "joint": ["990002"],
            "also": ["b/2"],
            "again": {"of": "e"},
            "suggestions": [{"about": "p#1"}],
        },
        [
            ("/same_as", "same_as", "s"),
            ("/joint/0", "joint", "990002"),
            ("/also/0", "also", "b/2"),
            ("/again/of", "again", "e"),
            ("/suggestions/0/about", "about", "p#1"),
        ],
    ),
    f"{ONE}/2026-03-10-outcome.md": (
        {"of": ["c"], "funding": [{"measure": "m1"}]},
        [("/of/0", "consultation", "c"), ("/funding/0/measure", "measure", "m1")],
    ),
    f"{ONE}/2026-03-25-response.md": (
        {"answers": [{"to": "s1", "measure": "m1"}]},
        [("/answers/0/to", "answers", "s1"), ("/answers/0/measure", "measure", "m1")],
    ),
    f"{ONE}/2026-06-01-followup.md": ({"measures": [{"id": "m1"}]}, [("/measures/0/id", "measure", "m1")]),
    f"{ONE}/2026-07-01-evaluation.yml": (
        {"of": ["o", "p#1"]},
        [("/of/0", "evaluates", "o"), ("/of/1", "evaluates", "p#1")],
    ),
    f"{ONE}/2026-07-02-correction.yml": ({"of": "o"}, [("/of", "corrects", "o")]),
    "content/news/2026-03-01-street-lamps.md": (
        {"about": ["a/1"], "platform": "990001"},
        [("/about/0", "about", "a/1"), ("/platform", "platform", "990001")],
    ),
    f"{AT}/projects/2026.yml": ({"items": [{"item": "1", "of": ["o"]}]}, []),
}


@pytest.mark.parametrize("path", TABLE)
def test_the_references_of_a_kind(path: str) -> None:
    raw, expected = TABLE[path]
    assert found(path, raw) == expected


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        ({"list": "p", "item": "3"}, "p#3"),
        ({"list": "p", "item": "unpublished"}, "p"),
        ({"list": "p"}, "p"),
        ({"item": "3"}, None),
        ({"list": 3}, None),
        ("p#3", "p#3"),
        ("unpublished", None),
    ],
)
def test_an_item_of_a_list_of_projects(project: Any, expected: str | None) -> None:
    refs = found(f"{ONE}/topic.md", {"projects": [project]})
    assert refs == ([("/projects/0", "project", expected)] if expected else [])


@pytest.mark.parametrize(
    "raw", [{}, {"of": "unpublished"}, {"of": ["unpublished"]}, {"of": [3]}, {"of": {"a": "b"}}, {"of": None}, []]
)
def test_what_is_no_reference(raw: Any) -> None:
    assert found(f"{ONE}/2026-03-10-outcome.md", raw) == []
