"""W614 and the levels that names of bodies tell."""

from __future__ import annotations

import pytest
from make import COUNTY, TOWN, VILLAGE, apply_rules, findings_of, make_context, make_dossier, story

from weimin.model.place import Level
from weimin.rules.named_levels import levels_named
from weimin.rules.run import apply_dossier_rules

CITY, AREA, LOCAL, PLACE = Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE
AT = "2026-03-10-outcome"


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("样例镇党委", {LOCAL}),
        ("样例街道党工委", {LOCAL}),
        ("中共样例市样例县样例乡委员会", {LOCAL}),
        ("样例镇人民政府", {LOCAL}),
        ("样例街道办事处", {LOCAL}),
        ("样例村党总支", {PLACE}),
        ("样例村村民委员会", {PLACE}),
        ("村两委", {PLACE}),
        ("样例社区居委会", {PLACE}),
        ("样例社区党委", {PLACE}),
        ("样例县委办公室", {AREA}),
        ("样例县人民政府", {AREA}),
        ("宿城区委", {AREA}),
        ("宿迁市委", {CITY, AREA}),  # a county may be a 县级市
        ("样例镇党委、样例村党支部", {LOCAL, PLACE}),
        ("样例开发区党工委", set()),
        ("样例园区党工委", set()),
        ("样例小区党支部", set()),
        ("党工委", set()),
        ("同级党政组织", set()),
        ("领导小组", set()),
        ("李村镇", set()),
        ("江苏省委", set()),
    ],
)
def test_the_level_that_a_name_tells(body, levels):
    assert levels_named(body) == levels


@pytest.mark.parametrize(
    ("addressees", "found"),
    [
        (["样例镇党委"], True),
        (["样例县委", "样例镇党委"], True),
        (["样例镇党委", "样例村党总支"], False),
        (["样例镇党委", "党工委"], False),  # this one may be of the same level
        (["unpublished"], False),
        (["样例村委会"], False),
    ],
)
def test_a_result_goes_to_the_body_of_the_same_level(addressees, found):
    records = story(outcome={"submitted": [{"to": to, "date": "2026-03-12"} for to in addressees]})
    assert [line for line in findings_of(records) if line.startswith("W614")] == (
        [f"W614 notice {AT}"] if found else []
    )


@pytest.mark.parametrize(("code", "found"), [(TOWN, False), (VILLAGE, True), (COUNTY, True)])
def test_the_level_is_that_of_the_platform(code, found):
    records = story(outcome={"submitted": [{"to": "样例镇党委", "date": "2026-03-12"}]})
    result = apply_dossier_rules(make_dossier(records, f"{code}/2026-001"), make_context())
    assert any(f.code == "W614" for f in result.findings) is found


def test_the_message_names_both_levels():
    records = story(outcome={"submitted": [{"to": "样例镇党委", "date": "2026-03-12"}]})
    [found] = [f for f in apply_rules(records).findings if f.code == "W614"]
    assert "“样例镇党委”" in found.message and "乡镇级" in found.message and "村居级" in found.message
    assert found.pointer == "/submitted/0/to"
