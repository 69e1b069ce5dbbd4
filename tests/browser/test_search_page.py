"""查找 in a browser: it finds what reading everything finds, and is used with a keyboard, by ear, offline and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode, urlsplit

import pytest
from axe import found_by_axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from demo_site import served
from shares import Share
from weimin.bench.search_client import PAGE, Search, query
from weimin.bench.search_queries import made_queries
from weimin.site.search.documents import decode_line

pytestmark = pytest.mark.browser
DOSSIERS = 1200
SHIFT = """() => new Promise(done => {
    const found = [];
    new PerformanceObserver(list => found.push(...list.getEntries().map(e => e.value)))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(found.reduce((a, b) => a + b, 0)), 100);
})"""
FILTERS = ("kind", "level", "year", "theme", "state")


@pytest.fixture(scope="module")
def index() -> Mapping[str, bytes]:
    from made_search import index_of, made_docs

    return index_of(made_docs(DOSSIERS))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, index: Mapping[str, bytes]) -> Iterator[str]:
    from made_register import dossier_views, register_view, site_context_of, write

    from weimin.adapters.installation import theme_dir
    from weimin.adapters.templates import environment, render, static_files
    from weimin.site.pages.search import search_pages

    folder = tmp_path_factory.mktemp("searched")
    register = register_view(v.summary for v in dossier_views())
    env = environment(theme_dir())
    write([(page.path, render(env, page)) for page in search_pages(register, site_context_of(register))], folder)
    write(static_files(theme_dir()).items(), folder)
    write(index.items(), folder)
    with served(folder) as found:
        yield found


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


class Visit:
    """The page of a search, with what it said on the console and the files of the index that it asked for."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.page: Page = context.new_page()
        self.site = site
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(urlsplit(request.url).path))

    def find(self, **given: str) -> None:
        self.asked.clear()
        self.page.goto(f"{self.site}/search/?{urlencode({k: v for k, v in given.items() if v})}")
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_selector("#hits:not([aria-busy])", state="attached")

    @property
    def files(self) -> set[str]:
        return {path[1:] for path in self.asked if re.fullmatch(r"/search/.+\.(json|txt)", path)}

    def found(self, where: str = "hits") -> list[str]:
        hrefs: list[str] = self.page.evaluate(
            f"Array.from(document.querySelectorAll('#{where} a'), a => a.getAttribute('href'))"
        )
        return hrefs

    @property
    def status(self) -> str:
        return self.page.inner_text("#said")


def test_the_script_finds_and_fetches_what_the_measured_search_does(
    visitor: BrowserContext, site: str, index: Mapping[str, bytes], share: Share
) -> None:
    from made_search import dossier_docs

    visit = Visit(visitor, site)
    seen = 0
    for kind, q in made_queries([decode_line(d.data) for d in dossier_docs(DOSSIERS)], share(20, 40, "queries")):
        visit.find(q=" ".join(q.words), **{name: getattr(q, name) for name in FILTERS})
        search = Search(index.__getitem__, q)
        above, hits = search.above(), search.step()
        assert (kind, visit.found("above")) == (kind, [line.address for line in above])
        assert (kind, visit.found()) == (kind, [line.address for line in hits])
        assert visit.files == search.fetched
        seen += len(hits)
    assert seen > 100
    assert visit.said == []


def test_more_goes_on_to_the_end_and_the_keyboard_stands_on_the_first_new_hit(
    visitor: BrowserContext, site: str, index: Mapping[str, bytes]
) -> None:
    visit = Visit(visitor, site)
    visit.find(q="路灯")
    first = visit.found()
    assert visit.page.is_hidden("text=不查找，也可以从这里看")
    assert "后面可能还有" in visit.status
    while visit.page.is_visible("#more"):
        before = len(visit.found())
        visit.page.focus("#more")
        visit.page.keyboard.press("Enter")
        visit.settle()
        after = visit.found()
        if len(after) > before:
            assert visit.page.evaluate("document.activeElement.getAttribute('href')") == after[before]
    search = Search(index.__getitem__, query("路灯"))
    everything = []
    while not search.is_done:
        everything += [line.address for line in search.step()]
    assert visit.found() == everything
    assert len(everything) > len(first)
    assert f"共找到{len(everything)}个卷宗" in visit.status


def test_typing_makes_an_address_that_can_be_shared_and_gone_back_from(visitor: BrowserContext, site: str) -> None:
    visit = Visit(visitor, site)
    visit.page.goto(f"{site}/search/")
    assert visit.files == set()
    visit.page.fill("#q", "停车位")
    visit.page.keyboard.press("Enter")
    visit.settle()
    assert visit.page.url == f"{site}/search/?{urlencode({'q': '停车位'})}"
    first = visit.found()
    assert visit.page.evaluate("document.activeElement.id") == "q"
    assert visit.page.inner_text("#hits li:first-child mark") == "停车位"
    visit.page.fill("#q", "候车亭")
    visit.page.keyboard.press("Enter")
    visit.settle()
    assert visit.found() != first
    visit.page.go_back()
    expect(visit.page.locator("#q")).to_have_value("停车位")
    visit.settle()
    assert visit.found() == first


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ""),
        ({"q": "路"}, "至少打两个连着的字。"),
        ({"q": "路灯", "year": "26"}, "年份要写四位数字，如 2026。"),
        ({"q": "魑魅魍魉"}, "没有找到。可以试试：少打几个字，换一个说法，或者去掉几个条件。"),
    ],
)
def test_what_is_said_where_nothing_is_listed(
    visitor: BrowserContext, site: str, given: dict[str, str], said: str
) -> None:
    visit = Visit(visitor, site)
    visit.find(**given)
    expect(visit.page.locator("#said")).to_have_text(said)
    expect(visit.page.locator("text=不查找，也可以从这里看")).to_be_visible()
    assert visit.found() == []
    assert visit.page.get_attribute("#said", "role") == "status"


def test_no_network_is_said_and_the_next_try_works(visitor: BrowserContext, site: str) -> None:
    visit = Visit(visitor, site)
    visit.page.goto(f"{site}/search/")

    def fail(route: Route) -> None:
        route.abort()

    visit.page.route("**/search/**/t/*", fail)
    visit.page.fill("#q", "路灯")
    visit.page.click("form#search button")
    expect(visit.page.locator("#said")).to_contain_text("改法")
    visit.page.unroute("**/search/**/t/*", fail)
    visit.page.click("form#search button")
    visit.page.wait_for_selector("#hits a")
    visit.settle()
    assert len(visit.found()) >= PAGE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_the_page_with_results_has_no_fault(browser: Browser, site: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme="dark" if scheme == "dark" else "light"
    )
    visit = Visit(context, site)
    visit.find(q="路灯", theme="教育")
    assert visit.page.inner_text("#search summary") == "加条件（已加1个）"
    assert visit.page.evaluate(SHIFT) < 0.1
    visit.page.click("#search summary")
    assert len(visit.found()) > 3
    assert found_by_axe(visit.page) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.said == []
    context.close()


def test_without_script_the_page_leads_to_the_lists(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/search/?q=%E8%B7%AF%E7%81%AF")
    assert page.is_visible("noscript p")
    assert page.locator("main .places a").count() >= 8
    assert not page.is_visible("#more")
    context.close()
