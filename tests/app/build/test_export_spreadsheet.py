"""The published CSV in real spreadsheet programs: what they show is what was published, and what they save can be imported."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import provision
from builders.demo import demo_repository
from weimin.app.build.export import export
from weimin.app.entry.import_tables import import_files
from weimin.demo import AS_OF
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.model.table import Column, Table
from weimin.opendata.encode import csv_head, csv_lines

pytestmark = pytest.mark.slow

# text of every sort that a program could take for something else
HARD = (
    "宿迁为民协商",
    "𠮷田㙍㵲䶮",
    "，。；：“”《》·—…",
    "=1+1",
    '=HYPERLINK("https://example.org","看")',
    "+8613800000000",
    "-5",
    "@SUM(A1)",
    "＝1+1",
    "\u3000=1+1",
    "321302001004",
    "321302001004/2026-001",
    "样政〔2026〕1号",
    '引号"和,逗号',
    "第一行\n第二行",
)


def quiet(what: str, more: int, total: int) -> None:
    """A tick that nobody hears."""


@pytest.fixture(scope="module")
def root() -> Path:
    return demo_repository()


@pytest.fixture(scope="module")
def tables(root, tmp_path_factory) -> Path:
    """Every published CSV file in one folder, as TABLE--YEAR.csv, and one of hard text."""
    out = tmp_path_factory.mktemp("csv")
    export(open_register(root, root), Options(as_of=AS_OF), out / "data", "csv", quiet)
    flat = out / "flat"
    flat.mkdir()
    for file in (out / "data").rglob("*.csv"):
        shutil.copy(file, flat / f"{file.parent.name}--{file.name}")
    made = Table(name="hard", title="", description="", columns=(Column(name="text", type="string", title="文字"),))
    (flat / "hard--x.csv").write_bytes(csv_head(made) + csv_lines([[text] for text in HARD]))
    assert len(list(flat.iterdir())) > 80
    return flat


def gnumeric(tables: Path, folder: Path) -> Iterator[Path]:
    """One workbook of all. It takes # for the separator of a file whose lines end in #days, and is not asked for that one."""
    files = [f for f in sorted(tables.iterdir()) if not f.name.startswith("rule-parameters--")]
    command = [provision.executable(provision.GNUMERIC), "--import-type=Gnumeric_stf:stf_csvtab"]
    run([*command, f"--merge-to={folder / 'all.xlsx'}", *files], folder)
    yield folder / "all.xlsx"


def libreoffice(tables: Path, folder: Path) -> Iterator[Path]:
    """A workbook of each; its profile lies in the folder, so that nobody's own is touched."""
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    how = [
        "--headless",
        own,
        "--infilter=CSV:44,34,76,1,,0,false,true",
        "--convert-to",
        "xlsx",
        "--outdir",
        folder / "out",
    ]
    run([provision.executable(provision.LIBREOFFICE), *how, *sorted(tables.iterdir())], folder)
    yield from sorted((folder / "out").glob("*.xlsx"))


def run(command: list[Any], folder: Path) -> None:
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]


def sheets(books: list[Path]) -> dict[str, list[list[Any]]]:
    """The cells of every sheet by the name of its file."""
    found = {}
    for path in books:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles that openpyxl does not know
            book = load_workbook(path)
        for page in book.worksheets:
            name = path.stem if len(book.worksheets) == 1 else page.title.removesuffix(".csv")  # titles are cut at 31
            found[name] = [list(row) for row in page.iter_rows()]
    return found


def says(cell: Any, text: str) -> bool:
    """The cell shows what stands in the file: as text, or as the number, date or truth that the text is."""
    value = cell.value
    if cell.data_type == "f":
        return False
    if value is None:
        return text == ""
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, datetime):
        return text in (f"{value:%Y-%m-%d}", f"{value:%Y-%m}")
    if isinstance(value, int | float):
        return text == str(value) or ("." in text and isclose(float(text), value, rel_tol=1e-14))  # they keep 15 digits
    return value in (text, text.removeprefix("'"))  # an apostrophe may be taken for what it says: this is text


@pytest.mark.parametrize(
    "program",
    [pytest.param(gnumeric, marks=pytest.mark.spreadsheet), pytest.param(libreoffice, marks=pytest.mark.office)],
)
def test_every_cell_is_what_was_published_and_can_be_given_back(root, tables, tmp_path, program: Callable[..., Any]):
    books = list(program(tables, tmp_path))
    found, cells, texts = sheets(books), 0, 0
    left_out = {f.stem for f in tables.iterdir()} - set(found)
    assert left_out <= {"rule-parameters--undated"}
    for name, rows in found.items():
        text = (tables / f"{name}.csv").read_text("utf-8-sig")
        for line, (row, published) in enumerate(zip(rows, csv.reader(io.StringIO(text, newline="")), strict=True), 1):
            for cell, value in zip(row, published, strict=True):
                assert says(cell, value), (name, line, cell.coordinate, cell.value, value)
                cells += 1
                texts += isinstance(cell.value, str)
    assert cells > 50_000
    assert texts > 15_000
    assert [str(row[0].value).removeprefix("'") for row in found["hard--x"][1:]] == list(HARD)
    done = import_files(Register(root), [str(book) for book in books if book.stem != "hard--x"], dry=True)
    assert [fault for fault in done.faults if fault.sheet != "hard--x.csv"] == []
    assert done.files == ()
    assert done.rows > 2500
