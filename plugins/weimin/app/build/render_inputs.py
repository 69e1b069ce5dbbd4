"""What a folder is told of the others before its pages are made: a few rows, looked up for it alone."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.app.build.render import Task
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.history.stored_replay import HistoryReplay
from weimin.engine.stored_ledger import StoredLedger
from weimin.model.view import BelowRow
from weimin.totals.periods import PLATFORM, report_years


class RenderInputs:
    """Makes tasks out of what stands in the store."""

    def __init__(
        self, held: ComputedRegister, ledger: StoredLedger, past: HistoryReplay | None, *, pictures: bool
    ) -> None:
        """`pictures`: share pictures are drawn."""
        self._held, self._ledger, self._past, self._pictures = held, ledger, past, pictures

    def __call__(self, unit: str) -> Task:
        reads = self._held.register.reads
        reads.taken()
        task = self._dossier(unit) if "/" in unit else self._platform(unit)
        return msgspec.structs.replace(task, reads=reads.taken())

    def _dossier(self, unit: str) -> Task:
        held, past = self._held, self._past
        inbound = held.inbound(unit)
        summary = held.summary(unit)
        refs = summary.refs if summary else ()
        named = {i.source.rpartition("/")[0] for i in inbound}
        named |= {text.rpartition("#")[0] or text for _stem, _pointer, _role, text in refs}
        return Task(
            unit=unit,
            inbound=inbound,
            carried=held.carried(unit),
            titles={i: self._title(i) for i in sorted({_dossier_of(n) for n in named}) if "/" in i},
            revisions=past.revisions(unit) if past else (),
            trail=past.findings(unit) if past else (),
            pictures=self._drawn(unit) if self._pictures else None,
        )

    def _platform(self, code: str) -> Task:
        held, past = self._held, self._past
        own = held.register.units.get(code)
        paths = {p.path for p in own.places} if own else set()
        found = {f for path in sorted(paths) for f in held.findings_where("path", path) if f.dossier is None}
        return Task(
            unit=code,
            own=held.own(code),
            joint=tuple(s for node in self._ledger.all(f"joint:{code}") if (s := held.summary(node)) is not None),
            below=tuple(self._below(code)),
            reports=report_years(self._ledger.sums(PLATFORM + code)),
            findings=tuple(sorted(found, key=lambda f: f.order)),
            revisions=past.revisions(code) if past else (),
        )

    def _below(self, code: str) -> Iterator[BelowRow]:
        for row in self._held.judge.network.below(code):
            sums = self._ledger.sums(PLATFORM + row.code)
            yield BelowRow(
                row=row,
                platforms=sums.get("platforms", 1),
                has_records=sums.get("heard", 0),
                dossiers=sums.get("dossiers", 0),
                open_duties=sums.get("open", 0),
                overdue=sums.get("overdue", 0),
            )

    def _drawn(self, unit: str) -> dict[str, bytes]:
        return dict(self._held.state.store.all("SELECT path, digest FROM picture WHERE node = ?", unit))

    def _title(self, dossier: str) -> str:
        """Empty where no such dossier stands."""
        found = self._held.summary(dossier)
        return found.title if found else ""


def _dossier_of(ref: str) -> str:
    """The dossier a reference names: its first two parts."""
    return "/".join(ref.split("/")[:2])
