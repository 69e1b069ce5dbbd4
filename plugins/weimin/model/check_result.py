"""What a check says, before it is written in any format."""

from __future__ import annotations

from datetime import date

import msgspec

from weimin.model.finding import Finding, Severity


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """`findings` in order of path, line, column, code; exempt ones are in it and marked.

    `base` is the commit that a change was held against; then `findings` are what the change answers for, the counts are
    those of what it touched, `changed` is the number of files that differ (deleted ones too), `earlier` are errors that stood before in other files of the folders it touched, and `others`
    is the number of findings elsewhere that stood before. Neither blocks. `staged`: the index was checked, not the files.
    `notes` are said on standard error: what was not looked at, and why.
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
        return sum(f.severity is severity for f in self.not_exempt)

    @property
    def errors(self) -> int:
        return self.count(Severity.ERROR)

    @property
    def overdue(self) -> int:
        """Duties past their day; they are among the duties."""
        return sum(f.overdue_days > 0 for f in self.not_exempt)

    @property
    def exempt(self) -> int:
        return len(self.findings) - len(self.not_exempt)
