"""Changing one field of a file leaves everything else as typed: comments, order, quotes, brackets, prose."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shares import number
from weimin.records.amend import NotAmended, amend
from weimin.records.front_matter import split
from weimin.records.yaml.read import read

FILE = """---
# 先写协商成果
of: [2026-03-02-consultation]   # 一次
consensus: full
measures:
  # 第一件
  - id: m1
    text: "建停车位"   # 路边
    unit: '样例镇建设办'
    due: 2026-06-30
  - {id: m2, text: 装路灯, target: {amount: 3, unit: 盏}}

# 经费
funding: []
dissent:
- id: d1
  text: |-
    怕影响
    出行
submitted:
    - to: 样例镇党委
      date: 2026-03-12
---

样例：内容是编造的。
"""
OUTCOME = ("outcome", "content/network/990100/990101/2026-001/2026-03-10-outcome.md")


def changed(at: tuple[str | int, ...], value: object, text: str = FILE) -> list[str]:
    """Lines that differ: `-` the old one, `+` the new one; all others are the same bytes in the same order."""
    raw = raw_of(text)
    holder = raw
    for step in at[:-1]:
        holder = holder[step]
    if value is None:
        del holder[at[-1]]
    elif isinstance(holder, list) and at[-1] == len(holder):
        holder.append(value)
    else:
        holder[at[-1]] = value
    new = amend(*OUTCOME, text, raw)
    assert raw_of(new) == raw
    old_lines, new_lines = text.split("\n"), new.split("\n")
    while old_lines and new_lines and old_lines[0] == new_lines[0]:
        del old_lines[0], new_lines[0]
    while old_lines and new_lines and old_lines[-1] == new_lines[-1]:
        del old_lines[-1], new_lines[-1]
    return ["-" + line for line in old_lines] + ["+" + line for line in new_lines]


def raw_of(text: str):
    return copy.deepcopy(read(split(text, "x").fields, "x")[0])


@pytest.mark.parametrize(
    ("at", "value", "lines"),
    [
        (("consensus",), "none", ["-consensus: full", "+consensus: none"]),
        (
            ("of", 0),
            "2026-03-03-consultation",
            ["-of: [2026-03-02-consultation]   # 一次", "+of: [2026-03-03-consultation]   # 一次"],
        ),
        (
            ("of", 1),
            "a,b",
            ["-of: [2026-03-02-consultation]   # 一次", '+of: [2026-03-02-consultation, "a,b"]   # 一次'],
        ),
        (("measures", 0, "text"), "建 20 个", ['-    text: "建停车位"   # 路边', '+    text: "建 20 个"   # 路边']),
        (("measures", 0, "unit"), "no", ["-    unit: '样例镇建设办'", "+    unit: 'no'"]),
        (("measures", 0, "due"), "0001", ["-    due: 2026-06-30", '+    due: "0001"']),
        (
            ("measures", 0, "id"),
            None,
            ["-  - id: m1", '-    text: "建停车位"   # 路边', '+  - text: "建停车位"   # 路边'],
        ),
        (("measures", 0, "due"), None, ["-    due: 2026-06-30"]),
        (("measures", 0, "upkeep"), "村委会", ["+    upkeep: 村委会"]),
        (
            ("measures", 0, "target"),
            {"amount": 20, "unit": "个"},
            ["+    target:", "+      amount: 20", "+      unit: 个"],
        ),
        (
            ("measures", 1, "target", "amount"),
            5,
            [
                "-  - {id: m2, text: 装路灯, target: {amount: 3, unit: 盏}}",
                "+  - {id: m2, text: 装路灯, target: {amount: 5, unit: 盏}}",
            ],
        ),
        (
            ("measures", 1, "text"),
            None,
            [
                "-  - {id: m2, text: 装路灯, target: {amount: 3, unit: 盏}}",
                "+  - {id: m2, target: {amount: 3, unit: 盏}}",
            ],
        ),
        (("measures", 2), {"id": "m3", "text": "清沟"}, ["+  - id: m3", "+    text: 清沟"]),
        (("funding",), [{"yuan": 12}], ["-funding: []", "+funding:", "+  - yuan: 12"]),
        (("funding",), "unpublished", ["-funding: []", "+funding: unpublished"]),
        (
            ("measures",),
            "unpublished",
            ["-measures:", "-  # 第一件", *(f"-{line}" for line in FILE.split("\n")[6:11]), "+measures: unpublished"],
        ),
        (("dissent", 0, "text"), "怕吵", ["-  text: |-", "-    怕影响", "-    出行", "+  text: 怕吵"]),
        (("dissent", 0, "text"), "怕吵\n怕乱", ["-    怕影响", "-    出行", "+    怕吵", "+    怕乱"]),
        (("dissent", 1), {"id": "d2", "text": "太远"}, ["+- id: d2", "+  text: 太远"]),
        (("submitted", 0, "doc_no"), "样政〔2026〕1号", ["+      doc_no: 样政〔2026〕1号"]),
        (("dissent",), None, ["-dissent:", "-- id: d1", "-  text: |-", "-    怕影响", "-    出行"]),
    ],
)
def test_only_the_lines_of_the_field_differ(at, value, lines):
    assert changed(at, value) == lines


def test_prose_is_changed_alone():
    raw = raw_of(FILE)
    assert amend(*OUTCOME, FILE, raw, "别的话。") == FILE.replace("样例：内容是编造的。", "别的话。")
    assert amend(*OUTCOME, FILE, raw, None) == FILE
    without = amend(*OUTCOME, FILE, raw, "")
    assert without.endswith("---\n")
    assert amend(*OUTCOME, without, raw, "又有了") == without + "\n又有了\n"


def test_what_was_a_field_without_a_value_gets_one():
    text = "---\nof: [a]\nconsensus:  # 待填\ndissent: []\n---\n"
    raw = {"of": ["a"], "consensus": "full", "dissent": []}
    assert "consensus: full  # 待填\n" in amend(*OUTCOME, text, raw)


def test_a_file_that_cannot_be_changed_in_place_is_unchanged():
    with pytest.raises(NotAmended):
        amend("outcome", "x", "没有字段", {"of": ["a"]})


SAMPLES = sorted((Path(__file__).resolve().parents[2] / "schemas" / "samples").iterdir())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@settings(max_examples=number(10, 400))
@given(data=st.data())
def test_any_change_of_a_sample_gives_the_requested_value_and_can_be_reverted(sample, data):
    """Every scalar of every kind, set to text of any sort; set back, the file is what it was but for quotes."""
    kind, text = sample.stem, sample.read_text("utf-8")
    fields = split(text, "x").fields if sample.suffix == ".md" else text
    raw = read(fields, "x", listed=kind == "exemptions")[0]
    spots = list(scalars(raw, ()))
    at = data.draw(st.sampled_from(spots))
    value = data.draw(
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=8)
    )
    new = copy.deepcopy(raw)
    holder = new
    for step in at[:-1]:
        holder = holder[step]
    old, holder[at[-1]] = holder[at[-1]], value
    try:
        made = amend(kind, "x", text, new)
    except NotAmended:
        assert value.strip() != value or not value.isprintable()
        return
    assert made.count("#") >= text.count("#") - str(old).count("#")
    again = amend(kind, "x", made, raw)
    assert again.replace('"', "") == text.replace('"', "")


def scalars(value, at):
    if isinstance(value, dict | list):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from scalars(item, (*at, step))
    else:
        yield at
