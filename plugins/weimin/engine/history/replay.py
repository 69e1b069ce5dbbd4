"""Replays the history of the main branch against the rules of family A."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from weimin.adapters import history as reader
from weimin.adapters.git import commit_of
from weimin.engine.history.attestation import Attester
from weimin.engine.history.reader import History
from weimin.engine.history.vouching import vouching_of
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


Note = Callable[[StepContext], None]
"""Is shown every step that was walked."""


def audited(
    history: History, state: TrailState, as_of: date, tick: Tick = lambda what, n, total: None, note: Note | None = None
) -> tuple[list[TrailFinding], TrailState]:
    """What happened after `state`, in the order of commits, and where it leaves off.

    From a state that an earlier audit of the same history left, the findings are those that an audit of the whole has
    after that commit. Raises NothingToCheck where the main branch does not hold the commit any more.
    """
    total = len(history.after(state.commit))
    now = history.end_of(as_of)
    trail = TrailReplay(history.asked(), history.tree, now, state)
    roll = from_stored(state.allowed_signers)
    vouching = vouching_of(history, now, state.commit)
    walked = Attester(history, vouching).attest(history.steps(state.commit), now, state.commit, roll, state.clock)
    found: list[TrailFinding] = []
    for attested in walked:
        problems, context = trail.replay_step(attested.step)
        found += (_finding(history, context, p) for p in sorted(problems, key=_order))
        found += (_finding(history, context, f.problem, f.commit, f.author) for f in attested.faults)
        roll = attested.roll
        if note is not None:
            note(context)
        tick("核对提交", 1, total)
    if trail.state.commit != history.head:
        raise NothingToCheck("历史没有读完整，不能下结论。改法：git fsck 看仓库是否损坏，或者重新克隆一份。")
    return found, msgspec.structs.replace(trail.state, allowed_signers=to_stored(roll))


def started(history: History, since: str) -> TrailState:
    """The state to begin with for `--since REV`. Raises UnknownCommit.

    What was done before is not looked at, so what stands is what the revision holds.
    """
    if not since:
        return TrailState()
    commit = commit_of(history.git, since)
    if not commit:
        raise UnknownCommit(since)
    at = reader.time_of(history.git, commit)
    roll = Attester(history).roll_at(commit, at)
    return TrailState(commit=commit, clock=at, last_time=at, allowed_signers=to_stored(roll))


def all_revisions(root: Path) -> dict[str, tuple[Revision, ...]]:
    """For every folder (`Place.unit`) what was done to it, the oldest first. Raises NothingToCheck."""
    found: dict[str, list[Revision]] = {}

    def note(context: StepContext) -> None:
        for revision in revisions(context):
            found.setdefault(revision.unit, []).append(revision)

    with History(root) as history:
        audited(history, TrailState(), history.today(), note=note)
    return {unit: tuple(found[unit]) for unit in sorted(found)}


def _finding(
    history: History, context: StepContext, problem: Problem, commit: str = "", author: str = ""
) -> TrailFinding:
    """A problem with its place in the version that the step brought, and with the step.

    `commit` and `author`: those of the commit that is meant, where it is one of those that the step merged.
    """
    raised = to_finding(problem)
    line, column = raised.line or 1, raised.column or 1
    if raised.pointer:
        blob = next((c.new for c in context.step.changes if c.path == raised.path and c.is_file), "")
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
        commit=commit or context.step.commit,
        author=author if commit else context.step.author,
        at=context.lookups.moment(context.step.committed),
    )


def _order(problem: Problem) -> tuple[str, str, str]:
    return (problem.path, problem.code, problem.pointer)
