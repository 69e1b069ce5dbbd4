"""Pictures of data as a browser lays them out: legible on a phone, in the dark, on paper, without colour, enlarged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import run_axe
from playwright.sync_api import Browser, Page

from demo_site import served
from page_views import MODES, show

pytestmark = pytest.mark.browser

PAGE = """{% extends "base.html" %}{% from "charts/chart.html" import chart %}

{% block main %}<h1>图</h1>
{% for name, c in states.items() %}
<section id="{{ name }}"><h2>{{ name }}</h2>{{ chart(c, table='open' if name.endswith('usual') else 'folded') }}</section>
{% endfor %}{% endblock %}"""
LEAST = 12
"""Height of letters in CSS pixels, below which they cannot be read on a phone."""

WORDS = """() => [...document.querySelectorAll('figure.chart > svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].map(text => {
        const box = text.getBoundingClientRect(), scale = text.getScreenCTM().a;
        return {where: svg.closest('section').id, text: text.textContent, size: parseFloat(getComputedStyle(text).fontSize) * scale,
            left: box.left, right: box.right, top: box.top, bottom: box.bottom, ascent: parseFloat(getComputedStyle(text).fontSize),
            out: Math.max(frame.left - box.left, box.right - frame.right, box.bottom - frame.bottom - 4)};
    });
})"""
HEIGHTS = """() => [...document.querySelectorAll('figure.chart > svg')].map(svg => ({
    where: svg.closest('section').id, asked: parseFloat(svg.getAttribute('height')),
    is: svg.getBoundingClientRect().height / parseFloat(getComputedStyle(svg).fontSize)}))"""
FILLINGS = """() => ['k1', 'k2', 'k3', 'k4', 'k5'].map(name => {
    const svg = document.querySelector('#tally-usual figure > svg');
    const box = getComputedStyle(svg.querySelector(`rect.${name}`)), line = svg.querySelector(`line.${name}`);
    return [box.fill, line ? getComputedStyle(line).strokeDasharray + ' ' + getComputedStyle(line).strokeWidth : ''];
})"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of the site with each chart in each state."""
    from chart_states import STATES
    from made_register import pages_of, write

    from weimin.adapters.installation import theme_dir
    from weimin.adapters.templates import environment, static_files

    frame = next(page for page in pages_of(demo=True) if page.path == "404.html")
    text = environment(theme_dir()).from_string(PAGE).render(frame.context | {"states": STATES})
    folder: Path = tmp_path_factory.mktemp("charts")
    write([("index.html", text.encode()), *static_files(theme_dir()).items()], folder)
    with served(folder) as address:
        yield address


def opened(browser: Browser, address: str, width: int, mode: str) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/index.html")
    show(page, mode)
    assert said == []
    return page


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_words_can_be_read_and_do_not_touch(browser: Browser, gallery: str, width: int, mode: str) -> None:
    page = opened(browser, gallery, width, mode)
    words: list[dict[str, Any]] = page.evaluate(WORDS)
    assert len(words) > 150
    assert [w for w in words if w["size"] < LEAST] == []
    assert [w for w in words if w["out"] > 1] == []
    assert touching(words) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def touching(words: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Words of a picture that lie on each other: more than a pixel beside, more than half a letter above."""
    found = []
    for n, one in enumerate(words):
        for other in words[n + 1 :]:
            beside = min(one["right"], other["right"]) - max(one["left"], other["left"])
            above = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            if one["where"] == other["where"] and beside > 1 and above > one["ascent"] / 2:
                found.append((one["where"], one["text"], other["text"]))
    return found


def test_words_that_touch_are_found() -> None:
    word = {"where": "a", "text": "一", "left": 0, "right": 20, "top": 0, "bottom": 20, "ascent": 15}
    assert touching([word, word | {"left": 10, "right": 30, "text": "二"}]) == [("a", "一", "二")]
    assert touching([word, word | {"left": 20, "right": 40}]) == []


def test_a_picture_is_as_high_as_it_was_drawn_for(browser: Browser, gallery: str) -> None:
    page = opened(browser, gallery, 360, "light")
    found = page.evaluate(HEIGHTS)
    assert len(found) > 20
    assert [f for f in found if abs(f["asked"] - f["is"]) > 0.05] == []
    page.close()


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing(browser: Browser, gallery: str, mode: str) -> None:
    page = opened(browser, gallery, 360, mode)
    found, passed = run_axe(page)
    assert found == []
    assert passed > 10
    page.close()


@pytest.mark.parametrize("mode", MODES)
def test_fillings_differ_without_colour(browser: Browser, gallery: str, mode: str) -> None:
    """By their strokes, or by light and dark: a half of the way from black to white where there are no strokes."""
    page = opened(browser, gallery, 360, mode)
    found = page.evaluate(FILLINGS)
    lines = [line for _, line in found]
    assert len({line for line in lines if line}) == 3
    plain = [light(page, fill) for fill, line in found if not line]
    assert len(plain) == 2
    assert abs(plain[0] - plain[1]) > 0.3
    page.close()


def light(page: Page, colour: str) -> float:
    """From 0, black, to 1, white, as a copier sees a colour."""
    red, green, blue = (int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def test_the_numbers_are_printed_though_they_are_folded(browser: Browser, gallery: str) -> None:
    page = opened(browser, gallery, 700, "print")
    tables = page.locator("figure.chart details table")
    assert tables.count() > 20
    assert all(tables.nth(n).bounding_box() and tables.nth(n).is_visible() for n in range(tables.count()))
    page.close()


def test_numbers_unfold_by_keyboard(browser: Browser, gallery: str) -> None:
    page = opened(browser, gallery, 360, "light")
    page.locator("#months-many summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#months-many table").is_visible()
    page.close()
