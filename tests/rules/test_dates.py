"""W120, W121, W122: the table of dates, row by row, and what is certain of a date that is not known to the day."""

from __future__ import annotations

import copy
import re
from datetime import date
from typing import Any

import pytest
from date_story import DOSSIER, LATER, PLATFORM, TODAY, TOMORROW, example
from make import (
    CITY,
    CONSULTATION,
    COUNTY,
    LATE,
    OUTCOME,
    VILLAGE,
    RecordLookup,
    apply_rules,
    compiled,
    findings_of,
    make_platform,
    make_record,
    make_summary,
    owed_by_platform,
    path_in,
    setting,
    story,
)

from builders.value import schemas
from weimin.model.dates import NAME, TABLE, DateField, Limit, Other, Weight
from weimin.model.finding import Severity
from weimin.records.kinds import KINDS
from weimin.rules.run import apply_platform_rules

ROWS = [row for rows in TABLE.values() for row in rows]
LIMITS = [(row, limit) for row in ROWS for limit in row.limits]
CODE_OF = {Weight.IMPOSSIBLE: "W120", Weight.IRREGULAR: "W121"}
DATED = {"date", "known_date", "decision_date", "day"}


def name_of(value: Any) -> str:
    if isinstance(value, DateField):
        return f"{value.kind}{value.pointer}"
    return f"{value.weight.value}-{value.other}" if isinstance(value, Limit) else str(value)


def date_fields(kind: str) -> set[str]:
    """The pointers of all fields of a kind whose value is a date, by its schema; and that of the date in its name."""
    fields = schemas().fields(kind)
    found: set[str] = set()

    def walk(node: Any, at: str) -> None:
        node = fields.resolved(node)
        if node.get("x-def") in DATED:
            found.add(at)
        for key, child in node.get("properties", {}).items():
            walk(child, f"{at}/{key}")
        if isinstance(node.get("items"), dict) and node.get("x-def") != "value":
            walk(node["items"], f"{at}/*")

    walk(fields.schema, "")
    if re.match(r"\d{4}-\d{2}-\d{2}", KINDS[kind].name):
        found.add(NAME)
    return found


@pytest.mark.parametrize("kind", [row.kind for row in KINDS.values() if row.schema])
def test_every_date_field_has_a_row_and_every_row_a_field(kind):
    """A schema that gains a date field without saying how it stands to others fails here."""
    rows = [row.pointer for row in TABLE.get(kind, ())]
    assert len(rows) == len(set(rows))
    assert set(rows) == date_fields(kind)


def test_the_search_for_date_fields_finds_them():
    assert date_fields("outcome") >= {NAME, "/until", "/publication/channels/*/date", "/measures/*/due"}
    assert date_fields("exemptions") == {"/*/until"}
    assert date_fields("site") == set()


@pytest.mark.parametrize(("row", "limit"), LIMITS, ids=name_of)
def test_the_bad_example_of_a_limit_is_found_with_where_the_other_date_stands(row, limit):
    shown = example(row, limit.bad, limit)
    code = limit.rule or CODE_OF[limit.weight]
    assert code in shown.codes
    found = next(f for f in shown.at if f.code == code)
    assert found.severity is (Severity.ERROR if limit.weight is Weight.IMPOSSIBLE else Severity.NOTICE)
    if limit.rule == "W202":
        return
    assert found.other is not None
    path, pointer = found.other
    if limit.other.startswith("/"):
        assert path == shown.path
        assert pointer == "" if limit.other == NAME else pointer.rpartition("/")[2] == limit.other.rpartition("/")[2]
    elif limit.other != Other.REFERENCES:
        assert limit.other.split()[-1] in path
    day = path.rpartition("/")[2][:10] if (not pointer and path[-3:] != "yml") or "evaluation" in path else ""
    assert day in found.message


@pytest.mark.parametrize(("row", "limit"), LIMITS, ids=name_of)
def test_the_good_example_of_a_limit_is_not(row, limit):
    assert example(row, limit.good, limit).codes & {"W120", "W121", "W122", "W208", "W202"} == set()


