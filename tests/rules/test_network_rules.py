"""W7: platforms, their posts, rules and years; good and bad."""

from __future__ import annotations

from datetime import date

import pytest
from make import CITY, COUNTY, TOWN, VILLAGE, make_platform, make_record, make_summary, owed_by_platform, setting

from weimin.model.dossier import Inbound
from weimin.model.network import folder_of
from weimin.rules.run import apply_platform_rules


@pytest.mark.parametrize(
    ("code", "established", "late"),
    [
        (CITY, "2019-11-30", False),
        (COUNTY, "2019-12-01", True),
        (TOWN, "2019-11", False),
        (TOWN, "2019-12", True),
        (TOWN, "2019", False),
        (VILLAGE, "2019-12-31", False),
        (VILLAGE, "2020-01-01", True),
        (VILLAGE, "2020", True),
    ],
)
def test_platform_late(code, established, late):
    platform = make_platform(code, row={"established": established})
    assert owed_by_platform(platform, "W701") == (["W701 notice platform"] if late else [])


def test_platform_late_by_its_first_consultation():
    assert owed_by_platform(make_platform(), "W701") == []
    active = (make_summary("2026-001", "2026-03-02"),)
    assert owed_by_platform(make_platform(summaries=active), "W701") == ["W701 notice platform"]
    assert owed_by_platform(make_platform(summaries=active, row={"established": "2019-12-01"}), "W701") == []
    early = (make_summary("2026-001", "2026-03-02"), make_summary("2019-001", "2019-12-20"))
    assert owed_by_platform(make_platform(summaries=early), "W701") == []


def group(*roles):
    return {
        "platform.yml": {"area": "某市", "leading_group": {"posts": [{"role": r, "held_by": "某职务"} for r in roles]}}
    }


FULL = ("第一组长", "组长", "副组长", "副组长", "副组长", "副组长", "成员")


@pytest.mark.parametrize(
    ("code", "files", "met"),
    [
        (CITY, group(*FULL), True),
        (CITY, group(*FULL[1:]), False),
        (CITY, group(*FULL[:5]), False),
        (COUNTY, group(*FULL[:3]), True),
        (COUNTY, group(*FULL[:2]), False),
        (COUNTY, {}, False),
        (COUNTY, {"platform.yml": {"area": "某县", "leading_group": "unpublished"}}, True),
        (COUNTY, {"platform.yml": {"area": "某县", "leading_group": {"posts": "unpublished"}}}, True),
        (COUNTY, {"platform.yml": {"area": "某县", "leading_group": {"posts": [{"role": r} for r in FULL]}}}, False),
        (TOWN, {}, True),
    ],
)
def test_leading_group_incomplete(code, files, met):
    assert owed_by_platform(make_platform(code, files), "W702") == ([] if met else ["W702 duty platform"])


def rule(**fields):
    return {"title": "工作规则", "effective_from": "2021-01-01", "applies_to": ["township", "village"]} | fields


@pytest.mark.parametrize(
    ("files", "met"),
    [
        ({"rules/2021-work.md": rule()}, True),
        ({"rules/town.md": rule(applies_to=["township"]), "rules/village.md": rule(applies_to=["village"])}, True),
        ({"rules/town.md": rule(applies_to=["township"])}, False),
        ({"rules/house.md": rule()}, False),
        ({}, False),
    ],
)
def test_county_without_rules(files, met):
    assert owed_by_platform(make_platform(COUNTY, files), "W703") == ([] if met else ["W703 duty platform"])
    assert owed_by_platform(make_platform(TOWN, files), "W703") == []


@pytest.mark.parametrize(
    ("members", "met"),
    [
        ({"count": 2}, True),
        ({"schedule": "每月 10 日"}, True),
        ("unpublished", True),
        ({"count": 0}, False),
        (None, False),
    ],
)
def test_no_member_contact(members, met):
    files = {"platform.yml": {"area": "某村"} | ({} if members is None else {"members": members})}
    for code in (TOWN, VILLAGE):
        assert owed_by_platform(make_platform(code, files), "W704") == ([] if met else ["W704 duty platform"])
    assert owed_by_platform(make_platform(COUNTY, files), "W704") == []


