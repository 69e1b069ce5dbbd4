"""W1: topics and opinions, good and bad."""

from __future__ import annotations

from datetime import date

import pytest
from make import apply_rules, compiled, findings_of, make_platform, owed_by_platform, setting, story

OPINION = {"channel": "visit", "from": "resident", "theme": "交通出行", "summary": "村口没有地方停车"}


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param([{"from": "residents"}], [], id="from residents"),
        pytest.param([{"opinion": "321302001004/opinions/2026-02-10"}], [], id="an opinion"),
        pytest.param("unpublished", [], id="not made public"),
        pytest.param(None, ["W101 error topic"], id="absent"),
        pytest.param([], ["W101 error topic"], id="none"),
    ],
)
def test_topic_without_source(sources, expected):
    assert findings_of(story(topic={"sources": sources})) == expected


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ({"theme": "其他"}, ["W104 error topic"]),
        ({"theme": ["其他"]}, ["W104 error topic"]),
        ({"theme": "其他", "projects": []}, ["W104 error topic"]),
        ({"theme": "其他", "livelihood_reason": "邻里共用的祠堂"}, []),
        ({"theme": "其他", "projects": [{"list": "321300/projects/2026", "item": "24"}]}, []),
        ({"theme": "其他", "projects": "unpublished"}, []),
        ({"theme": ["其他", "交通出行"]}, []),
        ({"theme": "unpublished"}, []),
    ],
)
def test_topic_outside_livelihood(topic, expected):
    assert findings_of(story(topic=topic)) == expected


def test_topic_not_approved_where_approval_is_free():
    assert findings_of(story(topic={"approval": None})) == ["W105 notice topic"]
    assert findings_of(story(topic={"approval": None}, until="topic")) == []
    assert findings_of(story(topic={"approval": "unpublished"})) == []
    assert findings_of(compiled(story(topic={"approval": None}), "topic")) == []


REQUIRED = [setting("topic_approval", "required", since=date(2021, 1, 1))]


@pytest.mark.parametrize(
    ("approval", "until", "expected"),
    [
        pytest.param(None, "topic", ["W105 duty topic"], id="owed before the consultation"),
        pytest.param(None, "evaluation", ["W105 error 2026-03-02-consultation"], id="gate at the consultation"),
        pytest.param("2026-02-20", "evaluation", [], id="before"),
        pytest.param("2026-03-02", "evaluation", [], id="the same day is in time"),
        pytest.param("2026-03", "evaluation", [], id="a day of the month would do"),
        pytest.param("2026-03-03", "evaluation", ["W210 notice 2026-03-02-consultation"], id="after"),
        pytest.param("unpublished", "evaluation", [], id="day not made public"),
    ],
)
def test_topic_not_approved_where_approval_is_required(approval, until, expected):
    records = story(topic={"approval": {"by": "镇党委", "date": approval} if approval else None}, until=until)
    codes = {"W105", "W210"}
    assert [line for line in findings_of(records, settings=REQUIRED) if line[:4] in codes] == expected


def test_an_approval_that_was_not_yet_required():
    later = [setting("topic_approval", "required", since=date(2026, 3, 3))]
    assert findings_of(story(topic={"approval": None}), settings=later) == ["W105 notice topic"]


def test_the_required_approval_is_due_at_the_first_consultation():
    [duty] = [d for d in apply_rules(story(topic={"approval": None}), settings=REQUIRED).duties if d.code == "W105"]
    assert (duty.due, duty.met, duty.owed_by) == (date(2026, 3, 2), None, "321302001004")


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        ({"from": "2026-02-10", "to": "2026-02-16"}, []),
        ({"from": "2026-02-10", "to": "2026-02-15"}, ["W106 notice topic"]),
        ({"days": 7}, []),
        ({"days": 6}, ["W106 notice topic"]),
        ({"days": {"about": 7, "as": "近"}}, []),
        ({"days": {"about": 6, "as": "近"}}, ["W106 notice topic"]),
        ({"days": {"about": 5, "as": "余"}}, []),
        ({"from": "2026-02", "to": "2026-02"}, []),
        ({"from": "2026-02-10"}, []),
        ({"from": "2026-02-10", "to": "unpublished"}, []),
    ],
)
def test_notice_too_short(notice, expected):
    assert findings_of(story(topic={"notice": {"where": "公示栏"} | notice})) == expected


@pytest.mark.parametrize(
    ("code", "done", "due"),
    [
        ("W102", {"triage": {"decision": "topic", "date": "2026-02-12"}}, "2026-02-25"),
        ("W103", {"answered": "2026-02-20"}, "2026-05-11"),
    ],
)
def test_opinions_are_owed_a_decision_and_an_answer(code, done, due):
    own = {"opinions/2026-02-10.yml": OPINION}
    assert owed_by_platform(make_platform(files=own), code) == [f"{code} duty 2026-02-10 {due}"]
    assert owed_by_platform(make_platform(files={"opinions/2026-02-10.yml": OPINION | done}), code) == []
    unpublished = OPINION | {next(iter(done)): "unpublished"}
    assert owed_by_platform(make_platform(files={"opinions/2026-02-10.yml": unpublished}), code) == []
    reported = OPINION | {"compiled_from": [{"publisher": "某报"}]}
    assert owed_by_platform(make_platform(files={"opinions/2026-02-10.yml": reported}), code) == []


def test_the_mercy_for_reports_reaches_the_source_of_a_topic_and_not_its_theme():
    """A report may leave out where the topic came from; whether it is about livelihood is said here, by whoever compiles."""
    records = compiled(story(topic={"theme": "其他", "sources": []}, until="topic"))
    assert findings_of(records) == ["W104 error topic"]
    absent = compiled(story(topic={"sources": None}, until="topic"))
    assert findings_of(absent) == []


def test_the_approval_is_due_at_the_first_consultation_about_selection():
    records = story(topic={"approval": None}, until="outcome")
    records["2026-02-25-consultation"] = records["2026-03-02-consultation"] | {"about": "progress", "suggestions": []}
    records["2026-04-02-consultation"] = records["2026-02-25-consultation"] | {"about": "selection"}
    [duty] = [d for d in apply_rules(records, settings=REQUIRED).duties if d.code == "W105"]
    assert duty.due == date(2026, 3, 2)
