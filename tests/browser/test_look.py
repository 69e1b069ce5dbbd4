"""How the site is read: 关怀版, type, colours, print, share, keyboard and 我的村居, with script and without."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import found_by_axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from demo_site import served

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

pytestmark = pytest.mark.browser

DOSSIER = "/990101001001/2026-001/"
PAGES = {
    "home": "/",
    "dossier": DOSSIER,
    "platform": "/990101001/",
    "results": "/results/",
    "network": "/network/",
    "rules": "/rules/",
    "trail": "/trail/",
    "styleguide": "/styleguide/",
}
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 150);
})"""
TYPE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
PAPER = "getComputedStyle(document.body).backgroundColor"
SMALL = """() => [...document.querySelectorAll(
    'nav a, footer a, button, summary, label, .row > a, .places a, .pager a, .figures a, .toc a, .steps a, tbody a')]
    .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
    .filter(([box]) => box.width && (box.height < 43.5 || box.width < 24))
    .map(([box, html]) => `${box.width.toFixed(0)}×${box.height.toFixed(0)} ${html}`)"""


@pytest.fixture(scope="session")
def look_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The made register with the page of all components and the names of its places."""
    from made_register import pages_of, write

    from weimin.adapters.installation import theme_dir
    from weimin.adapters.templates import environment, render, static_files

    folder = tmp_path_factory.mktemp("look")
    env = environment(theme_dir())
    write([(page.path, render(env, page)) for page in pages_of(demo=True)], folder)
    write(static_files(theme_dir()).items(), folder)
    with served(folder) as found:
        yield found


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that has not been here before."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """The same without scripts."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context
    context.close()


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200
    return page


def test_care_is_remembered_on_the_next_page_before_the_first_paint(visitor: BrowserContext, look_address: str) -> None:
    page = opened(visitor, look_address + "/")
    before = page.evaluate(TYPE)
    page.check("#care")
    assert page.evaluate(TYPE) == 22 > before
    page.goto(look_address + DOSSIER)
    assert page.evaluate(TYPE) == 22
    assert page.is_checked("#care")
    assert page.evaluate(SHIFT) < 0.001
    page.uncheck("#care")
    page.reload()
    assert page.evaluate(TYPE) == before


def test_the_plain_link_means_the_same_as_the_switch(visitor: BrowserContext, look_address: str) -> None:
    page = opened(visitor, look_address + DOSSIER + "#care")
    expect(page).to_have_url(look_address + DOSSIER)
    assert page.evaluate(TYPE) == 22
    page.goto(look_address + "/")
    assert page.is_checked("#care")


def test_care_works_without_script_by_switch_and_by_link(plain: BrowserContext, look_address: str) -> None:
    page = opened(plain, look_address + DOSSIER)
    page.check("#care")
    assert page.evaluate(TYPE) == 22
    page.click(".toc a >> nth=0")
    assert page.evaluate(TYPE) == 22
    linked = opened(plain, look_address + DOSSIER + "#care")
    assert linked.evaluate(TYPE) == 22
    linked.click(".leave-care a")
    assert linked.evaluate(TYPE) == 17


@pytest.mark.parametrize("name", PAGES)
def test_care_has_large_targets_one_column_and_fits(visitor: BrowserContext, look_address: str, name: str) -> None:
    page = opened(visitor, look_address + PAGES[name])
    page.check("#care")
    assert page.evaluate(SMALL) == []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('main').getBoundingClientRect().width") < 800


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_head_is_low_on_a_phone_and_every_section_is_two_touches_away(
    browser: Browser, look_address: str, script: bool
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=script)
    page = opened(context, look_address + "/rules/")
    assert page.locator("header.site").bounding_box()["height"] <= 0.15 * 640
    links = page.locator("nav.main a")
    assert links.count() > 9
    assert not links.first.is_visible()
    page.click("[for=menu]")
    boxes = [link.bounding_box() for link in links.all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["height"] >= 44 for box in boxes)
    page.click("nav.main a:has-text('查找')")
    assert page.url == look_address + "/search/"
    context.close()


def test_words_typed_on_the_front_page_are_searched_for(visitor: BrowserContext, look_address: str) -> None:
    page = opened(visitor, look_address + "/")
    page.get_by_role("searchbox", name="字词、地名或编号").fill("路灯")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.input_value("#q") == "路灯"
    expect(page.locator("#said")).not_to_be_empty()


