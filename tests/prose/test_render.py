"""Prose as HTML, by the fast path and by the parser."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from markupsafe import escape

from weimin.model.output import SafeHtml
from weimin.prose.clauses import clauses
from weimin.prose.paragraphs import paragraphs
from weimin.prose.render import plain_text, render, render_markup

ROOT = Path(__file__).parents[2]
REL = 'rel="nofollow noopener noreferrer ugc"'


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("", ""),
        ("\n\n", ""),
        ("一段。\n", "<p>一段。</p>"),
        ("　　第一段\n第二行。\n\n\n　　第二段。", "<p>第一段\n第二行。</p>\n<p>第二段。</p>"),
        ("**协商。**之后", "<p><strong>协商。</strong>之后</p>"),
        ("**时间：**2026年", "<p><strong>时间：</strong>2026年</p>"),
        ("他说**“好”**。", "<p>他说<strong>“好”</strong>。</p>"),
        ("**（一）**、**（二）**，*三*。", "<p><strong>（一）</strong>、<strong>（二）</strong>，<em>三</em>。</p>"),
        ("***重***", "<p><strong><em>重</em></strong></p>"),
        ("5 < 6，<3，A&B，100%", "<p>5 &lt; 6，&lt;3，A&amp;B，100%</p>"),
        ("&lt;b&gt; `&lt;` `<b>`", "<p>&lt;b&gt; <code>&amp;lt;</code> <code>&lt;b&gt;</code></p>"),
        ("<b>粗</b>", "<p>&lt;b&gt;粗&lt;/b&gt;</p>"),
        ("[注]: 以上\n\n[注]", "<p>[注]: 以上</p>\n<p>[注]</p>"),
        ("# 一\n\n###### 六", "<h2>一</h2>\n<h6>六</h6>"),
        ("一\n===\n\n二\n---", "<h2>一</h2>\n<h3>二</h3>"),
        ("3. 甲\n4. 乙\n\n- 丙", '<ol start="3">\n<li>甲</li>\n<li>乙</li>\n</ol>\n<ul>\n<li>丙</li>\n</ul>'),
        ("> 引用", "<blockquote>\n<p>引用</p>\n</blockquote>"),
        ("甲  \n乙", "<p>甲<br>\n乙</p>"),
        ("---", "<hr>"),
        (
            '[通知](https://e.example/?a=1&b=2 "全文")',
            f'<p><a href="https://e.example/?a=1&amp;b=2" title="全文" {REL}>通知</a></p>',
        ),
        ("<zx@suqian.gov.cn>", f'<p><a href="mailto:zx@suqian.gov.cn" {REL}>zx@suqian.gov.cn</a></p>'),
        ("![图](attachments/a.jpg)", '<p><img alt="图" src="attachments/a.jpg" loading="lazy"></p>'),
        ("![图](https://e.example/a.jpg)", '<p><img alt="图" loading="lazy"></p>'),
        ("[a](javascript:x)", f"<p><a {REL}>a</a></p>"),
        (
            "甲|乙\n-|-:\n1|2",
            '<table>\n<thead>\n<tr>\n<th>甲</th>\n<th align="right">乙</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td align="right">2</td>\n</tr>\n</tbody>\n</table>',
        ),
    ],
)
def test_rendered(body, html):
    assert render(body) == html
    assert isinstance(render(body), SafeHtml)


@pytest.mark.parametrize(
    "text",
    [
        "电话138****1234，身份证号码32*************123。",
        "138***1234，159***4321",
        "苏N***88、苏N***99",
        "张**、李**，王*、赵*。",
        "3*4*5=60",
        "张**；李**）",
    ],
)
def test_masks_keep_their_stars(text):
    assert render(text) == f"<p>{text}</p>"


def test_masks_and_emphasis_in_one_paragraph():
    assert render("**协商**，之后，张**、李**，**138****1234**") == (
        "<p><strong>协商</strong>，之后，张**、李**，<strong>138****1234</strong></p>"
    )


@pytest.mark.parametrize(("level", "tags"), [(2, ("h2", "h3")), (3, ("h3", "h4")), (6, ("h6", "h6"))])
def test_headings_stand_below_those_of_the_page(level, tags):
    assert render("# 一\n\n## 二", heading_level=level) == "<{0}>一</{0}>\n<{1}>二</{1}>".format(*tags)


@pytest.mark.parametrize("body", ["# 一\n\n## 二", "## 一\n\n### 二", "文\n\n### 一\n\n#### 二"])
def test_no_level_is_left_out_below_those_of_the_page(body):
    assert render(body, heading_level=4).endswith("<h4>一</h4>\n<h5>二</h5>")


@pytest.mark.parametrize("level", [0, 1, 7])
def test_the_page_keeps_its_h1(level):
    with pytest.raises(ValueError, match="heading_level"):
        render("一", heading_level=level)


def test_anchors():
    body = "## 成果**转化**。 {#3.3.4}\n\n文"
    assert render(body, anchors=True) == '<h2 id="c-3.3.4">成果<strong>转化</strong>。</h2>\n<p>文</p>'
    assert render(body) == "<h2>成果<strong>转化</strong>。</h2>\n<p>文</p>"


def test_links_of_the_site_follow_its_folder():
    assert 'href="/wm/321300/"' in render("[a](/321300/)", root="/wm")
    assert 'href="/321300/"' in render("[a](/321300/)")
    assert "href" not in render("[a](//e.example/)", root="/wm")


def test_the_parser_keeps_no_state_between_documents():
    first = render("## 甲 {#1}\n\n[a](/x/)", anchors=True, root="/wm", heading_level=3)
    assert render("## 甲 {#1}\n\n[a](/x/)") != first
    assert render("## 甲 {#1}\n\n[a](/x/)", anchors=True, root="/wm", heading_level=3) == first


def test_templates_take_it_as_it_is():
    html = render("**甲** <")
    assert str(escape(html)) == html
    assert jinja2.Environment(autoescape=True).from_string("{{ x }}").render(x=html) == html
    # joined with other text it is no longer known to be safe
    assert not hasattr(html + "<b>", "__html__")


PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "\n\n\n",
            " ",
            "  ",
            "    ",
            "\t",
            "　",
            "　　",
            "\r",
            "\x0b",
            "\x1c",
            "\x85",
            "\xa0",
            "\u2028",
            "\u2003",
        ),
        *("文", "字", "。", "，", "“", "”", "〔2024〕12号", "a", "Z", "é", "e\u0301", "😀", "①", "3", "３", "１."),
        *(
            "1.",
            "1. ",
            "12) ",
            "#",
            "## ",
            "-",
            "- ",
            "+",
            "+ ",
            "=",
            "==",
            "---",
            "--",
            "* ",
            "*",
            "**",
            "_",
            "`",
            ">",
            "> ",
            "<",
            "&",
            "&lt;",
        ),
        *(
            "[",
            "]",
            "](",
            "(",
            ")",
            "!",
            "~",
            "^",
            "$",
            "%",
            "@",
            ":",
            "：",
            "|",
            "\\",
            "{",
            "}",
            "'",
            '"',
            "·",
            "—",
            "…",
        ),
        *("https://a.cn", "wzxhzdk:0", "klzzwxh:0000", "\x02", "\x03", "\x00", "\u200b", "\ufeff", "\ufffe"),
    ]
)


def test_the_fast_path_agrees_with_the_parser():
    fast = 0

    @seed(20261124)
    @settings(max_examples=3_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(PIECES, max_size=12).map("".join))
    def agrees(body):
        nonlocal fast
        if paragraphs(body) is None:
            return
        fast += 1
        assert render(body) == render_markup(body)

    agrees()
    assert fast > 300


def corpus() -> list[str]:
    """Every stretch of prose in the repository, and every line of it alone."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/fixtures").glob("*.txt"))]
    bodies = [text.partition("\n---\n")[2] or text for text in texts]
    return sorted(
        {
            *bodies,
            *(line for body in bodies for line in body.split("\n")),
            *("\n\n".join(body.split("\n")) for body in bodies),
        }
    )


