"""The register held to the rules: what changed is judged again, and what had read what changed. Nothing else is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from weimin.adapters.cluster import Cluster
from weimin.adapters.workers import MIN_PARALLEL, map_parallel
from weimin.dossiers.summary import next_day
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.judge import DossierResult, Judge, PlatformResult, inbound_of
from weimin.engine.network_context import NetworkContext
from weimin.engine.register import Register
from weimin.engine.remote_judging import JudgeInput, judge_remotely
from weimin.engine.state import COMPUTE
from weimin.engine.stored_totals import StoredTotals
from weimin.model.dossier import Inbound
from weimin.model.finding import Finding, Problem
from weimin.model.ledger import Contributions
from weimin.model.summary import Summary
from weimin.rules.links import numbers_in_sequence, parent_missing
from weimin.totals.contributions import contributions_of_dossier, contributions_of_platform

Tick = Callable[[str, int, int], None]
_SITE, _PARENTS, _NUMBERS = "site", "^parents", "#"
_encode = msgspec.msgpack.Encoder().encode
_RESULT = msgspec.msgpack.Decoder(DossierResult)
_STANDING = msgspec.msgpack.Decoder(tuple[int, dict[str, int]])


class ComputeRun:
    """One run of the rules over a register."""

    def __init__(
        self,
        register: Register,
        as_of: date,
        disabled: frozenset[str],
        jobs: int,
        tick: Tick,
        cluster: Cluster | None = None,
    ) -> None:
        self._register, self._as_of, self._disabled = register, as_of, disabled
        self._jobs, self._tick, self._cluster = jobs, tick, cluster
        self._state, self._store = register.state, register.state.store
        self._platforms: set[str] = set()  # to be judged again
        # platforms with a dossier that came, went or has other files: L106 points at one of them
        self._numbered: set[str] = set()
        self._voices: set[str] = set()  # platforms whose own voice may have changed
        self._summaries: dict[str, Summary] = {}  # as they were before

    def run(self) -> ComputedRegister:
        self._begin()
        world = NetworkContext(
            self._register,
            self._as_of,
            self._disabled,
            self._stale_platforms,
            moved=self._accounts.move,
            first=self._first,
        )
        self._voices |= set() if self._first else {*self._stale_platforms}
        self._accounts.touch(world.keys)
        judge = world.judge("row")
        self._dossiers(judge)
        if heard := world.update_reporting(world.rows if self._first else self._voices):
            self._accounts.touch({f"seen:{c}" for c in (*heard, "*")})
            self._platforms |= heard
        seen = world.judge("seen")
        held = ComputedRegister(
            self._register,
            seen,
            self._as_of,
            [seen.finding(p) for p in self._register.problems if p.code not in self._disabled],
        )
        self._standing(held)
        self._between(held)
        self._prose(held)
        self._end()
        held.replaced_findings, held.replaced_summaries = self._accounts.found, self._summaries
        return held

    @property
    def _stale_platforms(self) -> list[str]:
        if self._first:
            return self._register.inventory.unit_ids(dossiers=False)
        return [i for i in self._state.stale(COMPUTE) if i.isdigit()]

    def _begin(self) -> None:
        """What the clock alone changes: on a later day what says so, on an earlier one everything is judged again.

        Another set of rules is another question.
        """
        asked, day = " ".join(sorted(self._disabled)), self._as_of.isoformat()
        before = self._state.text("as_of")
        if self._state.text("disabled") != asked:
            self._state.clear()
        if self._state.is_computed and before < day:
            due = self._store.all_rows("SELECT id FROM node WHERE next <> '' AND next <= ?", day)
            self._state.mark_stale(COMPUTE, [i for (i,) in due])
        elif self._state.is_computed and before > day:
            judged = self._store.all_rows("SELECT id FROM node WHERE length(data) > 0")
            self._state.mark_stale(COMPUTE, [i for (i,) in judged])
        self._state.set_text("disabled", asked)
        self._state.set_text("as_of", day)
        self._first = not self._state.is_computed
        if self._first:
            self._state.clear(("as_of", "disabled"))
        self._accounts = StoredTotals(self._state, self._as_of, first=self._first)

    def _share(self, count: int) -> None:
        """Let processes see what is in the store. Until the end it is no longer what a later run may go on from."""
        if self._jobs > 1 and count >= MIN_PARALLEL:
            self._state.set_text("judged", "")
            self._store.commit()

    def _end(self) -> None:
        self._accounts.close()
        self._state.set_text("judged", "yes")
        self._store.commit()

    # Dossiers
    def _dossiers(self, judge: Judge) -> None:
        """Each by itself; then those to which others refer once more, with what the others say."""
        ids = (
            self._register.inventory.unit_ids(dossiers=True)
            if self._first
            else [i for i in self._state.stale(COMPUTE) if "/" in i]
        )
        units = [u for i in ids if (u := self._register.units.get(i)) is not None]
        again: set[str] = set()
        for gone in sorted(set(ids) - {u.id for u in units}):
            again |= self._drop(gone)
        held = _Lookup(self._register, self._as_of)
        for result in self._each("核对卷宗", judge, [JudgeInput(unit=u.id) for u in units]):
            again |= self._keep(result, alone=True)
        again |= {u.id for u in units if held.inbound(u.id)}
        targets = [u for i in sorted(again) if "/" in i and (u := self._register.units.get(i)) is not None]
        told = [JudgeInput(unit=u.id, inbound=held.inbound(u.id), carried=held.carried_duties(u.id)) for u in targets]
        for result in self._each("核对卷宗之间的引用", judge, told):
            self._keep(result, alone=False)
        self._platforms |= {i for i in again if "/" not in i}

    def _each(self, what: str, judge: Judge, asked: Sequence[JudgeInput]) -> Iterator[DossierResult]:
        def tick(n: int) -> None:
            self._tick(what, n, len(asked))

        if self._cluster is not None and len(asked) >= self._cluster.min_items:
            return judge_remotely(self._cluster, judge, asked, tick)
        self._share(len(asked))
        return map_parallel(
            lambda a: judge.dossier(self._register.units[a.unit], a.inbound, a.carried), asked, self._jobs, tick
        )

    def _drop(self, dossier: str) -> set[str]:
        """A dossier is gone with all that was known of it; the folders that it referred to."""
        before = self._forget(dossier)
        self._accounts.find(dossier, ())
        self._concerns(before.summary if before else None, None)
        self._state.mark_computed(COMPUTE, dossier)
        self._accounts.to_render([dossier])
        return self._refer(dossier, (), ())

    def _forget(self, node: str) -> DossierResult | None:
        """Take out what was known of a dossier; that."""
        old = self._store.delete_row("node", (node,))
        before = _RESULT.decode(old[3]) if old else None
        if before is not None:
            self._accounts.count(-before.records, dossiers=-1)
            self._accounts.leave(node, contributions_of_dossier(before.summary), before.summary)
            if not self._first:
                self._summaries.setdefault(node, before.summary)
            if self._register.units.get(node) is None:
                self._numbered.add(before.platform)
                self._voices.add(before.platform)
                self._accounts.touch({f"title:{node}"})
        return before

    def _concerns(self, before: Summary | None, now: Summary | None) -> None:
        """The platforms that look at a dossier are judged again where they see anything else."""
        if before == now:
            return
        for summary in (before, now):
            if summary is not None:
                self._platforms |= {summary.platform, *(p.partition("/")[0] for p in summary.projects)}

    def _keep(self, result: DossierResult, *, alone: bool) -> set[str]:
        """A result in place of the one before; which folders are referred to in another way than before."""
        new = self._first and alone
        before = None if new else self._forget(result.id)
        if not alone and before is not None:  # what goes on elsewhere was said when it was judged by itself
            result = msgspec.structs.replace(result, carried=before.carried)
        reads = self._state.dependency_set(tuple(sorted(result.dependencies)))
        data = _encode(msgspec.structs.replace(result, findings=(), dependencies=()))
        on = next_day(result.summary, self._as_of)
        self._store.insert("node", [(result.id, result.platform, int(result.has_records), data, on, reads)])
        self._accounts.find(result.id, result.findings, new=new)
        self._accounts.count(result.records, dossiers=1)
        self._concerns(before.summary if before else None, result.summary)
        self._accounts.enter(result.id, contributions_of_dossier(result.summary), result.summary)
        self._numbered.add(result.platform)
        if before is None or before.has_records != result.has_records:
            self._voices.add(result.platform)
        if before is not None and before.summary.title != result.summary.title:
            self._accounts.touch({f"title:{result.id}"})
        self._state.mark_computed(COMPUTE, result.id)
        self._accounts.to_render([result.id])
        if not alone:
            return set()
        found = [(target, i) for target, refs in inbound_of([result]).items() for i in refs]
        changed = self._refer(result.id, found, result.summary.projects)
        if before is not None and before.carried != result.carried:
            changed |= {target for target, i in found if i.role == "into"}
        return changed

    def _refer(self, source: str, found: Iterable[tuple[str, Inbound]], projects: Iterable[str]) -> set[str]:
        """What a dossier refers to; the folders for which that is not what it was."""
        rows = [(target, i.role, _encode(i)) for target, i in found]
        rows += [(p.partition("/")[0], "list", b"") for p in projects]
        now = {(target, role, data) for target, role, data in rows}
        gone = self._store.delete_where("inbound", "source", source)
        self._store.insert("inbound", [(source, n, *row) for n, row in enumerate(rows)])
        before = {(target, role, data) for _source, _n, target, role, data in gone}
        changed = {target for target, _role, _data in before ^ now}
        self._accounts.to_render(changed)
        return changed

    # Platforms, and what is between folders
    def _standing(self, held: ComputedRegister) -> None:
        units = self._register.units
        codes, gone = self._stale_platforms, []
        if not self._first:
            asked = sorted({*codes, *(i for i in self._platforms if i.isdigit())})
            codes = [i for i in asked if i in units]
            gone = [i for i in asked if i not in units]

        def job(code: str) -> PlatformResult:
            return held.judge.platform(
                units[code], held.summaries_of_platform(code), held.summaries_citing_lists_of(code), held.inbound(code)
            )

        self._share(len(codes))
        for result in map_parallel(job, codes, self._jobs, lambda n: self._tick("核对平台", n, len(codes))):
            self._standing_kept(result)
        for code in gone:
            self._standing_gone(code)

    def _standing_kept(self, result: PlatformResult) -> None:
        if not self._first:
            self._standing_gone(result.id)
        reads = self._state.dependency_set(tuple(sorted(result.dependencies)))
        next_day = result.next_day.isoformat() if result.next_day else ""
        self._store.insert("node", [(result.id, "", 0, _encode((result.records, result.planned)), next_day, reads)])
        self._accounts.find(result.id, result.findings, new=self._first)
        self._accounts.enter(result.id, _owing(result.id, result.findings, result.planned), (*result.findings,))
        self._accounts.count(result.records)

    def _standing_gone(self, node: str) -> None:
        old = self._store.delete_row("node", (node,))
        records, planned = _STANDING.decode(old[3]) if old is not None else (0, {})
        self._accounts.count(-records)
        before = self._accounts.find(node, ())
        self._accounts.leave(node, _owing(node, before, planned), (*before,))
        self._state.mark_computed(COMPUTE, node)
        self._accounts.to_render([node])

    def _between(self, held: ComputedRegister) -> None:
        """A platform without one above it, a number skipped."""

        def found(problems: Iterable[Problem]) -> list[Finding]:
            return [held.judge.finding(p) for p in problems if p.code not in self._disabled]

        missing = (p for row in held.judge.network.rows.values() for p in parent_missing(row, held.judge.network))
        self._accounts.find(_PARENTS, found(missing))
        for code in sorted(self._numbered):
            self._accounts.find(_NUMBERS + code, found(numbers_in_sequence(code, self._register.inventory.heads(code))))
        self._register.dependencies.collect()

    def _prose(self, held: ComputedRegister) -> None:
        """site.yml, pages and news."""
        unit = self._register.units.get(_SITE)
        known = self._store.first_row("SELECT 1 FROM node WHERE id = ?", _SITE) is not None
        if unit is not None and (not known or _SITE in self._state.stale(COMPUTE)):
            self._standing_kept(held.judge.prose_records(unit))
        elif unit is None and known:
            self._standing_gone(_SITE)


class _Lookup(ComputedRegister):
    """What is known of references while dossiers are judged, before there is anything else."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.register, self.as_of, self.state = register, as_of, register.state


def _owing(node: str, findings: Sequence[Finding], planned: Mapping[str, int]) -> Contributions:
    return contributions_of_platform(node, findings, planned) if node != _SITE else Contributions()
