"""Replays the history of the main branch against the rules of family A."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from weimin.adapters import history as git_history
from weimin.adapters.git import commit_of
from weimin.engine.history.attestation import SignatureVerifier
from weimin.engine.history.reader import History
from weimin.engine.history.rewrite_endorsement import endorsements_of
from weimin.engine.opening import NothingToCheck
from weimin.engine.options import Tick
from weimin.history.revisions import revisions
from weimin.history.seen import Seen
from weimin.history.signing.allowed_signers import kept, roll_of
from weimin.history.trail import Trail
from weimin.model.codes import CODES
from weimin.model.finding import Problem
from weimin.model.history import Revision, TrailFinding, TrailState
from weimin.rules.run import stamp


class UnknownCommit(Exception):
    """A revision that the repository does not have; the message is the revision."""


StepObserver = Callable[[Seen], None]
"""Is shown every step that was walked."""


def replay_history(
    history: History,
    state: TrailState,
    as_of: date,
    tick: Tick = lambda what, n, total: None,
    observe: StepObserver | None = None,
) -> tuple[list[TrailFinding], TrailState]:
    """What happened after `state`, in the order of commits, and where it leaves off.

    From a state that an earlier audit of the same history left, the findings are those that an audit of the whole has
    after that commit. Raises NothingToCheck where the main branch does not hold the commit any more.
    """
    total = len(history.commits_after(state.commit))
    now = history.end_of(as_of)
    trail = Trail(history.record_lookup(), history.tree, now, state)
    roll = roll_of(state.roll)
    endorsements = endorsements_of(history, now, state.commit)
    verified_steps = SignatureVerifier(history, endorsements).verify(
        history.steps(state.commit), now, state.commit, roll, state.clock
    )
    found: list[TrailFinding] = []
    for verified in verified_steps:
        problems, seen = trail.walk(verified.step)
        found += (_finding(history, seen, p) for p in sorted(problems, key=_order))
        found += (_finding(history, seen, f.problem, f.commit, f.author) for f in verified.faults)
        roll = verified.roll
        if observe is not None:
            observe(seen)
        tick("核对提交", 1, total)
    if trail.state.commit != history.head:
        raise NothingToCheck("历史没有读完整，不能下结论。改法：git fsck 看仓库是否损坏，或者重新克隆一份。")
    return found, msgspec.structs.replace(trail.state, roll=kept(roll))


def initial_state(history: History, since: str) -> TrailState:
    """The state to begin with for `--since REV`. Raises UnknownCommit.

    What was done before is not looked at, so what stands is what the revision holds.
    """
    if not since:
        return TrailState()
    commit = commit_of(history.git, since)
    if not commit:
        raise UnknownCommit(since)
    at = git_history.time_of(history.git, commit)
    roll = SignatureVerifier(history).allowed_signers_at(commit, at)
    return TrailState(commit=commit, clock=at, last=at, roll=kept(roll))


def all_revisions(root: Path) -> dict[str, tuple[Revision, ...]]:
    """For every folder (`Place.unit`) what was done to it, the oldest first. Raises NothingToCheck."""
    found: dict[str, list[Revision]] = {}

    def observe(seen: Seen) -> None:
        for revision in revisions(seen):
            found.setdefault(revision.unit, []).append(revision)

    with History(root) as history:
        replay_history(history, TrailState(), history.today(), observe=observe)
    return {unit: tuple(found[unit]) for unit in sorted(found)}


def _finding(history: History, seen: Seen, problem: Problem, commit: str = "", author: str = "") -> TrailFinding:
    """A problem with its place in the version that the step brought, and with the step.

    `commit` and `author`: those of the commit that is meant, where it is one of those that the step merged.
    """
    raised = stamp(problem)
    line, column = raised.line or 1, raised.column or 1
    if raised.pointer:
        blob = next((c.new for c in seen.step.changes if c.path == raised.path and c.is_file), "")
        line, column = history.locate(raised.path, blob, raised.pointer) if blob else (1, 1)
    return TrailFinding(
        code=raised.code,
        slug=CODES[raised.code].slug,
        severity=raised.severity,
        path=raised.path,
        line=line,
        column=column,
        message=raised.message,
        hint=raised.hint,
        clause=raised.clause,
        dossier=raised.dossier,
        commit=commit or seen.step.commit,
        author=author if commit else seen.step.author,
        at=seen.asked.moment(seen.step.committed),
    )


def _order(problem: Problem) -> tuple[str, str, str]:
    return (problem.path, problem.code, problem.pointer)
