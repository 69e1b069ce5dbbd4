"""The replayed history that a build shows: stored results of the replay, continued with the commits that were added since.

The store has three tables for it: `revision` (what each step did to each unit), `trail_finding` (findings of family A) and, among the
entries of lists, 补录 (A105) in the order of time. A summary says at which commit the replay stopped.

A stored replay is discarded, and the history replayed from its beginning, where its commit is no longer on the main branch, or
where the day of the build changed and a step gives a time after the earlier of the two days: whether a time is in the future
depends on the day that is asked about, all other findings do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from weimin.adapters.objects import Tree
from weimin.engine.computed_register import found_name
from weimin.engine.history.reader import History
from weimin.engine.history.replay import replay_history
from weimin.engine.opening import NothingToCheck
from weimin.engine.options import Tick
from weimin.engine.queries.list_entry import ListEntryTable
from weimin.engine.queries.revision import RevisionRow, RevisionTable, revision_row
from weimin.engine.queries.total import TotalTable
from weimin.engine.queries.trail_finding import TrailFindingTable
from weimin.engine.state import RENDER, EngineState
from weimin.history.log.digest import digest
from weimin.history.revisions import revisions
from weimin.history.step_context import StepContext
from weimin.model.history import Revision, TrailFinding, TrailState

LATE_ENTRY_CODE = "A105"
_SUMMARY_KEY, _LATE_LIST = "past", "late"
_TRAIL_FINDINGS = "trail"
"""The scope of the totals that count findings of the history, by `CODE|severity`."""
_REVISIONS_IN_MEMORY = 20_000  # they arrive in the order of time and are written in that of units


class ReplaySummary(msgspec.Struct, kw_only=True):
    """Where the replay stopped, and its totals.

    `as_of`: the day that was asked about. `latest`: the latest time that any step gives itself, in seconds since 1970; the
    results hold for another day only where it is not after that day. `since` and `until`: the days of the first and the last
    step. `rows`: how many revisions are stored. `states`: how many steps have each state of signature. `late`: how many 补录.
    """

    state: TrailState = TrailState()
    as_of: str = ""
    latest: int = 0
    steps: int = 0
    rows: int = 0
    since: str = ""
    until: str = ""
    digest: str = ""
    states: dict[str, int] = {}
    late: int = 0


class HistoryReplay:
    """A replayed history as the pages read it: the findings of an audit, and the revisions of each unit."""

    def __init__(self, state: EngineState, summary: ReplaySummary) -> None:
        self._store, self.summary = state.store, summary
        self._trail = TrailFindingTable(state.store)

    @property
    def commit(self) -> str:
        return self.summary.state.commit

    @property
    def requires_signatures(self) -> bool:
        """Whether the site requires signatures."""
        return self.summary.state.allowed_signers.requested

    def revisions(self, unit: str) -> tuple[Revision, ...]:
        """The revisions of a unit, the oldest first."""
        return RevisionTable(self._store).of_unit(unit)

    def findings(self, unit: str) -> tuple[TrailFinding, ...]:
        """The findings of family A in a dossier, in the order of commits."""
        return self._trail.of_unit(unit)

    def late_entries(self, count: int) -> Iterator[TrailFinding]:
        """The newest 补录 (late entries, A105), the newest first; at most `count`."""
        for item in ListEntryTable(self._store).units_by_rank_down_id_up(_LATE_LIST, count):
            row = self._trail.get(int(item[1:]))
            if row is not None:
                yield row

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of findings by `CODE|severity`."""
        return TotalTable(self._store).of_scope(_TRAIL_FINDINGS)


