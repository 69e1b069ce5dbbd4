"""Articles for WeChat: within its limits whatever the record says, and never cut in silence."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import COMPILED, FULL, SECRET, WITHHELD, event
from made_register import dossier_of, dossier_views, pages_of, register_view, site_context_of, summary_of
from page_reader import tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render
from weimin.prose.render import render as render_prose
from weimin.site.media.clip import MORE, beginnings, blocks, clip
from weimin.site.media.fragment import PROSE, length, node, picture, prose, table
from weimin.site.media.wechat import BODY, DIGEST, TITLE, Article
from weimin.site.pages.dossier import dossier_pages

OUTCOME = f"wechat/{FULL}/2026-03-10-outcome.html"
EVALUATION = f"wechat/{FULL}/2026-11-20-evaluation.html"


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    env = environment(theme_dir())
    return {p.path: render(env, p) for p in pages_of(base_url="https://example.org") if p.path.startswith("wechat/")}


def shown(content: bytes) -> str:
    (box,) = [n for n in tree_of(content).iter("div") if n.get("id") == "wechat"]
    return " ".join("".join(box.itertext()).split())


def made(body: str = "", title: str = "", lines: int = 0) -> tuple[Article, bytes]:
    """The outcome of the full dossier with another body, title or number of measures."""
    records = []
    for record in dossier_views()[0].originals:
        raw: dict[str, Any] = dict(record.raw)
        if record.place.kind == "topic" and title:
            raw["title"] = title
        if record.place.kind == "outcome" and lines:
            more = [{"id": f"m{n}", "text": f"第{n}件事" * 9, "unit": "样例村", "due": "2026"} for n in range(3, lines)]
            raw["measures"] = [*raw["measures"], *more]
        words = body if record.place.kind == "outcome" and body else record.body
        records.append(event(FULL, record.place.path.rpartition("/")[2], raw, words))
    dossier = dossier_of(FULL, records)
    view = msgspec.structs.replace(dossier_views()[0], dossier=dossier, summary=summary_of(dossier))
    context = site_context_of(register_view([view.summary], base_url="https://example.org"))
    (page,) = [p for p in dossier_pages(view, context) if p.path == OUTCOME]
    return page.context["article"], render(environment(theme_dir()), page)


def test_there_is_an_article_for_what_announces_a_result_and_for_nothing_else(site):
    assert set(site) == {OUTCOME, EVALUATION, f"wechat/{WITHHELD}/2026-04-10-outcome.html"}
    assert not [path for path in site if COMPILED in path]


def test_an_outcome_tells_what_was_agreed_and_who_does_it(site):
    words = shown(site[OUTCOME])
    for fact in (
        "样例村为民协商联系点",
        "一致",
        "装路灯",
        "样例镇村建办",
        "2026年6月30日",
        "六月底以前装好十五盏",
        "阅读原文",
    ):
        assert fact in words
    for fact in ("更正过", "2026年11月21日，版本 cccccccccc"):
        assert fact in words


def test_an_evaluation_tells_the_counts_in_a_table(site):
    (box,) = [n for n in tree_of(site[EVALUATION]).iter("div") if n.get("id") == "wechat"]
    rows = [["".join(c.itertext()) for c in row] for t in box.iter("table") for row in t.iter("tr")]
    assert ["满意", "基本满意", "不满意"] in rows
    assert ["50票", "10票", "5票"] in rows


def test_what_is_withheld_is_the_decision_alone(site):
    content = site[f"wechat/{WITHHELD}/2026-04-10-outcome.html"]
    assert "涉及个人隐私" in shown(content)
    assert SECRET not in content.decode()


def test_the_template_writes_what_was_measured():
    article, content = made("## 一\n\n- 甲 & 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n第一行\n第二行 < 三")
    fragment = content.decode().partition('<div id="wechat" class="article">')[2].partition("</div>")[0]
    # jinja writes quotes by number where the clipboard has them plain
    assert len(re.sub("&#3[49];", '"', fragment)) == article.length == length(article.root)


LONG = "\n\n".join(f"第{n}段，说的是路灯的事；灯要亮，路要平。谁来办？村里办！" for n in range(2_000))


@pytest.mark.parametrize(
    "body",
    [
        LONG,
        LONG.replace("\n\n", "，\n"),
        ("灯" * 3_000 + "。\n") * 9 + "亮" * 3_000,
        "\n".join(f"- 第{n}条：路灯" for n in range(1_500)),
        "| 事 | 人 |\n|---|---|\n" + "\n".join(f"| 第{n}件 | 村里 |" for n in range(900)),
        "先说一句。\n\n" + ("无标点" * 1_000 + "\n") * 20,
    ],
)
def test_a_long_text_is_cut_at_a_clause_and_says_so(body):
    article, content = made(body[:200_000])
    assert article.length <= BODY < 20_000
    assert article.length == length(article.root)
    assert article.omitted
    for words in article.omitted:
        assert words in content.decode()
    words = shown(content)
    assert MORE in words
    before = words.partition(MORE)[0].rstrip()
    assert before[-1] in "。！？；，" or "灯灯" not in before[-2:]
    assert "阅读原文" in words


def test_a_text_that_fits_is_whole():
    article, content = made(LONG[:3_000])
    assert article.omitted == ()
    assert MORE not in shown(content)


def test_more_measures_than_fit_are_counted():
    article, content = made(lines=150)
    (words,) = article.omitted
    found = re.fullmatch(r"落实事项另有(\d+)条", words)
    assert found
    rows = shown(content).count("第3件事") + shown(content).count("样例村 2026年 尚无跟踪记录")
    assert int(found[1]) > 50
    assert rows > 0
    assert words in shown(content)
    assert article.length <= BODY


def test_a_long_title_is_cut_and_its_length_is_told():
    article, content = made(title="关于老旧小区雨污分流、道路平整、停车位划线以及夜间照明等若干事项怎样安排先后的问题")
    assert article.title.cut
    assert article.title.length <= TITLE
    assert article.title.text.startswith("样例村协商成果：关于老旧小区")
    assert f"原来有{article.title.full}字，已截短" in content.decode()
    assert article.digest.length <= DIGEST


@given(st.text(alphabet="灯亮路，。；、a1 ", max_size=300), st.integers(min_value=12, max_value=128))
def test_what_is_clipped_fits_and_begins_as_it_did(text, most):
    found = clip(text, most, MORE)
    assert found.length <= most
    assert found.cut == (len(text) > most)
    assert text.startswith(found.text.removesuffix(MORE) if found.cut else text)
    assert found.cut == found.text.endswith(MORE) or not found.cut


@given(st.text(alphabet="&<>\"'\xa0灯", max_size=40))
def test_the_length_is_that_of_the_html(words):
    found = node("blockquote", "", node("p", words), table(("一", words), [("二", "三")]), picture("/a.png", words, 0))
    env = environment(theme_dir())
    written = str(env.get_template("parts/fragment.html").make_module().draw(found))  # type: ignore[attr-defined]  # its macro
    text = written.replace("&#34;", '"').replace("&#39;", "'").replace("\xa0", "&nbsp;")
    quotes = 5 * words.count('"')  # in the picture's words they stay written out
    assert len(text) + quotes == length(found)


def test_prose_carries_its_styles_and_leaves_its_links():
    html = str(render_prose("看[这里](https://example.org/)。\n\n# 头\n\n| a |\n|---|\n| 1 |", styles=PROSE))
    assert "<a" not in html
    assert "看这里。" in html
    tags = re.findall(r"<([a-z0-9]+)([^>]*)>", html)
    assert {tag for tag, rest in tags if "style=" not in rest} <= {"thead", "tbody", "tr"}
    assert length(prose(render_prose("灯", styles=PROSE), 9)) == len(str(render_prose("灯", styles=PROSE)))


def test_blocks_and_their_beginnings():
    assert blocks("一。\n\n二。\n三。\n \n- 四\n- 五") == ["一。", "二。\n三。", "- 四\n- 五"]
    assert beginnings("一，二。三") == ["一，", "一，二。"]
    assert beginnings("- 一，二。") == []
    assert beginnings("| 一，二。 |") == []
