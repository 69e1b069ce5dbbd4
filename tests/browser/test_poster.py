"""The sheet for the notice board: one A4 page for a usual matter, two at most, in letters that can be read standing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zxingcpp
from made_records import FULL, WITHHELD
from made_register import dossier_views, register_view, site_context_of, write
from pdf_text import plain, text_of
from PIL import Image
from playwright.sync_api import Browser
from pypdf import PdfReader

from demo_site import served
from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render, static_files
from weimin.site.pages.dossier import dossier_pages
from weimin.site.pages.poster import MEASURES

pytestmark = pytest.mark.browser

BASE = "https://example.org"
A4 = (595, 842)  # points
LEAST = 17.9  # points; a browser rounds


def long_view(view: Any) -> Any:
    """A matter with the longest title, and more and longer measures than any sheet holds."""
    dossier = view.dossier
    line = next(iter(dossier.measures))
    words = "在样例村东组至西组道路两侧安装太阳能路灯并同步整修路肩、排水沟和绿化带，由村民小组负责日常看护" * 4
    lines = {
        f"m{n}": msgspec.structs.replace(
            line,
            id=f"m{n}",
            value=msgspec.structs.replace(line.value, id=f"m{n}", text=words, unit="样例镇村镇建设服务中心" * 3),
        )
        for n in range(1, 31)
    }
    title = ("关于进一步完善样例村党群服务中心周边道路、排水、照明和绿化的协商" * 5)[:120]
    topic = dossier.topic
    data = msgspec.structs.replace(topic.data, title=title)
    record = msgspec.structs.replace(topic.record, data=data)
    events = tuple(msgspec.structs.replace(e, record=record) if e.stem == topic.stem else e for e in dossier.events)
    long = msgspec.structs.replace(
        dossier, topic=msgspec.structs.replace(topic, record=record), events=events, lines={**dossier.lines, **lines}
    )
    return msgspec.structs.replace(view, dossier=long)


@pytest.fixture(scope="module")
def posters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Posters of the made dossiers, one of them with all that can be too long (`long/`), and without an address (`plain/`)."""
    folder: Path = tmp_path_factory.mktemp("posters")
    env = environment(theme_dir())
    views = dossier_views()
    context = site_context_of(register_view((v.summary for v in views), base_url=BASE, demo=True))
    plain = site_context_of(register_view(v.summary for v in views))
    full = views[0]
    for below, found, with_shell in (
        ("", views, context),
        ("long/", [long_view(full)], context),
        ("plain/", [full], plain),
    ):
        for view in found:
            for page in dossier_pages(view, with_shell):
                if page.path.endswith("poster.html"):
                    write([(below + page.path, render(env, page))], folder)
    write(static_files(theme_dir()).items(), folder)
    with served(folder) as address:
        yield address


def printed(browser: Browser, url: str) -> PdfReader:
    page = browser.new_page()
    page.goto(url)
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    return reader


@pytest.mark.parametrize("dossier", [FULL, WITHHELD])
def test_a_usual_matter_is_one_page_of_a4(browser: Browser, posters: str, dossier: str) -> None:
    reader = printed(browser, f"{posters}/{dossier}/poster.html")
    assert [(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages] == [A4]


def test_the_longest_matter_is_two_pages_and_says_what_is_left_out(browser: Browser, posters: str) -> None:
    reader = printed(browser, f"{posters}/long/{FULL}/poster.html")
    assert len(reader.pages) <= 2
    assert re.search(rf"其余{30 + 1 - MEASURES}项见网页|其余{30 - MEASURES}项见网页", text_of(reader))


def test_the_sheet_says_what_a_reader_asks(browser: Browser, posters: str) -> None:
    text = text_of(printed(browser, f"{posters}/{FULL}/poster.html"))
    for words in (
        "为民协商公示",
        "商定了什么",
        "谁来办、何时办",
        "责任单位",
        "期限",
        "群众满意吗",
        "满意率",
        f"{BASE}/{FULL}/",
    ):
        assert plain(words) in text
    assert plain("回到卷宗") not in text


def test_a_withheld_outcome_says_only_that(browser: Browser, posters: str) -> None:
    text = text_of(printed(browser, f"{posters}/{WITHHELD}/poster.html"))
    assert plain("决定不公布") in text
    assert plain("责任单位") not in text


def test_radicals_that_a_pdf_writes_for_characters_are_read_as_these() -> None:
    assert plain("为⺠协商公⽰ ⻚") == plain("为民协商公示页") == "为民协商公示页"
    assert plain("满意率") not in plain("满意度")


def test_the_letters_are_large(browser: Browser, posters: str) -> None:
    """At least 18 pt, but for the foot; measured as they are printed."""
    page = browser.new_page()
    page.goto(f"{posters}/{FULL}/poster.html")
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => !e.closest('.demo') && e.textContent.trim())
               .map(e => parseFloat(getComputedStyle(e).fontSize) * 72 / 96)"""
    )
    assert len(sizes) > 10
    assert min(sizes) >= LEAST
    page.close()


@pytest.mark.parametrize("dossier", [FULL, f"long/{FULL}"])
def test_the_code_on_paper_leads_to_the_dossier(browser: Browser, posters: str, dossier: str) -> None:
    page = browser.new_page(viewport={"width": 900, "height": 1400})
    page.goto(f"{posters}/{dossier}/poster.html")
    with Image.open(BytesIO(page.screenshot(full_page=True))) as shot:
        found = zxingcpp.read_barcodes(shot.convert("L"))
    page.close()
    assert [code.text for code in found] == [f"{BASE}/{FULL}/"]


def test_without_an_address_there_is_no_code(browser: Browser, posters: str) -> None:
    page = browser.new_page()
    page.goto(f"{posters}/plain/{FULL}/poster.html")
    assert page.locator("svg.qr").count() == 0
    assert page.locator(".address").inner_text() == f"/{FULL}/"
    page.close()
