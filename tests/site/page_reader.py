"""A written site read back: strict HTML5, its addresses, its links and the anchors they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from weimin.site.urls import file_of


def tree_of(content: bytes) -> Element:
    """Raises html5lib's ParseError for any fault of the markup."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(content)


def anchors(tree: Element) -> list[str]:
    return [node.get("id", "") for node in tree.iter() if node.get("id")]


def links(tree: Element) -> Iterator[str]:
    for node in tree.iter():
        for name in ("href", "src"):
            if (value := node.get(name)) is not None:
                yield value


def broken_links(site: Mapping[str, bytes]) -> list[str]:
    """Each internal link whose page or fragment is not there; `site` is every written file by its path."""
    trees = {path: tree_of(content) for path, content in site.items() if path.endswith(".html")}
    ids = {path: set(anchors(tree)) for path, tree in trees.items()}
    wrong = []
    for path, tree in trees.items():
        for link in links(tree):
            if urlsplit(link).scheme:
                continue
            target = urlsplit(urljoin("/" + path, link))
            file = file_of(target.path)
            if file not in site or (target.fragment and unquote(target.fragment) not in ids.get(file, set())):
                wrong.append(f"{path} → {link}")
    return sorted(set(wrong))
