"""Revisions on the pages of records, the trail and the corrections: what is said, and what is not."""

from __future__ import annotations

import json

import msgspec
import pytest
from made_records import FULL, SECRET, VILLAGE, WITHHELD
from made_register import dossier_views, pages_of, register_view, site_context_of
from made_trail import FIRST, THIRD
from page_reader import tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render
from weimin.model.kinds import Site
from weimin.model.kinds.site import Forge
from weimin.model.trail_rows import TrailRows
from weimin.site.forge import commit_url
from weimin.site.pages.dossier import dossier_pages
from weimin.site.pages.trail import trail_pages
from weimin.site.presenters.revisions import plain


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    env = environment(theme_dir())
    return {page.path: render(env, page) for page in pages_of()}


def text(content: bytes) -> str:
    return " ".join("".join(tree_of(content).itertext()).split())


def revisions(content: bytes) -> list[str]:
    """The lines of the list, as they read."""
    lists = [node for node in tree_of(content).iter("ol") if "revisions" in node.get("class", "")]
    return [" ".join("".join(item.itertext()).split()) for found in lists for item in found]


def test_the_newest_revision_stands_first_with_all_that_is_known_of_it(site):
    assert revisions(site[f"{FULL}/index.html"]) == [
        "2026年11月21日 09:30 clerk 提交 cccccccccc，签名有效 更正2026年3月10日协商成果的完成期限",
        "2026年5月2日 10:00 样例录入员 提交 aaaaaaaaaa，未签名 新建2026年3月2日协商活动 新建议题",
    ]


def test_an_address_is_nobodys_name(site):
    assert [path for path, content in site.items() if b"clerk@example.org" in content] == []


def test_of_what_is_withheld_no_field_is_named(site):
    shown = revisions(site[f"{WITHHELD}/index.html"])
    assert shown == [
        "2026年4月12日 10:00 样例录入员 提交 bbbbbbbbbb，未签名 "
        "改动2026年4月10日协商成果 更正2026年4月10日协商成果 补充议题的公示"
    ]
    data = json.loads(site[f"{WITHHELD}/index.json"])["revisions"][0]["what"]
    assert data == ["改动协商成果“2026-04-10-outcome”", "更正“2026-04-10-outcome”", "补充议题的公示（notice）"]


def test_what_an_audit_found_is_said_but_not_of_what_is_withheld(site):
    shown = text(site[f"{WITHHELD}/index.html"])
    assert "改动了议题的标题 A103" in shown
    assert "2026年4月10日协商成果：" in shown
    assert [path for path, content in site.items() if SECRET.encode() in content] == []


@pytest.mark.parametrize("page", ["index.html", "2026-03-02-consultation.html"])
def test_what_was_filed_late_says_so_with_both_days(site, page):
    assert "补录：2026年3月2日上午的事，2026年5月2日才入档。" in text(site[f"{FULL}/{page}"])
    events = json.loads(site[f"{FULL}/index.json"])["events"]
    assert {e["stem"]: e["filed_late"] for e in events if e["filed_late"]} == {"2026-03-02-consultation": "2026-05-02"}


def test_what_was_corrected_is_marked(site):
    blocks = [n for n in tree_of(site[f"{FULL}/index.html"]).iter("section") if "event" in n.get("class", "").split()]
    marked = {n.get("id") for n in blocks if "更正" in [t.text for t in n.iter("span") if "tag" in t.get("class", "")]}
    assert marked == {"2026-03-10-outcome"}


def test_a_platform_shows_what_was_done_to_its_own_records(site):
    assert revisions(site[f"{VILLAGE}/index.html"]) == [
        "2026年1月5日 10:00 样例录入员 提交 aaaaaaaaaa，未签名 新建平台"
    ]


def test_without_a_history_a_page_says_nothing_of_it():
    view = dossier_views()[0]
    bare = msgspec.structs.replace(view, revisions=(), trail=())
    env, context = environment(theme_dir()), site_context_of(register_view([view.summary]))
    shown = text(render(env, next(iter(dossier_pages(bare, context)))))
    assert "修订记录" not in shown
    assert "补录" not in shown


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("新建协商成果“by-2020-09-09-outcome-2”", "新建不晚于2020年9月9日协商成果（之2）"),
        ("更正“2026-03-10-outcome”的期限（due）、正文", "更正2026年3月10日协商成果的期限、正文"),
        (
            "把协商活动“2026-03-02-consultation”移到“2026-03-03-consultation”",
            "把2026年3月2日协商活动移到2026年3月3日协商活动",
        ),
        ("回应“2025-05-08-response”在 2025-05-08 之后", "2025年5月8日回应在2025年5月8日之后"),
        ("新建附件“现场-photo”", "新建附件“现场-photo”"),
        ("新建社情民意“2026-001”", "新建社情民意“2026-001”"),
        ("新建附件“2026-03-02-photo”", "新建附件“2026-03-02-photo”"),
    ],
)
def test_words_for_the_public_have_no_file_names_of_events(words, read):
    assert plain(site_context_of(register_view(())), words) == read


