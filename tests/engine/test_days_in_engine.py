"""What goes on from the last run is what is computed from nothing: on every day, and after every kind of edit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from small_kept import AT, AWAY, COUNTY, ONE, START, TOP, TOWN, TWO, VILLAGE, Small, found, held, outcome, topic

DAY = date(2026, 6, 30)
ONE_DAY = timedelta(days=1)


def test_a_measure_is_overdue_from_the_day_after_whatever_was_computed_before(tmp_path: Path) -> None:
    small = Small(tmp_path)
    for day, overdue in (
        (DAY - ONE_DAY, 0),
        (DAY, 0),
        (DAY + ONE_DAY, 1),
        (DAY + 9 * ONE_DAY, 9),
        (DAY, 0),
        (DAY + ONE_DAY, 1),
    ):
        kept = small.kept(day)
        assert found(kept, "W402") == [f"W402 duty 2026-03-10-outcome {overdue}"]
        assert [d.overdue_days for s in kept.summaries for d in s.duties if d.code == "W402"] == [overdue]
        assert kept == small.clean(day)


@pytest.mark.parametrize("before", [-40, -1, 0, 1, 40])
@pytest.mark.parametrize("due", ["2026-06-30", "2026-07-01"])
def test_a_later_and_an_earlier_day_are_as_from_nothing(tmp_path: Path, before: int, due: str) -> None:
    announced = "announces: [{about: progress, when: '2026-06-30', where: 村部, how: 会议}]\n"
    small = Small(
        tmp_path, START | {f"{ONE}/topic.md": topic(more=announced), f"{ONE}/2026-03-10-outcome.md": outcome(due)}
    )
    small.kept(DAY + before * ONE_DAY)
    for day in (DAY, DAY + ONE_DAY, DAY - ONE_DAY):
        assert small.kept(day) == small.clean(day)


def test_the_same_day_again_judges_nothing(tmp_path: Path) -> None:
    small = Small(tmp_path)
    assert small.kept(DAY) == small.kept(DAY)


PROJECTS = (
    "title: 实事\nadopted: {by: 县人大, date: '2026-01-10'}\nitems: [{item: '1', name: 路灯}, {item: '2', name: 桥}]\n"
)
BOOK = (
    "---\ntitle: 办法\neffective_from: '2026-01-01'\napplies_to: [county, township, village]\nparameters:\n"
    "  - {name: report_days, value: 3, clause: '#days'}\n---\n\n## 天数 {#days}\n\n说明。\n"
)
LINK = f"projects: [{{list: {COUNTY}/projects/2026, item: '1'}}]\n"
INTO = "ended: {how: merged, date: '2026-04-01', by: 村, reason: 合并, into: 990101001001/2026-001}\n"
REPLY = (
    "---\nby: 县\nanswers: [{to: 990101001001/2026-001/2026-03-02-consultation#s1, decision: adopted, text: 好}]\n---\n"
)
EXEMPT = (
    f"- rule: W602\n  subject: {ONE}/2026-03-10-outcome.md\n  reason: 试点\n  approved_by: 县\n  until: 2026-12-31\n"
)
CLOSED = "area: 样例村\nclosed: {date: '2026-07-02', reason: 并入, into: '990101'}\n"
EDITS: dict[str, dict[str, str | None]] = {
    "another title": {f"{ONE}/topic.md": topic("路灯与桥")},
    "a second dossier": {f"{TWO}/topic.md": topic("桥"), f"{TWO}/2026-03-02-consultation.md": held()},
    "a dossier of the county": {f"{AWAY}/topic.md": topic("水渠")},
    "a number that leaves a gap": {f"{TOP}/2026-009/topic.md": topic("远")},
    "merged into the first": {f"{TWO}/topic.md": topic("桥", INTO), f"{TWO}/2026-03-02-consultation.md": held()},
    "no longer merged": {f"{TWO}/topic.md": topic("桥")},
    "answered from elsewhere": {f"{AWAY}/topic.md": topic("水渠"), f"{AWAY}/2026-03-20-response.md": REPLY},
    "the answer goes": {f"{AWAY}/2026-03-20-response.md": None},
    "a list of projects": {f"{AT}/{COUNTY}/projects/2026.yml": PROJECTS},
    "an item of the list": {f"{ONE}/topic.md": topic(more=LINK)},
    "a rule of the county": {f"{AT}/{COUNTY}/rules/2021-measures.md": BOOK},
    "another number in the rule": {f"{AT}/{COUNTY}/rules/2021-measures.md": BOOK.replace("value: 3", "value: 90")},
    "the rule goes": {f"{AT}/{COUNTY}/rules/2021-measures.md": None},
    "an exemption": {f"{AT}/{COUNTY}/exemptions.yml": EXEMPT},
    "the exemption goes": {f"{AT}/{COUNTY}/exemptions.yml": None},
    "an opinion": {f"{TOP}/opinions/2026-03-01.yml": "channel: visit\nfrom: resident\ntheme: 交通出行\nsummary: 暗\n"},
    "a plan": {f"{TOP}/plans/2026.yml": "items: [{subject: 路灯, when: 2026-05}]\n"},
    "another plan": {
        f"{TOP}/plans/2026.yml": "items: [{subject: 路灯, when: 2026-06}, {subject: 桥, when: unpublished}]\n"
    },
    "a platform closed": {f"{AT}/{COUNTY}/{TOWN}/platform.yml": "area: 样例镇\nestablished: '2019-11-30'\n"},
    "a platform goes": {f"{AT}/{COUNTY}/{TOWN}/platform.yml": None},
    "the platform comes back": {f"{AT}/{COUNTY}/{TOWN}/platform.yml": "area: 样例镇\n"},
    "a village closed into its county": {f"{TOP}/platform.yml": CLOSED},
    "its day moves on": {f"{TOP}/platform.yml": CLOSED.replace("2026-07-02", "2027-01-01")},
    "a platform that cannot be read": {f"{AT}/{COUNTY}/{TOWN}/platform.yml": "area: [\n"},
    "the platform can be read again": {f"{AT}/{COUNTY}/{TOWN}/platform.yml": "area: 样例镇\n"},
    "rules that cannot be read": {f"{AT}/{COUNTY}/rules/2021-measures.md": "---\ntitle: [\n"},
    "these rules go": {f"{AT}/{COUNTY}/rules/2021-measures.md": None},
    "an answer elsewhere that cannot be read": {f"{AWAY}/2026-03-20-response.md": REPLY.replace("by: 县", "by: [")},
    "it goes": {f"{AWAY}/2026-03-20-response.md": None},
    "a file that cannot be read": {f"{TWO}/topic.md": "---\ntitle: [\n"},
    "it can be read again": {f"{TWO}/topic.md": topic("桥")},
    "the second dossier goes": {f"{TWO}/topic.md": None, f"{TWO}/2026-03-02-consultation.md": None},
    "an outcome goes": {f"{ONE}/2026-03-10-outcome.md": None},
    "news": {"content/news/2026-03-01-lamps.md": "---\ntitle: 新闻\ndate: '2026-03-01'\n---\n\n正文。\n"},
    "the news goes": {"content/news/2026-03-01-lamps.md": None},
    "another title of the site": {"content/site.yml": "title: 别的\ntimezone: Asia/Shanghai\n"},
    "all dossiers of the county go": {f"{AWAY}/topic.md": None},
}


def test_after_every_edit_it_is_as_from_nothing(tmp_path: Path) -> None:
    """Each edit follows the ones before it; the day goes on by one now and then."""
    small = Small(tmp_path)
    small.kept(DAY)
    for n, (name, files) in enumerate(EDITS.items()):
        small.write(files)
        day = DAY + (n // 5) * ONE_DAY
        kept, clean = small.kept(day), small.clean(day)
        for field, ours, theirs in zip(kept._fields, kept, clean, strict=True):
            assert ours == theirs, f"{name}: {field}"


def test_the_clock_closes_a_platform(tmp_path: Path) -> None:
    """From its day on its dossier's duties are the county's, it owes no plan any more, and it is not counted."""
    small = Small(tmp_path, START | {f"{TOP}/platform.yml": CLOSED})
    day = date(2026, 7, 2)
    for at, debtor, platforms in ((day - ONE_DAY, VILLAGE, 4), (day, COUNTY, 3), (day - ONE_DAY, VILLAGE, 4)):
        kept = small.kept(at)
        assert kept == small.clean(at)
        owed = {f.code: f.owed_by for f in kept.findings if f.owed_by}
        assert owed["W602"] == debtor
        assert ("W705" in owed) == (debtor == VILLAGE)
        assert ("990100", platforms) in {
            (scope.partition(":")[2], n) for scope, name, n in kept.amounts if name == "platforms"
        }
        assert [s.heir for s in kept.summaries] == ["" if debtor == VILLAGE else COUNTY]
        heirs = [(name, unit) for name, _rank, unit, _key in kept.entries if name.startswith("heir:")]
        assert heirs == ([] if debtor == VILLAGE else [(f"heir:{COUNTY}", "990101001001/2026-001")])


def test_other_rules_are_another_question(tmp_path: Path) -> None:
    small = Small(tmp_path)
    assert found(small.kept(DAY), "W402") != []
    without = small.kept(DAY, disabled=frozenset({"W402"}))
    assert found(without, "W402") == []
    assert without == small.clean(DAY, disabled=frozenset({"W402"}))
    assert small.kept(DAY) == small.clean(DAY)


def test_what_the_whole_says(tmp_path: Path) -> None:
    said = Small(tmp_path).kept(DAY)
    amounts = {(scope, name): n for scope, name, n in said.amounts}
    assert amounts["register", "records"] == 8
    assert amounts["register", "dossiers"] == 1
    assert amounts["all", "dossiers"] == 1
    assert amounts["platform:990100", "platforms"] == 4
    assert amounts["platform:990100", "heard"] == 1
    assert [s.id for s in said.summaries] == ["990101001001/2026-001"]
    assert all(sum(of.values()) for of in said.counts.values())
    assert sum(n for of in said.counts.values() for n in of.values()) == len(said.findings)
