"""The table of page types: a row that is added is built, and a part that a row lacks is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from weimin.app.build.site_build import site_files
from weimin.app.check.check import check
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.model.page import Page
from weimin.model.view import RegisterView
from weimin.records.paths import FIXED_ADDRESSES
from weimin.site.json_documents import json_bytes
from weimin.site.page import data, page
from weimin.site.page_type import WORD, MapEntry, PageType, types_by_address
from weimin.site.page_types import TYPES, jobs, summary_pages
from weimin.site.site_context import SiteContext
from weimin.site.urls import address_of
from weimin.site.view_models import Crumb, Head

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests" / "cases" / "_base"
TEMPLATES = ROOT / "theme" / "templates"
ADDRESS = "https://example.org"

BUILT_WITH_A_FOLDER = {
    **dict.fromkeys(("platform", "projects", "plan", "guidance", "rulebook"), "site/pages/platform.py"),
    **dict.fromkeys(("dossier", "event", "poster", "embed", "embed-event", "wechat"), "site/pages/dossier.py"),
    **dict.fromkeys(("data", "dataset"), "site/pages/opendata.py"),
}
"""Page types whose row has no builder: the module whose function makes them."""
NOT_OF_THE_BASE = {
    **dict.fromkeys(("newslist", "news", "prose"), "the base register has no text of its own"),
    "styleguide": "of a demonstration alone",
}
LEFT_OUT_OF_THE_SITEMAP = {"narrow": "a selection of the rows of a list: many pages that hold nothing new"}
"""Page types that search engines may list and sitemap.xml does not, with the reason."""
LINKED_OTHERWISE = {"home": "every page links to it", "sitemap": "every page links to it"}
"""Page types with one page to which no line of 网站地图 leads, with the reason."""


def faults(types: Mapping[str, PageType]) -> list[str]:
    """What the rows of a table lack, a sentence each."""
    first = {row.address: name for name, row in reversed(types.items())}
    checks = (_form_faults, _builder_faults, _index_faults, _link_faults)
    found = [f"{name}: {fault}" for name, row in types.items() for check in checks for fault in check(name, row)]
    return [
        *found,
        *(f"{n}: {first[r.address]} has the same address" for n, r in types.items() if first[r.address] != n),
    ]


def _form_faults(_name: str, row: PageType) -> Iterator[str]:
    if not row.template or not (TEMPLATES / row.template).is_file():
        yield f"theme/templates has no template {row.template!r}"
    if not row.address.startswith("/") or not row.address.endswith(("/", ".html")):
        yield f"{row.address!r} is no address of a page"


def _builder_faults(name: str, row: PageType) -> Iterator[str]:
    if (row.build is None) == (row.build_scope is None) and name not in BUILT_WITH_A_FOLDER:
        yield "needs one builder, `build` or `build_scope`"
    if (row.build_scope is None) != (not row.sections):
        yield "`build_scope` and `sections` belong together"


def _index_faults(name: str, row: PageType) -> Iterator[str]:
    if row.indexed != bool(row.column):
        yield "an indexed page needs a column of 国办发〔2017〕47号 or CONTENT, another page has none"
    if row.in_sitemap and not row.indexed:
        yield "sitemap.xml lists indexed pages only"
    if row.indexed and not row.in_sitemap and name not in LEFT_OUT_OF_THE_SITEMAP:
        yield "is indexed, but neither in sitemap.xml nor left out for a reason"


def _link_faults(name: str, row: PageType) -> Iterator[str]:
    varies, listed = WORD.search(row.address), row.listed
    if varies and (row.nav or listed):
        yield "only a page with a fixed address has a place in the navigation or in 网站地图"
    if row.indexed and not varies and listed is None and name not in LINKED_OTHERWISE:
        yield "no line in 网站地图 leads to it"
    if listed is not None and not (listed.group and listed.text and listed.description):
        yield "its line in 网站地图 lacks a heading, a name or a description"


def test_every_row_has_all_its_parts():
    assert faults(TYPES) == []
    assert {name for name, row in TYPES.items() if row.build is None and row.build_scope is None} == set(
        BUILT_WITH_A_FOLDER
    )
    assert {name for name, row in TYPES.items() if row.indexed and not row.in_sitemap} == set(LEFT_OUT_OF_THE_SITEMAP)


def greeting_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    head = Head(title="问候", address="/greeting/", crumbs=context.crumbs_to(Crumb("问候")), section="greeting")
    yield page(context, "greeting", head, items=(), json="index.json")
    yield data("/greeting/index.json", json_bytes({"platforms": len(view.network)}))


GREETING = PageType(
    "newslist.html",
    "/greeting/",
    greeting_pages,
    column="工作动态",
    nav="问候",
    listed=MapEntry("栏目", "问候", "一句话"),
)


def test_no_page_of_prose_can_take_the_address_of_a_page_type():
    first = {row.address.split("/")[1].removesuffix(".html") for row in TYPES.values()} - {""}
    assert {name for name in first if not WORD.search(name)} - FIXED_ADDRESSES == set()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"template": ""}, "theme/templates has no template"),
        ({"template": "greeting.html"}, "theme/templates has no template"),
        ({"address": "greeting"}, "is no address of a page"),
        ({"address": "/results/"}, "results has the same address"),
        ({"build": None}, "needs one builder"),
        ({"build": None, "build_scope": greeting_pages}, "belong together"),
        ({"column": ""}, "needs a column"),
        ({"indexed": False}, "needs a column"),
        ({"indexed": False, "column": ""}, "indexed pages only"),
        ({"in_sitemap": False}, "nor left out for a reason"),
        ({"listed": None}, "no line in 网站地图"),
        ({"listed": MapEntry("栏目", "问候", "")}, "lacks a heading"),
        ({"address": "/greeting/STEM.html"}, "fixed address"),
    ],
)
def test_a_part_that_a_row_lacks_is_named(changes, said):
    assert faults({**TYPES, "greeting": GREETING}) == []
    found = faults({**TYPES, "greeting": msgspec.structs.replace(GREETING, **changes)})
    assert [text for text in found if text.startswith("greeting: ") and said in text] != []


def built(base_url: str = ADDRESS) -> dict[str, bytes]:
    """The complete site of the base register."""
    _checked, held = check(open_register(BASE, BASE), Options())
    return dict(site_files(held, 1, base_url, lambda what, n, total: None))


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return built()


def types_of(site: Mapping[str, bytes], types: Mapping[str, PageType]) -> dict[str, list[str]]:
    """Name of a page type → addresses of its pages; under "" the pages of no type."""
    name_of = types_by_address(types)
    found: dict[str, list[str]] = {}
    for address in (address_of(path) for path in sorted(site) if path.endswith(".html")):
        found.setdefault(name_of(address), []).append(address)
    return found


def test_a_build_writes_pages_of_every_type_and_of_no_other(site):
    assert set(types_of(site, TYPES)) == set(TYPES) - set(NOT_OF_THE_BASE)


def test_sitemap_xml_lists_every_page_of_the_listed_types_and_no_other(site):
    index = site["sitemap.xml"].decode()
    parts = re.findall(rf"<loc>{ADDRESS}/(sitemaps/[^<]+)</loc>", index)
    assert set(parts) == {path for path in site if path.startswith("sitemaps/") and path.endswith(".xml")}
    listed = [address for part in parts for address in re.findall(rf"<loc>{ADDRESS}([^<]+)</loc>", site[part].decode())]
    pages = types_of(site, TYPES)
    assert len(listed) == len(set(listed))
    assert set(listed) == {a for name, addresses in pages.items() if TYPES[name].in_sitemap for a in addresses}
    assert not any(b"noindex" in site[path] for path in site if path.endswith(".html") and address_of(path) in listed)


def test_a_page_type_that_is_added_is_built(monkeypatch):
    """All that docs/adding.md asks for is the row and its builder (here with a template that is there already)."""
    monkeypatch.setitem(TYPES, "greeting", GREETING)
    assert "greeting" in jobs()
    site = built()
    found = site["greeting/index.html"].decode()
    assert '<meta name="ColumnType" content="工作动态">' in found
    assert '<a href="/greeting/" aria-current="true">问候</a>' in found
    assert '<a href="/greeting/">问候</a> <span class="by">一句话</span>' in site["sitemap/index.html"].decode()
    assert f"<loc>{ADDRESS}/greeting/</loc>" in site["sitemaps/pages.xml"].decode()
    assert types_of(site, TYPES)["greeting"] == ["/greeting/"]


def test_a_summary_page_type_that_is_added_is_built(monkeypatch):
    """A row with `build_scope` takes the scopes `page:SECTION/…` of its sections."""

    def in_short(path: str, _view: RegisterView, _context: SiteContext) -> Iterator[Page]:
        yield data(f"/{path}/short.json", json_bytes({"path": path}))

    row = msgspec.structs.replace(TYPES["bulletin"], build_scope=in_short)
    monkeypatch.setitem(TYPES, "bulletin", row)
    assert summary_pages("bulletin") is in_short
    found = [path for path in built("") if path.endswith("/short.json")]
    assert found
    assert all(re.fullmatch(r"bulletin/\d{4}-\d{2}/short\.json", path) for path in found)
    with pytest.raises(KeyError):
        summary_pages("greeting")
