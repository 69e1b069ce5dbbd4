"""Every page type: well formed, nothing runs, no link leads nowhere, nothing withheld gets out."""

from __future__ import annotations

import json

import pytest
from made_records import COMPILED, FULL, SCRIPT, SECRET, SILENT, VILLAGE, WITHHELD
from made_register import pages_of
from page_reader import anchors, broken_links, tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render, static_files
from weimin.model.page import Page
from weimin.site.page_types import TYPES


@pytest.fixture(scope="module")
def planned() -> list[Page]:
    return pages_of(base_url="https://example.org")


@pytest.fixture(scope="module")
def site(planned: list[Page]) -> dict[str, bytes]:
    env = environment(theme_dir())
    return {page.path: render(env, page) for page in planned} | static_files(theme_dir())


def pages(site: dict[str, bytes]) -> dict[str, bytes]:
    found = {path: content for path, content in site.items() if path.endswith(".html")}
    assert len(found) > 100
    return found


def text(site: dict[str, bytes], path: str) -> str:
    return "".join(tree_of(site[path]).itertext())


def test_every_page_type_is_made_and_no_other(planned):
    used = {page.template for page in planned if page.template}
    assert used == {row.template for kind, row in TYPES.items() if kind != "styleguide"}  # of a demo site alone


def test_no_path_is_planned_twice(planned):
    paths = [page.path for page in planned]
    assert len(paths) == len(set(paths))


def test_every_page_is_strict_html5_with_one_heading_and_unique_ids(site):
    for path, content in pages(site).items():
        tree = tree_of(content)
        assert len(list(tree.iter("h1"))) == 1, path
        ids = anchors(tree)
        assert len(ids) == len(set(ids)), path


def test_the_map_leads_to_every_section_every_prose_page_and_every_place(site):
    """网站地图, with a village on the page of its township."""
    found = {path for path in site if path.endswith("/index.html") and path.count("/") == 1}
    assert len(found) > 15
    own = {"styleguide/index.html", "sitemap/index.html", f"{VILLAGE}/index.html", f"{SILENT}/index.html"}
    led_to = {node.get("href") for node in tree_of(site["sitemap/index.html"]).iter("a")}
    assert {f"/{path.removesuffix('index.html')}" for path in found - own} - led_to == set()
    assert '<a href="/sitemap/">网站地图</a>' in site["index.html"].decode()


def test_every_link_and_fragment_is_there(site):
    assert broken_links(site) == []


def test_a_planted_broken_link_is_found(site):
    broken = {**site, "404.html": site["404.html"].replace(b'href="/network/"', b'href="/network/#nowhere"')}
    assert broken_links(broken) == ["404.html → /network/#nowhere"]


def test_nothing_runs_and_nothing_is_inline(site):
    for path, content in pages(site).items():
        for node in tree_of(content).iter():
            assert node.tag != "style", path
            if node.tag == "script" and node.get("type") != "application/ld+json":
                assert node.get("src", "").startswith("/theme/js/"), path
                assert not node.text, path
            inline = {name for name in node.attrib if name == "style" or name.startswith("on")}
            assert inline <= ({"style"} if path.startswith("wechat/") else set()), path


def test_no_page_reaches_for_another_host(site):
    for path, content in pages(site).items():
        for node in tree_of(content).iter():
            assert not node.get("src", "/").startswith("http"), path
            if node.tag == "link" and node.get("rel") != "canonical" and not node.get("type", "").endswith("+oembed"):
                assert node.get("href", "").startswith("/"), path


def test_a_title_with_markup_is_shown_as_text(site):
    path = f"{FULL}/index.html"
    assert SCRIPT in text(site, path)
    assert SCRIPT.encode() not in site[path]


def test_what_is_withheld_is_nowhere_in_the_output(site):
    assert [path for path, content in site.items() if SECRET in content.decode()] == []


def test_a_correction_of_what_is_withheld_does_not_say_of_what(site):
    assert "落实事项" not in text(site, f"{WITHHELD}/index.html")
    assert "measures" not in site[f"{WITHHELD}/index.json"].decode()


def test_a_withheld_outcome_shows_who_when_and_on_what_ground(site):
    shown = text(site, f"{WITHHELD}/2026-04-10-outcome.html")
    for fact in ("不公布", "样例村为民协商联系点", "2026年4月12日", "涉及个人隐私"):
        assert fact in shown
    outcome = next(e for e in json.loads(site[f"{WITHHELD}/index.json"])["events"] if e["kind"] == "outcome")
    assert outcome["data"] == {
        "publication": {"by": VILLAGE, "date": "2026-04-12", "decision": "withhold", "reason": "涉及个人隐私"}
    }


def test_the_dossier_answers_the_five_questions(site):
    shown = text(site, f"{FULL}/index.html")
    for answer in ("一致", "样例镇村建办", "期限2026年6月30日", "2项中完成1项", "满意率 92.3%"):
        assert answer in shown
    assert "满意率 ＝ （满意 50 ＋ 基本满意 10） ÷ 有效票 65（收回 66 － 无效 1） ＝ 92.3%".replace(
        " ", ""
    ) in shown.replace(" ", "")


def test_a_corrected_value_is_struck_through_with_its_reason(site):
    tree = tree_of(site[f"{FULL}/index.html"])
    row = next(node for node in tree.iter("tr") if node.get("id") == "m2")
    assert ["".join(node.itertext()) for node in row.iter("del")] == ["2026年5月"]
    assert "期限写错了" in text(site, f"{FULL}/index.html")


def test_a_compiled_dossier_says_where_it_is_from_and_what_was_not_seen(site):
    shown = text(site, f"{COMPILED}/index.html")
    for fact in (
        "据公开报道整理",
        "样例日报《路宽了》",
        "不晚于2020年9月9日",
        "群众代表30多人",
        "后续未见记录",
        "未公布",
    ):
        assert fact in shown


def test_a_platform_that_was_not_heard_from_says_so(site):
    assert "尚未填报" in text(site, f"{SILENT}/index.html")
    assert "尚未填报" not in text(site, f"{VILLAGE}/index.html")


def test_claims_name_a_record_and_a_place_in_it(site):
    claims = {
        node.get("data-claim", "")
        for node in tree_of(site[f"{FULL}/index.html"]).iter()
        if node.get("data-claim") is not None
    }
    assert len(claims) > 30
    for claim in claims:
        path, mark, pointer = claim.partition("#")
        assert path.startswith("content/network/"), claim
        assert mark, claim
        assert pointer == "" or pointer.startswith("/"), claim


@pytest.mark.parametrize(("demo", "expected"), [(True, 1), (False, 0), (None, 0)])
def test_made_up_data_says_so_on_every_page(demo, expected):
    env = environment(theme_dir())
    for page in pages_of(demo=demo):
        if page.template:
            assert render(env, page).decode().count("演示数据：地名、记录均为虚构") == expected, page.path


def test_a_site_in_a_folder_links_within_it():
    env = environment(theme_dir())
    page = next(p for p in pages_of(base_url="https://example.org/weimin/") if p.path == "404.html")
    hrefs = [link for node in tree_of(render(env, page)).iter() if (link := node.get("href"))]
    assert hrefs
    assert all(h.startswith(("/weimin/", "https://example.org/weimin/", "#")) for h in hrefs)


def test_two_makings_are_the_same_bytes(site):
    env = environment(theme_dir())
    again = {page.path: render(env, page) for page in pages_of(base_url="https://example.org")}
    assert {path: site[path] for path in again} == again


def test_the_style_sheet_is_small(site):
    assert 0 < len(site["theme/css/weimin.css"]) < 30_000
