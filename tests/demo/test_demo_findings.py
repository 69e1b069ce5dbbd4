"""What check finds in the demo, counted by code: `.venv/bin/python tests/demo/test_demo_findings.py` writes it anew.

Read the diff: `why` says what each code is there for, and a code without a reason fails.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from weimin.app.check.check import check
from weimin.demo import AS_OF
from weimin.engine.opening import open_register
from weimin.engine.options import Options

pytestmark = pytest.mark.slow

EXPECTED = Path(__file__).with_name("demo_findings.json")


def counted() -> dict[str, dict[str, Any]]:
    """Code → severity, number of findings, of them overdue and exempt; of the demo."""
    from builders.demo import demo_repository

    root = demo_repository()
    found = check(open_register(root, root), Options(as_of=AS_OF))[0].findings
    rows: dict[str, dict[str, Any]] = {}
    for code, count in sorted(Counter(f.code for f in found).items()):
        own = [f for f in found if f.code == code]
        rows[code] = {
            "severity": "、".join(sorted({f.severity.value for f in own})),
            "count": count,
            "overdue": sum(f.overdue_days > 0 for f in own),
            "exempt": sum(f.exempt for f in own),
        }
    return rows


def test_findings_are_those_that_were_reviewed():
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    assert expected["as_of"] == AS_OF.isoformat()
    reasons = {code: row.pop("why") for code, row in expected["codes"].items()}
    assert [code for code, why in reasons.items() if len(why) < 10] == []
    assert counted() == expected["codes"]


def refresh() -> None:
    before = json.loads(EXPECTED.read_text(encoding="utf-8"))["codes"] if EXPECTED.exists() else {}
    rows = counted()
    codes = {code: {**row, "why": before.get(code, {}).get("why", "")} for code, row in rows.items()}
    text = json.dumps({"as_of": AS_OF.isoformat(), "codes": codes}, ensure_ascii=False, indent=2)
    EXPECTED.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[n] / part) for n, part in ((2, "scripts"), (1, ""))]
    refresh()
