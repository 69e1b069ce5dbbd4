"""Several steps in a row: taken back, deleted and filed again, times that cannot be right, who goes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from trail_records import (
    AS_OF,
    CITY,
    CONSULTATION,
    CORRECTION,
    HOUSE,
    OPINION,
    OUTCOME,
    START,
    VILLAGE,
    D,
    audit_of,
    begun,
    consultation,
    correction,
    house,
    opinion,
    outcome,
    told,
    topic,
)

pytestmark = pytest.mark.slow

FOLLOWUP = f"{D}/2026-03-17-followup.md"
TEXT = (
    "---\nform: return_visit\nmeasures:\n  - {id: m1, state: done, done: {date: '2026-03-15'}}\n---\n\n都已投入使用。\n"
)
EDITED = {OUTCOME: outcome(unit="镇政府")}
AS_IT_WAS = {OUTCOME: outcome()}
E, D1, M = "A103 2026-03-10-outcome.md", "A101 2026-03-10-outcome.md", "A102 2026-03-10-outcome.md"

DAYS, ISSUED = f"{CITY}/rules/2026-days.md", "issued: '2025-12-01'\n"
RULE_DAY = (START + timedelta(days=1)).day  # of the first step

# name: (steps after the first, expected)
STORIES = {
    "edited, then put back": ([EDITED, AS_IT_WAS], [E]),
    "edited, then edited further": ([EDITED, {OUTCOME: outcome(unit="别的单位")}], [E, E]),
    "edited; a lawful gain is not told again": ([EDITED, {OUTCOME: outcome(unit="镇政府", extra="dissent: []\n")}], [E]),
    "edited, gained, put back to before the edit": (
        [EDITED, {OUTCOME: outcome(unit="镇政府", extra="dissent: []\n")}, AS_IT_WAS],
        [E],
    ),
    "edited, gained, put back with the gain": (
        [EDITED, {OUTCOME: outcome(unit="镇政府", extra="dissent: []\n")}, {OUTCOME: outcome(extra="dissent: []\n")}],
        [E],
    ),
    "gained, then taken back": ([{OUTCOME: outcome(extra="dissent: []\n")}, AS_IT_WAS], [E]),
    "unpublished, then a value, then another": (
        [
            {CONSULTATION: consultation(extra="convenor: unpublished\n")},
            {CONSULTATION: consultation(extra="convenor: 召集人\n")},
            {CONSULTATION: consultation(extra="convenor: 联络员\n")},
        ],
        ["A103 2026-03-02-consultation.md"],
    ),
    "pending, then decided, then decided otherwise": (
        [
            {f"{D}/topic.md": topic(extra="decision: {date: pending}\n")},
            {f"{D}/topic.md": topic(extra="decision: {date: '2026-03-21'}\n")},
            {f"{D}/topic.md": topic(extra="decision: {date: '2026-03-22'}\n")},
        ],
        ["A103 topic.md"],
    ),
    "none, then one after all": (
        [{OUTCOME: outcome(extra="dissent: []\n")}, {OUTCOME: outcome(extra="dissent: [{id: d1, text: 不同意}]\n")}],
        [E],
    ),
    "one more line, twice": (
        [
            {OUTCOME: outcome(extra="dissent: [{id: d1, text: 不同意}]\n")},
            {OUTCOME: outcome(extra="dissent: [{id: d1, text: 不同意}, {id: d2, text: 太亮}]\n")},
        ],
        [],
    ),
    "deleted and filed again as it was": ([{OUTCOME: None}, AS_IT_WAS], [D1]),
    "deleted and filed again with more": ([{OUTCOME: None}, {OUTCOME: outcome(extra="dissent: []\n")}], [D1]),
    "deleted and filed again otherwise": ([{OUTCOME: None}, EDITED], [D1, E]),
    "deleted, filed again otherwise, put back": ([{OUTCOME: None}, EDITED, AS_IT_WAS], [D1, E]),
    "moved and moved back": (
        [{OUTCOME: None, f"{D}/2026-03-11-outcome.md": outcome()}, {f"{D}/2026-03-11-outcome.md": None, **AS_IT_WAS}],
        [M, "A102 2026-03-11-outcome.md"],
    ),
    "emptied and restored": ([{OUTCOME: ""}, AS_IT_WAS], [E]),
    "emptied and written anew": ([{OUTCOME: ""}, EDITED], [E, E]),
    "a correction taken back by deleting it": (
        [{CORRECTION: correction()}, {CORRECTION: None}],
        ["A101 2026-03-19-correction.yml"],
    ),
    "a correction edited": (
        [{CORRECTION: correction()}, {CORRECTION: correction(new="别的单位")}],
        ["A103 2026-03-19-correction.yml"],
    ),
    "a correction that gains a change": (
        [
            {CORRECTION: correction()},
            {CORRECTION: correction(extra="  - {field: /consensus, from: full, to: partial}\n")},
        ],
        ["A103 2026-03-19-correction.yml"],
    ),
    "a second correction": (
        [{CORRECTION: correction()}, {f"{D}/2026-03-19-correction-2.yml": correction(field="/consensus", old="full", new="partial")}],
        [],
    ),
    "a number set for later, changed before it counts": (
        [{HOUSE: house(since="'2026-06-01'")}, {HOUSE: house(value=60, since="'2026-06-01'")}],
        [],
    ),
    "a number set for later, drawn forward": (
        [
            {HOUSE: house()},
            {f"{VILLAGE}/rules/own.md": house(value=20, since="'2026-06-01'")},
            {f"{VILLAGE}/rules/own.md": house(value=20, since="'2026-03-01'")},
        ],
        ["A110 own.md"],
    ),
    "a later lateness counts by the days in force then": (
        [{HOUSE: house(value=3, since="'2026-01-01'", name="filed_late_days")}, {FOLLOWUP: TEXT}],
        ["A105 2026-03-17-followup.md"],
    ),
    "a rule of before that was committed after the event makes nobody late": (
        [{DAYS: house(value=3, since="'2026-01-01'", name="filed_late_days", extra=ISSUED)}, {FOLLOWUP: TEXT}],
        [],
    ),
    "a rule that was committed before the event does": (
        [
            {DAYS: house(value=3, since="'2026-01-01'", name="filed_late_days", extra=ISSUED)},
            *({"note": f"{n}"} for n in range(4)),
            {FOLLOWUP.replace("-17-", f"-{RULE_DAY}-"): TEXT},
        ],
        [f"A105 2026-03-{RULE_DAY}-followup.md"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_a_story(repo, name):
    steps, expected = STORIES[name]
    made = begun(repo)
    for files in steps:
        made.commit(files)
    assert told(audit_of(made)) == expected


def test_code_and_records_may_change_together_while_nothing_is_in_use(repo):
    compiled = "compiled_from:\n  - {publisher: 报纸, date: '2019-12-30'}\n"
    made = begun(repo, {f"{D}/topic.md": topic(extra=compiled), "x.py": "1\n"})
    made.commit({"x.py": "2\n", f"{VILLAGE}/platform.yml": "area: 某村\n"})
    made.commit({FOLLOWUP: TEXT, "x.py": "3\n"})  # the base has none of its own yet
    made.commit({OPINION: opinion(), "x.py": "4\n"})
    assert told(audit_of(made)) == ["A111 2026-03-01.yml"]


def dated(made, at, files):
    made.now = at
    return made.commit(files)


LATER = datetime(2026, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        pytest.param(datetime(2099, 1, 1, tzinfo=UTC), "在今天之后", id="2099"),
        pytest.param(datetime(1970, 1, 2, tzinfo=UTC), "早于它前面的提交", id="1970"),
        pytest.param(datetime(2026, 3, 10, tzinfo=UTC), "早于它前面的提交", id="ten days back"),
    ],
)
def test_a_forged_time_is_named_once(repo, at, said):
    made = begun(repo)
    forged = dated(made, at, {OPINION: opinion(extra="voices: 3\n")})
    dated(made, LATER, {OPINION: opinion(extra="voices: 3\nanswered: '2026-04-01'\n")})
    audited = audit_of(made)
    assert [(f.code, f.commit, said in f.message) for f in audited.findings] == [("A104", forged, True)]


def test_a_clock_that_is_wrong_by_some_hours_is_let_pass(repo):
    made = begun(repo)
    dated(made, made.now - timedelta(days=1, hours=20), {OPINION: opinion(extra="voices: 3\n")})
    assert told(audit_of(made)) == []


def test_a_back_dated_commit_does_not_make_a_late_record_timely(repo):
    made = begun(repo)
    dated(made, LATER, {f"{VILLAGE}/platform.yml": "area: 某村\nbrand: 甲\n"})
    dated(made, datetime(2026, 1, 20, tzinfo=UTC), {f"{D}/2026-01-15-followup.md": TEXT})
    assert told(audit_of(made)) == ["A104 2026-01-15-followup.md", "A105 2026-01-15-followup.md"]


def test_a_commit_from_the_future_does_not_make_a_future_record_true(repo):
    made = begun(repo)
    dated(made, datetime(2099, 1, 1, tzinfo=UTC), {f"{D}/2098-12-31-followup.md": TEXT})
    assert told(audit_of(made)) == ["A104 2098-12-31-followup.md", "A104 2098-12-31-followup.md"]


def test_an_author_ahead_of_the_committer(repo):
    made = begun(repo)
    made.write({OPINION: opinion(extra="voices: 3\n")})
    made.git("commit", "--quiet", "--all", "--date=2026-06-01T00:00:00Z", "--message=x")
    assert "写作时间" in audit_of(made).findings[0].message


def test_an_author_long_before_the_committer_is_a_rebase(repo):
    made = begun(repo)
    made.write({OPINION: opinion(extra="voices: 3\n")})
    made.git("commit", "--quiet", "--all", "--date=2026-01-01T00:00:00Z", "--message=x")
    assert told(audit_of(made)) == []


def test_lateness_is_measured_at_the_merge_not_at_the_writing(repo):
    """Written in time, merged ten weeks later: what counts is the main branch."""
    made = begun(repo)
    made.git("checkout", "--quiet", "-b", "pull")
    made.commit({FOLLOWUP: TEXT})
    made.git("checkout", "--quiet", "main")
    made.now = datetime(2026, 6, 1, tzinfo=UTC)
    made.merge("pull")
    assert told(audit_of(made)) == ["A105 2026-03-17-followup.md"]


def test_today_is_an_argument(repo):
    made = begun(repo)
    made.now = datetime(2026, 11, 21, tzinfo=UTC)
    made.commit({OPINION: opinion(extra="voices: 3\n")})
    assert told(audit_of(made, as_of=AS_OF)) == []
    assert [f.code for f in audit_of(made, as_of=AS_OF - timedelta(days=4)).findings] == ["A104"]


def test_the_day_is_that_of_the_site(repo):
    """17:00 in UTC is the next day in Suqian."""
    made = begun(repo)
    made.now = datetime(2026, 3, 31, 17, 0, tzinfo=UTC)
    made.commit({f"{D}/2026-04-01-followup.md": TEXT})
    assert told(audit_of(made)) == []
    made = begun(repo, {f"{D}/topic.md": topic(), "content/site.yml": "title: x\ntimezone: UTC\n"}, name="utc")
    made.now = datetime(2026, 3, 31, 17, 0, tzinfo=UTC)
    made.commit({f"{D}/2026-04-01-followup.md": TEXT})
    assert told(audit_of(made)) == ["A104 2026-04-01-followup.md"]
