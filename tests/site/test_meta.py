"""The head of every page type: the names of the annex of 国办发〔2017〕47号, share tags, JSON-LD; nothing made up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from made_records import COMPILED, FULL, SCRIPT, SECRET, VILLAGE, WITHHELD
from made_register import pages_of
from page_reader import tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render
from weimin.model.page import Page
from weimin.site.page_type import CONTENT
from weimin.site.page_types import TYPES

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource")
OPTIONAL = ("Keywords", "Author", "Description", "Image", "Url")
BASE = "https://example.org/weimin"
OTHER_SHAPES = {"embed", "embed-event", "wechat", "poster", "search"}
CONSULTATION = f"{FULL}/2026-03-02-consultation.html"


def heads(**site: Any) -> dict[str, dict[str, str]]:
    """Path → what its `<meta>` say."""
    env = environment(theme_dir())
    found = {}
    for page in pages_of(**site):
        if page.template:
            found[page.path] = {
                node.get("name") or node.get("property") or "": node.get("content", "")
                for node in tree_of(render(env, page)).iter("meta")
            }
    return found


def kinds(pages: list[Page]) -> dict[str, str]:
    """Path → page type, as the body says it by its template."""
    by_template = {t.template: name for name, t in TYPES.items()}
    return {page.path: by_template[page.template] for page in pages if page.template}


@pytest.fixture(scope="module")
def known() -> dict[str, dict[str, str]]:
    return heads(base_url=f"{BASE}/", codes={"site_id": "9999000000"})


@pytest.fixture(scope="module")
def unknown() -> dict[str, dict[str, str]]:
    return heads()


def linked(path: str, **site: Any) -> list[dict[str, Any]]:
    """The nodes of a page's JSON-LD."""
    env = environment(theme_dir())
    page = next(p for p in pages_of(**site) if p.path == path)
    blocks = [n for n in tree_of(render(env, page)).iter("script") if n.get("type") == "application/ld+json"]
    if not blocks:
        return []
    found: list[dict[str, Any]] = json.loads(blocks[0].text or "")["@graph"]
    return found


def test_every_page_names_the_site(known):
    own = {path for path, kind in kinds(pages_of()).items() if kind not in OTHER_SHAPES}
    assert len(own) > 100
    for path, tags in known.items():
        if path not in own:
            continue
        assert tags["SiteName"] == "样例为民协商", path
        assert tags["SiteDomain"] == "example.org", path
        assert tags["SiteIDCode"] == "9999000000", path


def test_columns_and_contents_have_their_tags_and_not_the_others(known):
    for path, kind in kinds(pages_of()).items():
        tags = known[path]
        if TYPES[kind].column not in ("", CONTENT):
            assert [n for n in COLUMN if not tags.get(n)] == [], path
            assert [n for n in (*ARTICLE, "Url") if n in tags] == [], path
        elif TYPES[kind].column == CONTENT:
            assert tags["ArticleTitle"], path
            assert tags["ContentSource"], path
            assert tags["Url"].startswith(f"{BASE}/"), path
            assert [n for n in COLUMN if n in tags] == [], path


def test_what_is_not_known_is_absent_never_empty(unknown, known):
    for path, tags in (*unknown.items(), *known.items()):
        assert [name for name, content in tags.items() if name != "viewport" and not content.strip()] == [], path
        assert "Author" not in tags, path
    for path, tags in unknown.items():
        assert [n for n in ("SiteDomain", "SiteIDCode", "Url", "Image", "og:url", "og:image") if n in tags] == [], path


def test_the_day_of_publication_is_that_of_the_commit(known):
    tags = known[CONSULTATION]
    assert tags["PubDate"] == "2026-05-02 10:00"
    assert tags["article:published_time"] == "2026-05-02T10:00:00+08:00"
    assert "PubDate" not in known[f"{COMPILED}/index.html"]
    assert known["news/2026-03-05-lamps.html"]["PubDate"] == "2026-03-05"


def test_the_source_is_the_platform_or_the_publisher_of_the_report(known):
    assert known[CONSULTATION]["ContentSource"] == "样例村为民协商联系点"
    assert known[f"{COMPILED}/index.html"]["ContentSource"] == "样例日报"