@pytest.mark.parametrize(
    ("clause", "bad"),
    [("#3.3.4", False), ("2019-implementation-plan#3.3.4", False), (None, True), ("unpublished", True)],
)
def test_parameter_without_clause(clause, bad):
    parameter = {"name": "report_days", "value": 10} | ({} if clause is None else {"clause": clause})
    files = {"rules/2021-work.md": rule(parameters=[parameter])}
    for heard in (True, False):  # the number binds all below it
        platform = make_platform(COUNTY, files, row={"has_records": heard})
        assert owed_by_platform(platform, "W707") == (["W707 error 2021-work"] if bad else [])


@pytest.mark.parametrize(
    ("files", "met"),
    [
        ({}, False),
        ({"rules/2019-implementation-plan.md": rule(), "rules/house.md": rule()}, False),
        ({"rules/2020-measures.md": rule()}, True),
    ],
)
def test_implementing_measures_missing(files, met):
    assert owed_by_platform(make_platform(CITY, files), "W708") == ([] if met else ["W708 duty platform"])
    assert owed_by_platform(make_platform(COUNTY, files), "W708") == []


PLAN = {"items": [{"subject": "停车", "when": "2026-05"}]}


def test_plan_missing_year_by_year():
    files = {"plans/2024.yml": PLAN, "plans/2026.yml": PLAN | {"approved": {"by": "镇党委", "date": "2026-02-01"}}}
    assert owed_by_platform(make_platform(files=files), "W705") == ["W705 duty platform 2025-03-31"]
    assert (
        owed_by_platform(make_platform(files=files, as_of=date(2027, 1, 1)), "W705")[-1]
        == "W705 duty platform 2027-03-31"
    )
    later = [setting("plan_due", "04-30", since=date(2025, 1, 1))]
    assert owed_by_platform(make_platform(files=files, settings=later), "W705") == ["W705 duty platform 2025-04-30"]


@pytest.mark.parametrize(("as_of", "overdue"), [(date(2026, 3, 31), 0), (date(2026, 4, 1), 1)])
def test_before_its_day_a_plan_is_owed_and_not_overdue(as_of, overdue):
    [raised] = [r for r in apply_platform_rules(make_platform(as_of=as_of)).findings if r.code == "W705"]
    assert (raised.severity.value, raised.overdue_days) == ("duty", overdue)


def test_the_years_of_a_platform_begin_with_its_first_own_record():
    compiled = {"plans/2020.yml": PLAN | {"compiled_from": [{"publisher": "某报"}]}}
    assert owed_by_platform(make_platform(files=compiled), "W705") == ["W705 duty platform 2026-03-31"]
    own = (make_summary("2024-003", "2024-07-01"),)
    assert [line[-10:-6] for line in owed_by_platform(make_platform(summaries=own), "W705")] == ["2024", "2025", "2026"]
    reported = (make_summary("2020-003", "2020-07-01", compiled=True),)
    assert [line[-10:-6] for line in owed_by_platform(make_platform(summaries=reported), "W705")] == ["2026"]
    closed = make_platform(summaries=own, row={"closed": "2025-06-30", "over": True})
    assert owed_by_platform(closed, "W705") == []


@pytest.mark.parametrize(
    ("code", "held", "expected"),
    [
        (VILLAGE, [], ["W706 duty platform 2026-12-31"]),
        (VILLAGE, ["2026-03-02"], []),
        (VILLAGE, ["2025-03-02"], ["W706 duty platform 2026-12-31"]),
        (TOWN, ["2026-03-02"], ["W706 duty platform 2026-12-31"]),
        (TOWN, ["2026-03-02", "2026-09-02"], []),
        (COUNTY, [], []),
        (CITY, [], []),
    ],
)
def test_platform_idle(code, held, expected):
    summaries = (make_summary("2026-001", *held, code=code),) if held else ()
    assert owed_by_platform(make_platform(code, summaries=summaries), "W706") == expected


def test_a_rule_may_ask_a_county_for_consultations():
    asked = [setting("consultations_per_year.county", 1)]
    assert owed_by_platform(make_platform(COUNTY, settings=asked), "W706") == ["W706 duty platform 2026-12-31"]


