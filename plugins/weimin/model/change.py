"""A change of the records: the files that differ between two trees, and its effect on each dossier."""

from __future__ import annotations

import msgspec

from weimin.model.summary import DutyRow


class ChangedFile(msgspec.Struct, frozen=True, kw_only=True):
    """`before`, `after`: blob ids of the contents; empty where the file does not exist."""

    path: str
    before: str
    after: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """`base`: the merge base; `head`: the commit compared with it, empty for the files of the working tree."""

    base: str
    head: str
    files: tuple[ChangedFile, ...]

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(f.path for f in self.files)


class DossierProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a dossier has come. `step`: the furthest with an event, 0 without any; `ended`: how it ended, if it did."""

    step: int
    round: int = 1
    closed: bool = False
    ended: str | None = None


class DossierChange(msgspec.Struct, frozen=True, kw_only=True):
    """The effect of a change on one dossier. `before` None: it is new; `after` None: it is deleted.

    `open_duties`: the duties that are open after the change.
    """

    dossier: str
    title: str
    before: DossierProgress | None
    after: DossierProgress | None
    open_duties: tuple[DutyRow, ...] = ()


class Impact(msgspec.Struct, frozen=True, kw_only=True):
    """The effect of a change, for its reviewers.

    `platforms`: codes of the platforms whose own files it changes. `reviewers`: codes of the platforms one level above
    the changed files; an empty text where there is no level above. `pages`: addresses on the site, without its root.
    """

    dossier_changes: tuple[DossierChange, ...] = ()
    platforms: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
