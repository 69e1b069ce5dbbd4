"""docs/cases.md: every fact of every real case has a place in the records, or a reason why it has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from content_files import ROOT, read

from weimin.cli.exit_codes import OK
from weimin.cli.main import main

TABLE = ROOT / "docs" / "cases.md"
CASES = yaml.load((ROOT / "tests/fixtures/real-cases.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
PRINTED = yaml.load((ROOT / "tests/fixtures/printed-cases.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def printed_facts(case: Mapping[str, Any]) -> dict[str, str]:
    """The facts of a case of `printed-cases.yml` by name; one of a group has the group's name before it."""
    facts = {"area": case["area"], "source": case["sources"], "gap": case["gap"]}
    for name, value in case["facts"].items():
        facts |= {f"{name}.{part}": v for part, v in value.items()} if isinstance(value, dict) else {name: value}
    return facts


ALL: dict[str, Mapping[str, Any]] = {case["id"]: case for group in ("core", "contrast") for case in CASES[group]}
ALL |= {case["id"]: {"id": case["id"], **printed_facts(case)} for case in PRINTED}

_TARGET = re.compile(r"`([^`#]+\.(?:md|yml))#(/[^`]*)`")
_WORDS = re.compile(r"「([^」]+)」")


class Row(NamedTuple):
    case: str
    fields: tuple[str, ...]
    fact: str
    targets: tuple[tuple[str, str], ...]
    where: str


def rows() -> list[Row]:
    return list(_rows(TABLE.read_text(encoding="utf-8").split("\n## ")[1:]))


def _rows(sections: list[str]) -> Iterator[Row]:
    for section in sections:
        case = section.split("\n", 1)[0].strip()
        if case not in ALL:
            continue  # a heading between the cases
        folder = re.search(r"^Folder: `([^`]+)`$", section, re.MULTILINE)
        for line in section.split("\n"):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            if not line.startswith("| ") or cells[0] == "field":
                continue
            assert len(cells) == 3, line
            found = (
                tuple((f"{folder[1]}{file}", pointer) for file, pointer in _TARGET.findall(cells[2])) if folder else ()
            )
            yield Row(case, tuple(re.split(r", ?", cells[0])), cells[1], found, cells[2])


def value(path: str, pointer: str) -> Any:
    """The value of a target in the table. Raises KeyError or IndexError if there is none."""
    head, _, tail = path.partition("content/")
    record = read(ROOT / head if head else ROOT, f"content/{tail}")
    if pointer == "/body" and record.place.path.endswith(".md"):
        return record.body
    if pointer == "/code":
        return record.place.platform
    if pointer == "/date" and record.place.on is not None:
        return record.place.on.text
    found = record.raw
    for key in pointer.removeprefix("/").split("/"):
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found


def test_every_field_of_every_case_is_in_the_table() -> None:
    assert len(ALL) == 15 + 6
    fields_by_case: dict[str, list[str]] = {}
    for row in rows():
        fields_by_case.setdefault(row.case, []).extend(row.fields)
    assert set(fields_by_case) == set(ALL)
    for case, facts in ALL.items():
        assert sorted(fields_by_case[case]) == sorted(set(facts) - {"id"}), case


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.case}-{row.fields[0]}")
def test_fact_is_where_the_table_says(row: Row) -> None:
    assert row.targets or row.where.strip("—")
    values = [value(*target) for target in row.targets]
    assert all(found not in (None, "", [], {}) for found in values)
    values_text = "\n".join(str(found) for found in values)
    for words in _WORDS.findall(row.fact):
        assert words in values_text, f"「{words}」 is not in {[path for path, _ in row.targets]}"


def test_words_of_the_table_are_the_words_of_the_report() -> None:
    """The topic of each case is its title's source: what the table quotes there is in the case."""
    quoted = [(row, words) for row in rows() if "topic" in row.fields for words in _WORDS.findall(row.fact)]
    assert len(quoted) > 12
    for row, words in quoted:
        assert words in ALL[row.case]["topic"], row.case


@pytest.mark.parametrize("case", [case["id"] for case in PRINTED])
def test_the_check_accepts_what_was_printed(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every fact of the table, and no error."""
    root = ROOT / "tests/fixtures/cases" / case
    assert main(["check", "--root", str(root), "--as-of", "2026-11-22", "--jobs", "1"]) == OK
    assert "错误[" not in capsys.readouterr().out


def test_every_event_of_a_case_is_named_in_the_table() -> None:
    """The reverse: a dossier contains nothing that is not a fact of the report."""
    named = {path for row in rows() for path, _pointer in row.targets}
    there = {
        path.relative_to(ROOT).as_posix()
        for root in (ROOT / "content", ROOT / "tests/fixtures/cases")
        for path in root.rglob("*.*")
        if re.search(r"/\d{4}-\d{3}/|/(opinions|projects|plans|news)/", path.as_posix())
    }
    assert there
    assert there == {path for path in named if Path(path).name != "platform.yml"}