@pytest.mark.parametrize("row", [row for row in ROWS if not row.ahead], ids=name_of)
def test_what_is_said_to_have_happened_does_not_lie_ahead(row):
    """It is impossible, too, where it is then later than the record that tells it."""
    assert example(row, LATER).codes & {"W120", "W122"}
    assert "W122" not in example(row, TOMORROW).codes
    assert "W122" not in example(row, TODAY).codes


@pytest.mark.parametrize("row", [row for row in ROWS if row.ahead], ids=name_of)
def test_what_is_planned_may_lie_ahead(row):
    assert "W122" not in example(row, "2031-05-01").codes


def test_every_kind_with_a_date_is_in_the_story():
    assert {*DOSSIER, *PLATFORM} == set(TABLE)


def test_the_names_of_fields_are_those_of_the_schema():
    """A message calls a field as its form does, or says more: 决定日期 → 公布与否的决定日期."""
    for row in ROWS:
        if row.pointer != NAME or row.keys:
            path = [0 if key == "*" else key for key in row.keys]
            title = schemas().fields(row.kind).at(path)["title"]
            assert title[-2:] in row.name or title in ("到哪一天为止", "时间", "截至"), (row.kind, row.pointer, title)


# What is certain
def of(code: str, result: Any) -> list[str]:
    return [f"{f.severity.value} {f.pointer}" for f in result.findings if f.code == code]


def reported(day: str) -> dict[str, Any]:
    return story(outcome={"submitted": [{"to": "村党总支", "date": day}]})


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-03-01", "W120"),
        ("2026-02", "W120"),
        ("2026-Q1", None),  # it may have been in March
        ("2025-H2", "W120"),
        ("2025", "W120"),
        ("2026", None),
        ("2026-03-02", "W121"),  # on the day of the consultation, before the record
        ("2026-03-09", "W121"),
        ("2026-03", None),
        ("2026-03-10", None),
        ("unpublished", None),
    ],
)
def test_a_reduced_date_is_judged_by_what_is_certain(day, code):
    result = apply_rules(reported(day))
    found = {c for c in ("W120", "W121") if of(c, result)}
    assert found == ({code} if code else set())


@pytest.mark.parametrize(
    ("name", "code"),
    [("2026-03-02", "W120"), ("2026-03", None), ("2026-02", None), ("by-2026-03-02", None), ("XXXX-03-02", None)],
)
def test_a_reduced_day_of_the_other_record_is_judged_by_what_is_certain(name, code):
    records = reported("2026-03-01")
    records = {k.replace("2026-03-02", name) if "consultation" in k else k: v for k, v in records.items()}
    records["2026-03-10-outcome"] = records["2026-03-10-outcome"] | {"of": [f"{name}-consultation"]}
    assert bool(of("W120", apply_rules(records))) is (code is not None)


def test_of_several_consultations_the_first_counts():
    records = reported("2026-03-01")
    records["2026-02-20-consultation"] = CONSULTATION | {"suggestions": []}
    records["2026-03-10-outcome"] |= {"of": ["2026-03-02-consultation", "2026-02-20-consultation"]}
    assert of("W120", apply_rules(records)) == []
    records["2026-03-10-outcome"] |= {"submitted": [{"to": "村党总支", "date": "2026-02-19"}]}
    assert of("W120", apply_rules(records)) == ["error /submitted/0/date"]


def test_a_consultation_of_another_dossier_counts():
    other = "321302001005/2026-003"
    shelf = RecordLookup([make_record(path_in(other, "2026-03-02-consultation"), CONSULTATION)])
    records = reported("2026-03-01")
    records["2026-03-10-outcome"] |= {"of": [f"{other}/2026-03-02-consultation"]}
    [found] = [f for f in apply_rules(records, lookup=shelf).findings if f.code == "W120"]
    assert found.other == (path_in(other, "2026-03-02-consultation"), "")


def test_one_value_has_one_finding_and_the_gravest():
    result = apply_rules(reported("2026-03-01"))
    assert of("W120", result) == ["error /submitted/0/date"]
    assert of("W121", result) == []


