"""The history that a build shows: what was replayed before is kept, what was added since is replayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from weimin.adapters.objects import Tree
from weimin.engine.computed_register import found_name
from weimin.engine.history.reader import History
from weimin.engine.history.replay import audited
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

LATE = "A105"
_NAME, _LATE = "past", "late"
_TRAIL_FINDINGS = "trail"
"""The scope of the totals that count findings of the history, by `CODE|severity`."""
_WAITING = 20_000  # revisions in memory: they come in the order of time and are kept in that of folders


class Replayed(msgspec.Struct, kw_only=True):
    """Where the replay stopped, and what it comes to. `since`, `until`: the days of the first and the last step.

    `as_of`: the day on which it was asked; `latest`: the latest time that any step gives itself. What lies behind the day
    that is asked is found out by nothing but the day, so only a replay of the past holds on other days.
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
    """All of a history for the pages: what an audit of it prints, and what was done to each folder."""

    def __init__(self, state: EngineState, replayed: Replayed) -> None:
        self._store, self.replayed = state.store, replayed
        self._trail = TrailFindingTable(state.store)

    @property
    def commit(self) -> str:
        return self.replayed.state.commit

    @property
    def asked(self) -> bool:
        """The site asks for signatures."""
        return self.replayed.state.allowed_signers.requested

    def revisions(self, unit: str) -> tuple[Revision, ...]:
        """What was done to a folder, the oldest first."""
        return RevisionTable(self._store).of_unit(unit)

    def findings(self, unit: str) -> tuple[TrailFinding, ...]:
        """What family A found in a dossier, in the order of commits."""
        return self._trail.of_unit(unit)

    def late(self, count: int) -> Iterator[TrailFinding]:
        """补录, the newest first."""
        for item in ListEntryTable(self._store).units_by_rank_down_id_up(_LATE, count):
            found = self._trail.get(int(item[1:]))
            if found is not None:
                yield found

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are, by `CODE|severity`."""
        return TotalTable(self._store).of_scope(_TRAIL_FINDINGS)


def history_replay_of(
    state: EngineState, tree: Tree, commit: str, as_of: date, tick: Tick, wanted: bool | None = None
) -> HistoryReplay | None:
    """The history of a tree, None where no commit holds just these records or where the history is not whole.

    `wanted` True: raise NothingToCheck in place of None; False: do not look (a site that was made without one).
    """
    if wanted is False or (not commit and not wanted):
        return None
    kept = state.meta.data(_NAME)
    replayed = msgspec.msgpack.decode(kept, type=Replayed) if kept else Replayed()
    try:
        if replayed.state.commit == commit and replayed.as_of == as_of.isoformat():
            return HistoryReplay(state, replayed)
        with History(tree.root, commit or "HEAD") as history:
            return HistoryReplay(state, _replay(state, history, _reached(state, replayed, history, as_of), as_of, tick))
    except NothingToCheck:
        if wanted:
            raise
        return None


def _reached(state: EngineState, kept: Replayed, history: History, as_of: date) -> Replayed:
    """From where to go on: from the beginning where the kept commit is not on the line, or a step was not of the past."""
    if kept.state.commit:
        before = min(as_of, date.fromisoformat(kept.as_of))
        if _on_line(history, kept.state.commit) and (
            kept.as_of == as_of.isoformat() or kept.latest <= history.end_of(before)
        ):
            return kept
    _forget(state)
    return Replayed()


def _forget(state: EngineState) -> None:
    """All that was replayed."""
    RevisionTable(state.store).delete_all()
    TrailFindingTable(state.store).delete_all()
    ListEntryTable(state.store).delete_list(_LATE)
    TotalTable(state.store).delete_scope(_TRAIL_FINDINGS)
    state.meta.set_data(_NAME, b"")


def _on_line(history: History, commit: str) -> bool:
    try:
        history.after(commit)
    except NothingToCheck:
        return False
    return True


def _replay(state: EngineState, history: History, kept: Replayed, as_of: date, tick: Tick) -> Replayed:
    found: list[RevisionRow] = []
    touched: set[str] = set()

    def filed() -> None:
        RevisionTable(state.store).insert(sorted(found))
        found.clear()

    def note(context: StepContext) -> None:
        day = context.lookups.moment(context.step.committed)[:10]
        kept.since, kept.until = kept.since or day, day
        kept.steps += 1
        kept.latest = max(kept.latest, context.step.at, context.step.committed)
        name = context.step.attested.state.value
        kept.states[name] = kept.states.get(name, 0) + 1
        for revision in revisions(context):
            found.append(revision_row(revision, kept.rows))
            touched.add(revision.unit)
            kept.rows += 1
        if len(found) >= _WAITING:
            filed()

    try:
        findings, kept.state = audited(history, kept.state, as_of, tick, note)
    except NothingToCheck:
        _forget(state)  # a part of it was kept before it was known not to be whole
        raise
    kept.as_of = as_of.isoformat()
    filed()
    _tell(state, kept, findings)
    touched |= {f.dossier for f in findings if f.dossier}
    kept.digest = digest("", history.head, TrailFindingTable(state.store).all())
    state.meta.set_data(_NAME, msgspec.msgpack.encode(kept))
    if state.is_computed:
        state.mark_stale(RENDER, touched)
        state.invalidate_dependents(["past", "sum:trail", "list:late"])
    return kept


def _tell(state: EngineState, kept: Replayed, findings: list[TrailFinding]) -> None:
    """Keep what was found in the steps that were added."""
    trail, totals = TrailFindingTable(state.store), TotalTable(state.store)
    start = trail.next_number()
    trail.insert(start, findings)
    late = [(_LATE, f.at, f"@{n:09d}", "") for n, f in enumerate(findings, start) if f.code == LATE]
    ListEntryTable(state.store).insert(late)
    kept.late += len(late)
    for name, count in sorted(Counter(found_name(f) for f in findings).items()):
        totals.insert([(_TRAIL_FINDINGS, name, count + totals.delete(_TRAIL_FINDINGS, name))])
