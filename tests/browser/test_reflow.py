"""Each page type on a phone: nothing to scroll sideways, nothing to complain about, in light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FULL = "/990101001001/2026-001/"
PAGES = {
    "home": "/",
    "platform": "/990101001001/",
    "silent": "/990101001002/",
    "county": "/990101/",
    "dossier": FULL,
    "withheld": "/990101001001/2026-002/",
    "compiled": "/990101001/2026-001/",
    "consultation": f"{FULL}2026-03-02-consultation.html",
    "outcome": f"{FULL}2026-03-10-outcome.html",
    "evaluation": f"{FULL}2026-11-20-evaluation.html",
    "projects": "/990100/projects/2026.html",
    "plan": "/990101001001/plans/2026.html",
    "guidance": "/990100/guidance/2026-03-01.html",
    "rulebook": "/990100/rules/house.html",
    "results": "/results/",
    "evaluations": "/evaluations/",
    "consulting": "/consulting/",
    "duties": "/duties/",
    "reported-up": "/reported-up/",
    "reports": "/reports/",
    "year-report": "/reports/2026/",
    "report": "/reports/2026/990101001001/",
    "bulletins": "/bulletin/",
    "bulletin": "/bulletin/2026-03/",
    "narrow": "/results/2026/",
    "figures": "/figures/",
    "network": "/network/",
    "rules": "/rules/",
    "rule": "/rules/W602/",
    "trail": "/trail/",
    "corrections": "/corrections/",
    "newslist": "/news/",
    "news": "/news/2026-03-05-lamps.html",
    "prose": "/about/",
    "search": "/search/",
    "sitemap": "/sitemap/",
    "styleguide": "/styleguide/",
    "missing": "/404.html",
    "embed": "/embed/990101001001/2026-001.html",
    "embed-event": "/embed/990101001001/2026-001/2026-11-20-evaluation.html",
    "wechat": "/wechat/990101001001/2026-001/2026-03-10-outcome.html",
    "embedding": "/embedding/",
    "poster": f"{FULL}poster.html",
}


BUILT = {"data": "/data/", "dataset": "/data/consultation/"}
"""Pages that a build makes from the rows of all folders."""


def test_every_page_type_is_looked_at():
    from weimin.site.page_types import TYPES

    assert set(TYPES) - {"event"} <= {*PAGES, *BUILT}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 360, 390])
def test_a_page_fits_a_phone_and_says_nothing(browser: Browser, address: str, name: str, width: int) -> None:
    looks_right(browser, address + PAGES[name], width)


@pytest.mark.parametrize("name", BUILT)
@pytest.mark.parametrize("width", [320, 360, 390])
def test_a_page_of_open_data_fits_a_phone_and_says_nothing(
    browser: Browser, built_address: str, name: str, width: int
) -> None:
    looks_right(browser, built_address + BUILT[name], width)


def looks_right(browser: Browser, url: str, width: int) -> None:
    """Nothing to scroll sideways, no word on the console, no web font, and the styles are there."""
    scheme = "dark" if width == 360 else "light"
    page = browser.new_page(viewport={"width": width, "height": 700}, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.fonts.size") == 0
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    assert said == []
    page.close()


def test_the_first_stop_of_the_keyboard_leads_to_the_text(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + FULL)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.close()