def test_the_fast_path_agrees_over_the_corpus():
    fast = [body for body in corpus() if paragraphs(body) is not None]
    assert len(fast) > 30
    for body in fast:
        assert render(body) == render_markup(body)


@pytest.mark.parametrize(
    "body", ["　　本次协商由议事室召集，参加 32 人。\n\n（一）路灯；1、2 组。", "“好”——100%！", "a\nb: c, d; e? f!"]
)
def test_ordinary_paragraphs_take_the_fast_path(body):
    assert paragraphs(body) is not None


@pytest.mark.parametrize(
    ("body", "limit", "text"),
    [
        ("", 10, ""),
        ("一二三", 3, "一二三"),
        ("一二三四", 3, "一二…"),
        ("一二三四", 1, "…"),
        ("一二三四", 0, ""),
        ("　　第一段\n第二行。\n\n第二段", 99, "第一段第二行。第二段"),
        ("one\ntwo\n\n三", 99, "one two 三"),
        ("# 题\n\n**重** [通知](https://e.example/) `码` 5 < 6 &amp; A&B", 99, "题 重 通知 码 5 < 6 & A&B"),
        ("- 甲\n- 乙\n\n> 丙", 99, "甲 乙 丙"),
        ("a|b\n-|-\n1|2", 99, "a b 1 2"),
        ("![图](attachments/a.jpg)文", 99, "文"),
        ("<b>粗</b>", 99, "<b>粗</b>"),
        ("## 甲 {#3.1}\n\n乙", 99, "甲 乙"),
        ("张三 李四", 99, "张三 李四"),
        ("第一\n　　二\n\n三", 99, "第一二 三"),
    ],
)
def test_plain(body, limit, text):
    assert plain_text(body, limit) == text


