"""What a rule saw (problem, duty), and what the runner made of it (finding)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """The three severities of the policy's own verbs (docs/reference/rules.md, "Severity")."""

    ERROR = "error"
    DUTY = "duty"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        return {"error": "错误", "duty": "待办", "notice": "提示"}[self.value]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Where and what, said by a rule; who, when and how grave is stamped by the runner.

    `path` is the repository path of a file that exists. The place in it is either `line` and `column`
    (1-based, where the reader knows them) or `pointer`, a JSON pointer into the record's data
    (`/measures/0/due`; `/body` is the prose; empty is the first line), resolved to a line later and only if needed.
    `severity` is set by a rule only where the rule book gives two for one code (W105, W207, W209, W201).
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


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """Something owed: by whom, since when, until when, and on what day it was met.

    `due` None: it has no day and is never overdue. `met` None: still open.
    A duty that was met is yielded too: the gate needs to know on which day.
    `path` is the file that the duty springs from; what may not be filed while it is open says `Code.gate`.
    `gated` False: this one refuses no event (the outcome of a progress consultation).
    `met_on` is the day on which it was met as it is known (`2026-03`), `met` its first possible day.
    `met_on` empty: it was met, on a day that nobody knows (`met` is then the first day of the calendar).
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
    met: date | None = None
    met_on: str = ""
    parameter: str = ""
    round: int = 1
    gated: bool = True


class Raised(msgspec.Struct, frozen=True, kw_only=True):
    """What the runner made of a problem or a duty: a finding whose place in its file is still to be looked up.

    `line` and `column` are 0 where only the pointer is known.
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
    parameter: str = ""
    exempt: bool = False


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A problem or an open duty, stamped: the shape that every report writes (docs/reference/interface.md)."""

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
    parameter: str = ""
    exempt: bool = False

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.path, self.line, self.column, self.code, self.message)
