"""Cards in the pages of other sites, in a real browser: they fit, say nothing on the console, and do what nobody asks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from demo_site import ADDRESS, served
from patience import comes_true

pytestmark = pytest.mark.browser

TOP = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,">'
BOX = "(() => { const r = document.documentElement; return [r.scrollWidth, r.clientWidth, r.scrollHeight, r.clientHeight] })()"
TALL = "document.documentElement.getBoundingClientRect().height"
STATES = ("决定不公布", "更正过", "满意率低", "已撤回")
Host = Callable[[str, str], str]


@pytest.fixture(scope="session")
def card_paths(demo: Mapping[str, bytes]) -> list[str]:
    found = sorted(path for path in demo if path.startswith("embed/") and path.endswith(".html"))
    assert len(found) > 300
    return found


@pytest.fixture(scope="session")
def twenty(card_paths: list[str], demo: Mapping[str, bytes]) -> list[str]:
    """Of every kind and state, and the longest."""
    picked = [next(p for p in card_paths if words in demo[p].decode()) for words in STATES]
    picked += [next(p for p in card_paths if kind in p) for kind in ("consultation", "outcome", "evaluation")]
    picked += sorted(card_paths, key=lambda p: len(demo[p]))[-4:]
    picked += card_paths[:: len(card_paths) // 20]
    return list(dict.fromkeys(picked))[:20]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Puts a page on another origin and gives its address."""
    with served(tmp_path) as address:

        def put(name: str, body: str) -> str:
            (tmp_path / f"{name}.html").write_text(f"{TOP}<body>{body}</body></html>", "utf-8")
            return f"{address}/{name}.html"

        yield put


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    """A page at a width, with all that is said on its console."""
    opened = []

    def open_it(url: str, width: int = 390, **more: object) -> tuple[Page, list[str]]:
        page = browser.new_page(viewport={"width": width, "height": 900}, **more)  # type: ignore[arg-type]  # Playwright's own options
        opened.append(page)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(url)
        return page, said

    yield open_it
    for page in opened:
        page.close()


def script(address: str) -> str:
    return f'<script async src="{address}/theme/js/embed.js"></script>'


def all_shown(page: Page, count: int) -> list[Frame]:
    """The frames of the cards, each looked at: what is lazy is loaded when it comes into view."""
    for n in range(count):
        page.locator("iframe").nth(n).scroll_into_view_if_needed()
    wait_for_heights(page, count)
    cards = [frame for frame in page.frames if "/embed/" in frame.url]
    assert len(cards) == count
    return cards


def only_card(page: Page) -> Frame:
    """The frame of the only card of the page, loaded: what is lazy is in its own time."""

    def cards() -> list[Frame]:
        return [frame for frame in page.frames if "/embed/" in frame.url]

    comes_true(page, lambda: len(cards()) == 1)
    (card,) = cards()
    card.wait_for_load_state("load")
    return card


def wait_for_heights(page: Page, count: int) -> None:
    """Until every card has said how tall it is."""
    told = "all => all.filter(f => f.style.height).length"
    comes_true(page, lambda: page.locator("iframe").evaluate_all(told) >= count)


def fits(page: Page, cards: list[Frame]) -> bool:
    for card in cards:
        wide, width, tall, height = card.evaluate(BOX)
        assert (wide, tall) == (width, height), card.url
        own = card.evaluate(TALL)
        assert own <= height <= own + 1, card.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return True


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_twenty_cards_fit_in_the_page_of_another_site(host, open_page, demo_address, twenty, width):
    half = [f'<weimin-card src="{demo_address}/{p}"><a href="/">{p}</a></weimin-card>' for p in twenty[:10]]
    frames = [f'<iframe src="{demo_address}/{p}" width="100%" height="420"></iframe>' for p in twenty[10:]]
    assert len(half + frames) == 20
    page, said = open_page(host("twenty", "\n".join([*half, *frames]) + script(demo_address)), width)
    fits(page, all_shown(page, 20))
    page.set_viewport_size({"width": 300, "height": 900})
    # what is out of sight is laid out when it comes into view
    for n in range(20):
        page.locator("iframe").nth(n).scroll_into_view_if_needed()
        page.wait_for_timeout(60)
    comes_true(page, lambda: fits(page, [frame for frame in page.frames if "/embed/" in frame.url]))
    assert said == []


