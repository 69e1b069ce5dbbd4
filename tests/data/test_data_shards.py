"""Open data files: one file for a year, or one for each month if the year's file would be too large to write again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from weimin.adapters.store import Store
from weimin.app.build import open_data_files as module
from weimin.app.build.open_data_files import OpenDataFiles
from weimin.engine.tables import TABLES
from weimin.model.period import Period, parse_period
from weimin.model.table import Column, Table
from weimin.opendata.encode import encode_rows
from weimin.opendata.package import DataFile
from weimin.opendata.rows import DataRow, part_of

TWO = Table(
    name="two",
    title="两列",
    description="",
    columns=(
        Column(name="text", type="string", title="文字"),
        Column(name="count", type="integer", title="数量"),
    ),
)
TABLE = {"two": TWO}


class Written:
    """The open data files of a site after builds with one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.nodes: dict[str, dict[str, bytes]] = {}
        self.listed: list[DataFile] = []

    def build(self, folders: Mapping[str, list[tuple[str, str, int]]]) -> set[str]:
        """`folders`: rows of (part, text, count). The paths that were written or taken away."""
        shards = OpenDataFiles(self._store, TABLE)
        for folder, rows in folders.items():
            shards.put(folder, encode_rows([DataRow("two", part, (text, n)) for part, text, n in rows], TABLE))
        before = self.files
        for node, files in shards.files():
            self.nodes[node] = dict(files)
        self.listed = shards.listed()
        return {p for p in before.keys() | self.files.keys() if before.get(p) != self.files.get(p)}

    @property
    def files(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for files in self.nodes.values():
            assert not found.keys() & files.keys(), "two nodes write one file"
            found |= files
        return found

    def counts(self, part: str) -> list[int]:
        return [json.loads(line)["count"] for line in self.files[f"data/two/{part}.jsonl"].splitlines()]


@pytest.fixture
def written(tmp_path, monkeypatch) -> Iterator[Written]:
    monkeypatch.setattr(module, "LARGEST_YEAR", 1000)
    store = Store(tmp_path / "store.sqlite", "made", TABLES)
    yield Written(store)
    store.close()


def test_a_file_contains_the_rows_of_its_year_in_order_of_units(tmp_path):
    store = Store(tmp_path / "store.sqlite", "made", TABLES)
    written = Written(store)
    text = "长" * 50_000
    written.build({f"dossier {n}": [(year, f"{n}{text}", n) for year in ("2026", "2025")] for n in (3, 0, 4, 1, 2)})
    assert list(written.files) == [f"data/two/{year}.{form}" for year in ("2025", "2026") for form in ("csv", "jsonl")]
    assert [written.counts(year) for year in ("2025", "2026")] == [[0, 1, 2, 3, 4]] * 2
    assert [(f.path, f.rows, f.size) for f in written.listed] == [
        (path.removeprefix("data/"), 5, len(data)) for path, data in written.files.items()
    ]
    store.close()


LONG = "长" * 120  # some 360 bytes


def test_the_rows_of_a_year_are_in_order_of_months_and_units(written):
    written.build({"b": [("2026-02", "", 3), ("2026", "", 1)], "a": [("2026-02", "", 2), ("2025-12", "", 0)]})
    assert sorted(written.files) == [f"data/two/{year}.{form}" for year in (2025, 2026) for form in ("csv", "jsonl")]
    assert written.counts("2026") == [1, 2, 3]
    assert written.counts("2025") == [0]


def test_a_year_too_large_for_one_file_is_divided_and_joined_again(written):
    small = {"a": [("2026-01", LONG, 1), ("2026", "", 0)], "b": [("2026-03", LONG, 3)]}
    written.build(small)
    one = written.files
    assert {f.part for f in written.listed} == {"2026"}
    written.build({"c": [("2026-03", LONG, 4)]})
    assert {f.part for f in written.listed} == {"2026-00", "2026-01", "2026-03"}
    assert [written.counts(part) for part in ("2026-00", "2026-01", "2026-03")] == [[0], [1], [3, 4]]
    assert [(f.path, f.size) for f in written.listed] == [
        (path.removeprefix("data/"), len(data)) for path, data in sorted(written.files.items())
    ]
    written.build({"c": []})
    assert written.files == one


def test_in_a_divided_year_only_the_file_of_a_changed_month_is_written(written):
    written.build({f"folder {n}": [(f"2026-{n:02d}", LONG, n)] for n in range(1, 10)})
    assert written.build({"folder 3": [("2026-03", LONG, 33)]}) == {"data/two/2026-03.csv", "data/two/2026-03.jsonl"}
    assert written.build({"folder 4": [("2026-05", LONG, 4)]}) == {
        f"data/two/2026-{month}.{form}" for month in ("04", "05") for form in ("csv", "jsonl")
    }
    assert written.counts("2026-05") == [4, 5]
    assert "2026-04" not in {f.part for f in written.listed}


def test_incremental_files_equal_those_of_a_clean_build(written, tmp_path):
    folders = {f"folder {n}": [(f"2026-{n:02d}", LONG, n), ("undated", "", n)] for n in range(1, 6)}
    for n in range(1, 6):
        written.build({f"folder {n}": folders[f"folder {n}"]})
    store = Store(tmp_path / "other.sqlite", "made", TABLES)
    clean = Written(store)
    clean.build(folders)
    assert (written.files, written.listed) == (clean.files, clean.listed)
    store.close()


def test_rows_without_a_year_are_never_divided(written):
    written.build({f"folder {n}": [("undated", LONG, n)] for n in range(6)})
    assert {f.part for f in written.listed} == {"undated"}
    written.build({"folder 1": [("undated", LONG, 11)]})
    assert written.counts("undated") == [0, 11, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("on", "part"),
    [
        ("2026-05-20", "2026-05"),
        ("2026-05", "2026-05"),
        ("2026-Q2", "2026"),
        ("2026", "2026"),
        ("by-2026-05-20", "2026"),  # may have been in April
        ("XXXX-05-20", ""),
    ],
)
def test_a_row_is_in_the_month_of_its_date_if_that_is_known(on, part):
    assert part_of(parse_period(on, in_name=True)) == part


def test_days_around_a_new_year_are_in_no_month():
    assert part_of(Period("2025-12-31/2026-01-01", date(2025, 12, 31), date(2026, 1, 1))) == "2026"
