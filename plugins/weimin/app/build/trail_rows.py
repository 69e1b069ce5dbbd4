"""The rows of the pages about the trail (corrections, exemptions, late filings), gathered from the few units that have any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from weimin.dossiers.disclosure import change_hidden
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.history.stored_replay import HistoryReplay
from weimin.engine.inventory import Unit
from weimin.engine.memo import memoised
from weimin.engine.stored_ledger import StoredLedger
from weimin.model.history import TrailFinding
from weimin.model.kinds import Exemptions
from weimin.model.trail_rows import CorrectionRow, ExemptionRow, HistoryRow, LateFilingRow, TrailRows

MAX_ROWS = 300
"""The number of rows of each kind on pages and in the data beside them; the files of open data contain all."""


def trail_rows(
    computed: ComputedRegister, ledger: StoredLedger, replay: HistoryReplay | None, released: bool
) -> TrailRows:
    """Corrections and late filings, the newest first; exemptions in order of platforms. `released`: as for SiteBuild."""
    own = sorted({p.unit for p in computed.register.inventory.of_kind("correction")})

    def gather() -> tuple[tuple[CorrectionRow, ...], int]:
        return _newest_corrections(computed, ledger, own)

    rows, opinions = memoised(computed, "corrected", " ".join(own), tuple[tuple[CorrectionRow, ...], int], gather)
    return TrailRows(
        corrections=rows,
        corrected=ledger.sums("all").get("corrected", 0) + opinions,
        exemptions=tuple(_exemptions(computed)),
        history=_history_row(computed, replay) if replay else None,
        released=released,
    )


def _newest_corrections(
    computed: ComputedRegister, ledger: StoredLedger, own: list[str]
) -> tuple[tuple[CorrectionRow, ...], int]:
    """(the newest corrections, the number of all corrections of opinions). `own`: platforms with corrections of their own
    records.
    """
    dossiers = [
        unit for dossier in ledger.newest_units("corrected", MAX_ROWS) if (unit := computed.register.units.get(dossier))
    ]
    units = (*dossiers, *(computed.register.units[i] for i in own))
    rows = [row for unit in units for row in _corrections(computed, unit)]
    opinions = sum(not r.dossier for r in rows)
    rows.sort(key=lambda r: (r.dossier or r.platform, r.applied.correction, r.applied.field))
    rows.sort(key=lambda r: r.applied.on.last or date.min, reverse=True)
    for unit in units:
        computed.register.dependencies.record(f"ref:{unit.id}")
    return tuple(rows[:MAX_ROWS]), opinions


def _corrections(computed: ComputedRegister, unit: Unit) -> Iterator[CorrectionRow]:
    """The corrections in a unit. Opinions in a platform's own records are counted only, so their corrections show no text."""
    folder = computed.register.read(unit)
    platform = unit.platform or ""
    if unit.is_dossier:
        dossier = computed.register.dossier(folder)
        for a in dossier.applied:
            target = dossier.event(a.target)
            yield CorrectionRow(
                platform=platform,
                dossier=unit.id,
                title=_title(computed, unit.id) or unit.id,
                kind=target.kind if target else "",
                path=target.path if target else "",
                applied=a,
                hidden=change_hidden(dossier, a),
            )
        return
    for a in computed.register.platform_records(folder).applied:
        yield CorrectionRow(platform=platform, dossier="", title="", kind="opinion", path="", applied=a, hidden=True)


def _exemptions(computed: ComputedRegister) -> Iterator[ExemptionRow]:
    """The items of all exemption records. The subject of one is a file or a unit."""
    computed.register.dependencies.record("exempt:*")
    for record in computed.judge.exemptions:
        if isinstance(record.data, Exemptions):
            for n, exemption in enumerate(record.data.items):
                place = computed.register.by_path.get(exemption.subject.partition("#")[0])
                of = place.unit if place else exemption.subject
                title = _title(computed, of) if "/" in of else ""
                yield ExemptionRow(
                    platform=record.place.platform or "",
                    of=of if title or of in computed.judge.network.rows else "",
                    title=title,
                    path=record.place.path,
                    number=n,
                    exemption=exemption,
                )


def _history_row(computed: ComputedRegister, replay: HistoryReplay) -> HistoryRow:
    counts: Counter[str] = Counter()
    for name, count in replay.counts.items():
        counts[name.partition("|")[0]] += count
    replayed = replay.summary
    computed.register.dependencies.record("past")
    return HistoryRow(
        commit=replay.commit,
        steps=replayed.steps,
        since=replayed.since,
        until=replayed.until,
        digest=replayed.digest,
        signatures_requested=replay.requires_signatures,
        states=replayed.states,
        finding_counts=dict(sorted(counts.items())),
        late=tuple(_late(computed, f) for f in replay.late_entries(MAX_ROWS)),
        filed_late=replayed.late,
    )


def _late(computed: ComputedRegister, f: TrailFinding) -> LateFilingRow:
    place = computed.register.by_path.get(f.path)
    dossier = f.dossier or ""
    title = _title(computed, dossier)
    computed.register.dependencies.record(f"ref:{f.path}")
    return LateFilingRow(
        platform=dossier.partition("/")[0] or (place.platform or "" if place else ""),
        dossier=dossier if title else "",
        title=title or dossier,
        stem=place.stem if place and dossier else "",
        message=f.message,
        filed=f.at[:10],
        commit=f.commit,
    )


def _title(computed: ComputedRegister, dossier: str) -> str:
    """The title of a dossier, empty if there is none; recorded as a dependency."""
    computed.register.dependencies.record(f"title:{dossier}")
    found = computed.summary(dossier) if "/" in dossier else None
    return found.title if found else ""
