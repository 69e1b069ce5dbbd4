"""The pass over dossiers: the stale ones are computed each by itself, then those that others refer to once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from weimin.adapters.workers import map_parallel
from weimin.dossiers.summary import next_day
from weimin.engine.judge import DossierResult, Judge, inbound_of
from weimin.engine.options import Options, Tick
from weimin.engine.queries.inbound import InboundRow, InboundTable, project_list_row, reference_row
from weimin.engine.queries.unit_result import UnitResultTable
from weimin.engine.register import Register
from weimin.engine.remote_judging import JudgeInput, judge_remotely
from weimin.engine.state import COMPUTE
from weimin.engine.stored_results import StoredResults
from weimin.engine.stored_totals import StoredTotals
from weimin.model.summary import Summary
from weimin.totals.contributions import contributions_of_dossier

_encode = msgspec.msgpack.Encoder().encode
_RESULT = msgspec.msgpack.Decoder(DossierResult)


class DossierPass:
    """Computes dossiers and stores their results. After `run`:

    - `changed_targets`: the platforms that have to be computed again, because a dossier that they look at changed;
    - `platforms_with_other_records`: those in which a dossier gained, lost, or is the first to have, records of its own;
    - `renumbered_platforms`: those in which a dossier is new, gone or has other files (a finding about numbers is located
      in one of these);
    - `replaced_summaries`: the summaries that the store contained before, of dossiers that were computed again or are gone.
    """

    def __init__(
        self, register: Register, as_of: date, options: Options, tick: Tick, totals: StoredTotals, *, first: bool
    ) -> None:
        self._register, self._as_of, self._options, self._tick = register, as_of, options, tick
        self._state, self._totals, self._first = register.state, totals, first
        self._stored = StoredResults(register, as_of)
        self._units, self._inbound = UnitResultTable(self._state.store), InboundTable(self._state.store)
        self.changed_targets: set[str] = set()
        self.platforms_with_other_records: set[str] = set()
        self.renumbered_platforms: set[str] = set()
        self.replaced_summaries: dict[str, Summary] = {}

    def run(self, judge: Judge) -> None:
        """Each dossier by itself, without inbound references; then with these, where there are any or were any before."""
        if self._first:
            ids = self._register.inventory.unit_ids(dossiers=True)
        else:
            ids = [i for i in self._state.stale(COMPUTE) if "/" in i]
        units = [unit for i in ids if (unit := self._register.units.get(i)) is not None]
        targets: set[str] = set()
        for removed in sorted(set(ids) - {unit.id for unit in units}):
            targets |= self._remove(removed)
        for result in self._computed("核对卷宗", judge, [JudgeInput(unit=unit.id) for unit in units]):
            targets |= self._store(result, alone=True)
        targets |= {unit.id for unit in units if self._stored.inbound(unit.id)}
        self._compute_targets(judge, targets)
        self.changed_targets |= {target for target in targets if "/" not in target}

    def _compute_targets(self, judge: Judge, targets: Iterable[str]) -> None:
        inputs = [
            JudgeInput(unit=target, inbound=self._stored.inbound(target), carried=self._stored.carried_duties(target))
            for target in sorted(targets)
            if "/" in target and target in self._register.units
        ]
        for result in self._computed("核对卷宗之间的引用", judge, inputs):
            self._store(result, alone=False)

    def _computed(self, what: str, judge: Judge, inputs: Sequence[JudgeInput]) -> Iterator[DossierResult]:
        """The results in the order of the inputs: from a cluster, from worker processes, or from this process."""
        cluster = self._options.cluster

        def tick(n: int) -> None:
            self._tick(what, n, len(inputs))

        if cluster is not None and len(inputs) >= cluster.min_items:
            return judge_remotely(cluster, judge, inputs, tick)
        self._state.commit_for_workers(self._options.jobs, len(inputs))

        def job(i: JudgeInput) -> DossierResult:
            return judge.dossier(self._register.units[i.unit], i.inbound, i.carried)

        return map_parallel(job, inputs, self._options.jobs, tick)

    # Storing
    def _store(self, result: DossierResult, *, alone: bool) -> set[str]:
        """Store a result in place of the one before. `alone`: it was computed without inbound references.

        Returns the units to which the dossier refers in another way than before.
        """
        new = self._first and alone
        before = None if new else self._take_out(result.id)
        if not alone and before is not None:
            # keep `carried` of the first computation: the second one also sees duties received from merged dossiers, and would
            # pass them on twice
            result = msgspec.structs.replace(result, carried=before.carried)
        self._units.insert_dossier(
            result.id,
            result.platform,
            has_records=result.has_records,
            data=_encode(msgspec.structs.replace(result, findings=(), dependencies=())),
            changes_on=next_day(result.summary, self._as_of),
            dependency_set=self._state.dependency_set(tuple(sorted(result.dependencies))),
        )
        self._totals.replace_findings(result.id, result.findings, new=new)
        self._totals.count(result.records, dossiers=1)
        self._mark_platforms(before.summary if before else None, result.summary)
        self._totals.add_contributions(result.id, contributions_of_dossier(result.summary), result.summary)
        self.renumbered_platforms.add(result.platform)
        if before is None or before.has_records != result.has_records:
            self.platforms_with_other_records.add(result.platform)
        if before is not None and before.summary.title != result.summary.title:
            self._totals.invalidate({f"title:{result.id}"})
        self._state.mark_computed(COMPUTE, result.id)
        self._totals.mark_pages_stale([result.id])
        if not alone:
            return set()
        references = [(target, i) for target, refs in inbound_of([result]).items() for i in refs]
        rows = [reference_row(target, i) for target, i in references]
        rows += [project_list_row(p.partition("/")[0]) for p in result.summary.projects]
        changed = self._replace_references(result.id, rows)
        if before is not None and before.carried != result.carried:
            changed |= {target for target, i in references if i.role == "into"}
        return changed

    def _take_out(self, dossier: str) -> DossierResult | None:
        """Delete a stored result and what it contributed; the result, None if there was none."""
        data = self._units.delete(dossier)
        if data is None:
            return None
        before = _RESULT.decode(data)
        self._totals.count(-before.records, dossiers=-1)
        self._totals.remove_contributions(dossier, contributions_of_dossier(before.summary), before.summary)
        if not self._first:
            self.replaced_summaries.setdefault(dossier, before.summary)
        if self._register.units.get(dossier) is None:
            self.renumbered_platforms.add(before.platform)
            self.platforms_with_other_records.add(before.platform)
            self._totals.invalidate({f"title:{dossier}"})
        return before

    def _remove(self, dossier: str) -> set[str]:
        """Delete a dossier that has no files any more; the units to which it referred."""
        before = self._take_out(dossier)
        self._totals.replace_findings(dossier, ())
        self._mark_platforms(before.summary if before else None, None)
        self._state.mark_computed(COMPUTE, dossier)
        self._totals.mark_pages_stale([dossier])
        return self._replace_references(dossier, [])

    def _replace_references(self, source: str, rows: list[InboundRow]) -> set[str]:
        """Store what a dossier refers to; the targets for which that differs from before. Their pages show it."""
        before = self._inbound.replace(source, rows)
        changed = {target for target, _role, _data in before ^ {*rows}}
        self._totals.mark_pages_stale(changed)
        return changed

    def _mark_platforms(self, before: Summary | None, after: Summary | None) -> None:
        """The platforms that look at a dossier, its own and those of its projects, are computed again if it differs."""
        if before == after:
            return
        for summary in (before, after):
            if summary is not None:
                self.changed_targets |= {summary.platform, *(p.partition("/")[0] for p in summary.projects)}
