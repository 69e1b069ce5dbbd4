"""Every message: one Chinese sentence, the fact first, no noise, a fix; the same on every day."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest
from make import (
    CITY,
    HEALTHY,
    LATE,
    apply_rules,
    make_context,
    make_dossier,
    make_network,
    make_platform,
    make_record,
    make_summary,
    setting,
    story,
)

from weimin.engine.register import given_parameters
from weimin.model.codes import CODES
from weimin.model.network import PlatformRow, folder_of
from weimin.rules.rule_set import ALL_RULES
from weimin.rules.run import apply_dossier_rules, apply_platform_rules

LOW = {
    "issued": 3,
    "returned": 4,
    "satisfied": 1,
    "basically_satisfied": 0,
    "dissatisfied": 2,
    "eligible": 1,
    "present": 2,
}
LONG = "很长的一句话" * 20

WORST = {
    "topic": {
        "title": LONG,
        "theme": "其他",
        "notice": {"where": "栏", "days": 1, "from": "2026-02-10", "to": "2026-02-09"},
        "decision": {"by": "镇党委", "date": "2026-01-01"},
    },
    "2026-03-02-consultation": {
        "about": "selection",
        "convened_by": "npc",
        "methods": [{"kind": "meeting", "votes": {"for": 9}}],
        "votes": [
            {"question": LONG, "eligible": 3, "absent": 1, "choices": 2, "options": [{"option": LONG, "count": 9}] * 2},
            {"question": LONG, "options": [{"option": "赞成", "percent": 90}, {"option": "反对", "percent": 60.5}]},
        ],
        "suggestions_made": 0,
        "participants": {"experts": 2},
        "joint": ["321300"],
        "suggestions": [{"id": "s1", "text": LONG}],
        "dissent": [{"id": "d1", "text": LONG}, {"id": "d2", "text": LONG}],
    },
    "2026-03-01-outcome": {
        "of": ["2026-03-02-consultation"],
        "measures": [{"id": "m1", "text": LONG, "target": {"amount": 30.0, "unit": "个"}}, {"id": "m2", "text": LONG}],
        "funding": [{"yuan": 20, "yuan_to": 10}],
        "upward": [
            {"id": "u1", "kind": "overall", "to": LONG, "text": LONG, "reported": {"date": "2026-03-03"}},
            {"id": "u2", "kind": "overall", "to": "321302001"},
        ],
    },
    "2026-03-05-outcome": {
        "of": [],
        "publication": {"decision": "withhold", "by": "村", "date": "2026-03-06"},
        "consensus": "full",
    },
    "2026-03-06-outcome": {
        "of": [],
        "submitted": [{"to": f"{LONG}镇党委", "date": "2026-03-05"}],
        "publication": {"decision": "publish", "by": "村", "date": "2027-03-06"},
    },
    "2026-04-01-followup": {
        "form": "inspection",
        "measures": [
            {
                "id": "m1",
                "state": "done",
                "done": {"amount": 0.1, "unit": "个"},
                "amounts": [{"stage": "done", "amount": 3, "unit": "个"}] * 2,
            },
            {"id": "m2", "state": "behind"},
        ],
    },
    "2026-04-05-response": {
        "by": "镇",
        "answers": [{"to": "s1", "decision": "declined"}, {"to": "d1", "text": "说明"}],
        "answers_given": 1,
    },
    "2026-04-02-evaluation": {"of": ["2026-03-01-outcome"], "ballots": LOW, "formula": "satisfied"},
    "2026-04-03-evaluation": {
        "of": ["2026-03-05-outcome"],
        "ballots": "unpublished",
        "published_rate": 98.5,
        "reconsult": {"decision": "hold", "by": "镇", "date": "2026-04-04", "reason": "x"},
    },
}


def every():
    """Findings of all rules, from a dossier and a city that do everything wrong."""
    raised = list(apply_rules(WORST, present=LATE).findings)
    raised += apply_rules(
        story(topic={"approval": None}, until="followup"), settings=[setting("topic_approval", "required")]
    ).findings
    raised += apply_rules(story(until="followup")).findings + apply_rules(story(until="response")).findings
    raised += apply_rules(story(until="followup", without=["outcome", "response"], followup={"measures": []})).findings
    closed = make_network(PlatformRow(code="321302001004", area="某村", name="某村", closed="2026-01-01"))
    context = msgspec.structs.replace(make_context(), network=closed)
    raised += apply_dossier_rules(make_dossier(story(until="consultation")), context).findings
    stale = {
        "rule": "W602",
        "subject": f"{folder_of(CITY)}/platform.yml",
        "reason": "x",
        "approved_by": "x",
        "until": "2020-01-01",
    }
    files = {
        "opinions/2024-02-10.yml": {"channel": "visit", "from": "resident", "theme": "其他", "summary": LONG},
        "projects/2024.yml": {"title": LONG, "adopted": {"date": "2024-01-01"}, "items": [{"item": "1", "name": LONG}]},
        "rules/2021-x.md": {
            "title": LONG,
            "applies_to": ["village"],
            "parameters": [{"name": "report_days", "value": 7}],
        },
    }
    exemptions = (make_record(f"{folder_of(CITY)}/exemptions.yml", [stale]),)
    wanted = [setting("consultations_per_year.city", 2)]
    row = {"established": "2021"}
    raised += apply_platform_rules(make_platform(CITY, files, row=row, settings=wanted, exemptions=exemptions)).findings
    lax = {"title": LONG, "issued": "2026-01-01", "parameters": [{"name": "report_days", "value": 99, "clause": "#1"}]}
    own = make_platform("321302001", {"rules/2026-x.md": lax})
    given = [*given_parameters(own.records.of_kind("rule"))]
    raised += apply_platform_rules(make_platform("321302001", {"rules/2026-x.md": lax}, settings=given)).findings
    for code in (CITY, "321302", "321302001"):
        raised += apply_platform_rules(
            make_platform(code, summaries=(make_summary("2024-001", "2024-05-01", code=code),))
        ).findings
    return raised


def test_all_rules_speak():
    assert {r.code for r in every()} == set(ALL_RULES)


@pytest.mark.parametrize("raised", every(), ids=lambda r: r.code)
def test_a_message_is_one_sentence_for_staff(raised):
    text = raised.message
    assert re.search(r"[\u4e00-\u9fff]", text[:12])
    assert "\n" not in text and "。" not in text and not text.endswith(("，", "："))
    assert not re.search(r"\d\.\d{3}", text), "noise of a float"
    assert not re.search(r"非法|失败|异常|错误|None|unpublished|required|逾期", text)
    assert LONG not in text, "a value is cut at forty characters"
    assert all(len(quoted) <= 40 for quoted in re.findall(r"“([^”]*)”", text))
    assert len(text) <= 160
    assert raised.hint and raised.path.startswith("content/")
    assert raised.clause == f"{CITY}/rules/" + (
        CODES[raised.code].clause
        if "#" in CODES[raised.code].clause
        else f"2019-implementation-plan#{CODES[raised.code].clause}"
    )


def test_a_number_that_no_rule_gives_says_so_every_time():
    without = [*apply_rules(WORST, issued=False).findings]
    without += apply_rules(story(until="followup"), issued=False).findings
    without += apply_platform_rules(
        make_platform(summaries=(make_summary("2024-001", "2024-05-01"),), issued=False)
    ).findings
    suggested = [r for r in without if r.suggested_due is not None]
    assert len({r.code for r in suggested}) >= 8
    assert all("（本站参考，非文件规定）" in r.message for r in suggested)
    assert all(r.parameter and r.due is None for r in suggested)
    published = [setting(name, 20) for name in ("outcome_days", "report_days", "response_days", "publication_days")]
    codes = ("W601", "W602", "W606", "W607")
    again = [
        r
        for r in apply_rules(story(until="outcome", outcome={"submitted": None}), settings=published).findings
        if r.code in codes
    ]
    assert again and all("依据 321300/rules/2021-measures#1" in r.message for r in again)


def test_a_message_does_not_change_with_the_clock():
    records = story(until="outcome", outcome={"submitted": None})
    early, late = apply_rules(records, date(2026, 3, 15)).findings, apply_rules(records, date(2030, 1, 1)).findings
    assert early and [r.message for r in early] == [r.message for r in late]
    assert [r.overdue_days for r in early] != [r.overdue_days for r in late]


def test_a_met_duty_does_not_say_that_it_is_open():
    duties = apply_rules(HEALTHY).duties
    assert duties and all("还没有" not in d.message and d.met is not None for d in duties)


def places_in(record, pointer):
    """Whether a JSON pointer leads to something that stands in a record."""
    value = record.raw
    for key in pointer.split("/")[1:]:
        value = value[int(key)] if isinstance(value, list) else value.get(key)
        if value is None:
            return False
    return True


@pytest.mark.parametrize(
    "records", [WORST, story(until="outcome", outcome={"submitted": None, "publication": "unpublished"})]
)
def test_a_finding_points_at_something_that_exists(records):
    dossier = make_dossier(records)
    by_path = {e.path: e.record for e in dossier.events}
    raised = apply_rules(records).findings
    assert len(raised) > 4
    assert [r for r in raised if not places_in(by_path[r.path], r.pointer)] == []


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"leading_group": "unpublished", "members": {"count": 0}},
        {"leading_group": {"office_at": "政协"}, "established": "2021"},
    ],
)
def test_a_finding_of_a_platform_points_at_something_that_exists(facts):
    for code in (CITY, "321302", "321302001", "321302001004"):
        platform = make_platform(
            code, {"platform.yml": {"area": "某地"} | facts}, row={"established": facts.get("established")}
        )
        by_path = {r.place.path: r for r in platform.records.records}
        raised = apply_platform_rules(platform).findings
        assert raised and [r for r in raised if not places_in(by_path[r.path], r.pointer)] == []
    city = make_platform(CITY, {"platform.yml": {"area": "某地"} | facts})
    pointers = {r.code: r.pointer for r in apply_platform_rules(city).findings}
    assert pointers.get("W702", "/leading_group") == ("/leading_group" if "leading_group" in facts else "/area")
