"""The table of formats, and what all formats have in common."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from made_findings import ONE_OF_EACH, checked, context, finding, hostile

from weimin.model.finding import Severity
from weimin.report import as_text
from weimin.report.formats import FORMATS

WRITES_NO_CHECK = "as_trail"
"""The report of `weimin audit`."""

FOLDER = Path(__file__).parent
READ_BY = re.compile(r"^\| `(\w+)` \| ([^|]+) \| `([\w/]+\.py)` \|$", re.MULTILINE)
"""A row of consumers/README.md: format, what reads it, the test that reads it so."""

CONTRACT = ("text", "json", "github", "gitlab", "sarif", "junit", "rdjson", "digest")


def test_the_table_is_the_contract():
    assert tuple(FORMATS) == CONTRACT


def test_a_consumer_of_every_format_is_named_and_tested():
    rows = READ_BY.findall((FOLDER / "consumers" / "README.md").read_text("utf-8"))
    assert [form for form, _reader, _test in rows] == list(FORMATS)
    for form, reader, test in rows:
        files = [
            name for name in re.findall(r"`([\w.-]+\.json)`", reader) if not (FOLDER / "consumers" / name).is_file()
        ]
        assert files == [], f"consumers/README.md: {form} is read by {files}, which are not in consumers/"
        assert (FOLDER / test).is_file(), f"consumers/README.md: there is no {test}, the test of the format {form}"
        module = f"as_{form}"
        assert module in (FOLDER / test).read_text("utf-8"), f"{test} does not test {module}"


def test_every_module_is_a_format():
    modules = {path.stem for path in Path(as_text.__file__).parent.glob("as_*.py")} - {WRITES_NO_CHECK}
    assert modules == {f"as_{form}" for form in FORMATS}


@pytest.mark.parametrize("form", CONTRACT)
def test_the_same_findings_make_the_same_bytes(form):
    once, twice = (FORMATS[form](ONE_OF_EACH, context()) for _ in range(2))
    assert once == twice
    assert once.endswith("\n")
    assert not once.endswith("\n\n")


@pytest.mark.parametrize("form", CONTRACT)
def test_hostile_text_can_be_written_anywhere(form):
    text = FORMATS[form](hostile(), context())
    assert "\x1b" not in text
    assert "\u202e" not in text or form == "json"
    text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("form", CONTRACT)
def test_nothing_found(form):
    text = FORMATS[form](checked(), context())
    assert text
    assert "W602" not in text


@pytest.mark.parametrize("form", [f for f in CONTRACT if f != "json"])
def test_clauses_are_cited(form):
    text = FORMATS[form](checked(finding(severity=Severity.ERROR)), context())
    assert "2019-implementation-plan" not in text
    assert "实施方案 三（三）4" in text


@pytest.mark.parametrize("form", CONTRACT)
def test_exempt_findings_are_not_listed(form):
    assert "W501" not in FORMATS[form](ONE_OF_EACH, context())
