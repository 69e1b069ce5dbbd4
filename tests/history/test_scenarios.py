"""What family A says of each way in which history is made, on real repositories; the same by every way of merging."""

from __future__ import annotations

import pytest
from trail_records import (
    BASE,
    CITY,
    CONSULTATION,
    CORRECTION,
    EVALUATION,
    HOUSE,
    OPINION,
    OUTCOME,
    PICTURE,
    VILLAGE,
    D,
    audit_of,
    begun,
    consultation,
    correction,
    evaluation,
    house,
    opinion,
    outcome,
    told,
    topic,
)

pytestmark = pytest.mark.slow

PUBLISHED = f"{CITY}/rules/2025-days.md"
FIRST = {
    **BASE,
    PUBLISHED: house(value=10, name="notice_days"),
    EVALUATION: evaluation(),
    HOUSE: house(),
    PICTURE: b"\xff\xd8picture",
}
"""What stands before each of the changes below."""

LATER = f"{D}/2026-03-17-followup.md"
FOLLOWUP = (
    "---\nform: return_visit\nmeasures:\n  - {id: m1, state: done, done: {date: '2026-03-15'}}\n---\n\n都已投入使用。\n"
)
COMPILED = "compiled_from:\n  - {publisher: 报纸, date: '2019-12-30'}\n"

