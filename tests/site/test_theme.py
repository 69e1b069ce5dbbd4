"""The style sheets and scripts keep to their budgets, and every colour stands out in each of its four sets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from theme_colours import CSS, ENOUGH, SETS, colours, contrast, pairs, row

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "theme"
STATIC = THEME / "static"
PAGES = sorted((THEME / "templates").rglob("*.html"))
LINKED = re.compile(r"context\.urls\.asset\('((?:css|js)/[\w/-]+\.(?:css|js))'\)")
DOING = {"search.html", "submit.html"}
"""Pages that are there to do something with, not to be read: their scripts have budgets of their own."""


def linked(page: Path, kind: str) -> set[str]:
    """The style sheets or scripts (`css`, `js`) that a page in the frame loads."""
    own = page.read_text(encoding="utf-8")
    if 'extends "base.html"' not in own:
        return set()
    base = (THEME / "templates" / "base.html").read_text(encoding="utf-8")
    return {name for name in LINKED.findall(base + own) if name.startswith(kind)}


def size(names: set[str]) -> int:
    return sum((STATIC / name).stat().st_size for name in names)


def test_every_set_has_every_colour():
    found = colours()
    assert len(found["light"]) > 15
    assert len({frozenset(found[name]) for name in SETS}) == 1


@pytest.mark.parametrize("which", SETS)
@pytest.mark.parametrize(("name", "ground", "why"), pairs())
def test_colours_stand_out(which: str, name: str, ground: str, why: str):
    """Text 4.5 (7 in 关怀版), edges of controls and the ring of the focus 3: WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11."""
    found = colours()[which]
    enough = 3.0 if why == "edge" else ENOUGH[which]
    assert contrast(found[name], found[ground]) >= enough, (found[name], found[ground])


def test_the_figures_in_the_documentation_are_these():
    told = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    rows = [line for line in told.splitlines() if line.startswith("| `") and " on `" in line]
    assert len(rows) > 10
    for line in rows:
        name, ground = re.findall(r"`([\w-]+)`", line)
        assert line == row(name, ground)


def test_a_faint_colour_is_found():
    assert round(contrast("#777", "#fff"), 2) == 4.48
    assert contrast("#000", "#fff") == pytest.approx(21)


def test_styles_keep_to_their_budget():
    found = {page.name: size(linked(page, "css")) for page in PAGES if page.name != "styleguide.html"}
    assert found["home.html"] > 0
    assert {name: n for name, n in found.items() if n >= 30 * 1024} == {}


def test_scripts_keep_to_their_budget():
    found = {page.name: size(linked(page, "js")) for page in PAGES if page.name not in DOING}
    assert found["home.html"] > 0
    assert {name: n for name, n in found.items() if n >= 20 * 1024} == {}
    assert size({"js/early.js"}) < 1024


def test_layers_are_named_in_one_place_and_all_are_used():
    """A sheet of a part names a layer of the first one, so that its place does not hang on the order of loading."""
    named = re.search(r"@layer ([\w, ]+);", CSS.read_text(encoding="utf-8"))
    assert named is not None
    order = named[1].split(", ")
    sheets = set().union(*(linked(page, "css") for page in PAGES))
    assert "css/weimin.css" in sheets
    for name in sheets:
        text = (STATIC / name).read_text(encoding="utf-8")
        assert set(re.findall(r"@layer (\w+) \{", text)) <= set(order), name
    assert set(re.findall(r"@layer (\w+) \{", CSS.read_text(encoding="utf-8"))) == set(order)


def test_the_first_sheet_is_the_frames():
    """What loads first fixes the order of the layers."""
    base = (THEME / "templates" / "base.html").read_text(encoding="utf-8")
    assert base.index("css/weimin.css") < base.index("{% block head %}")


def test_only_one_script_stands_in_the_way_of_the_first_paint_and_none_of_the_reading():
    base = (THEME / "templates" / "base.html").read_text(encoding="utf-8")
    assert [s for s in re.findall(r"<script [^>]+>", base) if 'type="module"' not in s and "ld+json" not in s] == [
        '<script src="{{ context.urls.asset(\'js/early.js\') }}" async blocking="render">'
    ]


def test_no_style_asks_for_another_file():
    for path in sorted((STATIC / "css").glob("*.css")):
        assert not re.search(r"@import|url\(|@font-face", path.read_text(encoding="utf-8")), path.name
