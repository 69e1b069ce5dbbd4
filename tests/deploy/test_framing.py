"""A browser in front of the shipped configuration: another site's page can show a card, and nothing else of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from shipped_nginx import Served

import demo_site
from patience import comes_true

pytestmark = [pytest.mark.nginx, pytest.mark.browser]

REFUSED = "chrome-error://chromewebdata/"


def one(demo: dict[str, bytes], pattern: str) -> str:
    return next(path for path in sorted(demo) if re.fullmatch(pattern, path))


def test_a_card_is_shown_and_every_other_page_refused(served: Served, demo, browser: Browser, tmp_path: Path):
    cards = [one(demo, r"embed/\d+/\d{4}-\d{3}\.html"), one(demo, r"embed/\d+/\d{4}-\d{3}/.+-evaluation\.html")]
    others = ["", "embedding/", "trail/", "nope", "embed/nope.html", "index.json"]
    others += [one(demo, r"wechat/.+\.html"), one(demo, r"\d+/\d{4}-\d{3}/.+-outcome\.html")]
    frames = "".join(f'<iframe src="{served.address}/{path}"></iframe>' for path in (*cards, *others))
    script = f'<script src="{served.address}/theme/js/embed.js"></script>'
    (tmp_path / "host.html").write_text(f'<!doctype html><link rel="icon" href="data:,">{frames}{script}', "utf-8")
    with demo_site.served(tmp_path) as host:
        page = browser.new_page()
        page.goto(f"{host}/host.html", wait_until="networkidle")
        count = "all => all.filter(f => f.style.height).length"
        comes_true(page, lambda: page.locator("iframe").evaluate_all(count) >= len(cards))
        page.wait_for_timeout(200)
        shown = [frame.url for frame in page.frames[1:]]
        assert shown[: len(cards)] == [f"{served.address}/{path}" for path in cards]
        assert shown[len(cards) :] == [REFUSED] * len(others)
        heights = page.locator("iframe").evaluate_all("all => all.map(f => f.style.height)")
        assert all(heights[: len(cards)])
        assert not any(heights[len(cards) :])
        page.close()


def test_another_site_may_use_the_element(served: Served, demo, browser: Browser, tmp_path: Path):
    """The script comes from our origin into a page of another one."""
    card = one(demo, r"embed/\d+/\d{4}-\d{3}\.html")
    body = f'<weimin-card src="{served.address}/{card}"></weimin-card><script src="{served.address}/theme/js/embed.js"></script>'
    (tmp_path / "host.html").write_text(f'<!doctype html><link rel="icon" href="data:,">{body}', "utf-8")
    with demo_site.served(tmp_path) as host:
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{host}/host.html", wait_until="networkidle")
        comes_true(page, lambda: [frame.url for frame in page.frames[1:]] == [f"{served.address}/{card}"])
        assert said == []
        page.close()


@pytest.mark.parametrize("path", ["", "embedding/", "wechat", "dossier"])
def test_the_site_works_under_its_own_headers(served: Served, demo, browser: Browser, path: str):
    """Nothing that a page needs is refused by the header that the page's own policy allows."""
    found = {
        "wechat": one(demo, r"wechat/.+-outcome\.html"),
        "dossier": one(demo, r"\d+/\d{4}-\d{3}/index\.html").removesuffix("index.html"),
    }
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{served.address}/{found.get(path, path)}", wait_until="networkidle")
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    if path == "wechat":
        assert page.locator("#wechat table").first.evaluate("t => getComputedStyle(t).borderCollapse") == "collapse"
        assert page.locator("#wechat p").first.evaluate("p => p.style.lineHeight") != ""
    if path == "embedding/":
        assert page.locator("iframe").count() == 3
        assert page.frames[1].evaluate("document.querySelectorAll('h1').length") == 1
    assert said == []
    page.close()
