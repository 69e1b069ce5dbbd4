"""What the copy buttons put on the clipboard, and what an article for WeChat is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import html5lib
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

RICH = """async () => {
  const [item] = await navigator.clipboard.read();
  const text = async type => item.types.includes(type) ? await (await item.getType(type)).text() : "";
  return [await text("text/html"), await text("text/plain")];
}"""
# as the script hands it over: the pictures by their full address
GIVEN = """() => {
  const copy = document.querySelector("#wechat").cloneNode(true);
  for (const picture of copy.querySelectorAll("img")) picture.setAttribute("src", picture.src);
  return copy.innerHTML.length;
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def articles(demo: Mapping[str, bytes]) -> list[str]:
    found = sorted(p for p in demo if p.startswith("wechat/") and p.endswith(".html"))
    assert len(found) > 100
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("[role=status]", has_text=re.compile("^已复制$"))).not_to_have_count(0)


def test_an_article_arrives_with_its_tables_and_styles(page, articles, demo, demo_address):
    path = next(p for p in articles if "outcome" in p and "责任单位" in demo[p].decode())
    page.goto(f"{demo_address}/{path}")
    press(page, "复制到公众号")
    rich, plain = page.evaluate(RICH)
    tree = html5lib.parse(rich, namespaceHTMLElements=False)
    tables = list(tree.iter("table"))
    assert len(tables) == 2
    assert all(node.get("style") for table in tables for node in table.iter() if node.tag in ("table", "td", "th"))
    assert "落实事项" in plain
    assert "责任单位" in plain


@pytest.mark.parametrize(
    ("name", "element"), [("复制标题", "wechat-title"), ("复制摘要", "wechat-digest"), ("复制网址", "wechat-source")]
)
def test_its_other_parts_arrive_as_words(page, articles, demo_address, name, element):
    page.goto(f"{demo_address}/{articles[0]}")
    press(page, name)
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(f"#{element}").inner_text()


def test_the_length_that_is_said_is_the_length_that_is_copied(page, articles, demo_address):
    for path in articles[::8]:
        page.goto(f"{demo_address}/{path}")
        said = int(page.locator("#wechat-length").inner_text())
        assert said < 20_000
        added = page.locator("#wechat img").count() * (len("https://demo.example.org") - len(demo_address))
        assert page.evaluate(GIVEN) + added == said, path


def test_an_article_has_nothing_that_the_editor_drops(articles, demo):
    for path in articles:
        tree = html5lib.parse(demo[path], namespaceHTMLElements=False)
        (box,) = [n for n in tree.iter("div") if n.get("id") == "wechat"]
        inside = [n for n in box.iter() if n is not box]
        assert not {n.tag for n in inside} & {"a", "style", "script", "iframe", "video", "svg", "div"}, path
        assert {name for n in inside for name in n.attrib} <= {"style", "src", "alt", "start", "title"}, path
        assert all(str(n.get("src")).startswith("/") for n in inside if n.tag == "img"), path
        assert not [n for n in inside if re.search(r"position|transform|url\(|expression", n.get("style", ""))], path


@pytest.mark.parametrize("kind", ["", "consultation", "outcome", "evaluation"])
def test_the_citation_is_copied_from_every_page_that_has_one(page, demo, demo_address, kind):
    path = next(
        p for p in sorted(demo) if re.fullmatch(rf"\d+/\d{{4}}-\d{{3}}/{f'.+-{kind}' if kind else 'index'}\.html", p)
    )
    page.goto(f"{demo_address}/{path}")
    press(page, "复制这句引用")
    words = page.evaluate("navigator.clipboard.readText()")
    assert words.startswith("【演示数据】")
    assert f"https://demo.example.org/{path.removesuffix('index.html')}" in words
    assert re.search(r"修订，版本 [0-9a-f]{10}。$", words)


def test_without_a_clipboard_the_words_are_marked_and_copied(page, demo, demo_address):
    """On http, and in old browsers."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    path = next(p for p in sorted(demo) if re.fullmatch(r"\d+/\d{4}-\d{3}/index\.html", p))
    page.goto(f"{demo_address}/{path}")
    press(page, "复制这句引用")


def test_without_a_script_no_button_promises_anything(browser, articles, demo_address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo_address}/{articles[0]}")
    assert page.get_by_role("button").count() == 0
    assert page.locator("#wechat table").count() >= 1
    context.close()
