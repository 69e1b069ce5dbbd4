"""One floor of browsers: what the theme uses is in it or can be missed, and the documentation says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from floor import (
    BROWSERS,
    FEATURES,
    FLOOR,
    NEWER,
    OLD,
    ROOT,
    SCRIPTS,
    STYLES,
    TEMPLATES,
    code_of,
    is_above,
    matching,
    newer_in,
    row,
)
from styles import Sheet

DOCUMENT = ROOT / "docs" / "browsers.md"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_everything_that_is_listed_is_used():
    used = {used.name for path in STYLES for used in Sheet(read(path)).names}
    used |= {used.name for path in STYLES for used in Sheet(read(path)).units}
    listed = [*OLD, *(name for feature in FEATURES for name in feature.css)]
    assert len(listed) == len(set(listed))
    assert [name for name in listed if name not in used] == []
    for feature in FEATURES:
        found = matching(feature.script, map(code_of, map(read, SCRIPTS))) + matching(
            feature.html, map(read, TEMPLATES)
        )
        assert found == [*feature.script, *feature.html], feature.name


def test_what_the_floor_lacks_can_be_missed():
    """A feature without such a sentence would be broken in a browser that the site promises to."""
    assert [f.name for f in FEATURES if is_above(f.versions) and not f.without] == []
    assert [f.name for f in FEATURES if f.without and not is_above(f.versions)] == []
    assert sum(map(is_above, (f.versions for f in FEATURES))) >= 10


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_uses_nothing_that_the_floor_lacks(path: Path) -> None:
    assert newer_in(read(path)) == []


@pytest.mark.parametrize(
    "line",
    [
        "x.findLast(f);",
        "Object.groupBy(a, f);",
        "a.toSorted()",
        "/(?<=a)b/.test(c)",
        "class A { static { f(); } }",
        "a.union(b)",
    ],
)
def test_newer_script_is_found(line: str) -> None:
    assert newer_in(f"f(); // {line}\n/* {line} */") == []
    assert newer_in(f"f();\n{line}") == [line]
    assert newer_in(line, floor=("200", "99", "200")) == []


def test_every_row_of_newer_is_above_the_floor():
    assert [pattern for pattern, versions in NEWER.items() if not is_above(versions)] == []


def test_the_documentation_states_this_floor_and_these_features():
    text = read(DOCUMENT)
    chromium, safari, firefox = FLOOR
    assert f"**Chromium {chromium}, Safari {safari}, Firefox {firefox}**" in text
    assert BROWSERS.keys() == {"floor", "old", "feature", "newer"}
    rows = [line for line in text.splitlines() if re.match(r"\| .* \| (-|[\d.]+) \| (-|[\d.]+) \| (-|[\d.]+) \|", line)]
    assert rows == [row(feature) for feature in FEATURES]


def test_versions_are_compared_as_numbers():
    assert is_above(("100", "15.4", "97"))
    assert is_above(("99", "15.10", "97"))
    assert is_above(("99", "15.4", "-"))
    assert not is_above(("99", "15.4", "97"))
    assert not is_above(("9", "15", "96"))