def test_what_counts_as_held():
    import msgspec

    summary = make_summary("2026-001", "2026-03-02", code=TOWN)
    twice = msgspec.structs.replace(summary.consultations[0], times=2)
    guest = msgspec.structs.replace(summary.consultations[0], same_as="321302/2026-001/2026-03-02-consultation")
    for row, met, code in ((twice, True, TOWN), (guest, False, VILLAGE)):
        platform = make_platform(code, summaries=(msgspec.structs.replace(summary, consultations=(row,)),))
        assert (owed_by_platform(platform, "W706") == []) == met


INDICATORS = rule(applies_to=["village"], indicators=[{"name": "协商次数"}])


def book(code=COUNTY, **fields):
    return make_record(f"{folder_of(code)}/rules/assessment.md", INDICATORS | fields)


@pytest.mark.parametrize(
    ("books", "met"),
    [
        ((), False),
        ((book(),), True),
        ((book(applies_to=["township"]),), False),
        ((book(effective_from="2026-01-01"),), False),
        ((book(effective_to="2024-12-31"),), False),
        ((book(indicators=[]),), False),
    ],
)
def test_assessment_missing(books, met):
    own = (make_summary("2025-001", "2025-05-01"),)
    platform = make_platform(summaries=own, rule_records=books)
    assert owed_by_platform(platform, "W709") == ([] if met else ["W709 duty platform 2026-03-31"])
    assert owed_by_platform(make_platform(summaries=own, rule_records=books, as_of=date(2025, 12, 31)), "W709") == []


LIST = {
    "title": "2025 年为民办实事项目",
    "adopted": {"by": "人大", "date": "2025-01-10"},
    "items": [{"item": "1", "name": "路灯"}, {"item": "2", "name": "停车场"}],
}
REF = f"{CITY}/projects/2025#2"


def items(platform):
    return [r.pointer for r in apply_platform_rules(platform).findings if r.code == "W710"]


def test_item_not_consulted():
    files = {"projects/2025.yml": LIST}
    assert items(make_platform(CITY, files)) == ["/items/0/item", "/items/1/item"]
    own = make_summary("2025-001", "2025-05-01", code=CITY, projects=(REF,))
    assert items(make_platform(CITY, files, summaries=(own,))) == ["/items/0/item"]
    assert items(
        make_platform(CITY, files, referring_summaries=(make_summary("2025-001", "2025-05-01", projects=(REF,)),))
    ) == ["/items/0/item"]
    wrong_year = make_summary("2025-001", "2026-05-01", projects=(REF,))
    assert len(items(make_platform(CITY, files, referring_summaries=(wrong_year,)))) == 2
    whole_list = make_summary("2025-001", "2025-05-01", projects=(f"{CITY}/projects/2025",))
    assert len(items(make_platform(CITY, files, referring_summaries=(whole_list,)))) == 2


def test_an_item_consulted_by_a_suggestion_or_told_by_a_reference():
    files = {"projects/2025.yml": LIST}
    said = make_summary(
        "2025-001", "2025-05-01", refs=(("2025-05-01-consultation", "/suggestions/0/about", "about", REF),)
    )
    assert items(make_platform(CITY, files, summaries=(said,))) == ["/items/0/item"]
    records = Inbound(source=f"{TOWN}/2025-004/topic", role="project", target=REF, line="2", on=date(2025, 6, 1))
    assert items(make_platform(CITY, files, inbound=(records,))) == ["/items/0/item"]


def test_no_item_is_missed_before_the_year_is_over_or_in_a_draft():
    assert items(make_platform(CITY, {"projects/2025.yml": LIST}, as_of=date(2025, 12, 31))) == []
    assert items(make_platform(CITY, {"projects/2025-draft.yml": LIST})) == []
    draft = {k: v for k, v in LIST.items() if k != "adopted"}
    assert items(make_platform(CITY, {"projects/2025.yml": draft})) == []


