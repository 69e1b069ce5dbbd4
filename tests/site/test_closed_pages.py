"""A closed platform on the pages: not counted, shown as closed; what it left stands on its own page and on its heir's."""

from __future__ import annotations

import re

import pytest

from builders.register import register_of
from demo_site import ADDRESS, built, no_tick
from weimin.demo import AS_OF
from weimin.engine.compute import compute
from weimin.engine.options import Options

CITY, COUNTY, TOWN, ONE, TWO = "990100", "990101", "990101001", "990101001001", "990101001002"
AT = f"content/network/{CITY}/{COUNTY}/{TOWN}"
FILES = {
    "content/site.yml": "title: 样例\ntimezone: Asia/Shanghai\n",
    f"content/network/{CITY}/platform.yml": "area: 样例市\n",
    f"content/network/{CITY}/{COUNTY}/platform.yml": "area: 样例县\n",
    f"{AT}/platform.yml": "area: 样例镇\n",
    f"{AT}/{TWO}/platform.yml": "area: 二村\n",
    f"{AT}/{ONE}/platform.yml": f"area: 一村\nclosed: {{date: 2026-09-01, reason: 两村合并, into: '{TWO}'}}\n",
    f"{AT}/{ONE}/opinions/2026-02-10.yml": "channel: visit\nfrom: resident\ntheme: 交通出行\nsummary: 没有路灯\n",
    f"{AT}/{ONE}/2026-001/topic.md": "---\ntitle: 村口路灯\ntheme: 交通出行\nsources: [{from: residents}]\n---\n",
    f"{AT}/{ONE}/2026-001/2026-03-02-consultation.md": (
        "---\nabout: selection\nmethods: [{kind: meeting, place: 村部, decided_by: consensus}]\n"
        "participants: {members: 3, residents: 10, departments: 2}\nsuggestions: [{id: s1, text: 往东移}]\n---\n"
    ),
}
_TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    computed = compute(register_of(FILES), Options(as_of=AS_OF), no_tick)
    found = {path: data for path, data in built(computed, ADDRESS).items() if path.endswith("index.html")}
    return {path: _TAG.sub("", data.decode()) for path, data in found.items()}


def test_the_heir_shows_what_it_owes_and_the_dossier(pages: dict[str, str]) -> None:
    heir = pages[f"{TWO}/index.html"]
    assert "接续撤并平台办理的卷宗" in heir and "村口路灯" in heir
    assert "社情民意" in heir and "采纳反馈" in heir
    assert "接续" not in pages[f"{TOWN}/index.html"]


def test_the_closed_one_shows_it_too_and_owes_no_plan(pages: dict[str, str]) -> None:
    closed = pages[f"{ONE}/index.html"]
    assert "采纳反馈" in closed and "二村" in closed
    assert "年度" not in closed.partition("待办")[2].partition("卷宗")[0]


def test_it_is_not_counted(pages: dict[str, str]) -> None:
    network = re.sub(r"\s+", "", pages["network/index.html"])
    assert "下级3个" in network and "下级2个" in network  # the county, the town and the other village
    assert "村居1个" in network
    assert "已撤并" in pages[f"{TOWN}/index.html"]
    assert "共4个平台" in pages["index.html"]
