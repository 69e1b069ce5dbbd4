"""Ten questions of a resident, a journalist, a reviewer and an official: what the page says is what the records say."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from records_read import Records, address, day
from visitor import Visitor

from weimin.demo import AS_OF
from weimin.engine.computed_register import ComputedRegister
from weimin.model.finding import Finding, Severity

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LAMPS = "晚上没有路灯"
DONE = {"done": "已完成", "on_track": "按进度", "ahead": "超前", "behind": "滞后", "stopped": "停止"}
KIND = {"emerging": "苗头性问题", "overall": "全局性情况", "proposal": "建设性意见"}


def owed(computed: ComputedRegister, code: str) -> list[Finding]:
    """Open duties of the records in a platform's own folder and its dossiers."""
    own = re.compile(rf"/{code}/(?!\d{{9}}(?:\d{{3}})?/)")
    found = (f for f in computed.findings if f.severity == Severity.DUTY and not f.exempt)
    return [f for f in found if own.search(f.path)]


def in_words(message: str) -> str:
    """Without spaces, its days as pages write them: `于 2024-03-31（含）` → `于2024年3月31日（含）`."""
    alone = re.sub(r"\d{4}-\d\d-\d\d(?!-)", lambda m: day(m[0]), message)
    return "".join(alone.split())


def test_a_resident_asks_which_duties_of_my_street_are_overdue(visitor: Visitor, computed: ComputedRegister) -> None:
    expected = {
        (in_words(f.message.partition("，应于")[0]), day(str(f.due)))
        for f in owed(computed, "990001001")
        if f.overdue_days > 0
    }
    visitor.my_place("星河示范街道")
    rows = visitor.page.locator("#duties ~ table.cards").first.locator("tbody tr").all()
    told = [(row.locator("td").nth(0).inner_text(), row.locator("td").nth(2).inner_text()) for row in rows]
    late = {
        ("".join(re.sub(r"[A-Z]\d{3}$", "", what.strip()).split()), when.split()[0])
        for what, when in told
        if "逾期" in when
    }
    assert len(expected) > 0
    assert late == expected


def test_a_resident_asks_what_became_of_the_street_lamps(visitor: Visitor, records: Records) -> None:
    dossier = records.dossier(LAMPS)
    last = {m["id"]: m for f in records.of(dossier, "followup") for m in f["measures"]}
    expected = {name: (DONE[m["state"]], day(m["done"]["date"])) for name, m in last.items()}
    visitor.my_place("望月演示社区")
    visitor.click(LAMPS)
    assert visitor.path == address(dossier)
    told = {
        row.locator(".no").first.inner_text(): row.locator("[data-label=进度]").inner_text()
        for row in visitor.page.locator("table.measures tbody tr").all()
    }
    assert set(told) == set(expected)
    for name, (state, done) in expected.items():
        assert state in told[name]
        assert f"{done}完成" in told[name] or f"跟踪 {done}，当天完成" in told[name]


def test_a_resident_asks_who_must_do_it_by_when(visitor: Visitor, records: Records) -> None:
    dossier = records.dossier(LAMPS)
    measures = [m for o in records.of(dossier, "outcome") for m in o["measures"]]
    visitor.my_place("望月演示社区")
    visitor.click(LAMPS)
    rows = visitor.page.locator("table.measures tbody tr").all()
    told = [
        (
            row.locator("[data-label=责任单位] a, [data-label=责任单位] span").first.inner_text(),
            row.locator("[data-label=期限] time").inner_text(),
        )
        for row in rows
    ]
    assert told == [(m["unit"], day(m["due"])) for m in measures]


def test_a_journalist_asks_what_share_was_satisfied_and_of_how_many(visitor: Visitor, records: Records) -> None:
    dossier = records.dossier(LAMPS)
    (ballots,) = (e["ballots"] for e in records.of(dossier, "evaluation"))
    valid = ballots["satisfied"] + ballots["basically_satisfied"] + ballots["dissatisfied"]
    share = round(100 * (ballots["satisfied"] + ballots["basically_satisfied"]) / valid, 1)
    visitor.click("评议", "nav.main")
    row = visitor.page.locator("main li.row", has_text=LAMPS).inner_text()
    assert f"满意率 {share:g}%" in row
    assert f"有效票{valid}" in row


def test_a_journalist_asks_how_many_platforms_have_a_record_of_how_many(visitor: Visitor, records: Records) -> None:
    platforms = [p for p in records.platforms() if "closed" not in records.read(p / "platform.yml")]
    spoken = [p for p in platforms if speaks(records, p)]
    first = visitor.page.locator(".figures li", has_text="已填报的平台").inner_text()
    assert [int(n) for n in re.findall(r"\d+", first)] == [len(spoken), len(platforms)]


