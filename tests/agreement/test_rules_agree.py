"""Rules, functions, examples and clauses: every code is found somewhere, cites what is there, and no clause is forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from weimin.model.clauses import CLAUSES_WITHOUT_RULE
from weimin.model.codes import CODES, RULE_FAMILIES
from weimin.model.parameter import DEFAULTS
from weimin.prose.clauses import Clause, clauses
from weimin.rules.rule_set import ALL_RULES

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "plugins" / "weimin"
CASES = ROOT / "tests" / "cases"
BOOKS = {
    "content": ROOT / "content" / "network" / "321300" / "rules",
    "base": CASES / "_base" / "content" / "network" / "990100" / "rules",
}
PLAN, HOUSE = "2019-implementation-plan", "house"
BY_HISTORY = {"A"}
"""SummaryPages that need a history, not a folder: their examples are the repositories of tests/history/."""
# family -> where its faults are found (architecture.md: a rule lives where it is found)
ROOMS = {
    "F": ("records", "prose"),
    "S": ("records",),
    "L": ("rules", "dossiers"),
    "W": ("rules",),
    "A": ("history", "app"),  # A108 compares two repositories
    "P": ("rules/privacy",),
}
LITERAL = re.compile(r"[\"']([A-Z]\d{3})[\"']")


def named_in(*folders: str) -> set[str]:
    """Codes that stand as a text in the modules of some folders of the package."""
    texts = (p.read_text("utf-8") for folder in folders for p in sorted((PACKAGE / folder).rglob("*.py")))
    return {code for text in texts for code in LITERAL.findall(text)}


def clauses_of(where: str, slug: str) -> dict[str, Clause]:
    text = (BOOKS[where] / f"{slug}.md").read_text("utf-8")
    found = clauses(text.split("---\n", 2)[2])
    assert found, f"{slug} has no clause"
    return {c.anchor: c for c in found}


def test_the_table_is_in_order_and_its_families_are_known():
    assert set(ROOMS) == set(RULE_FAMILIES) == {row.family for row in CODES.values()}
    assert all(key == row.code for key, row in CODES.items())
    assert len({row.slug for row in CODES.values()}) == len(CODES)


@pytest.mark.parametrize("family", RULE_FAMILIES)
def test_every_code_is_found_in_its_room(family):
    assert {code for code in CODES if code[0] == family} <= named_in(*ROOMS[family])


def test_the_package_names_no_code_that_is_not_in_the_table():
    assert named_in(*(p.name for p in PACKAGE.iterdir() if p.is_dir())) <= set(CODES)


def test_every_code_of_the_trail_has_a_history_that_brings_it_up():
    texts = [p.read_text("utf-8") for p in sorted((ROOT / "tests" / "history").glob("test_*.py"))]
    assert texts
    brought = {code for text in texts for code in re.findall(r"\bA\d{3}\b", text)}
    assert {code for code in CODES if code[0] in BY_HISTORY} <= brought


def test_functions_of_work_have_the_names_of_their_slugs():
    assert set(ALL_RULES) == {code for code in CODES if code[0] == "W"} | {"L108"}
    assert {code: rule.__name__ for code, rule in ALL_RULES.items()} == {
        code: CODES[code].slug.replace("-", "_") for code in ALL_RULES
    }


def test_examples_and_codes():
    assert {p.name for p in CASES.iterdir() if p.name != "_base"} == {
        f"{row.code}-{row.slug}" for row in CODES.values() if row.family not in BY_HISTORY
    }


@pytest.mark.parametrize("where", BOOKS)
def test_every_clause_that_a_code_cites_stands(where):
    plan, house = clauses_of(where, PLAN), clauses_of(where, HOUSE)
    for code, row in CODES.items():
        slug, _, anchor = row.clause.rpartition("#")
        assert slug in ("", HOUSE), code
        assert anchor in (house if slug else plan), f"{code} cites {row.clause}"


def held(plan: dict[str, Clause]) -> set[str]:
    """Clauses that a rule cites; a rule of a heading holds what stands below it (三（二） and its four numbers)."""
    cited = {row.clause for row in CODES.values() if "#" not in row.clause}
    return {a for a in plan if any(a == c or a.startswith(f"{c}.") for c in cited)}


def test_every_clause_of_the_plan_has_a_rule_or_a_reason():
    plan = clauses_of("content", PLAN)
    headings = {a for a, c in plan.items() if not c.text.strip() and any(b.startswith(f"{a}.") for b in plan)}
    with_rule = held(plan)
    assert {"3.3.4", "3.2.1", "2.1"} <= with_rule
    assert set(plan) - headings - with_rule == set(CLAUSES_WITHOUT_RULE)


def test_reasons_are_sentences_for_the_public():
    for anchor, reason in CLAUSES_WITHOUT_RULE.items():
        assert reason.endswith("。"), anchor
        assert len(reason) > 15, anchor
        assert not re.search(r"[A-Za-z]", reason), anchor


def test_rules_and_parameters():
    """Every number that a rule asks for exists, and every number is asked for by a rule (or is said to be read elsewhere)."""
    names = {name.partition(".")[0] for name in DEFAULTS}
    asked = {row.parameter for row in CODES.values()} - {""}
    asked_by_more = {"progress_days": "W207", "low_satisfaction": "W503", "satisfaction_formula": "W505"}
    assert asked <= names
    assert names - asked == set(asked_by_more)
    source = "".join(p.read_text("utf-8") for p in (PACKAGE / "rules").glob("*.py"))
    assert all(f'"{name}"' in source for name in asked_by_more)
