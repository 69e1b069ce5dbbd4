"""The trail: steps of the main branch, what an audit found in them, and what it needs to go on later."""

from __future__ import annotations

from typing import Any

import msgspec

from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding
from weimin.model.signature import UNATTESTED, Attestation, StoredAllowedSigners

FILE_MODES = ("100644", "100755")


class FileChange(msgspec.Struct, frozen=True):
    """One path in a step. A blob (and its mode) is empty where the file is not there."""

    path: str
    old_mode: str
    new_mode: str
    old: str
    new: str

    @property
    def is_file(self) -> bool:
        """After the step there is a plain file, not a symbolic link or a submodule."""
        return self.new_mode in FILE_MODES


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """Another parent of a merge, and what it changed since it parted from the first one."""

    parent: str
    changes: tuple[FileChange, ...]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One commit of the first-parent chain, compared with the commit before it on that chain.

    `at` is the author's time, `committed` the committer's, in seconds since 1970; the latter is that of arrival on the main
    branch. Neither can be relied on (A104 says which cannot be right). `commit` is empty for a change that is not committed.
    `attested`: what its signatures show, where the site asks for signatures.
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
    """A record's data as far as it can be read, and its prose."""

    raw: Any
    body: str = ""

    @property
    def compiled(self) -> bool:
        return isinstance(self.raw, dict) and bool(self.raw.get("compiled_from"))


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """What one step did to one folder, for its page. `unit` is `Place.unit`; `at` an ISO time in the site's time zone."""

    unit: str
    commit: str
    at: str
    author: str
    descriptions: tuple[str, ...]
    paths: tuple[str, ...]
    attested: Attestation = UNATTESTED


class TrailFinding(Finding, frozen=True, kw_only=True):
    """A finding of an audit: with the commit that brought it, its author, and the time of its arrival."""

    commit: str
    author: str
    at: str


class TrailState(msgspec.Struct, frozen=True, kw_only=True):
    """Where an audit stopped, all that the next one needs beside the repository.

    `clock`: the latest committer's time that could be believed, `last_time` that of the last step. `lawful`: what lawfully stands at a path where the main
    branch holds something else, or nothing (a record that was deleted, or edited without a correction). `own_event`: an event of
    a dossier that is not compiled, if one was looked for and found. `allowed_signers`: the list of signers.
    """

    commit: str = ""
    steps: int = 0
    clock: int = 0
    last_time: int = 0
    lawful: dict[str, str] = {}
    own_event: str = ""
    allowed_signers: StoredAllowedSigners = StoredAllowedSigners()


class AuditResult(CheckResult, frozen=True, kw_only=True):
    """`steps`: how many commits of the main branch were replayed, from `since` (empty: from the first one) to `commit`.

    `digest` is over the findings and the head: two clones of one history print the same.
    """

    steps: int = 0
    since: str = ""
    digest: str = ""
