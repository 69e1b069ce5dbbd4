"""Very large, very small and empty: the pages of registers at the ends of what may be recorded."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from axe import found_by_axe
from playwright.sync_api import Browser

from demo_site import no_tick, served, write

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

from extreme_register import (
    DOSSIER,
    EVENTS,
    LONG,
    RARE,
    RAREST,
    RAREST_CODE,
    VILLAGES,
    write_extremes,
    write_nothing,
    write_one,
)

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 1280)
LARGE = {
    "home": "/",
    "county": "/990101/",
    "township": "/990101001/",
    "village": f"/{RAREST_CODE}/",
    "empty village": "/990101001005/",
    "dossier": f"/{DOSSIER}/",
    "outcome": f"/{DOSSIER}/2026-01-26-outcome.html",
    "poster": f"/{DOSSIER}/poster.html",
    "embed": f"/embed/{DOSSIER}.html",
    "wechat": f"/wechat/{DOSSIER}/2026-01-26-outcome.html",
    "results": "/results/",
    "evaluations": "/evaluations/",
    "consulting": "/consulting/",
    "duties": "/duties/",
    "duties of a place": "/duties/990101001/",
    "network": "/network/",
    "report": "/reports/2026/990101001/",
    "bulletin": "/bulletin/2026-01/",
    "trail": "/trail/",
    "sitemap": "/sitemap/",
}
BARE = {
    "home": "/",
    "results": "/results/",
    "evaluations": "/evaluations/",
    "consulting": "/consulting/",
    "duties": "/duties/",
    "reported-up": "/reported-up/",
    "reports": "/reports/",
    "bulletins": "/bulletin/",
    "network": "/network/",
    "rules": "/rules/",
    "trail": "/trail/",
    "corrections": "/corrections/",
    "data": "/data/",
    "search": "/search/",
    "sitemap": "/sitemap/",
    "embedding": "/embedding/",
    "missing": "/404.html",
}
ONE = {"home": "/", "platform": "/990100/", "network": "/network/", "sitemap": "/sitemap/"}
WEIGHT = 60 * 1024

SEEN = """width => {
    const wrong = [], boxes = [], clipped = new Set();
    if (document.documentElement.scrollWidth > width) wrong.push('scrolls to ' + document.documentElement.scrollWidth);
    for (const e of document.querySelectorAll('body *')) {
        const style = getComputedStyle(e);
        if (!/hidden|clip/.test(style.overflowX + style.overflowY) || !e.clientWidth) continue;
        clipped.add(e);
        if (e.scrollWidth > e.clientWidth + 1) wrong.push('cut: ' + e.outerHTML.slice(0, 90));
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (walker.nextNode()) {
        const text = walker.currentNode, e = text.parentElement;
        if (!text.data.trim() || !e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
        if (e.closest('details:not([open]) > :not(summary), script, title, desc')) continue;
        let holder = e;
        while (holder && !clipped.has(holder)) holder = holder.parentElement;
        const hold = holder && holder.getBoundingClientRect();
        range.selectNodeContents(text);
        for (const box of range.getClientRects()) {
            if (box.width < 1 || box.right < -200 || (hold && box.top >= hold.bottom - 2)) continue;
            if (box.left < -1 || box.right > width + 1) wrong.push('beside the page: ' + text.data.trim().slice(0, 40));
            const rim = box.height / 4;
            boxes.push({l: box.left + 1, r: box.right - 1, t: box.top + rim, b: box.bottom - rim, text});
        }
    }
    boxes.sort((a, b) => a.t - b.t);
    boxes.forEach((a, n) => {
        for (let m = n + 1; m < boxes.length && boxes[m].t < a.b; m++) {
            const b = boxes[m];
            if (a.text !== b.text && a.l < b.r && b.l < a.r)
                wrong.push(`over each other: ${a.text.data.trim().slice(0, 30)} | ${b.text.data.trim().slice(0, 30)}`);
        }
    });
    return wrong;
}"""


class Built:
    """A site as its files, and where it is served."""

    def __init__(self, files: Mapping[str, bytes], address: str) -> None:
        self.files, self.address = files, address

    def weight(self, path: str) -> int:
        """Of a page and its style sheets, over gzip."""
        name = path.lstrip("/")
        html = self.files[name if name.endswith(".html") else f"{name}index.html"]
        styles = [c for p, c in self.files.items() if p.startswith("theme/css/") and p.encode() in html]
        assert styles
        return sum(len(gzip.compress(content, 5, mtime=0)) for content in (html, *styles))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Built]]:
    from weimin.app.build.site_build import site_files
    from weimin.engine.compute import compute
    from weimin.engine.options import Options
    from weimin.engine.register import Register

    found = {}
    with ExitStack() as stack:
        for name, made in (("large", write_extremes), ("bare", write_nothing), ("one", write_one)):
            folder = made(tmp_path_factory.mktemp(name))
            held = compute(Register(folder), Options(as_of=date(2026, 11, 22)), no_tick)
            files = dict(site_files(held, 1, "", no_tick, share_images=True))
            found[name] = Built(
                files, stack.enter_context(served(write(files, tmp_path_factory.mktemp(f"{name}_site"))))
            )
        yield found


@pytest.mark.parametrize(
    ("site", "path"),
    [
        pytest.param(site, path, id=f"{site}: {name}")
        for site, pages in (("large", LARGE), ("bare", BARE), ("one", ONE))
        for name, path in pages.items()
    ],
)
def test_a_page_fits_is_whole_and_has_nothing_to_complain_about(
    browser: Browser, sites: Mapping[str, Built], site: str, path: str
) -> None:
    page = browser.new_page()
    wrong: list[object] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    answer = page.goto(sites[site].address + path)
    assert answer is not None
    assert answer.status == 200
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wrong += [(width, seen) for seen in page.evaluate(SEEN, width)]
    wrong += found_by_axe(page)
    assert sites[site].weight(path) < WEIGHT
    page.close()
    assert wrong == []


def test_what_is_looked_for_would_be_seen(browser: Browser) -> None:
    """Two lines in one place, a line that is cut, and a page that is too wide are faults."""
    page = browser.new_page(viewport={"width": 320, "height": 400})
    page.set_content(
        "<main style='position:relative;height:200px'><p style='position:absolute;top:9px'>一行文字</p><p style='position:absolute;top:9px'>又一行</p>"
        "<p style='overflow:hidden;width:40px;white-space:nowrap;margin-top:99px'>装不下的文字</p><p style='width:500px'>很宽很宽</p></main>"
    )
    told = " ".join(page.evaluate(SEEN, 320))
    page.close()
    assert "over each other" in told
    assert "cut" in told
    assert "scrolls to" in told


def test_everything_is_there(browser: Browser, sites: Mapping[str, Built]) -> None:
    page = browser.new_page()
    page.goto(f"{sites['large'].address}/{DOSSIER}/")
    assert page.locator("h1").inner_text() == LONG
    assert page.locator(".story > .event, .round .event").count() >= EVENTS
    assert RAREST in page.locator(".crumbs").inner_text()
    page.goto(f"{sites['large'].address}/990101001/")
    assert page.locator("table.below tbody tr").count() == VILLAGES
    page.set_viewport_size({"width": 320, "height": 800})
    sides = page.locator(".of-treemap > svg rect.cell").evaluate_all(
        "all => all.map(cell => cell.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    )
    assert len(sides) == VILLAGES
    assert min(sides) > 5
    assert page.locator("table.below").get_by_text(RARE, exact=True).count() == 1
    page.close()


def test_share_pictures_are_drawn_with_every_character(sites: Mapping[str, Built]) -> None:
    from demo_cards import fonts

    assert set(RARE + RAREST) <= fonts().characters
    assert sites["large"].files[f"cards/{DOSSIER}.png"].startswith(b"\x89PNG")


@pytest.mark.parametrize("name", sorted({*BARE} - {"search", "rules", "embedding", "missing", "data"}))
def test_what_is_empty_says_what_will_be_there(browser: Browser, sites: Mapping[str, Built], name: str) -> None:
    page = browser.new_page()
    page.goto(sites["bare"].address + BARE[name])
    told = page.locator("main .empty").all_inner_texts()
    assert told
    assert all("没有" in words and len(words) > 4 for words in told)
    page.close()
