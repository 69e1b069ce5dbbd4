"""F112: positions and messages of faults, and what is accepted."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from weimin.prose.limits import problems as over_limits
from weimin.prose.markup import attachments, problems

ROOT = Path(__file__).parents[2]

# the bodies of the register of bad inputs; a record's prose begins on line 14 there, after an empty line on line 15
SAMPLES = {
    "183-body-svg": ("\n<svg onload=alert(1)>\n", [(15, 1)], "HTML 标签"),
    "184-body-iframe": ("\n<iframe src=//evil.example></iframe>\n", [(15, 1), (15, 28)], "HTML 标签"),
    "185-body-comment": ("\n<!-- 隐藏 -->\n", [(15, 1)], "注释"),
    "186-body-style": ("\n<style>*{display:none}</style>\n", [(15, 1), (15, 23)], "HTML 标签"),
    "187-body-meta": ('\n<meta http-equiv=refresh content="0;url=//evil.example">\n', [(15, 1)], "HTML 标签"),
    "188-body-base": ("\n<base href=//evil.example>\n", [(15, 1)], "HTML 标签"),
    "189-body-form": (
        "\n<form action=//evil.example><input name=身份证></form>\n",
        [(15, 1), (15, 29), (15, 45)],
        "HTML 标签",
    ),
    "181-body-script": ("\n<script>alert(1)</script>\n", [(15, 1), (15, 17)], "HTML 标签"),
    "190-body-link-js": ("\n[a](javascript:alert(1))\n", [(15, 5)], "以“javascript:”开头"),
    "192-body-link-js-tab": ("\n[a](java\tscript:alert(1))\n", [(15, 5)], "以“javascript:”开头"),
    "195-body-link-data": ("\n[a](data:text/html;base64,PHNjcmlwdD4=)\n", [(15, 5)], "以“data:”开头"),
    "196-body-link-vbscript": ("\n[a](vbscript:x)\n", [(15, 5)], "以“vbscript:”开头"),
    "199-body-link-attr-list": ('\n[a](https://e.example/){: onclick="alert(1)" }\n', [(15, 24)], "不能设属性"),
    "201-body-link-img-js": ("\n![a](javascript:alert(1))\n", [(15, 1)], "不是本卷宗的附件"),
    "202-body-link-attach": ("\n[a]({attach}../../../etc/passwd)\n", [(15, 5)], "会去读别的文件"),
    "203-body-link-static": ("\n[a]({static}/../../x)\n", [(15, 5)], "会去读别的文件"),
    "204-body-link-pipe-attach": ("\n[a](|attach|../.git/config)\n", [(15, 5)], "会去读别的文件"),
    "205-body-link-ref-js": ("\n[a]\n\n[a]: javascript:alert(1)\n", [(17, 6)], "以“javascript:”开头"),
    "206-body-link-weixin": ("\n[a](weixin://dl/x)\n", [(15, 5)], "以“weixin:”开头"),
    "207-body-link-file": ("\n[a](file:///etc/passwd)\n", [(15, 5)], "以“file:”开头"),
    "208-body-autolink-js": ("\n<javascript:alert(1)>\n", [(15, 1)], "以“javascript:”开头"),
    "209-body-jinja": ("\n{{ config }}\n", [(15, 1)], "模板符号"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_refused_where_its_fault_is(name):
    body, places, words = SAMPLES[name]
    found = problems("content/x.md", body, 14)
    assert [(p.line, p.column) for p in found] == places
    assert all(p.code == "F112" and p.path == "content/x.md" and p.hint for p in found)
    assert words in found[0].message


TRICKY = """
热线 12345，办公电话 0527-84389000，邮箱 zx@suqian.gov.cn。

| 意见 | 票数 |
|---|---|
| 满意 | 80 |

1. 第1组、第2组分段施工；
2. 2024年5月—6月完成。

> 引用：宿政协发〔2024〕12号

