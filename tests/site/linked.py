"""Where the files of a site lead: every link of its pages, and every address of its own that any other file names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

from weimin.site.urls import file_of

LEADS = ("href", "src", "action", "poster", "data", "cite", "data-src", "data-href")
TEXTS = (".atom", ".ics", ".json", ".xml", ".txt", ".svg", ".css", ".js")


class Page(HTMLParser):
    """The ids of a page and where its elements lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.leads: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in LEADS and value is not None and not (tag == "object" and name == "data"):
                self.leads.append(value)
            elif name == "srcset" and value:
                self.leads += [part.split()[0] for part in value.split(",")]


def broken_links(site: Mapping[str, bytes], base: str, sources: Iterable[str] | None = None) -> list[str]:
    """Each internal link whose file or fragment is not there, of the files named, or of all.

    `base`: where the site stands, scheme and host.

    A link to a host's own address counts as internal. In files that are no pages every address that begins with `base`
    is followed.
    """
    ids = lru_cache(maxsize=None)(lambda file: Page(site[file].decode()).ids)
    wrong = []
    for path in site if sources is None else sources:
        for link in sorted(set(_leads(path, site[path], base))):
            target = urlsplit(urljoin(f"{base}/{path}", link))
            if not target.geturl().startswith(f"{base}/"):
                continue
            file = file_of(unquote(target.path))
            if file not in site or (
                target.fragment and file.endswith(".html") and unquote(target.fragment) not in ids(file)
            ):
                wrong.append(f"{path} → {link}")
    return wrong


def _leads(path: str, content: bytes, base: str) -> Iterator[str]:
    if path.endswith(".html"):
        yield from Page(content.decode()).leads
    elif path.endswith(TEXTS) and not path.startswith("theme/"):
        text = re.sub(r"\r?\n[ \t]", "", content.decode()) if path.endswith(".ics") else content.decode()
        yield from re.findall(re.escape(base) + r"/[^\s\"'<>\\)]*", text)
    if path.endswith(".css"):
        yield from re.findall(r"url\([\"']?([^)\"']+)", content.decode())