def test_no_guidance():
    guided = {"guidance/2025-03-01.md": {"to": [COUNTY], "form": "training"}}
    own = (make_summary("2024-001", "2024-05-01", code=COUNTY),)
    assert owed_by_platform(make_platform(COUNTY, guided, summaries=own), "W711") == ["W711 notice platform"]
    assert owed_by_platform(make_platform(TOWN, summaries=own), "W711") == []
    [raised] = [
        r for r in apply_platform_rules(make_platform(COUNTY, guided, summaries=own)).findings if r.code == "W711"
    ]
    assert "2024 年" in raised.message


def test_a_platform_that_was_not_heard_from_owes_nothing():
    for code in (CITY, COUNTY, TOWN, VILLAGE):
        result = apply_platform_rules(make_platform(code, row={"has_records": False, "established": "2021"}))
        assert result.findings == () and result.duties == () and result.next_day is None


def test_everything_that_a_new_village_owes():
    result = apply_platform_rules(make_platform(as_of=date(2026, 5, 1)))
    assert sorted((r.code, r.due, r.overdue_days) for r in result.findings if r.due) == [
        ("W705", date(2026, 3, 31), 31),
        ("W706", date(2026, 12, 31), 0),
    ]
    assert [r.code for r in result.findings if not r.due] == ["W704"]
    assert {r.owed_by for r in result.findings} == {VILLAGE}
    assert result.next_day == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("files", "first"),
    [
        ({"plans/2024.yml": PLAN}, "2025"),  # 2024 has its plan
        ({"projects/2023.yml": {"title": "清单", "items": []}}, "2023"),
        ({"guidance/2024-03-01.md": {"to": [TOWN], "form": "training"}}, "2024"),
        (
            {"opinions/2025-02.yml": {"channel": "visit", "from": "resident", "theme": "其他", "summary": "路灯"}},
            "2025",
        ),
        ({"rules/2021-work.md": rule()}, "2026"),
    ],
)
def test_which_records_begin_the_years(files, first):
    lines = owed_by_platform(make_platform(COUNTY, files), "W705")
    assert lines[0] == f"W705 duty platform {first}-03-31"


def test_rows_of_reports_begin_no_year():
    import msgspec

    summary = make_summary("2024-001", "2024-05-01", "2025-05-01")
    rows = (msgspec.structs.replace(summary.consultations[0], compiled=True), summary.consultations[1])
    mixed = msgspec.structs.replace(summary, consultations=rows)
    assert owed_by_platform(make_platform(summaries=(mixed,)), "W705")[0] == "W705 duty platform 2025-03-31"
    assert owed_by_platform(make_platform(summaries=(make_summary("2025-001"),)), "W705")[0][-10:] == "2025-03-31"


def test_the_day_on_which_a_plan_was_approved():
    def met(plan):
        [duty] = [
            d for d in apply_platform_rules(make_platform(files={"plans/2026.yml": plan})).duties if d.code == "W705"
        ]
        return duty.met, duty.met_on

    assert met(PLAN | {"approved": {"by": "镇党委", "date": "2026-02-01"}}) == (date(2026, 2, 1), "2026-02-01")
    for approved in ("unpublished", {"by": "镇党委", "date": "unpublished"}, {"by": "镇党委"}):
        assert met(PLAN | {"approved": approved})[1] == ""
    assert met(PLAN)[0] is not None


@pytest.mark.parametrize(
    ("role", "on", "counts"),
    [
        ("project", date(2025, 6, 1), True),
        ("about", date(2025, 6, 1), True),
        ("evaluates", date(2025, 6, 1), False),
        ("project", date(2026, 6, 1), False),
        ("project", None, False),
    ],
)
def test_which_references_tell_of_a_consultation(role, on, counts):
    records = Inbound(source=f"{TOWN}/2025-004/topic", role=role, target=REF, line="2", on=on)
    platform = make_platform(CITY, {"projects/2025.yml": LIST}, inbound=(records,))
    assert items(platform) == ["/items/0/item", *([] if counts else ["/items/1/item"])]


@pytest.mark.parametrize(
    "effective", [{"effective_from": "2025-12-31"}, {"effective_to": "2025-01-01"}, {"effective_from": "unpublished"}]
)
def test_indicators_in_force_for_a_day_of_the_year(effective):
    platform = make_platform(summaries=(make_summary("2025-001", "2025-05-01"),), rule_records=(book(**effective),))
    assert owed_by_platform(platform, "W709") == []
