"""What a visitor's device has to fetch for a page of each type, as the server sends it: over gzip."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import pytest
from page_reader import tree_of

from builders.demo import demo_files
from page_samples import samples
from weimin.site.page_types import TYPES

pytestmark = pytest.mark.slow

KIB = 1024
PAGE, STYLES, SCRIPTS = 60 * KIB, 30 * KIB, 20 * KIB
OWN_SCRIPTS = {"search": 14 * KIB}
"""Pages that are there to do something with have a script of their own beside the common ones."""

LEVEL = 5  # of gzip, as deploy/nginx sets it


@pytest.fixture(scope="module")
def demo() -> Mapping[str, bytes]:
    return demo_files(base_url="")


def sent(content: bytes) -> int:
    return len(gzip.compress(content, LEVEL, mtime=0))


def fetched(tree: Element, tag: str, attribute: str, *rels: str) -> list[str]:
    """Paths of the files that a page names by a tag: `link` with one of the relations in `rels`, or any `script`."""
    found = (node for node in tree.iter(tag) if not rels or node.get("rel") in rels)
    return [address.lstrip("/") for node in found if (address := node.get(attribute))]


@pytest.mark.parametrize("name", TYPES)
def test_a_page_keeps_to_its_weight(demo: Mapping[str, bytes], name: str) -> None:
    """The fullest page of the type."""
    address = samples(demo)[name][0].lstrip("/")
    content = demo[address if address.endswith(".html") else f"{address}index.html"]
    tree = tree_of(content)
    styles = [demo[path] for path in fetched(tree, "link", "href", "stylesheet")]
    modules = fetched(tree, "link", "href", "modulepreload")
    scripts = [demo[path] for path in [*fetched(tree, "script", "src"), *modules]]
    assert styles
    assert sum(map(len, styles)) < STYLES
    assert sum(map(len, scripts)) < SCRIPTS + OWN_SCRIPTS.get(name, 0)
    assert sent(content) + sum(map(sent, styles)) < PAGE
