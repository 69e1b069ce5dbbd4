"""Scripts: what each imports and exports, what pages load of them, and that the linter of the suite finds faults."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from floor import CLASSIC, ROOT, SCRIPTS, STATIC, TEMPLATES

import suite

JS = STATIC / "js"
SCRIPT = re.compile(r"<script src=\"\{\{ shell\.urls\.asset\('js/([\w/-]+\.js)'\) \}\}\" ([^>]+)></script>")
PRELOAD = re.compile(r"<link rel=\"modulepreload\" href=\"\{\{ shell\.urls\.asset\('js/([\w/-]+\.js)'\) \}\}\">")
IMPORT = re.compile(r'^import \{[^}]*\} from "([^"]+)";$', re.M)
EXPORT = re.compile(r"^export (?:async )?(?:const|function) (\w+)", re.M)
BASE = (ROOT / "theme" / "templates" / "base.html").read_text(encoding="utf-8")


def imported(name: str) -> set[str]:
    """Every module that a module imports, directly or not."""
    found: set[str] = set()
    left = [name]
    while left:
        path = JS / left.pop()
        for target in IMPORT.findall(path.read_text(encoding="utf-8")):
            other = Path(os.path.normpath(path.parent / target)).relative_to(JS).as_posix()
            if other not in found:
                found.add(other)
                left.append(other)
    return found


def pages() -> dict[str, str]:
    """The templates of pages by their names, each with the frame."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES}
    return {name: BASE + own for name, own in texts.items() if 'extends "base.html"' in own}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(JS).as_posix())
def test_a_script_begins_with_what_it_does_and_exports(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = re.match(r"/\* (.+?) \*/", text, re.S)
    assert head is not None
    if path.name in CLASSIC:
        assert "classic script" in head[1]
        assert not re.search(r"^(import|export)\b", text, re.M)
        return
    told = re.search(r"Exports(?: (nothing)|: ([\w, ]+))\.", head[1])
    assert told is not None
    assert sorted(told[2].split(", ") if told[2] else []) == sorted(EXPORT.findall(text))
    assert len(re.findall(r"^import\b", text, re.M)) == len(IMPORT.findall(text))
    assert len(re.findall(r"^export\b", text, re.M)) == len(EXPORT.findall(text))
    assert not re.search(r"\bimport\(", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(JS).as_posix())
def test_every_script_that_is_imported_exists(path: Path) -> None:
    name = path.relative_to(JS).as_posix()
    assert [other for other in sorted(imported(name)) if not (JS / other).is_file()] == []


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_page_preloads_what_its_modules_import_and_nothing_else(name: str) -> None:
    """Otherwise a browser learns of a module when the one that imports it has come."""
    text = pages()[name]
    loaded = dict(SCRIPT.findall(text))
    assert {script for script, how in loaded.items() if how == 'type="module"'} == set(loaded) - CLASSIC
    entries = set(loaded) - CLASSIC
    assert {"site.js", "claims.js"} <= entries
    assert set(PRELOAD.findall(text)) == set().union(*map(imported, entries)) - entries


def test_every_script_is_on_a_page():
    everywhere = [path.read_text(encoding="utf-8") for path in TEMPLATES]
    named = {name for text in everywhere for name in (*dict(SCRIPT.findall(text)), *PRELOAD.findall(text))}
    assert named == {path.relative_to(JS).as_posix() for path in SCRIPTS}


def test_scripts_that_other_sites_load_are_no_modules():
    """Their pages have `<script src>` with the address that /embedding/ gives."""
    assert {"embed.js", "embed-card.js"} <= CLASSIC
    assert all((JS / name).is_file() for name in CLASSIC)


def lint(folder: Path) -> list[str]:
    """What the suite's linter says of the scripts in a folder: the rules that are broken, or the fault of syntax."""
    module, *options = next(options for _, options in suite.CHECKS if options[0] == "oxlint")
    program = suite.command(module)
    assert options[-1] == "theme/static/js"
    ran = subprocess.run(
        [*program, *options[:-1], "--format=json", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = json.loads(ran.stdout)["diagnostics"]
    assert bool(found) == bool(ran.returncode)
    return sorted({fault.get("code") or fault["message"] for fault in found})


def test_the_scripts_have_no_faults():
    assert lint(JS) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("export const a = nowhere;", "eslint(no-undef)"),
        ("export const a = require('b');", "eslint(no-undef)"),
        ("const a = 1;", "eslint(no-unused-vars)"),
        ("export const f = (a) => 1;", "eslint(no-unused-vars)"),
        ('import { nothing } from "./dom.js";\nnothing();', "import(named)"),
        ("export const f = (a => ;", "Unexpected token"),
        ("export const f = (a) => a == 1;", "eslint(eqeqeq)"),
        ("export var a = 1;", "eslint(no-var)"),
        ("eval('1');", "eslint(no-eval)"),
        ("export const f = (a) => { return a; a(); };", "eslint(no-unreachable)"),
        ("export default 1;", "import(no-default-export)"),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, line: str, fault: str) -> None:
    shutil.copy(JS / "dom.js", tmp_path)
    (tmp_path / "planted.js").write_text(f"{line}\n", encoding="utf-8")
    assert fault in lint(tmp_path)


def test_the_linter_is_that_of_this_environment():
    program = suite.command("oxlint")
    assert Path(program[0]).parent == Path(sys.executable).parent
    assert suite.command("ruff") == [sys.executable, "-m", "ruff"]
