"""Records compared as data: what is gained is free, what stood is not, in every nesting."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.history.compare import EditKind, compare, correction_only, similarity
from weimin.model.history import ParsedRecord

SCALARS = st.one_of(st.integers(-5, 5), st.sampled_from(["甲", "乙", "丙", "pending"]), st.booleans())
KEYS = st.sampled_from(["a", "b", "c", "a/b", "~", "id"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(KEYS, inner, max_size=3),
    ),
    max_leaves=8,
)
RECORDS = st.dictionaries(KEYS, VALUES, max_size=4)


def free(old, new, body=("", "")):
    return not correction_only(compare(ParsedRecord(old, body[0]), ParsedRecord(new, body[1])))


@given(RECORDS, st.text("甲 \n", max_size=5))
def test_the_same_is_no_edit(raw, body):
    assert compare(ParsedRecord(raw, body), ParsedRecord(copy.deepcopy(raw), body)) == ()


@given(RECORDS, VALUES)
def test_a_new_field_is_free_and_taking_it_back_is_not(raw, value):
    new = {**raw, "new": value}
    assert free(raw, new)
    assert not free(new, raw)


@given(RECORDS)
def test_any_value_that_goes_is_told(raw):
    for key in raw:
        less = {k: v for k, v in raw.items() if k != key}
        (edit,) = correction_only(compare(ParsedRecord(raw), ParsedRecord(less)))
        assert (edit.kind, edit.old) == (EditKind.REMOVED, raw[key])


@given(RECORDS, SCALARS)
def test_a_value_changed_is_told_with_its_place(raw, value):
    for key, old in raw.items():
        if isinstance(old, dict | list) or (type(old), old) == (type(value), value) or value is old:
            continue
        found = correction_only(compare(ParsedRecord(raw), ParsedRecord({**raw, key: value})))
        same = isinstance(old, bool) == isinstance(value, bool) and old == value
        assert [e.pointer for e in found] == ([] if same else ["/" + key.replace("~", "~0").replace("/", "~1")])


@given(st.lists(VALUES, min_size=1, max_size=4), VALUES, st.integers(0, 4))
def test_a_line_more_is_free_wherever_it_stands(lines, line, at):
    new = [*lines[:at], line, *lines[at:]]
    assert free({"a": lines}, {"a": new})


@given(RECORDS, RECORDS)
def test_what_is_free_loses_nothing(old, new):
    """If every edit is free, every text and number of the old version is still in the new one."""

    def leaves(value):
        if isinstance(value, dict):
            return [leaf for item in value.values() for leaf in leaves(item)]
        return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list) else [repr(value)]

    if free(old, new):
        rest = leaves(new)
        for leaf in leaves(old):
            assert leaf in rest
            rest.remove(leaf)


CASES = {
    "unpublished, then a value": ({"a": "unpublished"}, {"a": 3}, True),
    "unpublished, then lines": ({"a": "unpublished"}, {"a": [{"id": "s1"}]}, True),
    "unpublished, then none": ({"a": "unpublished"}, {"a": []}, True),
    "unpublished, then absent": ({"a": "unpublished"}, {}, False),
    "a value, then unpublished": ({"a": 3}, {"a": "unpublished"}, False),
    "lines, then unpublished": ({"a": [1]}, {"a": "unpublished"}, False),
    "none, then a line": ({"a": []}, {"a": [1]}, False),
    "none, then unpublished": ({"a": []}, {"a": "unpublished"}, False),
    "a line, then none": ({"a": [1]}, {"a": []}, False),
    "pending, then a date": ({"decision": {"date": "pending"}}, {"decision": {"date": "2026-03-01"}}, True),
    "pending where it is a text": ({"title": "pending"}, {"title": "别的"}, False),
    "a number as a truth": ({"a": 1}, {"a": True}, False),
    "3 and 3.0": ({"a": 3}, {"a": 3.0}, True),
    "one and a list of one": ({"theme": "教育"}, {"theme": ["教育"]}, True),
    "one, then a list of two": ({"theme": "教育"}, {"theme": ["教育", "其他"]}, True),
    "one, then a list without it": ({"theme": "教育"}, {"theme": ["其他"]}, False),
    "lines in another order, known by their ids": (
        {"a": [{"id": "s1", "t": 1}, {"id": "s2", "t": 2}]},
        {"a": [{"id": "s2", "t": 2}, {"id": "s1", "t": 1}]},
        True,
    ),
    "lines that changed ids": (
        {"a": [{"id": "s1", "t": 1}, {"id": "s2", "t": 2}]},
        {"a": [{"id": "s2", "t": 1}, {"id": "s1", "t": 2}]},
        False,
    ),
    "an id given twice": ({"a": [{"id": "s1", "t": 1}]}, {"a": [{"id": "s1", "t": 2}, {"id": "s1", "t": 1}]}, True),
    "items of a list of projects": ({"items": [{"item": "1", "n": "甲"}]}, {"items": [{"item": "1", "n": "乙"}]}, False),
    "texts in another order": ({"a": ["甲", "乙"]}, {"a": ["乙", "甲"]}, False),
    "a mapping for a text": ({"a": "甲"}, {"a": {"b": "甲"}}, False),
    "a mapping for a list": ({"a": [{"b": 1}]}, {"a": {"b": 1}}, True),
    "nothing written, then a value": ({"a": None}, {"a": 1}, True),
    "a value, then nothing written": ({"a": 1}, {"a": None}, False),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_free(name):
    old, new, expected = CASES[name]
    assert free(old, new) is expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("", "一段。", True), ("一段。", "", False), ("一段。", "一段。 ", False), ("一段。", "一段。\n\n二段。", False)],
)
def test_prose_is_its_exact_text(old, new, expected):
    assert free({}, {}, (old, new)) is expected


def test_what_cannot_be_read_is_one_edit():
    (edit,) = compare(ParsedRecord({"a": 1}, "正文"), None)
    assert (edit.kind, edit.allowed) == (EditKind.UNREADABLE, False)


def test_likeness_goes_by_length():
    old = ParsedRecord({"channel": "visit", "summary": "东组晚上看不见路，老人摔倒过"}, "")
    assert similarity(old, old) == 1.0
    assert similarity(old, ParsedRecord({"channel": "visit", "summary": "西组积水"}, "")) < 0.2
    assert similarity(old, ParsedRecord({"channel": "web", "summary": "东组晚上看不见路，老人摔倒过"}, "")) > 0.8
    assert similarity(ParsedRecord({}, ""), old) == 0.0
