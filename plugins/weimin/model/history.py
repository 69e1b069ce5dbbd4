"""The trail: steps of the main branch, what an audit finds in them, and the state from which it can resume."""

from __future__ import annotations

from typing import Any

import msgspec

from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding
from weimin.model.signature import UNATTESTED, Attestation, StoredAllowedSigners

FILE_MODES = ("100644", "100755")


class FileChange(msgspec.Struct, frozen=True):
    """One path that a step changes. `old`, `new`: blob ids; a blob and its mode are empty where the file does not exist."""

    path: str
    old_mode: str
    new_mode: str
    old: str
    new: str

    @property
    def is_file(self) -> bool:
        """After the step the path is a plain file, not a symbolic link or a submodule."""
        return self.new_mode in FILE_MODES


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """Another parent of a merge, and what it changed since its merge base with the first parent."""

    parent: str
    changes: tuple[FileChange, ...]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One commit of the first-parent chain, compared with the commit before it on that chain.

    `at`: the author's time; `committed`: the committer's time, which is that of arrival on the main branch; in seconds
    since 1970. Neither is reliable (A104 reports impossible ones). `commit` is empty for a change that is not committed.
    `attested`: what its signatures show, where the site requires signatures.
    """

    commit: str
    parents: tuple[str, ...]
    tree: str = ""
    author: str = ""
    email: str = ""
    at: int = 0
    committed: int = 0
    subject: str = ""
    changes: tuple[FileChange, ...] = ()
    sides: tuple[Side, ...] = ()
    attested: Attestation = UNATTESTED

    @property
    def short(self) -> str:
        return self.commit[:10]


class ParsedRecord(msgspec.Struct, frozen=True):
    """The data of a record as far as it can be parsed, without its schema, and its prose."""

    raw: Any
    body: str = ""

    @property
    def compiled(self) -> bool:
        return isinstance(self.raw, dict) and bool(self.raw.get("compiled_from"))


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """What one step did to one folder. `unit`: as `Place.unit`; `at`: ISO time in the site's time zone.

    `descriptions`: one Chinese text for each of `paths`.
    """

    unit: str
    commit: str
    at: str
    author: str
    descriptions: tuple[str, ...]
    paths: tuple[str, ...]
    attested: Attestation = UNATTESTED


class TrailFinding(Finding, frozen=True, kw_only=True):
    """A finding of an audit, with the commit that caused it, its author, and its time of arrival (ISO)."""

    commit: str
    author: str
    at: str


class TrailState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a replay stopped: everything that the next one needs besides the repository (`history/trail.py`).

    `clock`: the latest plausible committer's time, `last_time`: that of the last step, in seconds since 1970. `lawful`:
    path → blob of the lawful version, where the main branch holds something else or nothing (a record that was deleted, or
    edited without a correction). `own_event`: path of an event that a platform filed itself, once one was found.
    """

    commit: str = ""
    steps: int = 0
    clock: int = 0
    last_time: int = 0
    lawful: dict[str, str] = {}
    own_event: str = ""
    allowed_signers: StoredAllowedSigners = StoredAllowedSigners()


class AuditResult(CheckResult, frozen=True, kw_only=True):
    """The result of an audit. `steps`: how many were replayed, from `since` (empty: from the first one) to `commit`.

    `digest`: over the findings and the head; two clones of one history have the same.
    """

    steps: int = 0
    since: str = ""
    digest: str = ""