# name: (files of one change, expected findings)
CHANGES = {
    # A101
    "an event deleted": ({OUTCOME: None}, ["A101 2026-03-10-outcome.md"]),
    "a platform deleted": ({f"{VILLAGE}/platform.yml": None}, ["A101 platform.yml"]),
    "an opinion deleted": ({OPINION: None}, ["A101 2026-03-01.yml"]),
    "an attachment deleted": ({PICTURE: None}, ["A101 site-before.jpg"]),
    "a rule deleted": ({HOUSE: None}, ["A101 house.md", "A110 house.md"]),
    "a published rule deleted": ({PUBLISHED: None}, ["A101 2025-days.md", "A110 2025-days.md"]),
    "what is no record deleted": ({f"{CITY}/notes.txt": None}, []),
    # A102
    "an event renamed": (
        {OUTCOME: None, f"{D}/2026-03-11-outcome.md": outcome()},
        ["A102 2026-03-10-outcome.md"],
    ),
    "an event renamed and touched up": (
        {CONSULTATION: None, f"{D}/2026-03-03-consultation.md": consultation(residents=13)},
        ["A102 2026-03-02-consultation.md"],
    ),
    "a dossier moved to another number": (
        {f"{D}/topic.md": None, f"{VILLAGE}/2026-002/topic.md": topic()},
        ["A102 topic.md"],
    ),
    "a record moved out of the records": ({OPINION: None, "docs/2026-03-01.yml": opinion()}, ["A102 2026-03-01.yml"]),
    "another letter case": ({f"{D}/topic.md": None, f"{D}/Topic.md": topic()}, ["A102 topic.md"]),
    "one deleted, an unlike one filed": (
        {OPINION: None, f"{VILLAGE}/opinions/2026-03-05.yml": opinion("西组排水管堵塞，雨天积水")},
        ["A101 2026-03-01.yml"],
    ),
    # A103
    "a value changed": ({OUTCOME: outcome(unit="镇政府")}, ["A103 2026-03-10-outcome.md"]),
    "a title changed": ({f"{D}/topic.md": topic(title="西组路灯建设")}, ["A103 topic.md"]),
    "prose changed": ({OUTCOME: outcome(body="多数同意。")}, ["A103 2026-03-10-outcome.md"]),
    "a space more in the prose": ({OUTCOME: outcome(body="一致同意。 ")}, ["A103 2026-03-10-outcome.md"]),
    "prose gone": ({OUTCOME: outcome(body="")}, ["A103 2026-03-10-outcome.md"]),
    "a field gone": ({OPINION: opinion().replace("theme: 交通出行\n", "")}, ["A103 2026-03-01.yml"]),
    "a line gone": (
        {
            CONSULTATION: consultation().replace(
                "suggestions:\n  - {id: s1, from: residents, text: 路灯往东移两米}\n", ""
            )
        },
        ["A103 2026-03-02-consultation.md"],
    ),
    "the words of a line changed": ({OUTCOME: outcome(measure="在东组新装路灯 6 处")}, ["A103 2026-03-10-outcome.md"]),
    "a value taken back to unpublished": ({OUTCOME: outcome(unit="unpublished")}, ["A103 2026-03-10-outcome.md"]),
    "emptied": ({OUTCOME: ""}, ["A103 2026-03-10-outcome.md"]),
    "truncated": ({OUTCOME: outcome()[:40]}, ["A103 2026-03-10-outcome.md"]),
    "saved as GBK": ({OPINION: opinion().encode("gbk")}, ["A103 2026-03-01.yml"]),
    "another picture under the same name": ({PICTURE: b"\xff\xd8other"}, ["A103 site-before.jpg"]),
    # free
    "line ends of Windows (F102 says so)": ({OUTCOME: outcome().replace("\n", "\r\n")}, []),
    "quotes and order of keys": (
        {OPINION: 'summary: "东组晚上看不见路"\ntheme: 交通出行\nfrom: resident\nchannel: visit\n# 备注\n'},
        [],
    ),
    "a single theme as a list": ({f"{D}/topic.md": topic(theme="[交通出行]")}, []),
    "an own record called compiled afterwards": (
        {OUTCOME: outcome(extra="compiled_from: [{publisher: 某报}]\n")},
        ["A103 2026-03-10-outcome.md"],
    ),
    "an absent field gained": ({OUTCOME: outcome(extra="dissent: []\n")}, []),
    "an absent field in a line gained": ({OUTCOME: outcome(due="'2026-06-30', with: 村委会")}, []),
    "a line gained": (
        {CONSULTATION: consultation(extra="  - {id: s2, from: members, text: 先修东头}\n")},
        [],
    ),
    "a line gained before the others": (
        {f"{D}/topic.md": topic().replace("sources:\n", "sources:\n  - from: hotline\n")},
        [],
    ),
    "an opinion triaged": ({OPINION: opinion(extra="triage: {decision: topic, date: '2026-03-19'}\n")}, []),
    "a standing record edited": ({f"{VILLAGE}/platform.yml": "area: 某社区\n"}, []),
    "site settings edited": ({"content/site.yml": "title: 别的名称\n"}, []),
    # corrections
    "a correction": ({CORRECTION: correction()}, []),
    "a correction of the prose": ({CORRECTION: correction(field="/body", old="一致同意。", new="多数同意。")}, []),
    "a correction with a date in the future": (
        {CORRECTION: correction(field="/date", old="2026-03-10", new="2026-08-10")},
        ["A104 2026-03-19-correction.yml"],
    ),
    "a correction and the edit it speaks of": (
        {CORRECTION: correction(), OUTCOME: outcome(unit="镇建设管理办公室")},
        ["A103 2026-03-10-outcome.md"],
    ),
    # A104
    "a day that has not come": ({f"{D}/2026-04-20-followup.md": FOLLOWUP}, ["A104 2026-04-20-followup.md"]),
    "a month that has not come": ({f"{D}/2026-04-followup.md": FOLLOWUP}, ["A104 2026-04-followup.md"]),
    "the month that it is": ({f"{D}/2026-03-followup.md": FOLLOWUP}, []),
    "not after a day to come": ({f"{D}/by-2026-04-20-followup.md": FOLLOWUP}, []),
    "a plan for next year": ({f"{VILLAGE}/plans/2027.yml": "items:\n  - {subject: 路灯}\n"}, []),
    # A105
    "filed after seven weeks": ({f"{D}/2026-01-28-followup.md": FOLLOWUP}, ["A105 2026-01-28-followup.md"]),
    "filed on the last day": ({f"{D}/2026-02-19-followup.md": FOLLOWUP}, []),
    "a year of which the last day is meant": ({f"{D}/2026-followup.md": FOLLOWUP}, []),
    "the year was not printed": ({f"{D}/XXXX-03-followup.md": FOLLOWUP}, []),
    "late, but put together from a report": (
        {f"{D}/2019-12-10-followup.md": FOLLOWUP.replace("form:", COMPILED + "form:")},
        [],
    ),
    # A109
    "a ballot count changed": ({EVALUATION: evaluation(satisfied=9)}, ["A109 2026-03-18-evaluation.yml"]),
    "ballots gone": ({EVALUATION: evaluation(ballots=False)}, ["A109 2026-03-18-evaluation.yml"]),
    "a ballot count corrected": (
        {CORRECTION: correction("2026-03-18-evaluation", "/ballots/satisfied", 7, 9)},
        ["A109 2026-03-19-correction.yml"],
    ),
    "the words of an evaluation corrected": (
        {CORRECTION: correction("2026-03-18-evaluation", "/way", "现场投票", "书面投票")},
        [],
    ),
    "a formula said later": ({EVALUATION: evaluation(extra="formula: satisfied\n")}, []),
    # A110
    "a number changed where it stands": ({HOUSE: house(value=60)}, ["A110 house.md"]),
    "a number gone": ({HOUSE: house(name="evaluation_days")}, ["A110 house.md"]),
    "a number for the days to come": (
        {f"{CITY}/rules/2026-days.md": house(value=60, since="'2026-06-01'", name="notice_days")},
        [],
    ),
    "a new rule that reaches back": (
        {f"{CITY}/rules/2026-days.md": house(value=60, since="'2026-02-01'", name="notice_days")},
        ["A110 2026-days.md"],
    ),
    "a first value that reaches back": (
        {f"{CITY}/rules/2026-days.md": house(value=60, since="'2026-02-01'", name="outcome_days")},
        [],
    ),
    "a village's first own number, against the city's": (
        {f"{VILLAGE}/rules/own.md": house(value=60, since="'2026-02-01'")},
        [],
    ),
    "a first published number, against the house's": (
        {f"{CITY}/rules/2026-days.md": house(value=60, since="'2026-02-01'")},
        [],
    ),
    "a published number changed where it stands": (
        {PUBLISHED: house(value=60, name="notice_days")},
        ["A110 2025-days.md"],
    ),
    "a village's own number for the days to come": (
        {f"{VILLAGE}/rules/own.md": house(value=60, since="'2026-03-21'")},
        [],
    ),
    "the words of a rule": ({HOUSE: house().replace("说明。", "另一种说明。")}, []),
    # A111
    "a record and the program": ({LATER: FOLLOWUP, "plugins/rule.py": "1\n"}, ["A111 2026-03-17-followup.md"]),
    "a record and a schema": ({LATER: FOLLOWUP, "schemas/a.json": "{}\n"}, ["A111 2026-03-17-followup.md"]),
    "a record and a document": ({LATER: FOLLOWUP, "docs/a.md": "x\n"}, []),
    "the program alone": ({"plugins/rule.py": "1\n"}, []),
}

