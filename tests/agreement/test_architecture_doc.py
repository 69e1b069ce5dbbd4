"""docs/architecture.md and docs/glossary.md name what exists: the table of rooms, the twelve steps, every path and function."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "plugins" / "weimin"
sys.path.insert(0, str(ROOT / "tests" / "architecture"))

from house import MAY_IMPORT  # noqa: E402  # the table of rooms is data of the architecture tests

TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
PATH = re.compile(r"`([\w./-]+(?:\.py|/))`")
NAMED = re.compile(r"`([\w./-]+\.py)`\s\(`([\w.]+)`\)")
STEP = re.compile(r"^(\d+)\. (.+?)(?=^\d+\. |\Z)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


def section(heading: str) -> str:
    """The text between a heading and the next one."""
    _, _, rest = TEXT.partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0]


def resolved(path: str) -> Path:
    """A path of the page: from the package on, or from the root of the repository."""
    inside = PACKAGE / path
    return inside if inside.exists() else ROOT / path


def names_of(module: Path) -> set[str]:
    """What a module defines at its top, and the methods of its classes as `Class.method`."""
    found: set[str] = set()
    for node in ast.parse(module.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def rooms() -> dict[str, frozenset[str]]:
    """The table of rooms: room → the rooms that it may import."""
    table = section("Rooms").partition("<!-- rooms -->")[2].partition("<!-- end -->")[0]
    rows = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    return {re.findall(r"`(\w+)`", cells[0])[0]: frozenset(re.findall(r"`(\w+)`", cells[-1])) for cells in rows}


def test_the_table_of_rooms_is_the_one_that_the_tests_enforce():
    assert rooms() == MAY_IMPORT


def test_every_path_exists():
    paths = set(PATH.findall(TEXT + GLOSSARY))
    assert len(paths) > 100
    assert sorted(path for path in paths if not resolved(path).exists()) == []


def test_links_lead_to_files():
    links = LINK.findall(TEXT)
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


@pytest.mark.parametrize(("module", "name"), NAMED.findall(TEXT + GLOSSARY))
def test_a_module_defines_what_the_page_says(module, name):
    assert name in names_of(resolved(module))


def test_a_build_has_twelve_steps_that_name_each_module_once():
    steps = STEP.findall(section("A build in twelve steps"))
    assert [number for number, _ in steps] == [str(n) for n in range(1, 13)]
    named = Counter(module for _, text in steps for module in PATH.findall(text))
    assert len(named) > 40
    assert [module for module, times in named.items() if times > 1] == []
    assert all(NAMED.search(text) for _, text in steps)
    assert set(named) == {module for _, text in steps for module, _ in NAMED.findall(text)}


def test_the_glossary_has_one_row_for_each_word_of_the_program():
    table = GLOSSARY.partition("## Words of the program")[2]
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ") and "`" in line]
    terms = [row[1] for row in rows]
    assert len(terms) >= 60
    assert len(set(terms)) == len(terms)
    assert all(len(row) == 4 for row in rows)
