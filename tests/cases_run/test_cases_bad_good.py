"""Every rule by two examples: what breaks it is found, word for word and nothing else; what keeps it is left alone."""

from __future__ import annotations

import pytest
from case_register import AS_OF, EXPECTED, FOLDER, Case, cases, find, found_in, held, said, tree_of

from weimin.model.codes import CODES

BAD, GOOD = cases("bad"), cases("good")


def test_the_base_is_healthy():
    assert find(tree_of(), AS_OF) == []


def test_a_folder_for_every_code_and_a_code_for_every_folder():
    wanted = {f"{row.code}-{row.slug}" for row in held()}
    assert {p.name for p in FOLDER.iterdir()} - {"_base"} == wanted
    for name in wanted:
        assert {p.name for p in (FOLDER / name).iterdir()} == {"bad", "good"}, name


@pytest.mark.parametrize("code", BAD)
def test_bad(code):
    case = BAD[code]
    expected = case.expected
    assert [said(f) for f in found_in(case)] == expected
    assert any(f"[{code}] " in line for line in expected), f"{EXPECTED} does not name {code}"


@pytest.mark.parametrize("code", GOOD)
def test_good(code):
    case = GOOD[code]
    assert case.overlay, "a good case shows the same situation done right, not the base"
    assert [said(f) for f in found_in(case)] == []


def test_a_bad_case_finds_its_own_code_alone():
    """What is asked of one dossier finds one thing, so that an example teaches one thing."""
    others = {code: line for code, case in BAD.items() for line in case.expected if f"[{code}] " not in line}
    assert others == {}


@pytest.mark.parametrize("text", ["", None])
def test_an_empty_or_missing_expectation_is_an_error(text, tmp_path):
    if text is not None:
        (tmp_path / EXPECTED).write_text(text, encoding="utf-8")
    with pytest.raises((FileNotFoundError, ValueError)):
        Case(CODES["F101"], "bad", tmp_path).expected  # noqa: B018  # reading it is what is tested
