"""Every link of the whole demo and of this repository's own records leads somewhere; no address is ever lost."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from linked import broken_links
from past_addresses import ADDRESSES, listed, unpacked

import demo_site
from builders.demo import content_files, demo_files

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["demo", "content"])
def site(request: pytest.FixtureRequest) -> tuple[str, dict[str, bytes]]:
    return request.param, demo_files() if request.param == "demo" else content_files()


def test_every_internal_link_and_fragment_is_there(site: tuple[str, Mapping[str, bytes]]) -> None:
    _name, files = site
    assert sum(path.endswith(".html") for path in files) > 100
    wrong = broken_links(files, demo_site.ADDRESS)
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:40])


def test_every_address_of_the_release_before_still_answers(site: tuple[str, Mapping[str, bytes]]) -> None:
    """After an address was given up on purpose (never in a release): python tests/site/past_addresses.py."""
    name, files = site
    before = unpacked((ADDRESSES / f"{name}.txt").read_text(encoding="utf-8"))
    assert len(before) > 100
    assert sorted(before - listed(files)) == []


def test_what_leads_nowhere_is_found(site: tuple[str, Mapping[str, bytes]]) -> None:
    _name, files = site
    page = b'<a href="/about/#nothing"></a><a href="nowhere.html"></a><img src="https://demo.example.org/no.png">'
    feed = b"<link href='https://demo.example.org/no/'/>"
    planted = {**files, "network/index.html": page, "feeds/all.atom": feed}
    assert set(broken_links(planted, demo_site.ADDRESS, ("network/index.html", "feeds/all.atom"))) == {
        "network/index.html → /about/#nothing",
        "network/index.html → nowhere.html",
        "network/index.html → https://demo.example.org/no.png",
        "feeds/all.atom → https://demo.example.org/no/",
    }