def history_replay_of(
    state: EngineState, tree: Tree, commit: str, as_of: date, tick: Tick, required: bool | None = None
) -> HistoryReplay | None:
    """The replayed history of a tree; None where no commit holds exactly these records, or where the history is incomplete.

    `required` True: raise NothingToCheck instead of returning None. False: do not read the history (a site that was built
    without one is verified without one).
    """
    if required is False or (not commit and not required):
        return None
    stored = state.meta.data(_SUMMARY_KEY)
    summary = msgspec.msgpack.decode(stored, type=ReplaySummary) if stored else ReplaySummary()
    try:
        if summary.state.commit == commit and summary.as_of == as_of.isoformat():
            return HistoryReplay(state, summary)
        with History(tree.root, commit or "HEAD") as history:
            return HistoryReplay(
                state, _replay(state, history, _resume_point(state, summary, history, as_of), as_of, tick)
            )
    except NothingToCheck:
        if required:
            raise
        return None


def _resume_point(state: EngineState, summary: ReplaySummary, history: History, as_of: date) -> ReplaySummary:
    """The summary to continue from: an empty one where the stored results do not hold (see the head of this module)."""
    if summary.state.commit:
        before = min(as_of, date.fromisoformat(summary.as_of))
        if _on_main_branch(history, summary.state.commit) and (
            summary.as_of == as_of.isoformat() or summary.latest <= history.end_of(before)
        ):
            return summary
    _clear(state)
    return ReplaySummary()


def _clear(state: EngineState) -> None:
    """Remove all results of the replay from the store."""
    RevisionTable(state.store).delete_all()
    TrailFindingTable(state.store).delete_all()
    ListEntryTable(state.store).delete_list(_LATE_LIST)
    TotalTable(state.store).delete_scope(_TRAIL_FINDINGS)
    state.meta.set_data(_SUMMARY_KEY, b"")


def _on_main_branch(history: History, commit: str) -> bool:
    try:
        history.commits_after(commit)
    except NothingToCheck:
        return False
    return True


def _replay(state: EngineState, history: History, summary: ReplaySummary, as_of: date, tick: Tick) -> ReplaySummary:
    pending: list[RevisionRow] = []
    changed_units: set[str] = set()

    def write_revisions() -> None:
        RevisionTable(state.store).insert(sorted(pending))
        pending.clear()

    def observe(context: StepContext) -> None:
        day = context.lookups.moment(context.step.committed)[:10]
        summary.since, summary.until = summary.since or day, day
        summary.steps += 1
        summary.latest = max(summary.latest, context.step.at, context.step.committed)
        name = context.step.attested.state.value
        summary.states[name] = summary.states.get(name, 0) + 1
        for revision in revisions(context):
            pending.append(revision_row(revision, summary.rows))
            changed_units.add(revision.unit)
            summary.rows += 1
        if len(pending) >= _REVISIONS_IN_MEMORY:
            write_revisions()

    try:
        findings, summary.state = replay_history(history, summary.state, as_of, tick, observe)
    except NothingToCheck:
        _clear(state)  # some results were written before the history turned out to be incomplete
        raise
    summary.as_of = as_of.isoformat()
    write_revisions()
    _store_findings(state, summary, findings)
    changed_units |= {f.dossier for f in findings if f.dossier}
    summary.digest = digest("", history.head, TrailFindingTable(state.store).all())
    state.meta.set_data(_SUMMARY_KEY, msgspec.msgpack.encode(summary))
    if state.is_computed:
        state.mark_stale(RENDER, changed_units)
        state.invalidate_dependents(["past", "sum:trail", "list:late"])
    return summary


def _store_findings(state: EngineState, summary: ReplaySummary, findings: list[TrailFinding]) -> None:
    """Store the findings of the steps that were added."""
    trail, totals = TrailFindingTable(state.store), TotalTable(state.store)
    start = trail.next_number()
    trail.insert(start, findings)
    late = [(_LATE_LIST, f.at, f"@{n:09d}", "") for n, f in enumerate(findings, start) if f.code == LATE_ENTRY_CODE]
    ListEntryTable(state.store).insert(late)
    summary.late += len(late)
    for name, count in sorted(Counter(found_name(f) for f in findings).items()):
        totals.insert([(_TRAIL_FINDINGS, name, count + totals.delete(_TRAIL_FINDINGS, name))])
