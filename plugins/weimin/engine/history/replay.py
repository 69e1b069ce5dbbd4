"""Replays the history of the main branch, commit by commit, against the rules of family A.

The main branch is the first-parent chain up to the head. Each commit on it is one *step*, compared with the commit before it.
For each step, in order:

1. `SignatureVerifier` verifies the signatures of the commits that the step brings, against the allowed signers before it;
2. `Trail.walk` applies the rules of the trail: was a published record edited, removed, dated back, did a merge undo something;
3. the findings of both are stamped with the step's commit, author and time, and with the line in the version that it brought;
4. an observer sees the step: it counts records (`weimin audit`) or collects revisions for pages (`stored_replay.py`).

A replay can stop at any commit and continue later. `TrailState` is all that it needs: the commit, the clock, what lawfully is
at each path where the commit holds something else, and the allowed signers.

Invariants:

- The findings after a stored state are exactly those that a replay of the complete history has after that commit. A build that
  replays only new commits therefore shows the same pages as one that replays everything.
- The clock never goes back. A time in a commit is believed only as far as the steps before it and today allow (A104).
- Either the replay reaches the head, or it raises NothingToCheck: an incomplete history never passes as one without findings.

Example: main is A – B – C, and B changes the votes of an outcome that A published. The replay from the beginning reports A103
at B. The replay from the state after A reports the same; the one from the state after B reports nothing, for C is in order.
"""

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
from weimin.history.signing.allowed_signers import from_stored, to_stored
from weimin.history.step_context import StepContext
from weimin.history.trail import TrailReplay
from weimin.model.codes import CODES
from weimin.model.finding import Problem
from weimin.model.history import Revision, TrailFinding, TrailState
from weimin.rules.findings import to_finding


class UnknownCommit(Exception):
    """A revision that the repository does not have; the message is the revision."""


StepObserver = Callable[[StepContext], None]
"""Called with every step that was replayed."""


def replay_history(
    history: History,
    state: TrailState,
    as_of: date,
    tick: Tick = lambda what, n, total: None,
    observe: StepObserver | None = None,
) -> tuple[list[TrailFinding], TrailState]:
    """The findings of the steps after `state`, in the order of commits, and the state at the head.

    `as_of`: the day of the audit; times after it are in the future. `observe`: called with each step.
    Raises NothingToCheck where the commit of `state` is not on the main branch, or the history is incomplete.
    """
    total = len(history.commits_after(state.commit))
    now = history.end_of(as_of)
    trail = TrailReplay(history.record_lookup(), history.tree, now, state)
    roll = from_stored(state.allowed_signers)
    endorsements = endorsements_of(history, now, state.commit)
    verified_steps = SignatureVerifier(history, endorsements).verify(
        history.steps(state.commit), now, state.commit, roll, state.clock
    )
    findings: list[TrailFinding] = []
    for verified in verified_steps:
        problems, context = trail.replay_step(verified.step)
        findings += (_finding(history, context, p) for p in sorted(problems, key=_order))
        findings += (_finding(history, context, f.problem, f.commit, f.author) for f in verified.faults)
        roll = verified.roll
        if observe is not None:
            observe(context)
        tick("核对提交", 1, total)
    if trail.state.commit != history.head:
        raise NothingToCheck("历史没有读完整，不能下结论。改法：git fsck 看仓库是否损坏，或者重新克隆一份。")
    return findings, msgspec.structs.replace(trail.state, allowed_signers=to_stored(roll))


def initial_state(history: History, since: str) -> TrailState:
    """The state from which `--since REV` replays. Raises UnknownCommit.

    Steps before the revision are not examined, so whatever the revision holds counts as lawful.
    """
    if not since:
        return TrailState()
    commit = commit_of(history.git, since)
    if not commit:
        raise UnknownCommit(since)
    at = git_history.time_of(history.git, commit)
    roll = SignatureVerifier(history).allowed_signers_at(commit, at)
    return TrailState(commit=commit, clock=at, last_time=at, allowed_signers=to_stored(roll))


def all_revisions(root: Path) -> dict[str, tuple[Revision, ...]]:
    """The revisions of every unit (`Place.unit`), the oldest first. Raises NothingToCheck."""
    by_unit: dict[str, list[Revision]] = {}

    def observe(context: StepContext) -> None:
        for revision in revisions(context):
            by_unit.setdefault(revision.unit, []).append(revision)

    with History(root) as history:
        replay_history(history, TrailState(), history.today(), observe=observe)
    return {unit: tuple(by_unit[unit]) for unit in sorted(by_unit)}


def _finding(
    history: History, context: StepContext, problem: Problem, commit: str = "", author: str = ""
) -> TrailFinding:
    """A problem as a finding of the trail, with its position in the version that the step brought.

    `commit` and `author`: of the commit at fault, where it is one of those that the step merged; otherwise those of the step.
    """
    stamped = to_finding(problem)
    line, column = stamped.line or 1, stamped.column or 1
    if stamped.pointer:
        blob = next((c.new for c in context.step.changes if c.path == stamped.path and c.is_file), "")
        line, column = history.locate(stamped.path, blob, stamped.pointer) if blob else (1, 1)
    return TrailFinding(
        code=stamped.code,
        slug=CODES[stamped.code].slug,
        severity=stamped.severity,
        path=stamped.path,
        line=line,
        column=column,
        message=stamped.message,
        hint=stamped.hint,
        clause=stamped.clause,
        dossier=stamped.dossier,
        commit=commit or context.step.commit,
        author=author if commit else context.step.author,
        at=context.lookups.moment(context.step.committed),
    )


def _order(problem: Problem) -> tuple[str, str, str]:
    return (problem.path, problem.code, problem.pointer)