def speaks(records: Records, platform: Path) -> bool:
    """A platform that filed a record itself: not put together from reports, and of itself more than its name."""
    for file in records.own_files(platform):
        found = records.read(file)
        if "compiled_from" in found or file.parent.name in ("rules", "exemptions"):
            continue
        if file.name != "platform.yml" or set(found) - {"area", "place_found"}:
            return True
    return False


def test_a_journalist_asks_what_was_reported_up_and_answered(visitor: Visitor, records: Records) -> None:
    taken_up = records.mentioned("#u")
    expected: Counter[bool] = Counter()
    for file, outcome in records.all("outcome"):
        answered = {a["to"] for r in records.of(file.parent, "response") for a in r.get("answers", ())}
        for line in outcome.get("upward", ()):
            whole = f"{address(file.parent).strip('/')}/{file.stem}#{line['id']}"
            expected[line["id"] in answered or whole in taken_up] += 1
    visitor.click("上报", "nav.main")
    labels = Counter(visitor.texts("main li.row .tags .tag"))
    assert expected.total() > 5
    assert {words: labels[words] for words in ("已答复", "未答复")} == {
        "已答复": expected[True],
        "未答复": expected[False],
    }


def test_a_reviewer_asks_whether_anything_was_withheld_and_on_what_ground(visitor: Visitor, records: Records) -> None:
    expected = Counter(
        outcome["publication"]["reason"]
        for _, outcome in records.all("outcome")
        if outcome.get("publication", {}).get("decision") == "withhold"
    )
    visitor.click("留痕", "nav.main")
    told = visitor.below("不公布").locator("ul.counts").first.locator("li").all_inner_texts()
    assert len(expected) > 1
    assert sorted(told) == sorted(f"{ground} {n}件" for ground, n in expected.items())


def test_a_reviewer_asks_by_which_commit_this_was_published(visitor: Visitor, records: Records) -> None:
    visitor.click("成果", "nav.main")
    visitor.page.locator("main li.row > a").first.click()
    visitor.steps += 1
    visitor.page.wait_for_url(re.compile(r"-outcome\.html$"))
    _, code, number, page = visitor.path.split("/")
    (file,) = records.network.rglob(f"{code}/{number}/{page.removesuffix('.html')}.md")
    commit = records.git("log", "-1", "--format=%H", "--", str(file.relative_to(records.folder)))
    door = visitor.page.locator(".doors li", has_text=f"{page.removesuffix('.html')}.md")
    assert commit.startswith(door.locator(".commit").inner_text())


def test_a_reviewer_asks_how_do_i_check_it_myself(visitor: Visitor, records: Records) -> None:
    """The three commands are given; the second, run, prints what the page says that it prints."""
    visitor.click("留痕", "nav.main")
    told = visitor.page.locator("main").inner_text()
    command = re.search(r"weimin (audit --as-of [\d-]+)", told)
    assert command is not None
    assert f"git checkout {records.git('rev-parse', 'HEAD')}" in told
    ran = subprocess.run(
        [sys.executable, "-m", "weimin", *command[1].split()],
        cwd=records.folder,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    digest = re.search(r"核对摘要 sha256:[0-9a-f]{64}", ran.stdout + ran.stderr)
    assert digest is not None
    assert digest[0] in told


def test_an_official_asks_what_is_open_in_my_county(visitor: Visitor, computed: ComputedRegister) -> None:
    below = re.compile(r"/990001/")
    found = [f for f in computed.findings if f.severity == Severity.DUTY and not f.exempt and below.search(f.path)]
    visitor.click("到期未办", "main")
    visitor.unfold("地方")
    visitor.click("甲辰区", "main dl.filter")
    assert visitor.steps == 3
    rows = visitor.texts("main ul.rows > li.row")
    assert len(rows) == len(found)
    assert sum("逾期" in row for row in rows) == sum(f.overdue_days > 0 for f in found)


def test_an_official_asks_what_was_planned_and_held_this_year(visitor: Visitor, records: Records) -> None:
    (own,) = (p for p in records.platforms() if p.name == "990001")
    planned = len(records.read(own / "plans" / f"{AS_OF.year}.yml")["items"])
    held_there = [f for f in own.glob("*-*/*-consultation*.md") if f.name.startswith(str(AS_OF.year))]
    times = sum(records.read(f).get("times", 1) for f in held_there)
    visitor.my_place("甲辰区")
    told = visitor.page.locator("main").inner_text()
    assert f"{planned}项" in told
    assert f"开展协商{times}次" in told
