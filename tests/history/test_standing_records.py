"""Standing records that have promised or reported something are changed with a reason (A103, docs/adr/0079)."""

from __future__ import annotations

import copy

import pytest
from made_steps import CITY, NOW, Branch, told

from weimin.history.protection import STANDING, STANDING_SINCE
from weimin.records.kinds import KINDS

PLATFORM, LIST, DRAFT = f"{CITY}/platform.yml", f"{CITY}/projects/2026.yml", f"{CITY}/projects/2026-draft.yml"
PLAN, NEWS = f"{CITY}/plans/2026.yml", "content/news/2026-training.md"
BEFORE, DAY, NEXT, LATER = "2026-11-20", "2026-12-02", "2026-12-05", "2026-12-08"

ADOPTED = {
    "title": "实事项目",
    "adopted": {"by": "市人大", "date": "2026-01-15"},
    "items": [
        {
            "item": "1",
            "name": "道路照明",
            "lead": "住建局",
            "due": "2026-06-30",
            "progress": [{"as_of": "2026-03", "state": "behind"}],
        },
        {"item": "2", "name": "社区食堂", "lead": "民政局"},
    ],
}
STOOD = {
    PLATFORM: {"area": "某市", "established": "2019-12-20", "brand": "商量"},
    LIST: ADOPTED,
    PLAN: {
        "approved": {"by": "市委", "date": "2026-01-10"},
        "items": [{"subject": "食堂", "when": "2026-Q2"}, {"subject": "停车", "when": "2026-H2"}],
    },
    NEWS: {"title": "培训", "date": "2026-03-05"},
}


def reason(field, old=None, **more):
    line = {"field": field, "reason": "照文件更正", "approved_by": "市政协", "date": "2026-12-02"} | more
    return line if old is None else line | {"from": old}


def changed(path, *edits, corrected=()):
    """The record with values at pointers changed; None removes."""
    raw = copy.deepcopy(STOOD[path])
    for pointer, value in edits:
        *steps, last = [int(s) if s.isdigit() else s for s in pointer.split("/")[1:]]
        at = raw
        for step in steps:
            at = at[step]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return raw | ({"corrected": list(corrected)} if corrected else {})


def after(*steps, day=DAY):
    """What the last of the steps is found to be; the records stood before."""
    branch = Branch()
    branch.step(BEFORE, STOOD)
    found = []
    for n, files in enumerate(steps):
        found = branch.step((day, NEXT, LATER)[n], files)
    return [line for line in told(found) if line.startswith("A103")]


BINDING = [
    (PLATFORM, "/established", "2019-11-20"),
    (LIST, "/title", "办好的项目"),
    (LIST, "/adopted/date", "2026-01-10"),
    (LIST, "/items/0/name", "路灯"),
    (LIST, "/items/0/due", "2026-12-31"),
    (LIST, "/items/0/due", None),
    (LIST, "/items/0/progress/0/state", "on_track"),
    (LIST, "/items/1", None),
    (PLAN, "/approved/by", "市政府"),
    (PLAN, "/items/1/when", "2027"),
    (PLAN, "/items/1", None),
    (NEWS, "/title", "培训班"),
    (NEWS, "/date", "2026-03-06"),
]


@pytest.mark.parametrize(("path", "pointer", "new"), BINDING)
def test_what_is_binding_is_changed_with_a_reason(path, pointer, new):
    name = path.rpartition("/")[2]
    assert after({path: changed(path, (pointer, new))}) == [f"A103 {name} {pointer}"]
    stood = STOOD[path]
    for step in pointer.split("/")[1:]:
        stood = stood[int(step) if step.isdigit() else step]
    old = stood if isinstance(stood, str) else None
    assert after({path: changed(path, (pointer, new), corrected=[reason(pointer, old)])}) == []
    elsewhere = changed(path, (pointer, new), corrected=[reason("/elsewhere", old)])
    assert after({path: elsewhere}) == [f"A103 {name} {pointer}"]
    if old is not None:
        untrue = changed(path, (pointer, new), corrected=[reason(pointer, "别的值")])
        assert after({path: untrue}) == [f"A103 {name} {pointer}"]


@pytest.mark.parametrize(
    ("path", "edits"),
    [
        (PLATFORM, [("/brand", "好商量"), ("/area", "某某市")]),
        (PLATFORM, [("/closed", {"date": "2026-12-01", "reason": "并入"})]),
        (LIST, [("/items/1/due", "2026-12"), ("/partial", True)]),
        (PLAN, [("/items/1/dropped", "并入食堂")]),
        (PLAN, [("/items/0/dossier", "321300/2026-001")]),
        (NEWS, [("/about", ["321300"])]),
    ],
)
def test_what_is_not_binding_or_new_is_free(path, edits):
    assert after({path: changed(path, *edits)}) == []


def test_a_draft_and_a_plan_under_work_are_free():
    branch = Branch()
    draft = {"title": "讨论稿", "items": ADOPTED["items"]}
    plan = {"items": [{"subject": "食堂", "when": "2026-Q2"}]}
    branch.step(BEFORE, {DRAFT: draft, PLAN: plan})
    assert told(branch.step(DAY, {DRAFT: draft | {"items": []}, PLAN: {"items": []}})) == []


def test_lines_of_reasons_stay_as_they_are():
    given = changed(PLATFORM, ("/established", "2019-11-20"), corrected=[reason("/established", "2019-12-20")])
    polished = given | {"corrected": [reason("/established", "2019-12-20", reason="笔误")]}
    assert after({PLATFORM: given}, {PLATFORM: polished}) == ["A103 platform.yml /corrected/0/reason"]
    gone = {k: v for k, v in given.items() if k != "corrected"}
    assert after({PLATFORM: given}, {PLATFORM: gone}) == ["A103 platform.yml /corrected"]
    more = given | {"brand": "好商量", "corrected": [*given["corrected"], reason("/brand", "商量")]}
    assert after({PLATFORM: given}, {PLATFORM: more}) == []


def test_a_reason_given_before_does_not_serve_twice():
    once = changed(LIST, ("/items/0/due", "2026-09-30"), corrected=[reason("/items/0/due", "2026-06-30")])
    twice = copy.deepcopy(once)
    twice["items"][0]["due"] = "2026-12-31"
    assert after({LIST: once}, {LIST: twice}) == ["A103 2026.yml /items/0/due"]


def test_what_is_put_back_is_in_order():
    """As with protected records: the version that counts is the last one with its reasons."""
    wrong = changed(LIST, ("/items/0/due", "2026-12-31"))
    assert after({LIST: wrong}, {LIST: STOOD[LIST]}) == []
    assert after({LIST: wrong}, {LIST: changed(LIST, ("/items/0/due", "2026-10-31"))}) == ["A103 2026.yml /items/0/due"]


def test_a_record_that_was_broken_in_between_is_no_way_round():
    assert after({LIST: None}) == ["A103 2026.yml"]
    assert after({LIST: None}, {LIST: changed(LIST, ("/items/0/due", "2026-12-31"))}) == ["A103 2026.yml /items/0/due"]
    assert after({LIST: None}, {LIST: STOOD[LIST]}) == []


def test_edits_before_there_was_a_place_for_a_reason_are_no_finding():
    assert STANDING_SINCE.isoformat() == "2026-12-01" and NOW > STANDING_SINCE
    assert after({LIST: changed(LIST, ("/items/0/due", "2026-12-31"))}, day="2026-11-30") == []


def test_the_kinds_and_fields_are_those_of_the_schemas():
    assert set(STANDING) <= set(KINDS)
