"""The table of formats, and what all formats have in common."""

from __future__ import annotations

import pytest
from made_findings import ONE_OF_EACH, checked, context, finding, hostile

from weimin.model.finding import Severity
from weimin.report.formats import FORMATS

CONTRACT = ("text", "json", "github", "gitlab", "sarif", "junit", "rdjson", "digest")


def test_the_table_is_the_contract():
    assert tuple(FORMATS) == CONTRACT


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
