"""What nginx answers with the shipped configuration: the headers of every kind of answer, and who may frame what."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path

import html5lib
import pytest
from shipped_nginx import Served, configured, nginx

pytestmark = pytest.mark.nginx

EVERYWHERE = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Cache-Control",
)


def first(site: dict[str, bytes], pattern: str) -> str:
    return "/" + next(path for path in sorted(site) if re.fullmatch(pattern, path))


def test_the_shipped_files_are_a_valid_configuration(tmp_path):
    conf = configured(tmp_path, tmp_path, 8080)
    run = subprocess.run([nginx(), "-t", "-c", str(conf)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "syntax is ok" in run.stderr
    # root says that it runs as root, and a machine may not let open what is not asked for
    assert "duplicate" not in run.stderr
    assert "conflicting" not in run.stderr


def test_a_fault_in_them_is_found(tmp_path):
    conf = configured(tmp_path, tmp_path, 8080, "one two three;\n")
    assert subprocess.run([nginx(), "-t", "-c", str(conf)], capture_output=True, check=False).returncode == 1


PAGES = {
    "home": r"index\.html",
    "dossier": r"\d+/\d{4}-\d{3}/index\.html",
    "event": r"\d+/\d{4}-\d{3}/.+-outcome\.html",
    "embed": r"embed/\d+/\d{4}-\d{3}/.+-outcome\.html",
    "wechat": r"wechat/\d+/\d{4}-\d{3}/.+-outcome\.html",
    "embedding": r"embedding/index\.html",
    "trail": r"trail/index\.html",
}


def test_every_kind_of_answer_has_all_headers(served: Served, demo):
    answers = {
        **{name: (first(demo, pattern).removesuffix("index.html"), 200) for name, pattern in PAGES.items()},
        "card of a dossier": (first(demo, r"embed/\d+/\d{4}-\d{3}\.html"), 200),
        "style": ("/theme/css/weimin.css", 200),
        "script": ("/theme/js/embed.js", 200),
        "data": ("/index.json", 200),
        "attachment": (first(demo, r"\d+/\d{4}-\d{3}/attachments/.+"), 200),
        "missing": ("/nope", 404),
        "missing card": ("/embed/990000/2024-999.html", 404),
        "folder without a page": ("/embed/", 404),
        "hidden": ("/.git/config", 404),
        "hidden below": ("/990000/.git-secret", 404),
        "another host": ("//evil.example/", 404),
        "no slash": ("/network", 301),
        "index": ("/network/index.html", 301),
        "climb": ("/..%2f..%2fetc/passwd", 400),
        "climb in the middle": ("/network/../../../etc/passwd", 400),
        "nothing": ("/%00", 400),
    }
    wrong = {}
    for name, (path, status) in answers.items():
        answer, _ = served.ask(path)
        absent = [header for header in EVERYWHERE if answer.getheader(header) is None]
        # an address that is none is refused before anything of the site is asked
        if answer.status != status or (absent and status != 400):
            wrong[name] = (answer.status, absent)
    assert wrong == {}


def test_only_cards_may_be_framed(served: Served, demo):
    pages = [path for path in demo if path.endswith(".html")]
    cards = [path for path in pages if path.startswith("embed/")]
    assert len(cards) > 100
    others = {re.sub(r"\d+(-\d+)*", "N", path): path for path in pages if not path.startswith("embed/")}
    assert len(others) > 30
    for path in (*cards[::25], *others.values(), "embed/nope.html"):
        answer, _ = served.ask(f"/{path}".removesuffix("index.html"))
        framed = path in cards
        assert (answer.getheader("X-Frame-Options") is None) == framed, path
        assert ("frame-ancestors 'none'" in answer.getheader("Content-Security-Policy", "")) != framed, path


def meta_policy(content: bytes) -> str:
    """What the page itself allows."""
    tree = html5lib.parse(content, namespaceHTMLElements=False)
    found = [n.get("content", "") for n in tree.iter("meta") if n.get("http-equiv") == "Content-Security-Policy"]
    assert len(found) == 1
    return found[0]


def allowed(policy: str) -> dict[str, set[str]]:
    """What each directive lets in; 'none' lets in nothing."""
    parts = [part.split() for part in policy.split("; ")]
    return {name: set(sources) - {"'none'"} for name, *sources in parts}


def refused(page: str, header: str) -> list[str]:
    """What the page would allow itself and the header does not: two policies allow what both allow."""
    mine, theirs = allowed(page), allowed(header)
    return [name for name in mine if not mine[name] <= theirs.get(name, theirs["default-src"])]


def test_the_header_allows_what_the_page_allows_itself(served: Served, demo):
    """Where it does not, a page works on one machine and not on another."""
    kinds = {re.sub(r"\d+(-\d+)*", "N", path): path for path in sorted(demo) if path.endswith(".html")}
    assert len(kinds) > 30
    wrong = {}
    for path in kinds.values():
        answer, _ = served.ask(f"/{path}".removesuffix("index.html"))
        header = answer.getheader("Content-Security-Policy", "")
        assert answer.status == (404 if path == "404.html" else 200), path
        if found := refused(meta_policy(demo[path]), header):
            wrong[path] = found
    assert wrong == {}


def test_a_header_that_refuses_more_is_found():
    page = "default-src 'none'; script-src 'self'; style-src-attr 'unsafe-inline'"
    assert refused(page, "default-src 'none'; script-src 'self'; img-src 'self'") == ["style-src-attr"]
    assert refused(page, f"{page}; frame-ancestors 'none'") == []


def test_an_attachment_is_handed_over_and_does_nothing(served: Served, demo):
    answer, body = served.ask(path := first(demo, r"\d+/\d{4}-\d{3}/attachments/.+"))
    assert body == demo[path[1:]]
    assert answer.getheader("Content-Disposition") == "attachment"
    assert answer.getheader("Content-Security-Policy", "").startswith("sandbox;")


def test_other_sites_may_fetch_data_and_cards_and_no_pages(served: Served, demo):
    for path, cors, resource in (
        ("/index.json", "*", "cross-origin"),
        ("/data/datapackage.json", "*", "cross-origin"),
        ("/theme/js/embed.js", None, "cross-origin"),
        (first(demo, PAGES["embed"]), None, "cross-origin"),
        (first(demo, PAGES["event"]), None, "same-origin"),
        ("/", None, "same-origin"),
    ):
        answer, _ = served.ask(path)
        assert answer.status == 200, path
        assert answer.getheader("Access-Control-Allow-Origin") == cors, path
        assert answer.getheader("Cross-Origin-Resource-Policy") == resource, path


def test_types_and_characters(served: Served, demo):
    for path, kind in (
        ("/", "text/html; charset=utf-8"),
        ("/index.json", "application/json; charset=utf-8"),
        ("/theme/css/embed.css", "text/css; charset=utf-8"),
        ("/theme/js/embed.js", "application/javascript; charset=utf-8"),
        ("/theme/icon.svg", "image/svg+xml"),
        (first(demo, r"feeds/all\.atom"), "application/atom+xml; charset=utf-8"),
        (first(demo, r"feeds/consulting\.ics"), "text/calendar; charset=utf-8"),
        (first(demo, r"data/outcome/\d+\.csv"), "text/csv; charset=utf-8"),
        (first(demo, r"data/outcome/\d+\.jsonl"), "application/x-ndjson; charset=utf-8"),
    ):
        assert served.ask(path)[0].getheader("Content-Type") == kind, path


def test_an_address_of_before_leads_on(served: Served):
    for path, to in (
        ("/html/2021/lamps.html", "/990000/"),
        ("/network", "/network/"),
        ("/network/index.html", "/network/"),
        ("/index.html", "/"),
    ):
        answer, _ = served.ask(path)
        assert (answer.status, answer.getheader("Location")) == (301, to), path


def test_an_address_that_is_none_says_so(served: Served, demo):
    answer, body = served.ask("/nope")
    assert (answer.status, body) == (404, demo["404.html"])
    assert answer.getheader("Cache-Control") == "no-cache"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_is_taken(served: Served, method):
    assert served.ask("/", method)[0].status == 405


def test_text_is_packed_and_a_picture_is_not(served: Served, demo):
    answer, body = served.ask("/", Accept_Encoding="gzip")
    assert answer.getheader("Content-Encoding") == "gzip"
    assert answer.getheader("Vary") == "Accept-Encoding"
    assert gzip.decompress(body) == demo["index.html"]
    answer, _ = served.ask(first(demo, r"\d+/\d{4}-\d{3}/attachments/.+\.(?:png|jpg)"), Accept_Encoding="gzip")
    assert answer.getheader("Content-Encoding") is None


def test_a_page_that_did_not_change_is_not_sent_again(served: Served):
    answer, _ = served.ask("/")
    again, body = served.ask("/", If_None_Match=answer.getheader("ETag", ""))
    assert (again.status, body) == (304, b"")
    assert again.getheader("Content-Security-Policy") is not None


def test_a_switch_of_the_link_is_seen_at_once(served: Served):
    """As `weimin build` does it: the link is made under another name and renamed over the old one."""
    second = served.releases / "two"
    second.mkdir()
    (second / "index.html").write_text("<!doctype html><title>two</title>", "utf-8")
    live = served.releases / "current"
    try:
        for folder, words in (("two", b"two"), ("one", b"<html")):
            switch(live, folder)
            assert words in served.ask("/")[1]
        switch(live, "two")
        assert served.ask("/build.json")[0].status == 404
    finally:
        switch(live, "one")
    assert json.loads(served.ask("/build.json")[1])["format"] == 1


def switch(live: Path, folder: str) -> None:
    new = live.with_name("new")
    new.symlink_to(folder)
    new.replace(live)


def test_the_server_does_not_say_which_it_is(served: Served):
    assert served.ask("/nope")[0].getheader("Server") == "nginx"