def test_each_line_is_compared_with_its_own():
    written = {"kind": "written", "sent": 1, "returned": 1}
    methods = [
        written | {"from": "2026-03-05", "to": "2026-03-06"},
        written | {"from": "2026-03-01", "to": "2026-02-27"},
    ]
    result = apply_rules(story(consultation={"methods": methods}))
    assert of("W120", result) == ["error /methods/1/to"]
    [found] = [f for f in result.findings if f.code == "W120"]
    assert found.other is not None and found.other[1] == "/methods/1/from"


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["2026-03-09"], ["notice /compiled_from/0/date"]),
        (["2026-03-09", "2026-03-08", "2026-03-09"], ["notice /compiled_from/0/date"]),
        (["2026-03-09", "2026-03-11"], []),
        (["2026-03-09", None], []),  # a report without a day may be the one that tells it
        (["unpublished"], []),
    ],
)
def test_a_report_is_not_older_than_what_it_tells(days, found):
    records = story()
    sources = [{"publisher": "样例报"} | ({"date": day} if day else {}) for day in days]
    records["2026-03-10-outcome"] = records["2026-03-10-outcome"] | {"compiled_from": sources}
    assert of("W121", apply_rules(records)) == found


def test_compiled_records_are_judged_too():
    """They owe nothing, but their dates are printed like any other; W208 was silent about them before."""
    result = apply_rules(compiled(reported("2026-03-01")))
    assert of("W120", result) == ["error /submitted/0/date"]
    records = compiled(story(until="response"))
    records["2026-03-01-outcome"] = records.pop("2026-03-10-outcome")
    [found] = [f for f in apply_rules(records).findings if f.code == "W208" and f.path.endswith("outcome.md")]
    assert found.severity is Severity.ERROR and found.since is not None
    own = story(until="response")
    own["2026-03-01-outcome"] = own.pop("2026-03-10-outcome")
    [found] = [f for f in apply_rules(own).findings if f.code == "W208" and f.path.endswith("outcome.md")]
    assert found.since is None  # this has always been an error of the platform's own records


def test_a_corrected_date_is_judged_as_corrected():
    records = reported("2026-03-12")
    change = {"field": "/submitted/0/date", "from": "2026-03-12", "to": "2026-03-01"}
    records["2026-08-01-correction"] = {
        "of": "2026-03-10-outcome",
        "changes": [change],
        "reason": "录错",
        "approved_by": "村委会",
    }
    [found] = [f for f in apply_rules(records).findings if f.code == "W120"]
    assert found.pointer == "/submitted/0/date"
    assert [path.rpartition("/")[2] for path in found.sources] == ["2026-08-01-correction.yml"]


def test_what_rests_on_a_consultation_through_others_is_not_before_it():
    """The outcome's day is not known; its consultation's is."""
    records = story(until="followup", without=["response"])
    records["2026-outcome"] = records.pop("2026-03-10-outcome")
    records["2026-03-01-followup"] = records.pop("2026-06-01-followup")
    [found] = [f for f in apply_rules(records).findings if f.code == "W208"]
    assert found.path.endswith("/2026-03-01-followup.md")
    assert found.other is not None and found.other[0].endswith("/2026-03-02-consultation.md")
    assert "“2026-03-02-consultation”是 2026-03-02 的" in found.message


def test_the_message_has_both_days_and_no_more_than_that():
    [found] = [f for f in apply_rules(reported("2026-03-01")).findings if f.code == "W120"]
    assert (
        found.message
        == "2026-03-10 的协商成果，报送日期 2026-03-01 早于 2026-03-02 的协商：日期对不上，两处必有一处写错"
    )
    [found] = [f for f in apply_rules(reported("2026-03-08")).findings if f.code == "W121"]
    assert found.message == (
        "2026-03-10 的协商成果，报送日期 2026-03-08 早于这份记录自己的日期 2026-03-10：先后与通常的不一样"
    )


def test_without_a_present_no_date_is_judged_to_lie_ahead():
    records = story(outcome={"publication": OUTCOME["publication"] | {"date": "2031-01-01"}})
    assert of("W122", apply_rules(records)) == []
    assert of("W122", apply_rules(records, present=LATE)) == ["error /publication/date"]
    assert of("W122", apply_rules(records, date(2026, 8, 1), present=date(2031, 1, 1))) == []


# A date to come meets no duty
AHEAD = "2027-03-01"


