"""The rows of the pages about the trail: corrections, late filings, exemptions, and the history in numbers."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from weimin.model.dossier import AppliedChange
from weimin.model.kinds import Exemption


class CorrectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One change by a correction. `kind`, `path`: of the corrected record; `dossier` empty: it is in no dossier.

    `hidden`: the corrected text is not public.
    """

    platform: str
    dossier: str
    title: str
    kind: str
    path: str
    applied: AppliedChange
    hidden: bool


class LateFilingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A late filing (补录). `filed`: ISO day of arrival on the main branch; `stem` empty: the record no longer exists."""

    platform: str
    dossier: str
    title: str
    stem: str
    message: str
    filed: str
    commit: str


class ExemptionRow(msgspec.Struct, frozen=True, kw_only=True):
    """An exemption. `of`: the dossier or the platform of its subject; empty if that does not exist."""

    platform: str
    of: str
    title: str
    path: str
    number: int  # of the line in its file, from 0
    exemption: Exemption


class HistoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """The history in numbers. `since`, `until`: days of the first and the last step; `states`: signature state → number of steps.

    `finding_counts`: code → number of findings; `late`: the newest late filings; `filed_late`: how many there are.
    `asked` and `found` are the names in `/trail/index.json`, whose keys stay.
    """

    commit: str
    steps: int
    since: str
    until: str
    digest: str
    signatures_requested: bool = msgspec.field(name="asked")
    states: Mapping[str, int]
    finding_counts: Mapping[str, int] = msgspec.field(name="found")
    late: tuple[LateFilingRow, ...]
    filed_late: int = 0


class TrailRows(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about the trail. `corrections`: the newest; `corrected`: how many there are.

    `history` None: the complete history was not available. `released`: the site has a log of checkpoints.
    """

    corrections: tuple[CorrectionRow, ...] = ()
    corrected: int = 0
    exemptions: tuple[ExemptionRow, ...] = ()
    history: HistoryRow | None = None
    released: bool = False
