"""The fixes that messages offer can be pasted: the finding goes, and none comes."""

from __future__ import annotations

import pytest
from case_register import Fix, cases, find, tree_of

FIXED = {code: (case, fix) for code, case in cases("bad").items() if (fix := case.spec.fix) is not None}


def paste(files: dict[str, bytes], fix: Fix) -> None:
    """The words of the hint put where it says: over a text, below a line, as a new name, or as a new record."""
    path = fix.path
    if fix.rename:
        folder = path.rpartition("/")[0]
        # a folder is renamed with all that is in it
        for old in [p for p in files if p == path or p.startswith(f"{path}/")]:
            files[f"{folder}/{fix.pasted}{old.removeprefix(path)}"] = files.pop(old)
    elif fix.replaces:
        change(files, path, fix.replaces, fix.pasted)
    elif fix.below:
        change(files, path, f"{fix.below}\n", f"{fix.below}\n{fix.pasted}\n")
    else:
        assert path not in files
        files[path] = (f"---\n{fix.pasted}\n---\n" if path.endswith(".md") else f"{fix.pasted}\n").encode()


def change(files: dict[str, bytes], path: str, old: str, new: str) -> None:
    text = files[path].decode("utf-8")
    assert text.count(old) == 1, old
    files[path] = text.replace(old, new).encode()


def test_enough_of_them_are_pasted():
    assert len(FIXED) >= 40
    assert {code[0] for code in FIXED} == set("FSLWP")


@pytest.mark.parametrize("code", FIXED)
def test_the_pasted_fix_mends(code):
    case, fix = FIXED[code]
    tree = tree_of(case)
    before = find(tree, case.spec.as_of)
    assert any(f.code == code and fix.hint in f.hint for f in before), [f.hint for f in before]
    paste(tree[0], fix)
    assert [f for f in find(tree, case.spec.as_of) if f.code == code or f not in before] == []
