"""The command that CI calls, once per family, over a register in which every bad case of the family has a city of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from case_register import AS_OF, Case, cases, lay_out, said

from builders.repository import make_repo

pytestmark = pytest.mark.slow

BAD = cases("bad")
SUMMARY_PAGES = sorted({code[0] for code in BAD})
CITY = "9901"
TEXT = (".md", ".yml", "")


def move(case: Case, city: str, scratch: Path, into: Path) -> list[str]:
    """The register of a case with another city's code throughout; what is expected of it there."""
    root = lay_out(scratch, case)
    (root / "content/site.yml").replace(into / "content/site.yml")
    for source in sorted((root / "content").rglob("*")):
        target = into / source.relative_to(root).as_posix().replace(CITY, city)
        if source.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source.readlink())
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            data = source.read_bytes()
            target.write_bytes(data.replace(CITY.encode(), city.encode()) if source.suffix in TEXT else data)
            target.chmod(source.stat().st_mode)
    return [line.replace(CITY, city) for line in case.expected]


@pytest.mark.parametrize("family", SUMMARY_PAGES)
def test_merged(family, tmp_path, weimin):
    root = tmp_path / "register"
    (root / "content").mkdir(parents=True)
    expected: list[str] = []
    mine = [case for code, case in BAD.items() if code[0] == family]
    for n, case in enumerate(mine, 1):
        assert case.spec.as_of == AS_OF, "a case with another day cannot stand in one register with the others"
        expected += move(case, f"8{n:03d}", tmp_path / case.code, root)
    make_repo(root, [])  # without a commit, so that no record stood before its rule
    ran = weimin("check", "--as-of", AS_OF.isoformat(), "--format", "json", cwd=root)
    told = json.loads(ran.stdout)
    assert sorted(said(f) for f in told["findings"]) == sorted(expected)
    assert ran.code == int(any(f["severity"] == "error" for f in told["findings"]))
    assert told["checked"]["platforms"] >= 3 * len(mine)
    assert sum(told["summary"][s] for s in ("error", "duty", "notice")) == len(expected)
