"""oEmbed: what the specification asks for, found from the page, and read by a consumer that knows nothing of us."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import msgspec
import pytest
from made_records import FULL, SCRIPT
from made_register import dossier_views, pages_of, register_view, site_context_of, write
from oembedpy.consumer import fetch_content
from oembedpy.discovery import find_from_content
from oembedpy.types import Rich
from page_reader import tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render, static_files
from weimin.site.pages.dossier import dossier_pages

BASE = "https://example.org/weimin"
REQUIRED = {"type", "version", "html", "width", "height"}


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    env = environment(theme_dir())
    return {p.path: render(env, p) for p in pages_of(base_url=BASE)}


def answers(site: dict[str, bytes]) -> dict[str, dict[str, object]]:
    return {path: json.loads(content) for path, content in site.items() if path.startswith("oembed/")}


def discovered(content: bytes) -> list[Element]:
    return [n for n in tree_of(content).iter("link") if n.get("type") == "application/json+oembed"]


def frame_of(html: str) -> Element:
    (frame,) = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return frame


def test_every_card_has_an_answer_and_every_answer_a_card(site):
    cards = {p.removeprefix("embed/").removesuffix(".html") for p in site if p.startswith("embed/")}
    assert len(cards) == 9
    assert {p.removeprefix("oembed/").removesuffix(".json") for p in answers(site)} == cards


def test_an_answer_is_rich_and_complete(site):
    for path, said in answers(site).items():
        assert set(said) >= REQUIRED, path
        assert (said["type"], said["version"]) == ("rich", "1.0")
        assert type(said["width"]) is type(said["height"]) is int
        assert said["width"] > 0
        assert said["height"] > 0
        assert said["provider_url"] == f"{BASE}/"
        frame = frame_of(str(said["html"]))
        assert frame.tag == "iframe"
        assert frame.get("src") == f"{BASE}/{path.replace('oembed/', 'embed/').replace('.json', '.html')}"
        assert (frame.get("width"), frame.get("height")) == (str(said["width"]), str(said["height"]))
        assert frame.get("style") == "max-width:100%"
        assert site[path].isascii()


def test_nothing_that_people_wrote_is_in_the_frame(site):
    said = answers(site)[f"oembed/{FULL}.json"]
    assert SCRIPT in str(said["title"])
    frame = frame_of(str(said["html"]))
    assert frame.get("title") == f"卷宗卡片 {FULL}"
    assert "allow-top-navigation" not in str(frame.get("sandbox"))
    assert "allow-forms" not in str(frame.get("sandbox"))


def test_pages_with_a_card_name_their_answer_and_no_other_page_does(site):
    naming = {path: discovered(content) for path, content in site.items() if path.endswith(".html")}
    found = {path: links for path, links in naming.items() if links}
    assert len(found) == 9
    for path, (link,) in found.items():
        address, _, asked = str(link.get("href")).partition("?")
        assert address.removeprefix(f"{BASE}/") in site, path
        assert "url=https%3A%2F%2Fexample.org%2Fweimin%2F" in asked


def test_without_an_address_of_its_own_the_site_has_no_answers():
    env = environment(theme_dir())
    made = {p.path: render(env, p) for p in pages_of()}
    assert answers(made) == {}
    assert [path for path in made if path.endswith(".html") and discovered(made[path])] == []


def test_a_share_picture_is_named_where_there_is_one():
    (view, *_) = dossier_views()
    context = site_context_of(msgspec.structs.replace(register_view([view.summary], base_url=BASE)))
    made = {p.path: p.data for p in dossier_pages(view, context, pictures=True) if p.data}
    said = json.loads(made[f"oembed/{FULL}.json"])
    assert said["thumbnail_url"] == f"{BASE}/cards/{FULL}.png"
    assert (said["thumbnail_width"], said["thumbnail_height"]) == (1200, 630)
    assert "thumbnail_url" not in json.loads(
        next(p.data for p in dossier_pages(view, context) if p.path == f"oembed/{FULL}.json" and p.data)
    )


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """The test says what it saw."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_consumer_finds_and_reads_it(tmp_path):
    """oEmbedPy, over HTTP: from the address of a page to the frame."""
    with served(tmp_path) as address:
        env = environment(theme_dir())
        write([(p.path, render(env, p)) for p in pages_of(base_url=address)], tmp_path)
        write(static_files(theme_dir()).items(), tmp_path)
        for page in (f"{FULL}/", f"{FULL}/2026-11-20-evaluation.html"):
            api, asked = find_from_content(f"{address}/{page}")
            assert asked.url == f"{address}/{page}"
            asked.max_width, asked.max_height = 400, 300  # which a site of files cannot answer: the numbers stay honest
            content = fetch_content(api, asked)
            assert isinstance(content, Rich)
            assert (content.type, content.version) == ("rich", "1.0")
            assert type(content.width) is type(content.height) is type(content.cache_age) is int
            frame = frame_of(content.html)
            assert (frame.get("width"), frame.get("height")) == (str(content.width), str(content.height))
            assert content.title
            assert content.provider_name == "样例为民协商"
            assert content.cache_age == 86_400
            card = frame_of(content.html).get("src")
            assert str(card).startswith(f"{address}/embed/{FULL}")