def test_plain_of_a_long_body_reads_only_its_beginning():
    body = "**段**落。\n\n" * 500
    whole = plain_text(body, 100_000)
    assert plain_text(body, 20) == whole[:19] + "…"


RULES = """前言

## 三、建设内容 {#3}

### （三）协商制度 {#3.3}
总述。

#### 4. 成果转化。 {#3.3.4}

协商结果报送。

**第二段。**

## 附则

不属于任何一条。
"""


def test_clauses():
    found = clauses(RULES, first_line=10)
    assert [(c.anchor, c.title, c.text, c.line) for c in found] == [
        ("3", "三、建设内容", "", 12),
        ("3.3", "（三）协商制度", "总述。", 14),
        ("3.3.4", "4. 成果转化。", "协商结果报送。\n\n**第二段。**", 17),
    ]
    assert found[2].html == "<p>协商结果报送。</p>\n<p><strong>第二段。</strong></p>"
    assert [f'id="c-{c.anchor}"' in render(RULES, anchors=True) for c in found] == [True] * 3


@pytest.mark.parametrize(
    "body", ["", "文字", "## 没有标记", "    # 代码 {#1}", "> # 引用 {#1}", "## 甲 {#大}", "## {#1} 乙"]
)
def test_no_clause(body):
    assert clauses(body) == ()


def test_the_plan_has_the_clauses_that_the_rules_cite():
    path = ROOT / "content/network/321300/rules/2019-implementation-plan.md"
    anchors = [c.anchor for c in clauses(path.read_text(encoding="utf-8"))]
    assert {"2.1", "3.2", *(f"3.3.{n}" for n in range(1, 7)), "4.2", "4.3", "4.4"} <= set(anchors)
    assert len(anchors) == len(set(anchors))
