"""The rows of the trail's own pages, gathered from the few folders that hold any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from weimin.app.check import Held
from weimin.app.register import Unit
from weimin.model.history import Past, TrailFinding
from weimin.model.kinds import Exemptions
from weimin.model.trail_rows import CorrectionRow, ExemptionRow, LateRow, PastRow, TrailRows
from weimin.site.disclosure import change_hidden

LATE = "A105"


def trail_rows(held: Held, past: Past | None, released: bool) -> TrailRows:
    """Corrections and late filings the newest first, exemptions in order of platforms."""
    corrected = [u for u in held.register.units.values() if any(p.kind == "correction" for p in u.places)]
    titles = {s.id: s.title for s in held.summaries}
    rows = [row for unit in corrected for row in _corrections(held, unit, titles)]
    rows.sort(key=lambda r: (r.dossier or r.platform, r.applied.correction, r.applied.field))
    rows.sort(key=lambda r: r.applied.on.last or date.min, reverse=True)
    return TrailRows(
        corrections=tuple(rows),
        exemptions=tuple(_exemptions(held, titles)),
        past=_past(held, past, titles) if past else None,
        released=released,
    )


def _corrections(held: Held, unit: Unit, titles: dict[str, str]) -> Iterator[CorrectionRow]:
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
                title=titles.get(unit.id, unit.id),
                kind=target.kind if target else "",
                path=target.path if target else "",
                applied=a,
                hidden=change_hidden(dossier, a),
            )
        return
    for a in held.register.standing(folder).applied:
        yield CorrectionRow(platform=platform, dossier="", title="", kind="opinion", path="", applied=a, hidden=True)


def _exemptions(held: Held, titles: dict[str, str]) -> Iterator[ExemptionRow]:
    """A subject is a file or a unit."""
    for record in held.judge.exemptions:
        if isinstance(record.data, Exemptions):
            for n, exemption in enumerate(record.data.items):
                place = held.register.by_path.get(exemption.subject.partition("#")[0])
                of = place.unit if place else exemption.subject
                yield ExemptionRow(
                    platform=record.place.platform or "",
                    of=of if of in titles or of in held.judge.network.rows else "",
                    title=titles.get(of, ""),
                    path=record.place.path,
                    number=n,
                    exemption=exemption,
                )


def _past(held: Held, past: Past, titles: dict[str, str]) -> PastRow:
    late = [f for f in past.findings if f.code == LATE]
    late.sort(key=lambda f: f.at, reverse=True)
    return PastRow(
        commit=past.commit,
        steps=past.steps,
        since=past.since,
        until=past.until,
        digest=past.digest,
        asked=past.asked,
        states=past.states,
        found=dict(sorted(Counter(f.code for f in past.findings).items())),
        late=tuple(_late(held, f, titles) for f in late),
    )


def _late(held: Held, f: TrailFinding, titles: dict[str, str]) -> LateRow:
    place = held.register.by_path.get(f.path)
    dossier = f.dossier or ""
    return LateRow(
        platform=dossier.partition("/")[0] or (place.platform or "" if place else ""),
        dossier=dossier if dossier in titles else "",
        title=titles.get(dossier, dossier),
        stem=place.stem if place and dossier else "",
        message=f.message,
        filed=f.at[:10],
        commit=f.commit,
    )