def test_without_script_the_search_leads_to_what_can_be_browsed(plain: BrowserContext, look_address: str) -> None:
    page = opened(plain, look_address + "/")
    page.click("main form[action$='/search/'] button")
    links = page.locator("main .browse a").all_inner_texts()
    assert "成果公布" in links
    assert "查找" not in links


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_type_and_colours_are_switches(browser: Browser, look_address: str, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script, color_scheme="dark")
    page = opened(context, look_address + "/")
    dark = page.evaluate(PAPER)
    page.click(".look summary")
    page.check("#theme-light")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)" != dark
    page.check("#theme-dark")
    assert page.evaluate(PAPER) == dark
    page.check("#size-large")
    assert page.evaluate(TYPE) == 20
    page.check("#size-small")
    assert page.evaluate(TYPE) == 15
    page.reload()
    assert page.evaluate(TYPE) == (15 if script else 17)
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("mode", ["light", "dark", "care", "care dark", "print"])
def test_axe_finds_nothing(browser: Browser, look_address: str, name: str, mode: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark" if "dark" in mode else "light"
    )
    page = opened(context, look_address + PAGES[name])
    if "care" in mode:
        page.check("#care")
    if mode == "print":
        page.emulate_media(media="print")
    assert found_by_axe(page) == []
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_twice_as_large_fits_a_desktop(browser: Browser, look_address: str, name: str) -> None:
    """200 % in a window of 1280 px is a window of 640 px; larger type on a phone, as WeChat sets it, fits too."""
    context = browser.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    page = opened(context, look_address + PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.setProperty('--size', '160%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_print_opens_what_is_folded_and_leaves_out_the_controls(visitor: BrowserContext, look_address: str) -> None:
    page = opened(visitor, look_address + "/styleguide/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    assert not page.locator("nav.main").is_visible()
    assert not page.locator(".mine").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details[open]").count() == 0


def test_print_is_black_on_white_whatever_the_screen_is(browser: Browser, look_address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = opened(context, look_address + DOSSIER)
    page.click(".look summary")
    page.check("#theme-dark")
    page.emulate_media(media="print")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    context.close()


def test_share_uses_the_devices_own_or_copies_the_address(browser: Browser, look_address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = opened(context, look_address + DOSSIER + "#story")
    page.evaluate("Object.defineProperty(navigator, 'share', {value: undefined, configurable: true})")
    page.click("[data-do=share]")
    expect(page.locator(".said").first).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == look_address + DOSSIER
    page.evaluate(
        """() => Object.defineProperty(navigator, 'share',
            {value: what => { window.shared = what; return Promise.resolve(); }, configurable: true})"""
    )
    page.click("[data-do=share]")
    assert page.evaluate("window.shared.url") == look_address + DOSSIER
    context.close()


def test_a_village_is_found_by_its_name_kept_and_forgotten(visitor: BrowserContext, look_address: str) -> None:
    page = opened(visitor, look_address + "/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.fill(".mine input", "静默")
    link = page.locator(".found a")
    link.wait_for()
    assert link.inner_text().split() == ["静默村", "样例镇", "样例县"]
    assert [u.removeprefix(look_address) for u in asked if "/places/" in u] == ["/places/shards.json", "/places/0.json"]
    assert found_by_axe(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/990101001002/")
    page.goto(look_address + "/")
    assert page.locator(".kept a").inner_text() == "静默村"
    assert page.locator(".kept a").get_attribute("href") == "/990101001002/"
    assert page.evaluate(SHIFT) < 0.001
    assert json.loads(page.evaluate("localStorage.getItem('weimin')")) == {"place": "990101001002 静默村"}
    page.click("[data-do=forget]")
    assert not page.locator(".kept").is_visible()
    assert page.evaluate("localStorage.getItem('weimin')") == "{}"


def test_what_is_not_found_is_said(visitor: BrowserContext, look_address: str) -> None:
    page = opened(visitor, look_address + "/")
    page.fill(".mine input", "无此地")
    status = page.locator(".mine [role=status]")
    expect(status).to_have_text(re.compile("^没有找到"))
    page.fill(".mine input", "")
    expect(status).to_have_text("")


def test_without_script_the_box_leads_to_the_network(plain: BrowserContext, look_address: str) -> None:
    page = opened(plain, look_address + "/")
    page.fill(".mine input", "静默")
    page.click(".mine button[type=submit]")
    assert page.url.startswith(look_address + "/network/")


def test_the_keyboard_reaches_everything_and_is_seen(visitor: BrowserContext, look_address: str) -> None:
    page = opened(visitor, look_address + DOSSIER)
    doors = "a[href], button:not([disabled]), summary, input"
    reachable = page.locator(doors).evaluate_all(
        "all => all.filter(e => e.checkVisibility({contentVisibilityAuto: true}) && (e.type !== 'radio' || e.checked)).length"
    )
    seen = set()
    for n in range(reachable + 5):
        page.keyboard.press("Tab")
        at, ring = page.evaluate(
            """n => { const e = document.activeElement;
                if (!e.dataset.seen) e.dataset.seen = n;
                return [e === document.body ? '' : e.dataset.seen, getComputedStyle(e).outlineStyle]; }""",
            str(n + 1),
        )
        if not at:
            break
        assert ring == "solid" or page.evaluate("document.activeElement.className") == "skip", at
        seen.add(at)
    assert len(seen) >= reachable


def test_escape_closes_the_settings_and_gives_the_focus_back(visitor: BrowserContext, look_address: str) -> None:
    page = opened(visitor, look_address + "/")
    page.click(".look summary")
    page.focus("#size-large")
    page.keyboard.press("Escape")
    assert not page.locator("#size-large").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_settings_that_cannot_be_kept_do_no_harm(browser: Browser, look_address: str) -> None:
    """A browser that refuses to keep anything: the switch holds for the page, and nothing is said."""
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    said: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(look_address + "/")
    page.check("#care")
    assert page.evaluate(TYPE) == 22
    assert said == []
    context.close()