[通知](https://www.suqian.gov.cn/tz/1.html) 小于号 5 < 6，邮编 223800，电话138****1234，身份证号码32*************123。
"""


def test_tricky_but_fine():
    assert problems("content/x.md", TRICKY) == []
    assert over_limits("content/x.md", TRICKY) == []


@pytest.mark.parametrize(
    "body",
    [
        "5 < 6 > 4，<3，100%，A&B，a<=b，->，<-，<<办法>>，<通知>，5<6",
        "2024年[2024]12号，[注]：略，[1] [2]，[注]: 以上数据由村委会提供",
        "&lt;script&gt; 照样印出来",
        "`<div>` 是标签",
        "javascript:alert(1) 不是链接",
        "{甲} {1} {} } {a:b} |表|格|",
        "见 //例 与 /321300/",
        "[通知](http://218.94.0.1:8080/a?b=1&amp;c=2&d=3#e)",
        '[通知](https://www.suqian.gov.cn/通知一.html "全文")',
        "[通知](<https://www.suqian.gov.cn/>)",
        "<https://www.suqian.gov.cn/> <zx@suqian.gov.cn> <mailto:zx@suqian.gov.cn>",
        "[邮箱](mailto:zx@suqian.gov.cn) [电话](tel:0527-84389000)",
        "![施工前](attachments/site-before.jpg) ![图](attachments/a.webp)",
        "[附件](attachments/minutes.pdf) [![图](attachments/a.png)](https://www.suqian.gov.cn/)",
        "[实施方案](/321300/rules/2019-implementation-plan.html#c-3.3.4) [首页](/)",
        "## 三、建设内容 {#3}\n\n### 1. {#3.1}\n\n#### 协商主体。 {#3.3.2}  \n",
        "太好了![注]",
        "**时间：**2026年 __重__ *轻* ~~删~~ `码`",
    ],
)
def test_unusual_but_harmless_text_is_accepted(body):
    assert problems("content/x.md", body) == []


@pytest.mark.parametrize(
    ("body", "message", "hint"),
    [
        ("若x<y则", "正文里有 HTML 标签 “<y则”，正文只用 Markdown", "如 5 < 6"),
        ("[附件](见下)", "链接 “见下”不是网址，也不是本卷宗的附件", "改成全角"),
        ("[a](//e.example)", "链接 “//e.example”没有写 https:，会通到别的网站", "https://"),
        ("[a](https://e.example/(1))", "链接 “https://e.example/(1)”不是约定的写法", "%28"),
        ("[a](attachments/A.JPG)", "附件 “attachments/A.JPG”的名字不是约定的写法", "小写字母"),
        ("[a](https://e.exam\u200bple)", "链接 “https://e.exam[U+200B]ple”里有看不见的字符或 & 转义", "重新抄"),
        ("![图](https://e.example/a.jpg)", "图片 “https://e.example/a.jpg”不是本卷宗的附件", "attachments/"),
        ("![图](attachments/a.pdf)", "图片 “attachments/a.pdf”不是本卷宗的附件", "jpg、png 或 webp"),
        ("[1]: https://e.example/", "这里不用写在别处的网址 “https://e.example/”", "[文字](https://网址)"),
        ("[a](https://e.example/ b)", "链接 “https://e.example/ b”", "%20"),
        ("## 甲 {#3.1}\n\n## 乙 {#3.1}", "条款的标记 “3.1”前面已经用过", "不同的标记"),
        ("文字 {#3.1}", "正文里有 “{#3.1}”，正文不能设属性", "标题末尾"),
        ("## 甲 {#三}", "正文里有 “{#三}”，正文不能设属性", "小写字母"),
        ("x" * 60 + "<" + "b" * 60 + ">", f"正文里有 HTML 标签 “<{'b' * 39}…”，正文只用 Markdown", "删掉"),
    ],
)
def test_messages(body, message, hint):
    found = problems("content/x.md", body)
    assert len(found) == 1
    assert found[0].message.startswith(message)
    assert hint in found[0].hint


def test_several_faults_stand_in_the_order_of_the_text():
    found = problems("content/x.md", "一\n[a](javascript:x) <b>\n\n{{ x }}", 7)
    assert [(p.line, p.column) for p in found] == [(8, 5), (8, 19), (10, 1)]


def test_messages_are_in_chinese_and_without_blame():
    found = [p for body, _, _ in SAMPLES.values() for p in problems("content/x.md", body)]
    assert found
    for p in found:
        assert not re.search(r"非法|失败|异常|错误", p.message + p.hint)
        assert re.search(r"[\u4e00-\u9fff]", p.message) and re.search(r"[\u4e00-\u9fff]", p.hint)


def test_attachments_of_a_body():
    body = "[表](attachments/b.pdf) ![图](attachments/a.jpg) [再](attachments/b.pdf) [外](https://e.example/attachments/c.jpg)"
    assert attachments(body) == ("b.pdf", "a.jpg")


@pytest.mark.parametrize(
    "body",
    [
        "<" * 250_000,
        "<a@" * 80_000,
        "](" * 120_000,
        "![" * 120_000,
        "{#" * 120_000,
        "[a]: " * 50_000,
        "# " + "a  " * 80_000 + "{#",
        "`" * 250_000,
        "![a](" * 50_000,
        "<a:" * 80_000,
        "[a](" + "(" * 250_000,
    ],
    ids=lambda body: f"{body[:6]}…",
)
def test_the_check_itself_is_quick_on_what_is_far_above_the_limits(body):
    assert over_limits("content/x.md", body)
    began = time.process_time()
    problems("content/x.md", body)
    assert time.process_time() - began < 5


def test_the_prose_of_this_repository_is_accepted():
    bodies = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md"))}
    assert bodies
    for path, text in bodies.items():
        body = text.partition("\n---\n")[2]
        assert problems(path.name, body) + over_limits(path.name, body) == []