def test_day_and_source_are_shown_on_the_page():
    env = environment(theme_dir())
    page = next(p for p in pages_of() if p.path == CONSULTATION)
    shown = next(n for n in tree_of(render(env, page)).iter("p") if n.get("class") == "published")
    assert "".join(shown.itertext()).split() == ["发布时间：2026年5月2日", "10:00", "来源：样例村为民协商联系点"]


def test_share_pictures_are_of_dossiers_and_what_announces_a_result(known):
    cards = {path: tags["og:image"] for path, tags in known.items() if "og:image" in tags}
    assert cards[f"{FULL}/index.html"] == f"{BASE}/cards/{FULL}.png"
    assert cards[CONSULTATION] == f"{BASE}/cards/{FULL}/2026-03-02-consultation.png"
    assert {path.rpartition("/")[2] for path in cards} == {
        "index.html",
        *(path.rpartition("/")[2] for path in known if path.endswith(("-consultation.html", "-outcome.html"))),
        "2026-11-20-evaluation.html",
    }
    for path in cards:
        assert known[path]["Image"] == cards[path]
        assert known[path]["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "WebSite"),
        (CONSULTATION, "Event"),
        (f"{FULL}/2026-03-10-outcome.html", "Report"),
        (f"{FULL}/2026-11-20-evaluation.html", "Report"),
        (f"{VILLAGE}/index.html", "GovernmentOrganization"),
        ("data/index.html", "Dataset"),
        ("data/outcome/index.html", "Dataset"),
    ],
)
def test_a_page_says_what_it_is_about(path, kind):
    nodes = linked(path, base_url=BASE)
    assert nodes[0]["@type"] == kind
    assert nodes[0]["url"] == f"{BASE}/{path.removesuffix('index.html')}"
    assert [n["@type"] for n in nodes[1:]] == ([] if path == "index.html" else ["BreadcrumbList"])


def test_an_event_has_its_day_in_the_precision_known():
    event = linked(CONSULTATION, base_url=BASE)[0]
    assert (event["startDate"], event["location"]["name"]) == ("2026-03-02", "样例村")
    assert event["organizer"]["url"] == f"{BASE}/{VILLAGE}/"
    early = linked(f"{COMPILED}/by-2020-09-09-consultation.html", base_url=BASE)[0]
    assert "startDate" not in early


def test_breadcrumbs_lead_where_the_page_says():
    crumbs = linked(CONSULTATION, base_url=BASE)[-1]["itemListElement"]
    assert [c["position"] for c in crumbs] == list(range(1, len(crumbs) + 1))
    assert (crumbs[0]["item"], crumbs[-1]["item"]) == (f"{BASE}/", f"{BASE}/{CONSULTATION}")


def test_without_an_address_nothing_says_one():
    assert linked("index.html") == [
        {
            "@type": "WebSite",
            "name": "样例为民协商",
            "inLanguage": "zh-CN",
            "publisher": {"@type": "Organization", "name": "样例市政协"},
        }
    ]
    assert linked(f"{FULL}/index.html") == []


def test_markup_in_a_title_cannot_leave_the_block():
    env = environment(theme_dir())
    page = next(p for p in pages_of(base_url=BASE) if p.path == CONSULTATION)
    assert SCRIPT.encode() not in render(env, page)
    written = env.from_string("{{ x|tojson }}").render(x=["</script>", "<!--", "]]>", "&'"])
    assert not set("<>&'") & set(written)
    assert json.loads(written) == ["</script>", "<!--", "]]>", "&'"]
    names = [n["name"] for n in linked(CONSULTATION, base_url=BASE)[:1]]
    assert SCRIPT in names[0]


def test_what_must_not_be_found_says_so(known, unknown):
    own = {path for path, kind in kinds(pages_of()).items() if kind not in OTHER_SHAPES}
    assert [path for path, tags in known.items() if "robots" in tags and path in own] == ["404.html"]
    assert all(tags.get("robots") == "noindex" for path, tags in known.items() if path not in own)
    assert all(tags.get("robots") == "noindex" for tags in heads(demo=True).values())
    assert linked(CONSULTATION, base_url=BASE, demo=True) == []


def test_nothing_withheld_is_in_a_head(known):
    assert [path for path, tags in known.items() if SECRET in " ".join(tags.values())] == []
    assert SECRET not in json.dumps(linked(f"{WITHHELD}/2026-04-10-outcome.html", base_url=BASE), ensure_ascii=False)
