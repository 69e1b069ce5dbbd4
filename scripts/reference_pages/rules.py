"""The generated parts of rules.md that come from the table of codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import yaml

from environment import ROOT
from reference_pages.markdown import code, table, text
from reference_pages.meanings import meanings
from weimin.model.clauses import CLAUSES_WITHOUT_RULE
from weimin.model.codes import CODES, RULE_FAMILIES, Code
from weimin.wording.clauses import format_clause

PLAN, HOUSE = "2019-implementation-plan", "house"
_BOOKS = "../../content/network/321300/rules"
_CASES = ROOT / "tests" / "cases"
_HISTORIES = ROOT / "tests" / "history"


def all_rules() -> str:
    """A section per family and one per rule, with an anchor of the code."""
    families, precisely = meanings("families", RULE_FAMILIES), meanings("rules", CODES)
    lines = []
    for family, rows in groupby(CODES.values(), key=lambda row: row.family):
        lines += [f"### {family} — {RULE_FAMILIES[family]}", "", families[family], ""]
        for row in rows:
            lines += [
                f"#### {row.code}",
                "",
                f"{code(row.slug)} — {row.requirement}",
                "",
                precisely[row.code],
                "",
                *_facts(row),
                "",
            ]
    return "\n".join(lines)


def _facts(row: Code) -> Iterator[str]:
    yield f"- severity: **{row.severity.value}** ({row.severity.label})"
    yield f"- clause: {_clause(row.clause)}"
    if row.parameter:
        yield f"- parameter: [{code(row.parameter)}](#parameters)"
    if row.gate:
        yield f"- gate: {row.gate}"
    if row.since:
        yield f"- holds since: {row.since}; before, see [dates](dates.md)"
    yield f"- examples: {_examples(row)}"
    if fix := _fix(row):
        yield f"- fix, as the message gives it: {fix}"


def _clause(clause: str) -> str:
    slug, _, anchor = clause.rpartition("#")
    slug = slug or PLAN
    said = f"{code('house#' + anchor)}" if slug == HOUSE else f"{code(anchor)} {format_clause(anchor)}"
    return f"[{said}]({_BOOKS}/{slug}.md)"


def _examples(row: Code) -> str:
    name = f"{row.code}-{row.slug}"
    if (_CASES / name).is_dir():
        return f"[bad](../../tests/cases/{name}/bad/), [good](../../tests/cases/{name}/good/)"
    files = [
        p.name for p in sorted(_HISTORIES.glob("test_*.py")) if re.search(rf"\b{row.code}\b", p.read_text("utf-8"))
    ]
    return "histories in " + ", ".join(f"[{code(name)}](../../tests/history/{name})" for name in files)


def _fix(row: Code) -> str:
    """The text that a user pastes, from the rule's bad example."""
    spec = _CASES / f"{row.code}-{row.slug}" / "bad" / "case.yml"
    said = yaml.safe_load(spec.read_text(encoding="utf-8")).get("fix") if spec.is_file() else None
    return " / ".join(code(line.strip()) for line in said["hint"].split("\n")) if said else ""


def unchecked_clauses() -> str:
    """Clauses of the plan that no rule checks, and why."""
    rows = [(code(anchor), format_clause(anchor), text(reason)) for anchor, reason in CLAUSES_WITHOUT_RULE.items()]
    return table(("clause", "cited as", "reason"), rows)
