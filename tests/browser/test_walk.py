"""A walk through every page type of the demo, as a visitor sees it on each device and in each way of showing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from axe import COLOURS, found_by_axe, run_axe
from playwright.sync_api import Browser, Page, Request

from page_samples import pages_by_type, samples
from page_views import DEVICES, MODES, context, show
from patience import comes_true
from weimin.site.page_types import TYPES

pytestmark = pytest.mark.browser

SHIFTS = """() => new Promise(done => {
    const found = [];
    const moved = entry => ({value: entry.value, what: entry.sources.map(s => s.node?.nodeName + '.' + s.node?.className)});
    new PerformanceObserver(list => found.push(...list.getEntries().map(moved)))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(found), 100);
})"""
SEEN = 0.005
"""The least layout shift that counts, a twentieth of what Web Vitals calls good. A busy browser paints while it still reads the
page: a row that is aligned at its end then moves with each word that is added to it, by 0.00004 to 0.001."""
TEXT = """() => {
    for (const button of document.querySelectorAll("main button")) button.hidden = true;  // does nothing without script
    return document.querySelector("main").innerText.replace(/\\s+/g, " ").trim();
}"""


def shifts(page: Page) -> list[Any]:
    """The layout shifts of this page that a reader can see."""
    return [shift for shift in page.evaluate(SHIFTS) if shift["value"] >= SEEN]


class Visit:
    """A page in a browser, with all that it said and asked for since it was opened."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.said: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:")):
            self.elsewhere.append(request.url)

    def go(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200


def test_the_demo_has_a_page_of_every_type_and_none_of_no_type(demo: Mapping[str, bytes]) -> None:
    assert set(samples(demo)) == set(TYPES)
    assert pages_by_type(demo).get("", []) == []


OTHER_COLOURS = ("dark", "print")
"""Modes that differ from the first one by colours, and by what they leave out."""
FRAMELESS = {"embed", "embed-event", "poster"}
"""Pages that stand elsewhere, in the page of another site or on a board: without the site's frame and its switches."""


def seen(name: str, paths: tuple[str, ...], device: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fullest page in every mode on every device; the others once, on a phone."""
    yield paths[0], MODES if name not in FRAMELESS else MODES[: MODES.index("care")]
    if device == "phone":
        yield from ((path, MODES[:1]) for path in paths[1:])


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", TYPES)
def test_a_page_has_nothing_to_complain_about(
    browser: Browser, demo: Mapping[str, bytes], demo_address: str, name: str, device: str
) -> None:
    """In every mode axe finds nothing; nothing is said, nothing asked of another host, and nothing moves."""
    wrong: list[Any] = []
    with context(browser, device) as visitor:
        for path, modes in seen(name, samples(demo)[name], device):
            visit = Visit(visitor.new_page(), demo_address)
            visit.go(path)
            wrong += [(path, "moved", shift) for shift in shifts(visit.page)]
            for mode in modes:
                show(visit.page, mode)
                found, passed = run_axe(visit.page, COLOURS if mode in OTHER_COLOURS else ())
                wrong += [(path, mode, one) for one in found]
                assert mode in OTHER_COLOURS or passed > 10
            if modes[-1] == "care":
                visit.page.reload()
                assert visit.page.is_checked("#care")
                wrong += [(path, "moved in care", shift) for shift in shifts(visit.page)]
                show(visit.page, "light")
            wrong += [(path, "said", text) for text in visit.said]
            wrong += [(path, "asked", url) for url in visit.elsewhere]
            visit.page.close()
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("name", TYPES)
def test_a_page_can_be_read_with_script_off(
    browser: Browser, demo: Mapping[str, bytes], demo_address: str, name: str
) -> None:
    """Every word that is there with script is there without it, in the same order; without it there may be more."""
    path = samples(demo)[name][0]
    with context(browser, "phone") as with_script, context(browser, "phone", scripts=False) as without:
        texts = []
        for visitor in (with_script, without):
            visit = Visit(visitor.new_page(), demo_address)
            visit.go(path)
            assert visit.page.locator("main h1").is_visible()
            texts.append(visit.page.evaluate(TEXT))
    told = iter(texts[1])
    missing = next((f"…{texts[0][max(at - 40, 0) : at + 40]}" for at, c in enumerate(texts[0]) if c not in told), "")
    assert len(texts[0]) > 20
    assert missing == ""


BAD = """<!doctype html><html><head><title>坏</title><style>p { color: #ddd; background: #fff }</style></head><body>
<img src="/missing.png"><p>看不清</p><main><h1>坏</h1></main>
<script>console.log('说'); fetch('http://127.0.0.1:9/').catch(() => {});
setTimeout(() => document.body.prepend(Object.assign(document.createElement('div'), {style: 'height: 300px'})), 50);
</script></body></html>"""


def test_the_walk_sees_what_it_looks_for(browser: Browser, demo_address: str) -> None:
    with context(browser, "phone") as visitor:
        page = visitor.new_page()
        visit = Visit(page, demo_address)
        page.route("**/bad.html", lambda route: route.fulfill(body=BAD, content_type="text/html; charset=utf-8"))
        visit.go("/bad.html")
        comes_true(page, lambda: shifts(page))
        assert {"html-has-lang", "image-alt", "color-contrast"} <= {found["rule"] for found in found_by_axe(page)}
        assert "说" in visit.said
        assert visit.elsewhere == ["http://127.0.0.1:9/"]
