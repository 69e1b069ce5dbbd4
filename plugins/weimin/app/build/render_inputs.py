"""Render inputs: what the store contains about other units that a unit's pages show, looked up for one unit at a time."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.app.build.render import RenderInput
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.history.stored_replay import HistoryReplay
from weimin.engine.queries.share_image import ShareImageTable
from weimin.engine.stored_ledger import StoredLedger
from weimin.model.finding import Finding
from weimin.model.view import BelowRow
from weimin.totals.periods import PLATFORM, report_years


class RenderInputs:
    """Makes the render input of a unit. Workers render without the store, so everything of it is in the input."""

    def __init__(
        self, computed: ComputedRegister, ledger: StoredLedger, replay: HistoryReplay | None, *, share_images: bool
    ) -> None:
        """`replay`: the history replay, None if pages show none. `share_images`: whether share images are drawn."""
        self._computed, self._ledger, self._replay, self._share_images = computed, ledger, replay, share_images
        self._drawn = ShareImageTable(computed.state.store)

    def __call__(self, unit: str) -> RenderInput:
        dependencies = self._computed.register.dependencies
        dependencies.collect()
        render_input = self._dossier(unit) if "/" in unit else self._platform(unit)
        return msgspec.structs.replace(render_input, dependencies=dependencies.collect())

    def _dossier(self, unit: str) -> RenderInput:
        computed, replay = self._computed, self._replay
        inbound = computed.inbound(unit)
        summary = computed.summary(unit)
        refs = summary.refs if summary else ()
        named = {i.source.rpartition("/")[0] for i in inbound}
        named |= {text.rpartition("#")[0] or text for _stem, _pointer, _role, text in refs}
        return RenderInput(
            unit=unit,
            inbound=inbound,
            carried=computed.carried_duties(unit),
            titles={i: self._title(i) for i in sorted({_dossier_of(n) for n in named}) if "/" in i},
            revisions=replay.revisions(unit) if replay else (),
            trail=replay.findings(unit) if replay else (),
            share_images=self._drawn.of_unit(unit) if self._share_images else None,
        )

    def _platform(self, code: str) -> RenderInput:
        computed, replay = self._computed, self._replay
        found = self._own_findings(code)
        joint = (computed.summary(dossier) for dossier in self._ledger.units(f"joint:{code}"))
        inherited = self._ledger.units(f"heir:{code}")
        dossiers = (computed.summary(i) for i in inherited if "/" in i)
        return RenderInput(
            unit=code,
            own=computed.summaries_of_platform(code),
            joint=tuple(summary for summary in joint if summary is not None),
            inherited=tuple(summary for summary in dossiers if summary is not None),
            inherited_findings=tuple(f for i in inherited if "/" not in i for f in self._owed(i, code)),
            below=tuple(self._below(code)),
            reports=report_years(self._ledger.sums(PLATFORM + code)),
            findings=tuple(sorted(found, key=lambda f: f.order)),
            revisions=replay.revisions(code) if replay else (),
        )

    def _own_findings(self, code: str) -> set[Finding]:
        """The findings in a platform's own files."""
        unit = self._computed.register.units.get(code)
        paths = {p.path for p in unit.places} if unit else set[str]()
        return {f for path in sorted(paths) for f in self._computed.findings_in_file(path) if f.dossier is None}

    def _owed(self, closed: str, heir: str) -> list[Finding]:
        """What a closed platform's own records leave to its heir."""
        return sorted((f for f in self._own_findings(closed) if f.owed_by == heir), key=lambda f: f.order)

    def _below(self, code: str) -> Iterator[BelowRow]:
        """The platforms below a platform, with their totals."""
        for row in self._computed.judge.network.below(code):
            sums = self._ledger.sums(PLATFORM + row.code)
            yield BelowRow(
                row=row,
                platforms=sums.get("platforms", 0),
                has_records=sums.get("heard", 0),
                dossiers=sums.get("dossiers", 0),
                open_duties=sums.get("open", 0),
                overdue=sums.get("overdue", 0),
            )

    def _title(self, dossier: str) -> str:
        """Empty if there is no such dossier."""
        summary = self._computed.summary(dossier)
        return summary.title if summary else ""


def _dossier_of(ref: str) -> str:
    """The dossier that a reference names: its first two parts."""
    return "/".join(ref.split("/")[:2])
