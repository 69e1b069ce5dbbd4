"""A change of the records: what differs between two trees, and what it does to each dossier."""

from __future__ import annotations

import msgspec

from weimin.model.summary import DutyRow


class ChangedFile(msgspec.Struct, frozen=True, kw_only=True):
    """`before`, `after`: ids of the contents; empty where the file is not there."""

    path: str
    before: str
    after: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """`base` is the merge base; `head` the commit that is held against it, empty for the files as they are on the disk."""

    base: str
    head: str
    files: tuple[ChangedFile, ...]

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(f.path for f in self.files)


class DossierProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a dossier has come: the furthest step with an event (0 none), the round, and how it ended."""

    step: int
    round: int = 1
    closed: bool = False
    ended: str | None = None


class DossierChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a change does to one dossier. `before` None: it is new; `after` None: it is gone. `open_duties`: what is open now."""

    dossier: str
    title: str
    before: DossierProgress | None
    after: DossierProgress | None
    open_duties: tuple[DutyRow, ...] = ()


class Impact(msgspec.Struct, frozen=True, kw_only=True):
    """What a change touches, for those who review it.

    `platforms`: whose own files it touches. `reviewers`: codes of the platforms one level above, by the path; empty
    text for what has none above it. `pages`: addresses of the site, without its root.
    """

    dossier_changes: tuple[DossierChange, ...] = ()
    platforms: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
