"""What a rule reports (a problem or a duty), and what becomes of it (a finding).

Problem ──┐
          ├─→ UnlocatedFinding (severity, clause) ──→ Finding (line and column)
Duty ─────┘   rules/findings.py                       engine/locations.py
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from weimin.model.basis import Basis


class Severity(StrEnum):
    """The three severities, after the verbs of the policy (docs/reference/rules.md, "Severity")."""

    ERROR = "error"
    DUTY = "duty"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        return {"error": "错误", "duty": "待办", "notice": "提示"}[self.value]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something is wrong at one place. The severity and the clause are added later (`rules/findings.py`).

    `path`: repository path of a file that exists. The place in it is either `line` and `column` (1-based), where the
    reader knows them, or `pointer`, a JSON pointer into the record's data (`/measures/0/due`; `/body` is the prose; empty
    is the first line), which is resolved to a line later and only if needed. `severity`: set by a rule only where the
    rule book has two for one code (W105, W142, W201, W207, W209). `other`: (path, pointer) of another place that the problem is
    about; a finding names its line. `since`: as `Code.since`, where that is another day for this problem than for the
    others of the code. `sources`: further files from which the problem follows (corrections).
    """

    code: str
    path: str
    message: str
    hint: str = ""
    pointer: str = ""
    line: int = 0
    column: int = 0
    dossier: str | None = None
    severity: Severity | None = None
    owed_by: str | None = None  # only where it is not the platform (W403)
    other: tuple[str, str] | None = None
    since: date | None = None
    sources: tuple[str, ...] = ()


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """Something is to be done, or was done: by whom, since when, by which day, and on which day it was met.

    `due` None: there is no due day, and the duty is never overdue. `suggested`: the day by which this site's own number
    suggests to do it, where no document sets a day. `basis`: what sets the one or the other. `missing`: what has not been
    done, without any day; empty: `message` says no more than that. `met` None: it is open. Rules yield met duties too,
    because gates need to know the day. `path`: the file from which the duty springs. `gated` False: no event has to wait
    for it (the outcome of a progress consultation); otherwise `Code.gate` says which. `met_on`: the day on which it was
    met, as recorded (`2026-03`), and `met` its first possible day. `met_on` empty although `met` is set: it was met on a
    day that nobody knows, and `met` is the first day of the calendar.
    """

    code: str
    path: str
    message: str
    hint: str = ""
    pointer: str = ""
    dossier: str | None = None
    owed_by: str
    since: date | None = None
    due: date | None = None
    suggested: date | None = None
    basis: Basis | None = None
    missing: str = ""
    met: date | None = None
    met_on: str = ""
    parameter: str = ""
    round: int = 1
    gated: bool = True


class UnlocatedFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding whose line in its file is not looked up yet. `line` and `column` are 0 where only the pointer is known.

    `due`, `suggested_due`, `basis`: as in a duty.
    `other`, `since`, `sources`: as in Problem; `since` None: the rule has always held.
    """

    code: str
    severity: Severity
    path: str
    message: str
    hint: str = ""
    clause: str | None = None
    pointer: str = ""
    line: int = 0
    column: int = 0
    dossier: str | None = None
    owed_by: str | None = None
    due: date | None = None
    overdue_days: int = 0
    suggested_due: date | None = None
    basis: Basis | None = None
    parameter: str = ""
    exempt: bool = False
    other: tuple[str, str] | None = None
    since: date | None = None
    sources: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A problem or an open duty with everything that a report writes about it (docs/reference/interface.md).

    `due` is a day that a record or an issued rule sets, `suggested_due` one that this site suggests; never both.
    """

    code: str
    slug: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    hint: str
    clause: str | None
    dossier: str | None = None
    owed_by: str | None = None
    due: date | None = None
    overdue_days: int = 0
    suggested_due: date | None = None
    basis: Basis | None = None
    parameter: str = ""
    exempt: bool = False

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.path, self.line, self.column, self.code, self.message)
