"""Lines from indentation equal those of PyYAML, for every field of every available record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from weimin.model.place import Place
from weimin.records.parse import line_finder, locate
from weimin.records.place import place_of
from weimin.records.yaml.lines import lines_of, nearest_line, positions_of
from weimin.records.yaml.read import Locator, read

ROOT = Path(__file__).resolve().parents[1] / "cases"


def pointers(value: Any, at: str = "") -> Iterator[str]:
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from pointers(inner, f"{at}/{key}")


def texts() -> Iterator[str]:
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in (".yml", ".md") and "content" in path.parts:
            text = path.read_text(encoding="utf-8")
            yield text.split("---\n")[1] if path.suffix == ".md" and text.startswith("---\n") else text


def same_lines(text: str) -> int:
    """How many fields were compared; none where the text is not tame."""
    lines, slow = lines_of(text, 3), Locator(text, 3)
    value, _ = read(text, "")
    if lines is None or value is None:
        return 0
    compared = [p for p in pointers(value) if p]
    for pointer in compared:
        assert nearest_line(lines, pointer, 3) == slow(pointer, key=True)[0], (pointer, text)
    return len(compared)


def test_the_lines_of_all_examples_are_those_of_pyyaml():
    found = [same_lines(text) for text in texts()]
    assert len(found) > 200
    assert sum(1 for n in found if n) > 200
    assert sum(found) > 2000


def test_the_values_of_all_examples_begin_where_pyyaml_says():
    compared = 0
    for text in texts():
        slow = Locator(text, 3)
        for pointer, spot in (positions_of(text, 3) or {}).items():
            assert (pointer, spot) == (pointer, slow(pointer))
            compared += 1
    assert compared > 2000


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb:\n  c: 2\n  d: 3\ne: 4\n",
        "a:\n- 1\n- 2\nb: 3\n",
        "a:\n  - 某\n  - 某某\nb:\n  - c: 1\n    d: 2\n  - c: 3\n    e:\n      f: 4\n",
        "a:\n- b: 1\n  c:\n  - d: 2\n    e: 3\n  - d: 4\nf: 5\n",
        "# 说明\na: {b: 1, c: 2}\n\nd: [1, 2]\n  # 又一句\ne: 3",
        "- a: 1\n  b: 2\n- a: 3\n",
        "a:\nb: 1\n",
    ],
)
def test_shapes(text):
    value, _ = read(text, "", listed=text.startswith("-"))
    lines, slow = lines_of(text), Locator(text)
    assert lines is not None
    assert {p: nearest_line(lines, p, 1) for p in pointers(value) if p} == {
        p: slow(p, key=True)[0] for p in pointers(value) if p
    }


def test_text_that_is_not_tame_is_read_by_pyyaml():
    text = "title: |\n  两行\n  文字\nsummary: >\n  a\ntheme: x\n"
    assert lines_of(text) is None
    place = place_of("content/pages/about.md")
    assert isinstance(place, Place)
    found = line_finder(place, f"---\n{text}---\n\n正文\n".encode())
    assert [found(p) for p in ("/title", "/summary", "/theme", "/body", "/none")] == [2, 5, 7, 10, 2]


def test_what_cannot_be_read_has_a_first_line():
    place = place_of("content/pages/about.md")
    assert isinstance(place, Place)
    assert line_finder(place, b"\xff\xfe")("/title") == 1
    assert locate(place, b"---\ntitle: x\n---\n\ny\n", "/body") == (5, 1)
    assert locate(place, b"---\ntitle: x\n---\n", "") == (1, 1)
