"""The register with its stored results: what a run of the rules returns, and what build, check and export read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

import msgspec

from weimin.engine.judge import Judge
from weimin.engine.queries.finding import FindingTable
from weimin.engine.queries.total import TotalTable
from weimin.engine.register import Register
from weimin.engine.stored_results import StoredResults
from weimin.model.finding import Finding
from weimin.model.record import Record
from weimin.model.summary import Summary

_REPEATED = ("code", "slug", "path", "message", "hint", "clause", "dossier", "owed_by", "parameter")
"""The fields of a finding whose texts many findings have in common."""
FOUND = "found"
"""The scope of the totals that count findings, by `CODE|severity|exempt`."""


class ComputedRegister(StoredResults):
    """A register whose results are computed as of a day. Nothing of it changes after construction.

    Findings are those of all rules that are not disabled, whatever codes the user selected. `file_findings` are those about
    files as files, which belong to no unit. `replaced_findings` and `replaced_summaries` are what the store contained
    before this run, by unit, for the units that the run computed again; both are empty after a first run.
    """

    def __init__(
        self,
        register: Register,
        judge: Judge,
        as_of: date,
        file_findings: Iterable[Finding],
        replaced_findings: Mapping[str, tuple[Finding, ...]],
        replaced_summaries: Mapping[str, Summary],
    ) -> None:
        super().__init__(register, as_of)
        self.judge = judge
        self.file_findings = tuple(file_findings)
        self.replaced_findings = replaced_findings
        self.replaced_summaries = replaced_summaries
        self.commit = register.tree.commit()
        self._findings, self._totals = FindingTable(self.state.store), TotalTable(self.state.store)

    @property
    def rule_books(self) -> tuple[Record, ...]:
        return self.judge.books

    # Findings
    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in order of path, line, column, code."""
        texts: dict[str, str] = {}
        stored = (_with_shared_texts(today(f, self.as_of), texts) for f in self._findings.all())
        return tuple(sorted((*self.file_findings, *stored), key=lambda f: f.order))

    def findings_of_unit(self, unit: str) -> tuple[Finding, ...]:
        """The findings that the computation of a unit produced, wherever they are located."""
        return tuple(today(f, self.as_of) for f in self._findings.of_source(unit))

    def findings_in_file(self, path: str) -> tuple[Finding, ...]:
        """The findings located in a file, whichever unit's computation produced them."""
        return tuple(today(f, self.as_of) for f in self._findings.in_file(path))

    def findings_about_unit(self, unit: str) -> tuple[Finding, ...]:
        """The findings that belong to a unit: those located in its files, and those elsewhere that name it."""
        return tuple(today(f, self.as_of) for f in self._findings.about_unit(unit))

    def finding(self, unit: str, n: int) -> Finding | None:
        """The finding at a position among those that the computation of a unit produced."""
        found = self._findings.get(unit, n)
        return today(found, self.as_of) if found else None

    @property
    def errors(self) -> int:
        """The number of errors that prevent publication."""
        return sum(of.get("error", 0) for of in self.counts.values())

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """The number of findings of each code: code → severity, or `exempt`, → number."""
        counts: dict[str, dict[str, int]] = {}
        totals = self._totals.of_scope(FOUND)
        for name, value in (*totals.items(), *((found_name(f), 1) for f in self.file_findings)):
            code, severity = name.split("|")
            of = counts.setdefault(code, {})
            of[severity] = of.get(severity, 0) + value
        return {code: counts[code] for code in sorted(counts)}

    def total(self, name: str) -> int:
        """A total of the register itself: `records`, `dossiers`."""
        return self._totals.value("register", name)


def _with_shared_texts(f: Finding, texts: dict[str, str]) -> Finding:
    """The finding with the texts that many findings have in common held in memory once: this saves a third of it."""
    shared = {name: texts.setdefault(text, text) for name in _REPEATED if (text := getattr(f, name))}
    return msgspec.structs.replace(f, **shared)


def today(f: Finding, as_of: date) -> Finding:
    """A stored finding as of a later day: until a unit is computed again, only the count of days overdue changes."""
    if f.due is None:
        return f
    days = max((as_of - f.due).days, 0)
    return f if days == f.overdue_days else msgspec.structs.replace(f, overdue_days=days)


def found_name(f: Finding) -> str:
    """The name under which the totals of the scope FOUND count a finding."""
    return f"{f.code}|{'exempt' if f.exempt else f.severity.value}"
