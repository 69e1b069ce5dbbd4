"""File → record: all problems at once, with lines; the real records; positions of pointers."""

from __future__ import annotations

from pathlib import Path

import pytest

from weimin.model.finding import Problem
from weimin.model.kinds import Exemptions, Topic
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.parse import Reader, locate
from weimin.records.place import place_of
from weimin.records.schema import Schemas
from weimin.records.write import write

ROOT = Path(__file__).parents[2]
TOWN = "content/network/321300/321302/321302001/"
TOPIC = TOWN + "2026-001/topic.md"
GOOD = """---
title: 某村道路硬化
theme: 交通出行
sources:
  - from: residents
    note: 接待日提出
approval:
  by: 镇党委
  date: 2026-02-20
places: [321302001004]
---

背景。

第二段。
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Schemas({p.name: p.read_bytes() for p in (ROOT / "schemas").glob("*.schema.json")}))


def place(path: str) -> Place:
    found = place_of(path)
    assert isinstance(found, Place), found
    return found


def test_a_good_record(reader: Reader) -> None:
    record, problems = reader.parse(place(TOPIC), GOOD.encode(), "abc")
    assert problems == ()
    assert isinstance(record, Record)
    assert isinstance(record.data, Topic)
    assert record.data.title == "某村道路硬化"
    assert record.data.places == ("321302001004",)
    assert record.raw["approval"] == {"by": "镇党委", "date": "2026-02-20"}
    assert (record.body, record.body_line, record.blob) == ("背景。\n\n第二段。", 13, "abc")


def test_all_faults_of_a_file_are_reported_at_once(reader: Reader) -> None:
    text = GOOD.replace("title: 某村", "title: ⽔村").replace("theme: 交通出行", "theme: 路").replace("by: ", "byy: ")
    text = text.replace("第二段", "第\u200b二段").replace("note:", "from:")
    record, problems = reader.parse(place(TOPIC), text.encode())
    assert record is None
    found = {(p.code, p.line, p.column) for p in problems}
    assert {("F115", 2, 8), ("S103", 3, 8), ("F104", 6, 5), ("S104", 8, 3), ("F110", 15, 2)} <= found


@pytest.mark.parametrize(
    ("pointer", "at"),
    [
        ("", (1, 1)),
        ("/title", (2, 8)),
        ("/sources/0/note", (6, 11)),
        ("/sources/0/ref", (5, 5)),
        ("/approval/date", (9, 9)),
        ("/body", (13, 1)),
        ("/ended/date", (2, 1)),
    ],
)
def test_places(reader: Reader, pointer: str, at: tuple[int, int]) -> None:
    assert reader.locate(place(TOPIC), GOOD.encode(), pointer) == at


def test_body_of_an_evaluation_is_a_field() -> None:
    evaluation = place(TOWN + "2026-001/2026-11-20-evaluation.yml")
    assert locate(evaluation, b"of: [x]\nbody: y\n", "/body") == (2, 7)


def test_places_in_what_cannot_be_read() -> None:
    assert locate(place(TOPIC), b"\xff", "/title") == (1, 1)
    assert locate(place(TOPIC), b"title: a", "/title") == (1, 1)
    assert locate(place("content/network/signers"), b"a", "/title") == (1, 1)


def test_a_list_of_exemptions(reader: Reader) -> None:
    text = "- rule: W602\n  subject: content/network/321300/platform.yml\n  reason: x\n  approved_by: y\n  until: 2027-01-01\n"
    record, problems = reader.parse(place(TOWN + "exemptions.yml"), text.encode())
    assert problems == ()
    assert record is not None
    assert isinstance(record.data, Exemptions)
    assert record.data.items[0].rule == "W602"


def test_what_is_no_yaml_has_no_record(reader: Reader) -> None:
    assert reader.parse(place("content/network/signers"), b"a@b ssh-ed25519 AAAA\n") == (None, ())
    record, problems = reader.parse(place("content/network/signers"), b"a\r\n")
    assert (record, [p.code for p in problems]) == (None, ["F102"])
    record, problems = reader.parse(place(TOWN + "2026-001/attachments/a.jpg"), b"no picture")
    assert (record, [p.code for p in problems]) == (None, ["F113"])


def test_front_matter_has_a_limit_of_its_own(reader: Reader) -> None:
    text = "---\ntitle: x\n" + "# 说明\n" * 8_000 + "---\n"
    record, problems = reader.parse(place(TOPIC), text.encode())
    assert record is None
    assert [p.code for p in problems] == ["F106"]


def corpus() -> list[tuple[str, Path]]:
    folders = [ROOT, *sorted((ROOT / "tests" / "fixtures" / "cases").iterdir())]
    found = [(f, p) for f in folders for p in sorted((f / "content").rglob("*")) if p.is_file()]
    return [(path.relative_to(folder).as_posix(), path) for folder, path in found]


def test_the_corpus_is_read_and_written_back(reader: Reader) -> None:
    paths = corpus()
    assert len(paths) > 1_000
    written = 0
    for path, file in paths:
        here = place_of(path)
        assert not isinstance(here, Problem), (path, here)
        record, problems = reader.parse(here, file.read_bytes())
        assert problems == (), path
        if record is None or (here.kind == "platform" and written > 100):
            continue
        again, problems = reader.parse(here, write(here.kind, record.raw, record.body).encode())
        assert problems == (), path
        assert again is not None
        assert (again.raw, again.data, again.body) == (record.raw, record.data, record.body)
        written += 1
    assert written > 100