def test_the_trail_counts_and_leads_on(site):
    tree = tree_of(site["trail/index.html"])
    doors = {
        "".join(a.find("span").itertext()): ("".join(a.find("strong").itertext()), a.get("href"))
        for ul in tree.iter("ul")
        if ul.get("class") == "figures"
        for a in ul.iter("a")
    }
    assert doors == {
        "协商成果": ("2", "/results/"),
        "更正": ("2", "/corrections/"),
        "补录": ("1", "#late"),
        "不公布": ("1", "#withheld"),
        "豁免": ("2", "#exemptions"),
        "有效签名": ("1", "#signatures"),
    }
    shown = text(site["trail/index.html"])
    for fact in (
        "涉及个人隐私 1件",
        "2026年5月2日入档",
        "核对摘要 sha256:" + "0" * 64,
        "未签名 3次提交",
        "签名有效 1次提交",
        "本站没有启用签名",
        "2025年12月31日 已到期",
        "weimin audit --as-of 2026-11-22",
        "这次生成没有写检查点",
    ):
        assert fact in shown


def test_corrections_are_listed_with_what_stood_before(site):
    shown = text(site["corrections/index.html"])
    assert "2026年5月 改为 2026年12月。理由：期限写错了。批准：样例村党总支。" in shown
    assert "更正协商成果：内容不公开。批准：样例村党总支。" in shown
    hidden, full = sorted(json.loads(site["corrections/index.json"])["corrections"], key=len)
    assert set(hidden) == {"platform", "dossier", "correction", "on", "kind", "approved_by"}
    assert (full["field"], full["from"], full["to"]) == ("/measures/1/due", "2026-05", "2026-12")


@pytest.mark.parametrize("released", [False, True])
def test_an_empty_trail_says_what_is_not_there(released):
    view = msgspec.structs.replace(register_view(()), trail=TrailRows(released=released))
    env = environment(theme_dir())
    pages = {p.path: render(env, p) for p in trail_pages(view, site_context_of(view))}
    shown = text(pages["trail/index.html"])
    for fact in ("这里没有历史，不显示修订记录", "还没有登记更正", "没有豁免", "没有决定不公布的成果"):
        assert fact in shown
    assert (b'href="/log/checkpoint"' in pages["trail/index.html"]) == released
    assert "还没有登记更正" in text(pages["corrections/index.html"])


@pytest.mark.parametrize(
    ("kind", "url", "expected"),
    [
        ("github", "https://github.example/a/b", f"https://github.example/a/b/commit/{FIRST}"),
        ("gitlab", "https://gitlab.example/a/b.git", f"https://gitlab.example/a/b/-/commit/{FIRST}"),
        ("gitea", "https://git.example/a/b/", f"https://git.example/a/b/commit/{FIRST}"),
        ("forgejo", "https://git.example/a/b", f"https://git.example/a/b/commit/{FIRST}"),
        ("gitee", "https://gitee.example/a/b", f"https://gitee.example/a/b/commit/{FIRST}"),
        ("github", "javascript:alert(1)//", ""),
    ],
)
def test_a_commit_has_a_page_on_its_forge(kind, url, expected):
    assert commit_url(Site(title="样例", forge=Forge(kind=kind, url=url)), FIRST) == expected


def test_where_the_forge_is_known_a_commit_is_a_link_and_can_be_cloned():
    env = environment(theme_dir())
    pages = {p.path: p for p in pages_of(forge=Forge(kind="gitlab", url="https://gitlab.example/a/b"))}
    tree = tree_of(render(env, pages[f"{FULL}/index.html"]))
    links = [a.get("href") for a in tree.iter("a") if a.get("class") == "commit"]
    assert links == [f"https://gitlab.example/a/b/-/commit/{c}" for c in (THIRD, FIRST)]
    assert "git clone https://gitlab.example/a/b records" in text(render(env, pages["trail/index.html"]))
