"""The words of a dossier's state, read from every file of a written site that says them."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

import msgspec
from page_reader import tree_of

Site = Mapping[str, bytes]
LISTS = ("index.html", "consulting/index.html")
"""Pages of the whole network that list dossiers with their states."""


class Said(msgspec.Struct, frozen=True):
    """What one file says of a dossier: the place, and the word."""

    where: str
    word: str


def dossiers_of(site: Site) -> dict[str, dict[str, object]]:
    """The `index.json` of every dossier by its number."""
    found = (path.removesuffix("/index.json") for path in site if path.endswith("/index.json"))
    return {
        at: json.loads(site[f"{at}/index.json"]) for at in found if at[:6].isdigit() and "-" in at.partition("/")[2]
    }


def words_of(site: Site) -> dict[str, list[Said]]:
    """Dossier → every word of its state that stands in the site."""
    said: dict[str, list[Said]] = defaultdict(list)
    for dossier, document in dossiers_of(site).items():
        said[dossier].append(Said("index.json", str(document["state_label"])))
        said[dossier].append(Said("page", state_on_page(tree_of(site[f"{dossier}/index.html"]))))
        said[dossier].append(Said("card", state_on_card(tree_of(site[f"embed/{dossier}.html"]))))
    platforms = sorted({dossier.partition("/")[0] for dossier in said})
    for code in platforms:
        for row in json.loads(site[f"{code}/index.json"])["dossiers"]:
            said[row["id"]].append(Said(f"{code}/index.json", row["state_label"]))
    for path in (*LISTS, *(f"{code}/index.html" for code in platforms)):
        for dossier, word in rows_on_page(tree_of(site[path])) if path in site else ():
            said[dossier].append(Said(path, word))
    for dossier, where, word in (*_searched(site), *_open_data(site)):
        said[dossier].append(Said(where, word))
    return said


def state_on_page(tree: Element) -> str:
    (where,) = of_class(tree, "where")
    return text_of(of_class(where, "tag")[-1])


def state_on_card(tree: Element) -> str:
    """The row of the card; of a matter that ended the beginning of its notice."""
    for row in tree.iter("div"):
        if text_of(row[0]) == "办到哪一步":
            return text_of(row[1])
    notices = (text_of(n) for n in of_class(tree, "withheld"))
    return next(notices, "").partition("，")[0].partition("（")[0].removesuffix("。")


def rows_on_page(tree: Element) -> Iterator[tuple[str, str]]:
    """(dossier, word) of each row that leads to a dossier; not of announcements, which are no states."""
    for row in of_class(tree, "row"):
        link = next(row.iter("a"))
        tags = [text_of(tag) for tag in of_class(row, "tag")]
        dossier = (link.get("href") or "").removeprefix("https://demo.example.org").strip("/")
        if tags and tags[0] != "预告" and dossier[:6].isdigit() and len(dossier.partition("/")[2]) == len("2026-001"):
            yield dossier, tags[0]


def steps_on_page(tree: Element) -> list[tuple[str, str]]:
    """(state, word) of the five steps of a dossier page."""
    (steps,) = of_class(tree, "steps")
    return [(step.get("class") or "", text_of(of_class(step, "label")[0])) for step in steps]


def of_class(tree: Element, name: str) -> list[Element]:
    return [node for node in tree.iter() if name in (node.get("class") or "").split()]


def text_of(node: Element) -> str:
    return "".join(node.itertext()).strip()


def _searched(site: Site) -> Iterator[tuple[str, str, str]]:
    for path in site:
        if path.startswith("search/") and "/b/" in path:
            for kind, address, *line in json.loads(site[path]):
                if kind == "d":
                    yield address.strip("/"), "search", line[4]


def _open_data(site: Site) -> Iterator[tuple[str, str, str]]:
    for path in site:
        if path.startswith("data/state-dossier/") and path.endswith(".csv"):
            for row in csv.DictReader(io.StringIO(site[path].decode("utf-8-sig"))):
                yield row["dossier"], "open data", row["state_label"]
