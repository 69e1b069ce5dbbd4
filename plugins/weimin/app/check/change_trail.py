"""Family A for a change that is not merged yet, judged once from its fork point and once from the tip of the main branch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from weimin.adapters import history as git_history
from weimin.adapters.clock import today
from weimin.adapters.git import head as head_of
from weimin.app.check.change import TrailCheck
from weimin.engine.history.attestation import SignatureVerifier
from weimin.engine.history.reader import History
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.history.rules.dated import implausible_times
from weimin.history.step_context import HistoryLookups
from weimin.history.trail import TrailReplay
from weimin.model.change import Change
from weimin.model.finding import Problem
from weimin.model.history import FileChange, Step, TrailState
from weimin.model.place import CONTENT

_RESTORABLE = (
    "A101",
    "A103",
    "A109",
)  # reported without reason where a change restores the lawful content: only the history can tell
_STALE_BRANCH_HINT = "\n这个分支落后于主分支：先合并主分支的最新内容（git merge {base}），再改"


def trail_check_of(root: Path, base: str, options: Options) -> TrailCheck:
    """The problems of a change itself that `check --base` reports besides those of the state after it (`app/check/change.py`)."""

    def trail(change: Change, now: Register) -> Iterable[Problem]:
        with History(root, base) as history:
            as_of = options.as_of or today(now.site.timezone)
            return trail_problems(history, change, now, history.end_of(as_of), base)

    return trail


def trail_problems(history: History, change: Change, now: Register, moment: int, base: str) -> list[Problem]:
    """The problems of family A of a change, if it were merged at `moment` (seconds since 1970).

    `history` ends at the tip of the base. The change is judged as one step, as it will be on the main branch: from the merge
    base, and again from the tip, so that a stale branch cannot undo what the main branch has gained since. A problem that
    both find is reported once.
    """
    lookup = history.record_lookup()
    step = Step(
        commit="", parents=(change.base,), committed=moment, at=moment, changes=_file_changes(history, change, now)
    )
    problems = _judge_step(history, lookup, step, change.base, moment)
    if history.head != change.base:
        later = msgspec.structs.replace(step, parents=(history.head,), changes=_rebased_on_tip(history, step.changes))
        reported = {(p.code, p.path) for p in problems}
        hint = _STALE_BRANCH_HINT.format(base=base)
        problems += (
            msgspec.structs.replace(p, hint=p.hint + hint)
            for p in _judge_step(history, lookup, later, history.head, moment)
            if (p.code, p.path) not in reported and p.code != "A111"
        )
    head = change.head or head_of(history.git)
    signed = SignatureVerifier(history).verify_change(history.head, head, step.changes, moment)
    return [*problems, *_forged_times(history, change, lookup, moment), *(fault.problem for fault in signed)]


def _judge_step(history: History, lookup: HistoryLookups, step: Step, before: str, moment: int) -> list[Problem]:
    """Judge a step by the content of its parent, and again by the lawful content where the two may differ.

    They differ where an earlier commit broke a rule: the parent then holds something else than what lawfully was published.
    A change that restores the lawful content must not be reported as an edit.
    """
    problems, _ = TrailReplay(lookup, history.tree, moment, TrailState(commit=before)).replay_step(step)
    restorable = sorted({p.path for p in problems if p.code in _RESTORABLE})
    added = [c.path for c in step.changes if not c.old and c.new and c.path.startswith(CONTENT)]
    if not restorable and not added:
        return problems
    lawful = (
        _lawful_blobs(history, lookup, [*restorable, *added], moment)
        if restorable or _existed_before(history, added)
        else {}
    )
    if not lawful:
        return problems
    state = TrailState(commit=before, lawful=dict(lawful))
    return TrailReplay(lookup, history.tree, moment, state).replay_step(step)[0]


def _existed_before(history: History, paths: list[str]) -> bool:
    """Whether any of these paths was ever on the main branch; they are not in its tip."""
    return next(history.steps_touching(paths), None) is not None


def _lawful_blobs(history: History, lookup: HistoryLookups, paths: list[str], moment: int) -> Mapping[str, str]:
    """The lawful blobs at some paths where the tip of the base holds something else, or nothing."""
    trail = TrailReplay(lookup, history.tree, moment)
    for step in history.steps_touching(paths):
        trail.replay_step(step)
    return trail.state.lawful


def _file_changes(history: History, change: Change, now: Register) -> tuple[FileChange, ...]:
    """Every path that the change changes, also outside content/."""
    if change.head:
        return history.relative_changes(next(git_history.differences(history.git, [(change.base, change.head)])))
    changes = []
    for file in change.files:
        if file.after and file.after != "link":
            history.uncommitted_contents[file.after] = now.tree.read(file.path)
        old, new = ("100644" if blob else "" for blob in (file.before, file.after))
        changes.append(FileChange(file.path, old, "120000" if file.after == "link" else new, file.before, file.after))
    outside = git_history.uncommitted_changes(history.git, change.base, history.prefix + CONTENT)
    return (*changes, *history.relative_changes([FileChange(path, "", "", "", status) for status, path in outside]))


def _rebased_on_tip(history: History, changes: Iterable[FileChange]) -> tuple[FileChange, ...]:
    """The changes as they would follow the tip; what the tip already has is no change."""
    tip = history.tree(history.head)
    rebased = (msgspec.structs.replace(c, old=tip.get(c.path, "")) for c in changes)
    return tuple(c for c in rebased if c.old != c.new)


def _forged_times(history: History, change: Change, lookup: HistoryLookups, moment: int) -> Iterator[Problem]:
    """Problems of the times (A104) in the commits of the change."""
    times = {change.base: git_history.time_of(history.git, change.base)}
    path = min((f.path for f in change.files), default="content")
    for step in git_history.commits(history.git, change.base, change.head or head_of(history.git)):
        last = max((times[p] for p in step.parents if p in times), default=0)
        yield from implausible_times(step, last, moment, lookup.day, path)
        times[step.commit] = step.committed
