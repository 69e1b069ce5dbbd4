"""The comment of a pull request, rendered as a forge renders it."""

from __future__ import annotations

import re
from datetime import date

from made_findings import BASE_URL, HOSTILE, ONE_OF_EACH, VILLAGE, checked, context, duty, finding, hostile
from markdown_it import MarkdownIt

from weimin.model.basis import Basis
from weimin.model.change import DossierChange, DossierProgress, Impact
from weimin.report.as_digest import MARK, write

FORGE_LIMIT = 65_536
TOWN = "990101001"


def rendered(text):
    return MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").render(text)


def impact(title="村口停车场怎么建", **given):
    move = DossierChange(
        dossier=f"{VILLAGE}/2026-001",
        title=title,
        before=given.get("before", DossierProgress(step=2)),
        after=given.get("after", DossierProgress(step=4)),
    )
    return Impact(dossier_changes=(move,), reviewers=given.get("reviewers", (TOWN,)), pages=(f"/{VILLAGE}/2026-001/",))


def test_it_begins_with_the_mark_that_the_next_run_looks_for():
    for report in (ONE_OF_EACH, checked(), checked(base="b" * 40)):
        assert write(report, context()).splitlines()[0] == MARK == "<!-- weimin-check -->"


def test_the_digest_of_a_change():
    html = rendered(write(ONE_OF_EACH, context(impact=impact(), base_url=BASE_URL)))
    for part in (
        "有 1 个错误，改好再合并",
        "<td>第 2 步 商讨实事项目</td>",
        "<td>第 4 步 跟踪监督</td>",
        "<td>样例村为民协商联系点</td>",
        "<td>2026-03-17，已逾期 12 天</td>",
        "依据：实施方案 三（三）4",
        f"上一级平台：{TOWN}",
        f'<a href="{BASE_URL}/{VILLAGE}/2026-001/">',
    ):
        assert part in html


def test_a_day_that_this_site_suggests_is_no_limit():
    reminder = finding(owed_by=VILLAGE, suggested_due=date(2026, 3, 17), basis=Basis.DEFAULT)
    html = rendered(write(checked(reminder), context()))
    assert "<td>建议 2026-03-17 前办理（本站参考，非文件规定）</td>" in html
    assert "逾期" not in html.replace("逾期 0 项", "")


def test_from_which_step_to_which():
    def row(**given):
        return write(checked(), context(impact=impact(**given))).split("|---|---|---|---|\n")[1].splitlines()[0]

    assert row(before=None).endswith("| （新建） | 第 4 步 跟踪监督 |")
    assert row(after=None).endswith("| （整卷删除） |")
    assert row(after=DossierProgress(step=2)).endswith("第 2 步 商讨实事项目，没有变 |")
    assert row(after=DossierProgress(step=5, round=2, closed=True)).endswith("第 5 步 民主评议（第 2 轮），办结 |")
    assert row(after=DossierProgress(step=0, ended="withdrawn")).endswith("还没有开始，已撤回 |")


def test_a_city_has_nobody_above():
    assert "市级平台没有上一级" in write(checked(), context(impact=impact(reviewers=("",))))


def test_old_debts():
    report = checked(earlier=(finding(code="W101", message="没有写来源"),), others=7, base="b" * 40, changed=1)
    text = write(report, context())
    assert "没有错误，可以合并" in text
    assert "原来就有的错误，不拦这次合并" in text
    assert text.endswith("另有 7 项别人的旧账，与这次改动无关。\n")


def test_nothing_changed():
    assert "没有改动记录，不用核对" in write(checked(base="b" * 40), context())


def test_hostile_text_stays_text():
    report = hostile()
    for text in HOSTILE:
        page = write(report, context(impact=impact(title=text)))
        html = rendered(page)
        assert page.count(MARK) == 1
        assert set(re.findall(r"<(\w+)", html)) <= {
            "h3",
            "h4",
            "p",
            "ul",
            "ol",
            "li",
            "strong",
            "pre",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "br",
        }
        assert html.count("<tr>") == 2 + 1 + len(HOSTILE)
        assert "@" not in re.sub(r"<pre>.*?</pre>", "", html, flags=re.DOTALL)
        assert "://" not in re.sub(r"<pre>.*?</pre>", "", html, flags=re.DOTALL)
        assert html.count("<pre>") == html.count("</pre>") == len(HOSTILE)


def test_it_fits_into_a_comment():
    long = "长" * 400
    many = [finding(code="S105", line=n, message=long, hint=long) for n in range(1, 500)]
    many += [duty(line=n, message=long) for n in range(1, 500)]
    many += [finding(code="W202", line=n, message=long) for n in range(1, 500)]
    moves = tuple(
        DossierChange(dossier=f"{VILLAGE}/2026-{n:03d}", title=long[:120], before=None, after=None)
        for n in range(1, 500)
    )
    pages = tuple(f"/{VILLAGE}/2026-{n:03d}/" for n in range(1, 500))
    report = checked(*many, earlier=tuple(many[:500]))
    text = write(report, context(impact=Impact(dossier_changes=moves, pages=pages, platforms=(VILLAGE,) * 500)))
    assert len(text) < FORGE_LIMIT
    assert "另有 479 项没有列出" in text
    assert text.endswith("评论放不下了，其余的用 weimin check 看。\n")