def in_the_future() -> dict[str, dict[str, Any]]:
    """A story whose acts that meet duties are all of a day after the check."""
    records = copy.deepcopy(story(until="response", topic={"approval": {"by": "镇党委", "date": AHEAD}}))
    outcome = records["2026-03-10-outcome"]
    outcome["submitted"] = [{"to": "村党总支", "date": AHEAD}]
    outcome["publication"] |= {"date": AHEAD}
    outcome["upward"] = [{"id": "u1", "kind": "overall", "to": "321302001", "reported": {"date": AHEAD}}]
    outcome["dissent"] = [{"id": "d1", "text": "太远"}]
    records[f"{AHEAD}-response"] = records.pop("2026-03-25-response")
    records[f"{AHEAD}-response"]["answers"] += [{"to": "d1", "text": "说明"}]
    return records


def test_a_date_to_come_meets_no_duty():
    acts = {"W602", "W604", "W605", "W606", "W607"}
    open_now = {line.split()[0] for line in findings_of(in_the_future()) if " duty " in line}
    assert acts <= open_now
    open_then = {
        line.split()[0] for line in findings_of(in_the_future(), date.fromisoformat(AHEAD)) if " duty " in line
    }
    assert acts & open_then == set()
    assert apply_rules(in_the_future()).ahead and not apply_rules(in_the_future(), date.fromisoformat(AHEAD)).ahead


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("followup", {"measures": [{"id": "m1", "state": "done", "done": {"date": AHEAD}}]}, "W402"),
        ("evaluation", {}, "W501"),
        ("followup", {}, "W401"),
    ],
)
def test_work_and_ballots_to_come_meet_no_duty(name, change, code):
    records = story(until=name, **({name: change} if change else {}))
    if not change:
        old = next(stem for stem in records if stem.endswith(name))
        records[f"{AHEAD}-{name}"] = records.pop(old)
    assert any(line.startswith(f"{code} duty") for line in findings_of(records))
    assert not any(line.startswith(code) for line in findings_of(records, date.fromisoformat(AHEAD)))


def test_a_duty_that_an_act_to_come_would_meet_says_that_it_is_open():
    duties = [d for d in apply_rules(in_the_future()).duties if d.met is None]
    assert duties and all("还没有" in d.message for d in duties)


def test_yearly_acts_to_come_meet_no_duty():
    plan = {"plans/2026.yml": {"approved": {"by": "会议", "date": "2026-09-01"}, "items": []}}
    rules = {
        "rules/2026-rules.md": {"title": "规则", "issued": "2026-09-01", "applies_to": ["township", "village"]},
    }
    held, twice = (make_summary("2026-001", "2026-02-01", "2026-09-01"),), setting("consultations_per_year.village", 2)
    for day, owed in ((date(2026, 8, 31), True), (date(2026, 9, 1), False)):
        village = make_platform(VILLAGE, plan, as_of=day, summaries=held, settings=[twice])
        assert bool(owed_by_platform(village, "W705")) is owed
        assert bool(owed_by_platform(village, "W706")) is owed
        assert apply_platform_rules(village).ahead is owed
        assert bool(owed_by_platform(make_platform(COUNTY, rules, as_of=day), "W703")) is owed
        assert bool(owed_by_platform(make_platform(CITY, rules, as_of=day), "W708")) is owed
    for d in apply_platform_rules(make_platform(VILLAGE, plan, as_of=date(2026, 8, 31))).duties:
        assert d.met is not None or "还没有" in d.message or "应" in d.message


@pytest.mark.parametrize("field", ["triage", "answered"])
def test_what_is_done_about_an_opinion_later_meets_no_duty_yet(field):
    data = {"channel": "visit", "from": "resident", "theme": "其他", "summary": "x"}
    data |= {"triage": {"decision": "answer", "date": "2026-09-01"}, "answered": "2026-09-01"}
    files = {"opinions/2026-02-10.yml": data}
    code = {"triage": "W102", "answered": "W103"}[field]
    for day, owed in ((date(2026, 8, 31), True), (date(2026, 9, 1), False)):
        assert bool(owed_by_platform(make_platform(VILLAGE, files, as_of=day), code)) is owed
