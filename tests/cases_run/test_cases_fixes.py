"""The fixes that messages offer can be pasted: the finding goes, and none comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_register import Fix, cases, find, lay_out

FIXED = {code: (case, fix) for code, case in cases("bad").items() if (fix := case.spec.fix) is not None}


def paste(root: Path, fix: Fix) -> None:
    """The words of the hint put where it says: over a text, below a line, as a new name, or as a new record."""
    path = root / fix.path
    if fix.rename:
        path.rename(path.parent / fix.pasted)
    elif fix.replaces:
        change(path, fix.replaces, fix.pasted)
    elif fix.below:
        change(path, f"{fix.below}\n", f"{fix.below}\n{fix.pasted}\n")
    else:
        assert not path.exists()
        path.write_text(f"---\n{fix.pasted}\n---\n" if path.suffix == ".md" else f"{fix.pasted}\n", encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_enough_of_them_are_pasted():
    assert len(FIXED) >= 40
    assert {code[0] for code in FIXED} == set("FSLWP")


@pytest.mark.parametrize("code", FIXED)
def test_the_pasted_fix_mends(code, tmp_path):
    case, fix = FIXED[code]
    root = lay_out(tmp_path / "register", case)
    before = find(root, case.spec.as_of)
    assert any(f.code == code and fix.hint in f.hint for f in before), [f.hint for f in before]
    paste(root, fix)
    assert [f for f in find(root, case.spec.as_of) if f.code == code or f not in before] == []
