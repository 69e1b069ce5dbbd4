"""The result of a check, before it is written in one of the report formats."""

from __future__ import annotations

from datetime import date

import msgspec

from weimin.model.finding import Finding, Severity


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a check. `findings`: in order of path, line, column, code; exempt ones included and marked.

    `base`: the commit with which a change was compared, None for a check of everything. For a change, `findings` are those
    that it causes, and the counts are those of the folders that it changes; `changed`: number of changed files, deleted
    ones included; `earlier`: errors that existed before in other files of those folders; `others`: number of findings
    elsewhere that existed before. Neither of the two fails the check. `staged`: the index was checked, not the working
    tree. `notes`: what was not checked and why, for standard error.
    """

    as_of: date
    commit: str = ""
    base: str | None = None
    records: int = 0
    dossiers: int = 0
    platforms: int = 0
    rules: int = 0
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    earlier: tuple[Finding, ...] = ()
    others: int = 0
    changed: int = 0
    staged: bool = False

    @property
    def not_exempt(self) -> tuple[Finding, ...]:
        """All findings but the exempt ones."""
        return tuple(f for f in self.findings if not f.exempt)

    def count(self, severity: Severity) -> int:
        """The number of findings of a severity that are not exempt."""
        return sum(f.severity is severity for f in self.not_exempt)

    @property
    def errors(self) -> int:
        return self.count(Severity.ERROR)

    @property
    def overdue(self) -> int:
        """The number of duties past their due day; they are among the duties."""
        return sum(f.overdue_days > 0 for f in self.not_exempt)

    @property
    def exempt(self) -> int:
        return len(self.findings) - len(self.not_exempt)
