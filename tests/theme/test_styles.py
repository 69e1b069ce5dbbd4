"""Style sheets have no faults that a linter finds; what it would find is planted."""

from __future__ import annotations

from pathlib import Path

import pytest
from floor import BROWSERS, FEATURES, OLD, ROOT, SCRIPTS, STATIC, STYLES, TEMPLATES
from playwright.sync_api import Browser
from styles import Sheet, faults, words_of

KNOWN = OLD | {name for feature in FEATURES for name in feature.css}
UNITS = set(BROWSERS["old"]["units"])
FRAME = STATIC / "css" / "weimin.css"
ALONE = {"weimin.css", "embed.css", "poster.css"}
"""Sheets that are loaded without the one of the frame."""
UNCLOSED = ["1 blocks are opened and 2 are closed"]
PACKAGE = sorted((ROOT / "plugins" / "weimin").rglob("*.py"))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_has_no_faults(path: Path) -> None:
    frame = None if path.name in ALONE else Sheet(read(FRAME))
    words = words_of(map(read, [*TEMPLATES, *SCRIPTS, *PACKAGE]))
    assert faults(read(path), KNOWN, UNITS, frame, words) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a { color: red", ["1 blocks are opened and 0 are closed"]),
        ("a { color red; }", ["1: Stop token reached before {} block for a qualified rule."]),
        ("a { colour: red }", ["1: colour is not in theme/browsers.toml"]),
        ("a { color: var(--ink) }", ["1: --ink is set nowhere"]),
        ("a { --ink: red }", ["--ink is set and not used"]),
        ("a { color: red; color: blue }", ["1: color is set twice in one rule"]),
        ("a { color: red; b { color: blue } }", ["1: a qualified-rule inside a rule"]),
        ("a:hoover { color: red }", ["1: :hoover is not in theme/browsers.toml"]),
        ("a::slotted(b) { color: red }", ["1: ::slotted() is not in theme/browsers.toml"]),
        ("\na { height: 1dvh }", ["2: the unit dvh is not in theme/browsers.toml"]),
        ("a { color: light-dark(red, blue) }", ["1: light-dark() is not in theme/browsers.toml"]),
        ("@scope (a) { b { color: red } }", ["1: @scope is not in theme/browsers.toml"]),
        ("@media (hover: none) { a { color: red } }", ["1: @media hover is not in theme/browsers.toml"]),
        (".nowhere { color: red }", ["1: no page has the class nowhere"]),
        (".of-tally .k4 { color: red }", []),
        ("a { color: red; } }", [*UNCLOSED, "1: EOF reached before {} block for a qualified rule."]),
    ],
)
def test_a_planted_fault_is_found(text: str, expected: list[str]) -> None:
    found = faults(text, KNOWN, UNITS, None, {"of-", "k"})
    assert [line.rstrip() for line in found] == expected


@pytest.mark.browser
def test_a_browser_understands_every_declaration(browser: Browser) -> None:
    """A value that is not one of its property; the linter knows names only."""
    import tinycss2

    page = browser.new_page()
    ask = "pairs => pairs.filter(([name, value]) => !CSS.supports(name, value))"
    wrong = {}
    for path in STYLES:
        declared = Sheet(read(path)).declarations
        pairs = [(d.lower_name, tinycss2.serialize(d.value).strip()) for d in declared if d.lower_name != "size"]
        assert pairs
        wrong[path.name] = page.evaluate(ask, pairs)
    assert page.evaluate(ask, [("color", "rde")]) == [["color", "rde"]]
    page.close()
    assert {name: pairs for name, pairs in wrong.items() if pairs} == {}
