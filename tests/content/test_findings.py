"""The real cases give exactly the stored findings (tests/fixtures/findings/).

`python tests/content/test_findings.py` writes them again; review the difference.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from content_files import ROOT, roots

from weimin.app.check.check import check
from weimin.engine.options import Options
from weimin.engine.register import Register

AS_OF = date(2026, 11, 22)
WRITTEN = ROOT / "tests" / "fixtures" / "findings"


def found(root: Path) -> str:
    """Every finding, in order, as the check prints it; the closing line says what was checked."""
    checked, _held = check(Register(root), Options(as_of=AS_OF))
    lines = [f"{f.path}:{f.line}:{f.column}: {f.severity.label}[{f.code}] {f.message}" for f in checked.findings]
    return "\n".join([*lines, f"{checked.records} 份记录，{checked.dossiers} 个卷宗，{checked.platforms} 个平台", ""])


def name_of(root: Path) -> str:
    return "content" if root == ROOT else root.name


@pytest.mark.parametrize("root", roots(), ids=name_of)
def test_the_findings_are_those_written_down(root: Path) -> None:
    assert found(root) == (WRITTEN / f"{name_of(root)}.txt").read_text(encoding="utf-8")


def test_nothing_is_written_down_for_what_is_not_there() -> None:
    assert {p.stem for p in WRITTEN.glob("*.txt")} == {name_of(root) for root in roots()}


if __name__ == "__main__":
    WRITTEN.mkdir(exist_ok=True)
    for each in roots():
        (WRITTEN / f"{name_of(each)}.txt").write_text(found(each), encoding="utf-8", newline="\n")
