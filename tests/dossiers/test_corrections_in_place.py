"""Where a correction puts its value, and what it says where it does not fit."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from made_story import FILES, story

from weimin.dossiers.corrections import get_value, set_value
from weimin.model.dossier import Dossier

RAW = {"a": [{"b/c": 1, "d~e": 2}, "x"], "": 3, "none": None, "m": {"k": "v"}}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", RAW),
        ("/a/0/b~1c", 1),
        ("/a/0/d~0e", 2),
        ("/a/1", "x"),
        ("/", 3),
        ("/none", None),
        ("/m/k", "v"),
    ],
)
def test_a_value_under_a_pointer(pointer: str, value: Any) -> None:
    assert get_value(RAW, pointer) == value


@pytest.mark.parametrize("pointer", ["/a/2", "/a/-", "/a/-1", "/a/１", "/a/x", "/b", "/m/k/x", "/a/0/b/c"])
def test_nothing_under_a_pointer(pointer: str) -> None:
    assert get_value(RAW, pointer) not in (None, *RAW.values())
    assert get_value(RAW, pointer) is get_value(RAW, "/nothing")


@pytest.mark.parametrize(
    ("pointer", "value", "after"),
    [
        ("/m/k", "w", RAW | {"m": {"k": "w"}}),
        ("/m/n", "w", RAW | {"m": {"k": "v", "n": "w"}}),
        ("/m/k", None, RAW | {"m": {}}),
        ("/m/n", None, RAW),
        ("/a/0/b~1c", 9, RAW | {"a": [{"b/c": 9, "d~e": 2}, "x"]}),
        ("/a/0/d~0e", 9, RAW | {"a": [{"b/c": 1, "d~e": 9}, "x"]}),
        ("/a/0", "y", RAW | {"a": ["y", "x"]}),
        ("/a/1", "y", RAW | {"a": [RAW["a"][0], "y"]}),  # type: ignore[index]
        ("/a/2", "y", RAW | {"a": [*RAW["a"], "y"]}),  # type: ignore[misc]
        ("/a/0", None, RAW | {"a": ["x"]}),
        ("/a/1", None, RAW | {"a": [RAW["a"][0]]}),  # type: ignore[index]
        ("/a/2", None, RAW),
        ("", "w", RAW | {"": "w"}),
    ],
)
def test_a_value_is_put_under_a_pointer(pointer: str, value: Any, after: Any) -> None:
    raw = copy.deepcopy(RAW)
    assert set_value(raw, pointer, value) is True
    assert raw == after


@pytest.mark.parametrize("pointer", ["/a/3", "/a/x", "/a/-1", "/a/１", "/b/c", "/m/k/x", "/none/x", "/a/5/x"])
def test_nothing_is_put_where_its_parent_is_not(pointer: str) -> None:
    raw = copy.deepcopy(RAW)
    assert set_value(raw, pointer, "w") is False
    assert raw == RAW


def corrected(change: str, of: str = "2026-03-10-outcome", files: dict[str, str] | None = None) -> Dossier:
    text = f"of: {of}\nchanges: [{change}]\nreason: 错\napproved_by: 召集人\n"
    return story(FILES | (files or {}) | {"2026-07-01-correction.yml": text})


CHECK = "核对 field 和 from。"
LONG = "很" * 41


@pytest.mark.parametrize(
    ("change", "said", "hint"),
    [
        ("{field: /measures/0/unit, from: 县, to: 市}", "记录里是“镇建设办”", "把 from 改成：镇建设办"),
        ("{field: /consensus, from: 县, to: majority}", "记录里是“full”", "把 from 改成：full"),
        ("{field: /upkeep, from: 县, to: 市}", "记录里是没有这一项", CHECK),
        ("{field: /measures/0/upkeep, from: 县, to: 市}", "记录里是没有这一项", CHECK),
        ("{field: /of, from: 县, to: [2026-03-02-consultation]}", "记录里是“['2026-03-02-consultation']”", CHECK),
        ("{field: /measures/0, from: 县, to: 市}", "记录里是“{'id': 'm1', 'text': '装灯', 'unit': '镇建设…”", CHECK),
        ("{field: /date, from: '2026-03-11', to: '2026-03-12'}", "记录里是“2026-03-10”", "把 from 改成：2026-03-10"),
        ("{field: /body, from: 县, to: 市}", "记录里是“结果。”", "把 from 改成：结果。"),
        ("{field: /measures/0/x/y, from: null, to: 市}", "记录里是没有这一项", CHECK),
    ],
)
def test_what_does_not_fit_is_said(change: str, said: str, hint: str) -> None:
    made = corrected(change)
    (problem,) = made.problems
    field = change.partition("field: ")[2].partition(",")[0]
    assert problem.message == f"更正的“{field}”写的原值与记录现在的值不一致：{said}"
    assert (problem.code, problem.hint, problem.pointer) == ("L107", hint, "/changes/0/from")
    assert problem.path.endswith("/2026-07-01-correction.yml")
    assert problem.dossier == "990001001001/2026-001"
    assert made.applied == ()


@pytest.mark.parametrize(("length", "shown"), [(39, "很" * 39), (40, "很" * 40), (41, "很" * 39 + "…")])
def test_a_long_value_is_cut_at_forty(length: int, shown: str) -> None:
    text = FILES["2026-03-10-outcome.md"].replace("镇建设办", "很" * length)
    (problem,) = corrected(
        "{field: /measures/0/unit, from: 县, to: 市}", files={"2026-03-10-outcome.md": text}
    ).problems
    assert problem.message.endswith(f"记录里是“{shown}”")


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ("{field: /measures/0/due, from: '2026-06-30', to: '2026-07-31'}", True),
        ("{field: /measures/0/due, from: 2026-06-30, to: '2026-07-31'}", True),
        ("{field: /of, from: [2026-03-02-consultation], to: [2026-03-02-consultation]}", True),
        ("{field: /of, from: \"['2026-03-02-consultation']\", to: [2026-03-02-consultation]}", True),
        ("{field: /of, from: [2026-03-03-consultation], to: [2026-03-02-consultation]}", False),
        ("{field: /body, from: null, to: 新的。}", True),
        ("{field: /body, from: 结果。, to: null}", True),
        ("{field: /consensus, from: null, to: majority}", False),
        ("{field: /date, from: '2026-03-10', to: by-2026-03-12}", True),
        ("{field: /date, from: '2026-03-10', to: XXXX}", True),
        ("{field: /date, from: '2026-03-10', to: '2026-02-30'}", False),
        ("{field: /date, from: null, to: '2026-03-12'}", False),
    ],
)
def test_what_fits(change: str, fits: bool) -> None:
    made = corrected(change)
    assert ([p.code for p in made.problems] == []) is fits
    assert len(made.applied) == fits


def test_prose_that_goes_is_empty() -> None:
    event = corrected("{field: /body, from: 结果。, to: null}").event("2026-03-10-outcome")
    assert event is not None
    assert event.record.body == ""


def test_a_field_called_body_of_a_record_without_prose_is_no_prose() -> None:
    made = corrected("{field: /body, from: null, to: 代表}", "2026-06-20-evaluation")
    assert [p.code for p in made.problems] == ["L107"]


@pytest.mark.parametrize(
    ("of", "applied"),
    [
        ("2026-03-10-outcome", True),
        ("990001001001/2026-001/2026-03-10-outcome", True),
        ("990001001001/2026-002/2026-03-10-outcome", False),
        ("2026-09-09-outcome", False),
        ("topic", False),
    ],
)
def test_the_record_that_a_correction_is_of(of: str, applied: bool) -> None:
    made = corrected("{field: /measures/0/unit, from: 镇建设办, to: 县}", of)
    assert (made.lines["m1"].value.unit == "县") is applied  # type: ignore[union-attr]
    change = made.applied
    assert [(c.correction, c.on.text, c.target, c.field, c.old, c.new, c.reason, c.approved_by) for c in change] == (
        [
            (
                "2026-07-01-correction",
                "2026-07-01",
                "2026-03-10-outcome",
                "/measures/0/unit",
                "镇建设办",
                "县",
                "错",
                "召集人",
            )
        ]
        if applied
        else []
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-07-01-correction", "2026-07-01-correction-2"),
        ("2026-07-01-correction-2", "2026-07-01-correction-10"),
        ("2026-06-30-correction-3", "2026-07-01-correction"),
    ],
)
def test_corrections_are_applied_in_order_of_day_and_number(first: str, second: str) -> None:
    head = "of: topic\nchanges: [{field: /title, "
    tail = "}]\nreason: 错\napproved_by: 召集人\n"
    made = story(
        FILES
        | {
            f"{second}.yml": f"{head}from: 路灯一, to: 路灯二{tail}",
            f"{first}.yml": f"{head}from: 路灯, to: 路灯一{tail}",
        }
    )
    assert made.problems == ()
    assert [c.correction for c in made.applied] == [first, second]
    assert made.title == "路灯二"
