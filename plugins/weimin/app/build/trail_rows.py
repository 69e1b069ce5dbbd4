"""The rows of the trail's own pages, gathered from the few folders that hold any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from weimin.dossiers.disclosure import change_hidden
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.history.stored_replay import HistoryReplay
from weimin.engine.inventory import Unit
from weimin.engine.memo import remembered
from weimin.engine.stored_ledger import StoredLedger
from weimin.model.history import TrailFinding
from weimin.model.kinds import Exemptions
from weimin.model.trail_rows import CorrectionRow, ExemptionRow, LateRow, PastRow, TrailRows

MOST = 300
"""Rows of each kind that pages and the data beside them hold; the files of open data hold all."""


def trail_rows(held: ComputedRegister, ledger: StoredLedger, past: HistoryReplay | None, released: bool) -> TrailRows:
    """The newest corrections and late filings, the newest first; exemptions in order of platforms."""
    own = sorted({p.unit for p in held.register.inventory.of_kind("correction")})

    def gather() -> tuple[tuple[CorrectionRow, ...], int]:
        return _newest_corrections(held, ledger, own)

    rows, opinions = remembered(held, "corrected", " ".join(own), tuple[tuple[CorrectionRow, ...], int], gather)
    return TrailRows(
        corrections=rows,
        corrected=ledger.sums("all").get("corrected", 0) + opinions,
        exemptions=tuple(_exemptions(held)),
        past=_past(held, past) if past else None,
        released=released,
    )


def _newest_corrections(
    held: ComputedRegister, ledger: StoredLedger, own: list[str]
) -> tuple[tuple[CorrectionRow, ...], int]:
    """These, and how many of all are of opinions. `own`: platforms with corrections of their own records."""
    dossiers = [unit for node in ledger.nodes("corrected", MOST) if (unit := held.register.units.get(node))]
    units = (*dossiers, *(held.register.units[i] for i in own))
    rows = [row for unit in units for row in _corrections(held, unit)]
    opinions = sum(not r.dossier for r in rows)
    rows.sort(key=lambda r: (r.dossier or r.platform, r.applied.correction, r.applied.field))
    rows.sort(key=lambda r: r.applied.on.last or date.min, reverse=True)
    for unit in units:
        held.register.reads.note(f"ref:{unit.id}")
    return tuple(rows[:MOST]), opinions


def _corrections(held: ComputedRegister, unit: Unit) -> Iterator[CorrectionRow]:
    """Of a platform's opinions, which are counted only, that they were corrected and no more."""
    folder = held.register.read(unit)
    platform = unit.platform or ""
    if unit.is_dossier:
        dossier = held.register.dossier(folder)
        for a in dossier.applied:
            target = dossier.event(a.target)
            yield CorrectionRow(
                platform=platform,
                dossier=unit.id,
                title=_title(held, unit.id) or unit.id,
                kind=target.kind if target else "",
                path=target.path if target else "",
                applied=a,
                hidden=change_hidden(dossier, a),
            )
        return
    for a in held.register.platform_records(folder).applied:
        yield CorrectionRow(platform=platform, dossier="", title="", kind="opinion", path="", applied=a, hidden=True)


def _exemptions(held: ComputedRegister) -> Iterator[ExemptionRow]:
    """A subject is a file or a unit."""
    held.register.reads.note("exempt:*")
    for record in held.judge.exemptions:
        if isinstance(record.data, Exemptions):
            for n, exemption in enumerate(record.data.items):
                place = held.register.by_path.get(exemption.subject.partition("#")[0])
                of = place.unit if place else exemption.subject
                title = _title(held, of) if "/" in of else ""
                yield ExemptionRow(
                    platform=record.place.platform or "",
                    of=of if title or of in held.judge.network.rows else "",
                    title=title,
                    path=record.place.path,
                    number=n,
                    exemption=exemption,
                )


def _past(held: ComputedRegister, past: HistoryReplay) -> PastRow:
    told: Counter[str] = Counter()
    for name, count in past.counts.items():
        told[name.partition("|")[0]] += count
    replayed = past.summary
    held.register.reads.note("past")
    return PastRow(
        commit=past.commit,
        steps=replayed.steps,
        since=replayed.since,
        until=replayed.until,
        digest=replayed.digest,
        asked=past.requires_signatures,
        states=replayed.states,
        found=dict(sorted(told.items())),
        late=tuple(_late(held, f) for f in past.late_entries(MOST)),
        filed_late=replayed.late,
    )


def _late(held: ComputedRegister, f: TrailFinding) -> LateRow:
    place = held.register.by_path.get(f.path)
    dossier = f.dossier or ""
    title = _title(held, dossier)
    held.register.reads.note(f"ref:{f.path}")
    return LateRow(
        platform=dossier.partition("/")[0] or (place.platform or "" if place else ""),
        dossier=dossier if title else "",
        title=title or dossier,
        stem=place.stem if place and dossier else "",
        message=f.message,
        filed=f.at[:10],
        commit=f.commit,
    )


def _title(held: ComputedRegister, dossier: str) -> str:
    """Empty where no such dossier stands."""
    held.register.reads.note(f"title:{dossier}")
    found = held.summary(dossier) if "/" in dossier else None
    return found.title if found else ""