WAYS = ("committed", "merged", "squashed", "rebased")


def arrive(made, way, files):
    """One change, brought to the main branch in one of four ways; another change went before it."""
    if way == "committed":
        made.commit(files)
        return
    made.git("checkout", "--quiet", "-b", "pull")
    made.commit(files)
    made.git("checkout", "--quiet", "main")
    made.commit({f"{CITY}/platform.yml": "area: 宿迁市\nbrand: 为民协商\n"}, "别的改动")
    if way == "merged":
        made.merge("pull")
    elif way == "squashed":
        made.git("merge", "--quiet", "--squash", "pull")
        made.git("commit", "--quiet", "--message=合为一次")
    else:
        made.git("rebase", "--quiet", "main", "pull")
        made.git("checkout", "--quiet", "main")
        made.git("merge", "--quiet", "--ff-only", "pull")


@pytest.mark.parametrize("name", CHANGES)
def test_a_change(repo, name):
    files, expected = CHANGES[name]
    made = begun(repo, {**FIRST, f"{CITY}/notes.txt": "x\n"})
    made.commit(files)
    audited = audit_of(made)
    assert told(audited) == expected
    assert audited.steps == 2
    assert {f.commit for f in audited.findings} <= {made.git("rev-parse", "HEAD")}


EACH_CODE = [
    "an event deleted",
    "an event renamed",
    "a value changed",
    "filed after seven weeks",
    "a ballot count changed",
]
EACH_CODE += [
    "a number changed where it stands",
    "a record and the program",
    "a day that has not come",
    "a line gained",
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", EACH_CODE)
def test_the_same_however_it_came(repo, name, way):
    files, expected = CHANGES[name]
    made = begun(repo, {**FIRST, f"{CITY}/notes.txt": "x\n"})
    arrive(made, way, files)
    assert told(audit_of(made)) == expected


def test_every_code_that_is_held_has_a_bad_and_a_good_scenario():
    from weimin.history.rules.registry import STEP_RULES

    said = {finding.split()[0] for _, expected in CHANGES.values() for finding in expected}
    others = {
        "A106",
        "A107",
        "A108",
        "A112",
        "A113",
        "A114",
    }  # with tests of their own: merges, signatures, checkpoints, dates
    assert said == set(STEP_RULES) - others
    assert sum(not expected for _, expected in CHANGES.values()) > 20
