"""What a visitor's device has to fetch for a page of each type, as the server sends it: over gzip."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import pytest
from page_reader import tree_of

import demo_site
from page_samples import samples
from weimin.site.page_types import TYPES

pytestmark = pytest.mark.slow

KIB = 1024
PAGE, STYLES, SCRIPTS = 60 * KIB, 30 * KIB, 20 * KIB
OWN_SCRIPTS = {"search": 14 * KIB}
"""Pages that are there to do something with have a script of their own beside the common ones."""

LEVEL = 5  # of gzip, as deploy/nginx sets it


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    return demo_site.built(demo_site.compute_demo(tmp_path_factory.mktemp("demo")), base_url="")


def sent(content: bytes) -> int:
    return len(gzip.compress(content, LEVEL, mtime=0))


def fetched(tree: Element, tag: str, attribute: str) -> list[str]:
    """Paths of the style sheets or scripts that a page names."""
    found = (node for node in tree.iter(tag) if tag == "script" or node.get("rel") == "stylesheet")
    return [address.lstrip("/") for node in found if (address := node.get(attribute))]


@pytest.mark.parametrize("name", TYPES)
def test_a_page_keeps_to_its_weight(demo: Mapping[str, bytes], name: str) -> None:
    """The fullest page of the type."""
    address = samples(demo)[name][0].lstrip("/")
    content = demo[address if address.endswith(".html") else f"{address}index.html"]
    tree = tree_of(content)
    styles = [demo[path] for path in fetched(tree, "link", "href")]
    scripts = [demo[path] for path in fetched(tree, "script", "src")]
    assert styles
    assert sum(map(len, styles)) < STYLES
    assert sum(map(len, scripts)) < SCRIPTS + OWN_SCRIPTS.get(name, 0)
    assert sent(content) + sum(map(sent, styles)) < PAGE
