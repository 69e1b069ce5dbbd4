"""An invalid parameter is reported at its value; an unknown parameter is ignored."""

from __future__ import annotations

import pytest

from weimin.adapters.installation import schema_files
from weimin.model.place import Place
from weimin.records.parse import Reader
from weimin.records.place import place_of
from weimin.records.schema import Schemas

READER = Reader(Schemas(schema_files()))


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("triage_days", "15", True),
        ("triage_days", "半个月", False),
        ("triage_days", "1.5", False),
        ("low_satisfaction", "0.8", True),
        ("low_satisfaction", "80", False),
        ("satisfaction_formula", "satisfied", True),
        ("satisfaction_formula", "all", False),
        ("plan_due", "03-31", True),
        ("plan_due", "三月底", False),
        ("consultations_per_year", "{township: 2, village: 1}", True),
        ("consultations_per_year", "{township: -2}", False),
        ("a_number_of_their_own", "七", True),
    ],
)
def test_values(name: str, value: str, fits: bool) -> None:
    place = place_of("content/network/990000/rules/house.md")
    assert isinstance(place, Place)
    text = (
        "---\ntitle: 规则\nissued: unpublished\neffective_from: '2026-01-01'\napplies_to: [county]\n"
        f"parameters:\n  - name: {name}\n    value: {value}\n    clause: '#days'\n---\n\n## 天数 {{#days}}\n\n五天。\n"
    )
    record, problems = READER.parse(place, text.encode())
    assert (record is not None) is fits
    if not fits:
        assert [p.code for p in problems] in (["S103"], ["S102"], ["S106"])
        assert problems[0].line == 8
