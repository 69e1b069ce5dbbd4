"""Modules stay small, are named for what they hold, and say one word for one thing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from house import PACKAGE, ROOT, modules

LONGEST = 300
# module of the package -> why it may be longer; a row that is no longer needed fails
LONG_FOR_A_REASON: dict[str, str] = {}

NAMELESS = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools", "lib", "stuff"})

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
NOT_USED = r"\*(\w+)\*(?: \(for an? (\w+)\))?"
# what a function gives back is its result too
UNCHECKED = {"result"}
# names that are allowed with such a word; a row that is no longer needed fails
MEANT_OTHERWISE: dict[str, str] = {}

# names that carry no meaning, or the reader's word order in another language
BANNED_WHOLE = {"result_obj": "result", "data_dict": "data", "tmp": "a name", "foo": "a name", "obj": "a name"}


def banned(glossary: str) -> dict[str, str]:
    """The words that the glossary's line "Not used" rules out, each with what it stands in the way of."""
    line = next(line for line in glossary.splitlines() if line.startswith("Not used:"))
    found = {word: instead or "the word of the glossary" for word, instead in re.findall(NOT_USED, line)}
    return {word: instead for word, instead in found.items() if word not in UNCHECKED}


def long_modules(package: Path) -> dict[str, int]:
    lengths = {
        path.relative_to(package).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sorted(package.rglob("*.py"))
    }
    return {place: length for place, length in lengths.items() if length > LONGEST}


BANNED = banned(GLOSSARY)


def test_modules_are_short_or_have_a_reason():
    assert modules()
    found = long_modules(PACKAGE)
    assert {place: lines for place, lines in found.items() if place not in LONG_FOR_A_REASON} == {}
    assert [place for place in LONG_FOR_A_REASON if place not in found] == []
    assert all(LONG_FOR_A_REASON.values())


def test_a_long_module_is_found(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n" * LONGEST, encoding="utf-8")
    (tmp_path / "b.py").write_text("x = 1\n" * (LONGEST + 1), encoding="utf-8")
    assert long_modules(tmp_path) == {"b.py": LONGEST + 1}


def nameless(root: Path) -> list[str]:
    """Folders and modules whose name says nothing about what is in them."""
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*"))
        if (path.suffix == ".py" or path.is_dir()) and path.stem.strip("_") in NAMELESS
    ]


@pytest.mark.parametrize("folder", ["plugins/weimin", "scripts", "tests"])
def test_every_module_has_a_name(folder):
    assert (ROOT / folder).is_dir()
    assert nameless(ROOT / folder) == []


def test_a_nameless_module_is_found(tmp_path):
    (tmp_path / "misc").mkdir()
    (tmp_path / "_utils.py").touch()
    (tmp_path / "commons.py").touch()
    assert nameless(tmp_path) == ["_utils.py", "misc"]


def identifiers(tree: ast.AST) -> set[tuple[str, int]]:
    """Every name that the author chose, with its line: what is defined, assigned, or an argument or a keyword."""
    found = set()
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add((node.name, line))
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add((node.id if isinstance(node, ast.Name) else node.attr, line))
        elif isinstance(node, ast.arg):
            found.add((node.arg, line))
    return found


def words(identifier: str) -> list[str]:
    """`openCases` and `open_cases` are `open`, `case`; a plural counts as its word."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)
    return [part.lower() for part in parts] + [part.lower().removesuffix("s") for part in parts]


def banned_names(tree: ast.AST) -> list[str]:
    wrong = set()
    for identifier, line in identifiers(tree):
        better = BANNED_WHOLE.get(identifier) or next(
            (BANNED[word] for word in words(identifier) if word in BANNED), None
        )
        if better:
            wrong.add(f"{line}: {identifier}, say {better}")
    return sorted(wrong)


def test_the_glossary_rules_out_some_words():
    assert BANNED["case"] == "dossier"
    assert "proposal" in BANNED
    assert len(BANNED) >= 4


def test_one_word_for_one_thing():
    found = modules()
    assert sum(len(identifiers(module.tree)) for module in found) > 500
    wrong = [f"{module.place}:{name}" for module in found for name in banned_names(module.tree)]
    meant = {name for name in MEANT_OTHERWISE for place in wrong if f" {name}, say" in place}
    assert [place for place in wrong if not any(f" {name}, say" in place for name in meant)] == []
    assert meant == set(MEANT_OTHERWISE)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class ProposalPage: ...", ["1: ProposalPage, say the word of the glossary"]),
        ("def f(open_cases): ...", ["1: open_cases, say dossier"]),
        ("self.result_obj = 1", ["1: result_obj, say result"]),
        ("x = text.casefold()\nmatch x:\n    case 1: ...", []),
        ("in_case_of, encased = 1, 2", ["1: in_case_of, say dossier"]),
    ],
)
def test_a_banned_word_is_found(source, expected):
    assert banned_names(ast.parse(source)) == expected
