"""One run of the rules over a register: units whose results are stale are computed again, in passes.

A unit's findings may depend on other units: on their records, on what they refer to, on whether a platform has reported at
all. The passes are in the order in which the answers become known:

1. *Begin.* If the clock has moved on, mark the units whose results change by the clock; if it has moved back, or the set of
   disabled rules differs, mark everything.
2. *Network.* Read the platforms whose own files changed, all rule records and all exemptions (engine/network_context.py),
   and invalidate who depends on a row, parameter or exemption that differs.
3. *Dossiers* (engine/dossier_pass.py). Compute the stale dossiers, each by itself; then once more those to which other
   dossiers refer, because what the others say of them is known only now.
4. *Reporting.* A platform has reported if its own folder or one of its dossiers contains a record of its own. Where that
   changed, invalidate `seen:CODE`.
5. *Platforms* (engine/platform_pass.py). Compute the own files of the stale platforms, with the summaries of their
   dossiers; then the checks between units: a platform without the one above it, a number that is skipped; then the site's
   own pages.
6. *End.* Write totals and lists (engine/stored_totals.py), invalidate who reads one that changed, and commit.

Invariants:

- A unit's result depends on its own files, on what its dependency set names, on inbound references, on the clock and on
  the options; on nothing else. So a stored result that is not stale equals the one that a run from nothing would compute.
- A pass only invalidates units of a later pass, or pages. If pass 3 makes more dossiers stale, pass 3 computes these too.
- The store is marked as computed after pass 6. If a process is killed earlier and had already committed rows, the next run
  starts from the files alone.

Example: an outcome is filed in 990101/2026-001, which continues 990101/2025-007.

- Its file changed, so the dossier is stale; so are the units that looked up the outcome's reference and did not find it.
- Pass 3 computes it. Its summary differs, so its platform 990101 is stale. Its references are as before; if it had a new one
  to 990102/2026-003, that dossier would be computed again with the inbound reference.
- It was computed before, so it has records of its own and pass 4 finds nothing new.
- Pass 5 computes 990101: a duty of the platform may be fulfilled now.
- Pass 6 changes totals such as (`all`, `outcomes`) and lists such as `results`, and marks the pages that read them stale.

Nothing else is read: not the other dossiers of the platform, and no other platform.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

from weimin.engine.computed_register import ComputedRegister
from weimin.engine.dependencies import HEAD
from weimin.engine.dossier_pass import DossierPass
from weimin.engine.network_context import NetworkContext
from weimin.engine.options import Options, Tick
from weimin.engine.platform_pass import PlatformPass
from weimin.engine.queries.unit_result import UnitResultTable
from weimin.engine.register import Register
from weimin.engine.state import COMPUTE
from weimin.engine.stored_totals import StoredTotals


class ComputeRun:
    """One run of the rules. `run` may be called once."""

    def __init__(self, register: Register, as_of: date, options: Options, tick: Tick) -> None:
        self._register, self._as_of, self._options, self._tick = register, as_of, options, tick
        self._state = register.state

    def run(self) -> ComputedRegister:
        first = self._begin()
        totals = StoredTotals(self._state, self._as_of, first=first)
        stale = self._register.inventory.unit_ids(dossiers=False) if first else self._stale_platforms
        network = NetworkContext(
            self._register,
            self._as_of,
            self._options.disabled,
            stale,
            on_row_change=totals.replace_row,
            first=first,
        )
        totals.invalidate(network.changed_keys)
        dossiers = DossierPass(self._register, self._as_of, self._options, self._tick, totals, first=first)
        dossiers.run(network.judge("row"))
        reporting = network.update_reporting(
            network.rows if first else dossiers.platforms_with_other_records | set(stale)
        )
        if reporting:
            totals.invalidate({f"seen:{code}" for code in (*reporting, "*")})
        judge = network.judge("seen")
        platforms = PlatformPass(self._register, self._as_of, self._options, self._tick, totals, judge, first=first)
        file_problems = (p for p in self._register.problems if p.code not in self._options.disabled)
        file_findings = [judge.finding(p) for p in file_problems]
        platforms.run(
            stale if first else self._stale_platforms,
            dossiers.changed_targets | reporting,
            dossiers.renumbered_platforms,
        )
        totals.write()
        self._state.mark_all_computed()
        self._state.store.commit()
        return ComputedRegister(
            self._register,
            judge,
            self._as_of,
            file_findings,
            totals.replaced_findings,
            MappingProxyType(dossiers.replaced_summaries),
        )

    @property
    def _stale_platforms(self) -> Sequence[str]:
        return [unit for unit in self._state.stale(COMPUTE) if unit.isdigit()]

    def _begin(self) -> bool:
        """Mark what the clock and the options make stale. Whether this is a first run, in which everything is computed."""
        state, units = self._state, UnitResultTable(self._state.store)
        disabled, day = " ".join(sorted(self._options.disabled)), self._as_of.isoformat()
        before = state.meta.text("as_of")
        if state.meta.text("disabled") != disabled:
            state.clear()
        if state.is_computed and before < day:
            state.mark_stale(COMPUTE, units.due(day))
        elif state.is_computed and before > day:
            state.mark_stale(COMPUTE, units.computed_units())
        head = f"{day} {self._register.tree.commit()}"
        if state.is_computed and state.meta.text(HEAD) != head:
            state.invalidate_dependents([HEAD])
        state.meta.set_text(HEAD, head)
        state.meta.set_text("disabled", disabled)
        state.meta.set_text("as_of", day)
        first = not state.is_computed
        if first:  # there may be parts of a run that was killed
            state.clear(keep=("as_of", "disabled", HEAD))
        return first
