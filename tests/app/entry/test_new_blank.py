"""A blank record is valid once its empty fields are filled; until then each empty field is reported, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from weimin.adapters.installation import schema_files
from weimin.model.codes import CODES
from weimin.model.place import Place
from weimin.records.blank import EXPECTED, EXPECTED_LATER, HEADER, blank_record, empty_places, flow
from weimin.records.fields import Path as Pointer
from weimin.records.fields import pointer
from weimin.records.front_matter import Parts, split
from weimin.records.kinds import DOSSIER, KINDS, PLATFORM
from weimin.records.parse import Reader
from weimin.records.place import path_of, place_of
from weimin.records.schema import Schemas
from weimin.records.yaml import read as yaml

SCHEMAS = Schemas(schema_files())
READER = Reader(SCHEMAS)
WRITTEN = [kind for kind, row in KINDS.items() if row.schema and kind != "correction"]
CODE = "990101001001"


def place(kind: str) -> Place:
    row = KINDS[kind]
    where = {DOSSIER: {"dossier": f"{CODE}/2026-001"}, PLATFORM: {"platform": CODE}}.get(row.where, {})
    found = place_of(path_of(kind, stem=row.name.removesuffix(row.ending), **where))
    assert isinstance(found, Place)
    return found


def parts_of(kind: str, text: str) -> Parts:
    found = split(text, "") if KINDS[kind].prose else Parts(text, 1, "", 0)
    assert isinstance(found, Parts)
    return found


def empty_in(kind: str, text: str) -> list[Pointer]:
    raw, problems = yaml.read(parts_of(kind, text).fields, "", listed=KINDS[kind].listed)
    assert problems == []
    return list(empty_places(raw))


def filled(kind: str, text: str) -> str:
    """The blank as a person fills it in: the schema's example in each empty field, everything else unchanged."""
    parts, lines = parts_of(kind, text), text.split("\n")
    locate = yaml.Locator(parts.fields, parts.first_line)
    for at in empty_in(kind, text):
        line, _ = locate(pointer(at), key=True)
        assert lines[line - 1].endswith((":", "-"))
        lines[line - 1] += " " + flow(SCHEMAS.fields(kind).at(at)["examples"][0])
    return "\n".join(lines)


@pytest.mark.parametrize("kind", WRITTEN)
def test_valid_once_filled(kind: str) -> None:
    record, problems = READER.parse(place(kind), filled(kind, blank_record(kind, SCHEMAS.fields(kind))).encode())
    assert problems == ()
    assert record is not None


@pytest.mark.parametrize("kind", WRITTEN)
def test_unfilled_says_what_is_empty_and_nothing_else(kind: str) -> None:
    text = blank_record(kind, SCHEMAS.fields(kind))
    record, problems = READER.parse(place(kind), text.encode())
    assert record is None
    assert {p.code for p in problems} <= {"S101", "S102"}
    assert [p.pointer for p in problems] == [pointer(at) for at in empty_in(kind, text)]
    assert all("没有写内容" in p.message and p.hint for p in problems)


@pytest.mark.parametrize("kind", WRITTEN)
def test_every_field_is_named_and_explained(kind: str) -> None:
    text, fields = blank_record(kind, SCHEMAS.fields(kind)), SCHEMAS.fields(kind)
    assert HEADER in text
    assert max(map(len, text.split("\n"))) < 4000
    for name in fields.at(() if not KINDS[kind].listed else (0,)).get("properties", {}):
        node = fields.at((name,) if not KINDS[kind].listed else (0, name))
        assert f"（{name}" in text or f"{name}:" in text
        assert f"{node['title']}" in text and node["description"] in text


def test_choices_are_told_with_their_labels() -> None:
    text = blank_record("consultation", SCHEMAS.fields("consultation"))
    assert "可选：selection 选定与方案、progress 协商实施状况" in text
    assert "# 会议地点（place，会议协商用）：" in text
    assert "# 邀请理由（invited_because，见 W203）：" in text


@pytest.mark.parametrize(("table", "path"), [(t, p) for t in (EXPECTED, EXPECTED_LATER) for p in t])
def test_what_rules_ask_for_is_a_field_and_the_rule_a_rule(
    table: dict[tuple[str, ...], str], path: tuple[str, ...]
) -> None:
    kind, *steps = path
    assert SCHEMAS.fields(kind).at([0 if step == "*" else step for step in steps])
    assert table[path] in CODES


def test_what_a_rule_asks_for_on_the_day_stands_empty() -> None:
    found = {pointer(at) for at in empty_in("outcome", blank_record("outcome", SCHEMAS.fields("outcome")))}
    assert {"/measures/0/unit", "/measures/0/due"} <= found


def test_what_is_owed_later_is_a_comment_that_names_its_rule() -> None:
    text = blank_record("outcome", SCHEMAS.fields("outcome"))
    assert "\n# 报送（submitted，见 W602）：" in text
    assert "\nsubmitted:" not in text


def test_given_values_ids_and_notes() -> None:
    given = {"of": ["2026-03-02-consultation"]}
    text = blank_record("outcome", SCHEMAS.fields("outcome"), given, ids={"measure_id": "m7", "upward_id": "u3"})
    assert "of:\n  - 2026-03-02-consultation\n" in text
    assert "  - id: m7\n" in text
    assert "例：[{id: u3, " in text
    answers = {"answers": [{"to": "s1", "text": None}, {"to": "d1", "text": None}]}
    text = blank_record("response", SCHEMAS.fields("response"), answers, notes={"/answers/1": "d1 不同意见“太近”"})
    assert "  # d1 不同意见“太近”\n  - to: d1\n    text:\n" in text
    assert text.count("答复哪一条：") == 1


@pytest.mark.parametrize("text", ["no", "2026-03-01", "0123", "12:30", "甲: 乙", "# 号", '引"号', "- 甲"])
def test_given_text_stays_its_text(text: str) -> None:
    made = blank_record("projects", SCHEMAS.fields("projects"), {"title": text})
    raw, problems = yaml.read(made, "")
    assert (raw["title"], problems) == (text, [])


@pytest.mark.parametrize("kind", WRITTEN)
def test_examples_can_be_pasted(kind: str) -> None:
    """The text after 例： reads back as the schema's example."""
    for line in blank_record(kind, SCHEMAS.fields(kind)).split("\n"):
        if not line.lstrip().startswith("#") or "例：" not in line:
            continue
        value, problems = yaml.read(f"x: {line.rpartition('例：')[2]}\n", "")
        assert problems == [], line
        assert value is not None and value["x"] is not None, line


def test_flow_of_every_example_is_read_back() -> None:
    checked = 0
    for path in sorted((Path(__file__).parents[3] / "schemas").glob("*.schema.json")):
        for example in examples(json.loads(path.read_text(encoding="utf-8"))):
            value, problems = yaml.read_slow(f"x: {flow(example)}\n", "")
            assert (value, problems) == ({"x": example}, [])
            checked += 1
    assert checked > 200


def examples(node: object) -> list[object]:
    if isinstance(node, dict):
        own = node["examples"] if isinstance(node.get("examples"), list) else []
        return own + [e for key, below in node.items() if key != "examples" for e in examples(below)]
    return [e for below in node for e in examples(below)] if isinstance(node, list) else []
