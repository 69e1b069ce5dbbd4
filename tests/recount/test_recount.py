"""The figures of the demo's site, counted again from its raw records with nothing of the program."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import artefacts
from builders.demo import content_folder, demo_folder, demo_repository
from recount import NOT_RECOUNTED, Recount, compare, main
from weimin.bench.repository import make_register
from weimin.model.figures import FIGURES

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def recount() -> Recount:
    return Recount(demo_repository(), demo_folder())


def test_the_recount_imports_nothing_of_the_program():
    allowed = {"raw_tables", "duckdb", "yaml"}
    for module in ("recount.py", "raw_tables.py"):
        tree = ast.parse((HERE / module).read_text(encoding="utf-8"))
        names = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        ours = {name for name in names if name.partition(".")[0] in ("weimin", "builders", "artefacts")}
        assert ours == set(), module
        assert allowed & names, module


def test_every_figure_of_the_demo_is_the_one_of_the_raw_records(recount):
    found = compare(recount, demo_folder())
    assert found.different == []
    assert sum(found.equal.values()) > 8000
    named = {part for name in found.equal for part in name.split("+")}
    counted = {name for name, f in FIGURES.items() if not f.uncounted} - NOT_RECOUNTED.keys()
    assert counted - named == set(), "a figure that the demo shows nowhere, or that is not counted again"


def test_every_figure_of_the_records_of_this_repository_is_the_one_of_the_raw_records():
    found = compare(Recount(artefacts.ROOT, content_folder()), content_folder())
    assert found.different == []
    assert sum(found.equal.values()) > 2000


def test_what_is_left_out_has_a_reason(recount):
    found = compare(recount, demo_folder())
    assert found.left_out.keys() <= NOT_RECOUNTED.keys()


@pytest.mark.parametrize("path", ["reports/2026/index.html", "reports/2026/index.json", "index.html", "index.json"])
def test_a_figure_that_was_changed_is_named(recount, tmp_path, path):
    site = artefacts.copy(demo_folder(), tmp_path / "site")
    page = site / path
    text = page.read_text(encoding="utf-8")
    shown = recount.figure("有效票", "?在=2026" if path.startswith("reports") else "")
    assert shown is not None
    assert shown in text
    page.write_text(text.replace(shown, f"{shown}7"), encoding="utf-8")
    found = compare(recount, site)
    assert found.different
    assert all(line.startswith(path) for line in found.different)


def test_the_command_says_how_many(capsys):
    assert main(str(demo_repository()), str(demo_folder())) == 0
    assert "are equal, 0 are different" in capsys.readouterr().out


@pytest.mark.slow
def test_every_figure_of_a_made_register_is_the_one_of_its_raw_records(tmp_path, share, weimin):
    """10,000 records with `--long`."""
    records = share(400, 10_000, "records")
    register, site = tmp_path / "register", tmp_path / "site"
    make_register(register, records)
    built = weimin("build", "--root", str(register), "--as-of", "2026-11-22", "--no-pictures", "--output", str(site))
    assert built.code == 0, built.stdout[-2000:]
    found = compare(Recount(register, site), site)
    assert found.different == []
    assert sum(found.equal.values()) > records
