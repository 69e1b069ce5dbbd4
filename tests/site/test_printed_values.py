"""No file of a site prints what a program says of nothing: None, nan, undefined; and no sentence ends twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builders.demo import demo_files

GOLDEN = Path(__file__).resolve().parents[1] / "golden_site"
NOTHING = re.compile(r"(?<![A-Za-z0-9_.])(?:None|nan|NaN|undefined|Infinity)(?![A-Za-z0-9_])")
TWICE = re.compile(r"[。；，：、][。；，：、]|。”。|(?P<day>\d{4}年\d{1,2}月\d{1,2}日)[^\w]{0,3}(?P=day)")
TEXT = (".html", ".json", ".jsonl", ".csv", ".atom", ".ics", ".txt", ".xml", ".svg")
OF_THE_PROGRAM = ("theme/", "data/schemas/")
"""Files that are written by people for programs: scripts, styles, schemas."""


INLINE = frozenset(["a", "abbr", "b", "code", "del", "i", "ins", "small", "span", "strong", "time"])
SHOWN = ("alt", "title", "content", "aria-label", "data-count", "datetime")


class Words(HTMLParser):
    """The texts of a page, a block each, and of those attributes that a reader meets."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._block: list[str] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag in ("script", "style")
        self._ends(tag)
        self.found += [v for k, v in attrs if v and k in SHOWN]

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in ("script", "style")
        self._ends(tag)

    def handle_data(self, data: str) -> None:
        if not self._code:
            self._block.append(data)

    def _ends(self, tag: str) -> None:
        if tag not in INLINE and self._block:
            self.found.append("".join(self._block))
            self._block = []

    def close(self) -> None:
        super().close()
        self._ends("html")


def values_of(value: object) -> Iterator[str]:
    """The texts of a document; a number that is none has no text in JSON and raises ValueError when it is read."""
    if isinstance(value, dict):
        for v in value.values():
            yield from values_of(v)
    elif isinstance(value, list):
        for v in value:
            yield from values_of(v)
    elif isinstance(value, str):
        yield value


def no_number(name: str) -> object:
    raise ValueError(name)


def texts_of(path: str, content: bytes) -> list[str]:
    text = content.decode("utf-8-sig")
    if path.endswith(".html"):
        words = Words()
        words.feed(text)
        words.close()
        return words.found
    if path.endswith(".json"):
        return list(values_of(json.loads(text, parse_constant=no_number)))
    if path.endswith(".jsonl"):
        return [v for line in text.splitlines() for v in values_of(json.loads(line, parse_constant=no_number))]
    return [text]


def printed(files: Mapping[str, bytes], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}: …{text[max(0, m.start() - 20) : m.end() + 20]}…"
        for path, content in files.items()
        if path.endswith(TEXT) and not path.startswith(OF_THE_PROGRAM)
        for text in texts_of(path, content)
        for m in pattern.finditer(text)
    ]


@pytest.fixture(scope="module", params=["golden", "demo"])
def site(request) -> Mapping[str, bytes]:
    if request.param == "demo":
        return demo_files()
    return {p.relative_to(GOLDEN).as_posix(): p.read_bytes() for p in GOLDEN.rglob("*") if p.is_file()}


def test_nothing_is_printed_as_a_value(site):
    assert printed(site, NOTHING) == []


def test_no_sentence_ends_twice_and_no_day_stands_twice(site):
    pages = {path: content for path, content in site.items() if path.endswith((".html", ".atom", ".ics"))}
    assert printed(pages, TWICE) == []


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.html", "<p>有效票None张</p>"),
        ("a.html", '<img alt="nan">'),
        ("a.html", "<p>满意率<b>undefined</b></p>"),
        ("a.json", '{"text": "有效票None张"}'),
        ("a.csv", "a,b\n1,nan\n"),
        ("a.jsonl", '{"a": 1}\n{"a": "None"}\n'),
    ],
)
def test_a_planted_value_is_found(path, content):
    assert len(printed({path: content.encode()}, NOTHING)) == 1


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="NaN"):
        printed({"a.json": b'{"rate": NaN}'}, NOTHING)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("已办。。", 1),
        ("2026年3月1日，2026年3月1日", 1),
        ("2026年3月1日至2026年3月2日", 0),
        ("已办。", 0),
        ("<b>已办。</b>。", 1),
        ("<b>已办。</b><p>。", 0),
        ("<script>a = undefined</script>", 0),
    ],
)
def test_what_stands_twice_is_found(text, count):
    assert len(printed({"a.html": f"<p>{text}</p>".encode()}, TWICE)) == count
