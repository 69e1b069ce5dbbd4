"""Every number is a door: a click, or the keyboard, shows record, line and commit; paper and no script show them too."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import found_by_axe
from playwright.sync_api import Browser, Locator, Page

from demo_site import served

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "app")]

pytestmark = pytest.mark.browser

DOSSIER = "/990101001001/2026-001/"
OUTCOME = "content/network/990100/990101/990101001/990101001001/2026-001/2026-03-10-outcome.md"
CORRECTION = "content/network/990100/990101/990101001/990101001001/2026-001/2026-06-20-correction.yml"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a released site, and the repository that it was made from."""
    from published_demo import small

    demo = small(tmp_path_factory.mktemp("told"))
    with served(demo.site) as address:
        yield address, demo.root


@pytest.fixture
def page(browser: Browser, told: tuple[str, Path]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(told[0] + DOSSIER)
    yield page
    assert said == []
    page.close()


def value(page: Page, claim: str) -> Locator:
    return page.locator(f'[data-claim="{claim}"]:not(a)').first


def panel(page: Page) -> str:
    return page.locator(".door").inner_text()


def line_of(root: Path, path: str, words: str) -> int:
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    return next(n for n, line in enumerate(lines, 1) if words in line)


def commit_of(root: Path, path: str) -> str:
    from builders.repository import Repository

    return Repository(root).git("log", "--format=%H", "-1", "--", path)[:10]


def test_a_click_shows_record_line_and_commit(page: Page, told: tuple[str, Path]) -> None:
    root = told[1]
    value(page, f"{OUTCOME}#/measures/0/due").click()
    said = panel(page)
    assert f"落实事项第1条的完成期限，第{line_of(root, OUTCOME, 'due: 2026-06-30')}行" in said
    assert OUTCOME in said
    assert commit_of(root, OUTCOME) in said
    assert (
        page.locator(".door").get_by_text("2026年3月10日协商成果").get_attribute("href").endswith("#2026-03-10-outcome")
    )


def test_a_corrected_value_leads_to_its_correction(page: Page, told: tuple[str, Path]) -> None:
    root = told[1]
    value(page, f"{OUTCOME}#/measures/0/text").click()
    said = panel(page)
    assert "经过更正" in said
    assert f"落实事项第1条的内容，第{line_of(root, CORRECTION, 'to: 建停车位二十个')}行" in said
    assert CORRECTION in said
    assert commit_of(root, CORRECTION) in said


def test_escape_and_the_button_close_it_and_the_focus_goes_back(page: Page) -> None:
    target = value(page, f"{OUTCOME}#/measures/0/due")
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.get_by_role("button", name="关闭").click()):
        target.click()
        assert page.locator(".door").evaluate("panel => panel === document.activeElement")
        leave()
        assert page.locator(".door").count() == 0
        assert target.evaluate("node => node === document.activeElement")


def test_the_keyboard_reaches_every_value_when_asked_to(page: Page) -> None:
    button = page.get_by_role("button", name="看出处")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    reached: set[str] = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        claim = page.evaluate("document.activeElement.getAttribute('data-claim')")
        if claim:
            reached.add(claim)
        if page.evaluate("!!document.activeElement.closest('footer')"):
            break
    there = page.evaluate("[...document.querySelectorAll('[data-claim]')].map(n => n.getAttribute('data-claim'))")
    assert reached == set(there)
    assert len(reached) > 20
    target = value(page, f"{OUTCOME}#/measures/0/due")
    target.focus()
    page.keyboard.press("Enter")
    assert "完成期限" in panel(page)
    page.keyboard.press("Escape")
    button.click()
    assert target.get_attribute("role") is None
    assert button.get_attribute("aria-pressed") == "false"


def test_a_link_stays_a_link_until_sources_are_asked_for(page: Page) -> None:
    link = page.locator(".steps a[data-claim]").first
    link.click()
    assert page.locator(".door").count() == 0
    assert "#" in page.url
    page.get_by_role("button", name="看出处").click()
    link.click()
    assert "日期（写在文件名里）" in panel(page)
    assert page.locator(".door").get_by_text("打开链接").get_attribute("href") == link.evaluate("a => a.href")


def test_a_row_of_a_list_asks_the_page_that_it_leads_to(page: Page, told: tuple[str, Path]) -> None:
    address, root = told
    page.goto(f"{address}/990101001001/")
    page.locator(".row time[data-claim]").first.click()
    page.wait_for_selector(".door a.file, .door code.file")
    said = panel(page)
    path = page.locator(".row time[data-claim]").first.get_attribute("data-claim").split("#")[0]
    assert path in said
    assert commit_of(root, path) in said
    assert page.locator(".door a").first.evaluate("a => a.pathname") == DOSSIER


def test_every_value_of_the_page_opens(page: Page) -> None:
    values = page.evaluate(
        """() => [...document.querySelectorAll('[data-claim],[data-count]')].map(node => {
            document.documentElement.setAttribute('data-claims', '');
            node.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
            const said = document.querySelector('.door h2').textContent;
            document.querySelector('.door button').click();
            return said;
        })"""
    )
    assert len(values) > 40
    assert [v for v in values if not v or "undefined" in v or "null" in v] == []


def test_without_script_the_marks_and_the_list_say_it(browser: Browser, told: tuple[str, Path]) -> None:
    address, root = told
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address + DOSSIER)
    target = value(page, f"{OUTCOME}#/measures/0/due")
    _, line = (target.get_attribute("data-at") or "").split(":")
    numbered = "[@data-at][not(starts-with(@data-at, ':'))]"
    record = target.locator(f"xpath=(self::*{numbered} | preceding::*{numbered})[last()]").get_attribute("data-at")
    record = (record or "").partition(":")[0]
    assert int(line) == line_of(root, OUTCOME, "due: 2026-06-30")
    listed = page.locator(f"#src-{record}").inner_text()
    assert OUTCOME in listed
    assert commit_of(root, OUTCOME) in listed
    page.context.close()


def test_on_paper_each_value_has_its_mark(browser: Browser, told: tuple[str, Path]) -> None:
    page = browser.new_page()
    page.goto(told[0] + DOSSIER)
    page.emulate_media(media="print")
    target = value(page, f"{OUTCOME}#/measures/0/due")
    shown = target.evaluate("node => getComputedStyle(node, '::after').content")
    assert "attr(data-at)" in shown or str(target.get_attribute("data-at")) in shown
    assert page.locator(".doors").is_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_panel_open(browser: Browser, told: tuple[str, Path], scheme: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page.goto(told[0] + DOSSIER)
    page.get_by_role("button", name="看出处").click()
    value(page, f"{OUTCOME}#/measures/0/due").click()
    assert found_by_axe(page) == []
    page.close()
