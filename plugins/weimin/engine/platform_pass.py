"""The pass over platforms' own files, after all dossiers; then the checks between units, and the site's own pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from weimin.adapters.workers import map_parallel
from weimin.engine.judge import Judge, PlatformResult
from weimin.engine.options import Options, Tick
from weimin.engine.queries.unit_result import UnitResultTable
from weimin.engine.register import Register
from weimin.engine.state import COMPUTE
from weimin.engine.stored_results import StoredResults
from weimin.engine.stored_totals import StoredTotals
from weimin.model.finding import Finding, Problem
from weimin.model.ledger import Contributions
from weimin.rules.links import numbers_in_sequence, parent_missing
from weimin.totals.contributions import contributions_of_platform

_SITE = "site"
_PARENTS, _NUMBERS = "^parents", "#"
"""The sources of findings about missing platforms, and about the numbers of a platform's dossiers (`#CODE`)."""
_encode = msgspec.msgpack.Encoder().encode
_STORED = msgspec.msgpack.Decoder(tuple[int, dict[str, int]])  # records, planned items by month


class PlatformPass:
    """Computes platforms' own files and stores the results."""

    def __init__(
        self,
        register: Register,
        as_of: date,
        options: Options,
        tick: Tick,
        totals: StoredTotals,
        judge: Judge,
        *,
        first: bool,
    ) -> None:
        self._register, self._options, self._tick = register, options, tick
        self._state, self._totals, self._judge, self._first = register.state, totals, judge, first
        self._stored = StoredResults(register, as_of)
        self._units = UnitResultTable(self._state.store)

    def run(self, stale: Sequence[str], changed_targets: Iterable[str], renumbered: Iterable[str]) -> None:
        """`stale`: the stale platforms; in a first run all. `changed_targets`: units that have to be computed again as well.

        `renumbered`: platforms of which a dossier is new, gone or has other files.
        """
        self._compute_platforms(stale, changed_targets)
        self._check_between_units(renumbered)
        self._compute_site()

    def _compute_platforms(self, stale: Sequence[str], changed_targets: Iterable[str]) -> None:
        units, stored, judge = self._register.units, self._stored, self._judge
        codes, removed = list(stale), []
        if not self._first:
            requested = sorted({*stale, *(i for i in changed_targets if i.isdigit())})
            codes = [i for i in requested if i in units]
            removed = [i for i in requested if i not in units]

        def job(code: str) -> PlatformResult:
            own, citing = stored.summaries_of_platform(code), stored.summaries_citing_lists_of(code)
            return judge.platform(units[code], own, citing, stored.inbound(code))

        self._state.commit_for_workers(self._options.jobs, len(codes))
        tick = self._tick
        for result in map_parallel(job, codes, self._options.jobs, lambda n: tick("核对平台", n, len(codes))):
            self._store(result)
        for code in removed:
            self._remove(code)

    def _check_between_units(self, renumbered: Iterable[str]) -> None:
        """L103, a platform without the one above it; L106, a number that is skipped."""

        def findings(problems: Iterable[Problem]) -> list[Finding]:
            return [self._judge.finding(p) for p in problems if p.code not in self._options.disabled]

        network = self._judge.network
        missing = (p for row in network.rows.values() for p in parent_missing(row, network))
        self._totals.replace_findings(_PARENTS, findings(missing))
        for code in sorted(renumbered):
            heads = self._register.inventory.heads(code)
            self._totals.replace_findings(_NUMBERS + code, findings(numbers_in_sequence(code, heads)))
        self._register.dependencies.collect()  # these checks run each time, so nobody asks what they read

    def _compute_site(self) -> None:
        """The settings, pages and news."""
        unit = self._register.units.get(_SITE)
        exists = self._units.exists(_SITE)
        if unit is not None and (not exists or self._state.is_stale(COMPUTE, _SITE)):
            self._store(self._judge.prose_records(unit))
        elif unit is None and exists:
            self._remove(_SITE)

    # Storing
    def _store(self, result: PlatformResult) -> None:
        """Store a result in place of the one before."""
        if not self._first:
            self._remove(result.id)
        self._units.insert_other(
            result.id,
            data=_encode((result.records, result.planned)),
            changes_on=result.next_day.isoformat() if result.next_day else "",
            dependency_set=self._state.dependency_set(tuple(sorted(result.dependencies))),
        )
        self._totals.replace_findings(result.id, result.findings, new=self._first)
        contributions = _contributions(result.id, result.findings, result.planned)
        self._totals.add_contributions(result.id, contributions, (*result.findings,))
        self._totals.count(result.records)

    def _remove(self, unit: str) -> None:
        """Delete a stored result and what it contributed."""
        data = self._units.delete(unit)
        records, planned = _STORED.decode(data) if data is not None else (0, {})
        self._totals.count(-records)
        before = self._totals.replace_findings(unit, ())
        self._totals.remove_contributions(unit, _contributions(unit, before, planned), (*before,))
        self._state.mark_computed(COMPUTE, unit)
        self._totals.mark_pages_stale([unit])


def _contributions(unit: str, findings: Sequence[Finding], planned: Mapping[str, int]) -> Contributions:
    return contributions_of_platform(unit, findings, planned) if unit != _SITE else Contributions()