def test_without_any_script_every_card_fits_from_280_pixels(browser, card_paths, demo, demo_address, share):
    """The height that oEmbed and the snippet name is enough for every card of the demo, and not far too much."""
    page = browser.new_page(viewport={"width": 280, "height": 500})
    spare = []
    few = share(60, len(card_paths), "cards")
    for path in card_paths[:: len(card_paths) // few]:
        page.goto(f"{demo_address}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 280, path
        named = json.loads(demo[path.replace("embed/", "oembed/", 1).replace(".html", ".json")])["height"]
        spare.append(named - page.evaluate(TALL))
    page.close()
    assert min(spare) >= 0
    assert sum(spare) / len(spare) < 60


def test_a_page_that_only_pastes_the_oembed_frame_shows_the_whole_card(host, open_page, demo, demo_address, twenty):
    html = json.loads(demo[twenty[0].replace("embed/", "oembed/", 1).replace(".html", ".json")])["html"]
    page, said = open_page(host("pasted", html.replace(ADDRESS, demo_address)), 320)
    card = only_card(page)
    wide, width, tall, height = card.evaluate(BOX)
    assert wide == width
    assert tall <= height
    assert said == []


def test_in_a_frame_that_may_do_nothing_the_card_has_its_look(host, open_page, demo_address, twenty):
    """Some editors put `sandbox="allow-scripts"` on every frame: the card is then of no origin at all."""
    frame = f'<iframe sandbox="allow-scripts" src="{demo_address}/{twenty[0]}" width="320" height="600"></iframe>'
    page, said = open_page(host("sandboxed", frame + script(demo_address)))
    card = only_card(page)
    assert card.evaluate("getComputedStyle(document.body).borderTopWidth") == "4px"
    assert page.locator("iframe").get_attribute("style") is None
    assert said == []


PAPER = "getComputedStyle(document.body).backgroundColor"
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(21, 24, 28)"


@pytest.mark.parametrize(("scheme", "free"), [("light", WHITE), ("dark", BLACK)])
def test_light_and_dark_follow_the_reader_or_the_address(open_page, demo_address, twenty, scheme, free):
    for mark, paper in (("", free), ("#light", WHITE), ("#dark", BLACK)):
        page, said = open_page(f"{demo_address}/{twenty[0]}{mark}", color_scheme=scheme)
        assert page.evaluate(PAPER) == paper
        assert said == []


def test_the_element_takes_a_theme_and_only_our_addresses(host, open_page, demo_address, twenty):
    inside = '<a href="https://example.org/">原页</a>'
    others = [
        f"{demo_address}/about/",
        f"{demo_address}/embed/../about/",
        "https://evil.example/embed/990000/2024-001.html",
        "javascript:alert(1)",
        "",
    ]
    body = f'<weimin-card src="{demo_address}/{twenty[0]}" theme="dark">{inside}</weimin-card>'
    body += "".join(f'<weimin-card src="{src}">{inside}</weimin-card>' for src in others)
    page, said = open_page(host("element", body + script(demo_address)))
    wait_for_heights(page, 1)
    (card,) = [frame for frame in page.frames if "/embed/" in frame.url]
    assert card.evaluate(PAPER) == BLACK
    assert page.locator("weimin-card > a:visible").count() == len(others)
    assert page.locator("iframe").get_attribute("title") == "原页"
    page.evaluate(f"document.querySelector('weimin-card').setAttribute('src', '{demo_address}/{twenty[1]}#light')")
    assert twenty[1] in page.locator("iframe").get_attribute("src")
    assert said == []


MESSAGES = """
for (const frame of document.querySelectorAll("iframe"))
  for (const data of ["weimin:ask", "weimin:height", "", null, 1, [], {type: "weimin:height", height: 9},
      {type: "navigate", url: "https://evil.example/"}, "<img src=x onerror=alert(1)>", "javascript:alert(1)",
      {__proto__: {polluted: 1}}, new ArrayBuffer(8), "x".repeat(1e6)])
    frame.contentWindow.postMessage(data, "*");
"""


def test_a_hostile_page_makes_a_card_do_nothing(host, open_page, demo_address, twenty):
    page, said = open_page(host("hostile", f'<iframe src="{demo_address}/{twenty[0]}" height="600"></iframe>'))
    card = only_card(page)
    before, address = card.evaluate("document.documentElement.outerHTML"), card.url
    heard: list[object] = []
    page.expose_function("heard", lambda words: heard.append(words))
    page.evaluate("addEventListener('message', e => heard(JSON.stringify(e.data)))")
    for _ in range(3):
        page.evaluate(MESSAGES)
    page.wait_for_timeout(500)
    assert card.evaluate("document.documentElement.outerHTML") == before
    assert card.url == address
    assert card.evaluate("[typeof polluted, Object.prototype.polluted, localStorage.length, document.cookie]") == [
        "undefined",
        None,
        0,
        "",
    ]
    # an answer to each time it was asked, always the same, and nothing besides
    comes_true(page, lambda: len(heard) >= 3)
    page.wait_for_timeout(100)
    assert len(heard) == 3
    assert len(set(heard)) == 1
    assert set(json.loads(str(heard[0]))) == {"type", "height"}
    assert said == []


def test_a_card_cannot_lead_the_page_of_its_host_elsewhere(host, open_page, demo, demo_address, twenty):
    html = json.loads(demo[twenty[0].replace("embed/", "oembed/", 1).replace(".html", ".json")])["html"]
    page, _said = open_page(host("held", html.replace(ADDRESS, demo_address)))
    card = only_card(page)
    address = page.url
    refused = card.evaluate(
        "(() => { try { top.location = 'https://evil.example/'; return '' } catch (e) { return e.name } })()"
    )
    assert refused == "SecurityError"
    assert page.url == address


FORGED = """<script>
addEventListener("load", () => {
  for (const height of [5000, 100])
    parent.postMessage({type: "weimin:height", height}, "*");
});
</script>"""


def test_only_the_card_itself_sets_its_height(host, open_page, demo_address, twenty):
    """Not another frame, not the page itself, and no frame by what is no height."""
    forger = host("forger", FORGED)
    body = f'<iframe id="card" src="{demo_address}/{twenty[0]}" height="600"></iframe><iframe id="forger" src="{forger}"></iframe>'
    page, said = open_page(host("forged", body + script(demo_address)))
    page.wait_for_function("document.querySelector('#card').style.height")
    page.wait_for_timeout(300)
    right = page.locator("#card").get_attribute("style")
    page.evaluate("postMessage({type: 'weimin:height', height: 3000}, '*')")
    (card,) = [frame for frame in page.frames if "/embed/" in frame.url]
    for value in ("'900'", "NaN", "Infinity", "null", "{}", "undefined"):
        card.evaluate(f"parent.postMessage({{type: 'weimin:height', height: {value}}}, '*')")
    card.evaluate("parent.postMessage({type: 'other', height: 900}, '*')")
    page.wait_for_timeout(300)
    assert page.locator("#card").get_attribute("style") == right
    assert page.locator("#forger").get_attribute("style") is None
    for asked, given in ((1e9, 4000), (-5, 80)):
        card.evaluate(f"parent.postMessage({{type: 'weimin:height', height: {asked}}}, '*')")
        page.wait_for_function(f"document.querySelector('#card').style.height === '{given}px'")
    assert said == []


def test_a_frame_that_was_led_elsewhere_is_no_card_any_more(host, open_page, demo_address, twenty):
    """Its attribute still names the card, and its window is the same; what stands in it is another site's."""
    body = f'<iframe src="{demo_address}/{twenty[0]}" height="600"></iframe>'
    page, said = open_page(host("led", body + script(demo_address)))
    wait_for_heights(page, 1)
    right = page.locator("iframe").get_attribute("style")
    forger = host("forger", FORGED)
    page.evaluate(f"document.querySelector('iframe').contentWindow.location = '{forger}'")
    comes_true(page, lambda: [frame.url for frame in page.frames[1:]] == [forger])
    page.wait_for_timeout(300)
    assert page.locator("iframe").get_attribute("src") == f"{demo_address}/{twenty[0]}"
    assert page.locator("iframe").get_attribute("style") == right
    assert said == []


def test_the_page_that_explains_shows_cards_that_live(open_page, demo_address):
    page, said = open_page(f"{demo_address}/embedding/")
    count = page.locator("iframe").count()
    assert count == 3
    fits(page, all_shown(page, count))
    assert page.locator("button[data-copy]:visible").count() == 2 * count
    assert said == []
