"""The replayed history that a build shows: stored results of the replay, continued with the commits that were added since.

The store has three tables for it: `revision` (what each step did to each unit), `trail` (findings of family A) and, among the
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
from weimin.engine.state import RENDER, State
from weimin.history.log.digest import digest
from weimin.history.revisions import revisions
from weimin.history.seen import Seen
from weimin.model.history import Revision, TrailFinding, TrailState

LATE_ENTRY_CODE = "A105"
_SUMMARY_KEY, _LATE_LIST = "past", "late"
_REVISIONS_IN_MEMORY = 20_000  # they arrive in the order of time and are written in that of units
_FINDING = msgspec.msgpack.Decoder(TrailFinding)
_REVISION = msgspec.msgpack.Decoder(Revision)


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

    def __init__(self, state: State, summary: ReplaySummary) -> None:
        self._store, self.summary = state.store, summary

    @property
    def commit(self) -> str:
        return self.summary.state.commit

    @property
    def requires_signatures(self) -> bool:
        """Whether the site requires signatures."""
        return self.summary.state.roll.asked

    def revisions(self, unit: str) -> tuple[Revision, ...]:
        """The revisions of a unit, the oldest first."""
        rows = self._store.all("SELECT data FROM revision WHERE unit = ? ORDER BY n", unit)
        return tuple(_REVISION.decode(data) for (data,) in rows)

    def findings(self, unit: str) -> tuple[TrailFinding, ...]:
        """The findings of family A in a dossier, in the order of commits."""
        rows = self._store.all("SELECT data FROM trail WHERE unit = ? ORDER BY n", unit)
        return tuple(_FINDING.decode(data) for (data,) in rows)

    def late_entries(self, count: int) -> Iterator[TrailFinding]:
        """The newest 补录 (late entries, A105), the newest first; at most `count`."""
        query = "SELECT node FROM entry WHERE list = ? ORDER BY rank DESC, node LIMIT ?"
        for (node,) in self._store.all(query, _LATE_LIST, count):
            row = self._store.one("SELECT data FROM trail WHERE n = ?", int(node[1:]))
            if row is not None:
                yield _FINDING.decode(row[0])

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of findings by `CODE|severity`."""
        return dict(self._store.all("SELECT name, value FROM amount WHERE scope = 'told' ORDER BY name"))


def history_replay_of(
    state: State, tree: Tree, commit: str, as_of: date, tick: Tick, required: bool | None = None
) -> HistoryReplay | None:
    """The replayed history of a tree; None where no commit holds exactly these records, or where the history is incomplete.

    `required` True: raise NothingToCheck instead of returning None. False: do not read the history (a site that was built
    without one is verified without one).
    """
    if required is False or (not commit and not required):
        return None
    stored = state.data(_SUMMARY_KEY)
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


def _resume_point(state: State, summary: ReplaySummary, history: History, as_of: date) -> ReplaySummary:
    """The summary to continue from: an empty one where the stored results do not hold (see the head of this module)."""
    if summary.state.commit:
        before = min(as_of, date.fromisoformat(summary.as_of))
        if _on_main_branch(history, summary.state.commit) and (
            summary.as_of == as_of.isoformat() or summary.latest <= history.end_of(before)
        ):
            return summary
    _clear(state)
    return ReplaySummary()


def _clear(state: State) -> None:
    """Remove all results of the replay from the store."""
    for table in ("revision", "trail"):
        state.store.clear(table)
    state.store.remove("entry", "list", _LATE_LIST)
    state.store.remove("amount", "scope", "told")
    state.set_data(_SUMMARY_KEY, b"")


def _on_main_branch(history: History, commit: str) -> bool:
    try:
        history.commits_after(commit)
    except NothingToCheck:
        return False
    return True


def _replay(state: State, history: History, summary: ReplaySummary, as_of: date, tick: Tick) -> ReplaySummary:
    pending: list[tuple[str, int, bytes]] = []
    changed_units: set[str] = set()

    def write_revisions() -> None:
        state.store.add("revision", sorted(pending))
        pending.clear()

    def observe(seen: Seen) -> None:
        day = seen.asked.moment(seen.step.committed)[:10]
        summary.since, summary.until = summary.since or day, day
        summary.steps += 1
        summary.latest = max(summary.latest, seen.step.at, seen.step.committed)
        name = seen.step.attested.state.value
        summary.states[name] = summary.states.get(name, 0) + 1
        for revision in revisions(seen):
            pending.append((revision.unit, summary.rows, msgspec.msgpack.encode(revision)))
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
    rows = state.store.rows("SELECT data FROM trail ORDER BY n")
    summary.digest = digest("", history.head, (_FINDING.decode(data) for (data,) in rows))
    state.set_data(_SUMMARY_KEY, msgspec.msgpack.encode(summary))
    if state.known:
        state.mark(RENDER, changed_units)
        state.touch(["past", "sum:told", "list:late"])
    return summary


def _store_findings(state: State, summary: ReplaySummary, findings: list[TrailFinding]) -> None:
    """Store the findings of the steps that were added."""
    first = (state.store.one("SELECT max(n) FROM trail") or (None,))[0]
    start = 0 if first is None else first + 1
    rows = [(n, f.dossier or "", msgspec.msgpack.encode(f)) for n, f in enumerate(findings, start)]
    state.store.add("trail", rows)
    late = [(_LATE_LIST, f.at, f"@{n:09d}", "") for n, f in enumerate(findings, start) if f.code == LATE_ENTRY_CODE]
    state.store.add("entry", late)
    summary.late += len(late)
    for name, count in sorted(Counter(found_name(f) for f in findings).items()):
        old = state.store.remove_row("amount", ("told", name))
        state.store.add("amount", [("told", name, count + (old[2] if old else 0))])
