"""The rows of the trail's own pages: corrections, late filings, exemptions, and what a history comes to."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from weimin.model.dossier import AppliedChange
from weimin.model.kinds import Exemption


class CorrectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One change by a correction. `dossier` empty: of a platform's own record. `kind` and `path` are the corrected record's.

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
    """补录. `filed`: the day of arrival on the main branch, in ISO; `stem` empty where the record stands no more."""

    platform: str
    dossier: str
    title: str
    stem: str
    message: str
    filed: str
    commit: str


class ExemptionRow(msgspec.Struct, frozen=True, kw_only=True):
    """`of`: the dossier or the platform that the subject belongs to; empty where it is not there."""

    platform: str
    of: str
    title: str
    path: str
    number: int  # of the line in its file, from 0
    exemption: Exemption


class HistoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A history in numbers. `finding_counts`: code → number of findings."""

    commit: str
    steps: int
    since: str
    until: str
    digest: str
    signatures_requested: bool
    states: Mapping[str, int]
    finding_counts: Mapping[str, int]
    late: tuple[LateFilingRow, ...]
    filed_late: int = 0


class TrailRows(msgspec.Struct, frozen=True, kw_only=True):
    """`corrections` and `late`: the newest; `corrected` and `filed_late`: how many there are.

    `history` None: no whole history was at hand. `released`: the log of checkpoints stands on the site.
    """

    corrections: tuple[CorrectionRow, ...] = ()
    corrected: int = 0
    exemptions: tuple[ExemptionRow, ...] = ()
    history: HistoryRow | None = None
    released: bool = False
