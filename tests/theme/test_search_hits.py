"""search/hits.js: rows of hits, marked words, and the sentence above them."""

from __future__ import annotations

from typing import Any

import pytest
from module_page import Modules

pytestmark = pytest.mark.browser
HITS = "search/hits.js"
MARK = """async ([text, words]) => {
    const { marked } = await import("/js/search/hits.js");
    return marked(document.createElement("p"), text, words).innerHTML;
}"""
PAGE = {
    "kind": "d", "address": "/321302001004/2026-001/", "title": "修路灯", "area": "宿城区 双庄街道 某村", "on": "2026-03-01",
    "state": "done", "label": "办好了", "has": "ox", "text": "第一行\n安装路灯三处",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("修路灯", ["路灯"], "修<mark>路灯</mark>"),
        ("路灯路灯", ["路灯"], "<mark>路灯</mark><mark>路灯</mark>"),
        ("一段简单", ["段简", "一段简单"], "<mark>一段简单</mark>"),
        ("一段简单", ["一段", "一段简"], "<mark>一段简</mark>单"),
        ("一段简单", ["段简", "简单"], "一<mark>段简</mark>单"),
        ("ＡＢc", ["ab"], "<mark>ＡＢ</mark>c"),
        ("<b>路灯</b>", ["路灯"], "&lt;b&gt;<mark>路灯</mark>&lt;/b&gt;"),
        ("路灯", [], "路灯"),
        ("", ["路灯"], ""),
    ],
)
def test_words_are_marked(modules: Modules, text: str, words: list[str], expected: str) -> None:
    assert modules.run(MARK, [text, words]) == expected


def test_a_snippet_is_of_the_line_with_the_word(modules: Modules) -> None:
    long = "甲" * 200 + "路灯" + "乙" * 200
    found = modules.each(
        HITS,
        "snippet",
        [["第一行\n有路灯", ["路灯"]], ["第一行\n第二行", ["路灯"]], [long, ["路灯"]], ["丙" * 111, []]],
    )
    assert found[:2] == ["有路灯", "第一行"]
    assert found[2] == "…" + "甲" * 30 + "路灯" + "乙" * 78 + "…"
    assert found[3] == "丙" * 110 + "…"


def test_a_row_of_a_dossier(modules: Modules) -> None:
    assert modules.call(HITS, "rowOf", "/site", PAGE, ["路灯"]) == (
        '<li class="row wide"><a href="/site/321302001004/2026-001/">修<mark>路灯</mark></a> '
        '<span class="tags"><span class="tag done">办好了</span> <span class="tag compiled">据报道</span></span> '
        '<span class="by"><span>双庄街道 某村</span> <span class="on">2026-03-01</span></span>'
        '<p class="text">安装<mark>路灯</mark>三处</p></li>'
    )


def test_a_row_of_a_rule_has_its_kind_and_no_text(modules: Modules) -> None:
    page = {**PAGE, "kind": "r", "label": "", "state": "", "has": "", "text": ""}
    row = modules.call(HITS, "rowOf", "", page, [])
    assert '<span class="tag ">规则</span>' in row
    assert "据报道" not in row
    assert "<p" not in row


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"count": 3, "more": True}, "已列出3个卷宗，较新的在前，后面可能还有。"),
        ({"count": 3, "more": False}, "共找到3个卷宗，较新的在前。"),
        ({"count": 3, "more": False, "kind": "p"}, "共找到3个平台，较新的在前。"),
        ({"count": 0, "more": True}, "新近的里面没有找到，还可以往前找。"),
        ({"count": 0, "more": False}, "没有找到。可以试试：少打几个字，换一个说法，或者去掉几个条件。"),
        (
            {"count": 0, "more": False, "above": True},
            "没有找到卷宗，只有上面这些。可以试试：少打几个字，换一个说法，或者去掉几个条件。",
        ),
    ],
)
def test_the_sentence_says_how_many_there_are(modules: Modules, given: dict[str, Any], said: str) -> None:
    assert modules.call(HITS, "sentenceOf", {"kind": "", "above": False, **given}) == said
