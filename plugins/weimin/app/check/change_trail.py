"""Family A of a change that is not on the main branch yet: from where it parted, and from where the main branch is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from weimin.adapters import history as reader
from weimin.adapters.clock import today
from weimin.adapters.git import head as head_of
from weimin.app.check.change import Trail as ChangeTrail
from weimin.engine.history.attestation import Attester
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

_BACKED = ("A101", "A103", "A109")  # what a change that puts back what lawfully stood would be told without the history
_STALE = "\n这个分支落后于主分支：先合并主分支的最新内容（git merge {base}），再改"


def trail_of(root: Path, base: str, options: Options) -> ChangeTrail:
    """What `check --base` asks of a change besides the state that it leaves (`app/check/change.py`)."""

    def trail(change: Change, now: Register) -> Iterable[Problem]:
        with History(root, base) as history:
            as_of = options.as_of or today(now.site.timezone)
            return changes_between(history, change, now, history.end_of(as_of), base)

    return trail


def changes_between(history: History, change: Change, now: Register, moment: int, base: str) -> list[Problem]:
    """Family A of a change that would arrive at `moment`. `history` ends at the tip of the base.

    The change is one step, as it will be on the main branch: from the merge base, and once more from the tip, so that a
    stale branch cannot undo what the main branch has gained since. A problem that both have is told once.
    """
    asked = history.asked()
    step = Step(commit="", parents=(change.base,), committed=moment, at=moment, changes=_changes(history, change, now))
    found = _walk(history, asked, step, change.base, moment)
    if history.head != change.base:
        later = msgspec.structs.replace(step, parents=(history.head,), changes=_from_tip(history, step.changes))
        told = {(p.code, p.path) for p in found}
        hint = _STALE.format(base=base)
        found += (
            msgspec.structs.replace(p, hint=p.hint + hint)
            for p in _walk(history, asked, later, history.head, moment)
            if (p.code, p.path) not in told and p.code != "A111"
        )
    head = change.head or head_of(history.git)
    signed = Attester(history).propose(history.head, head, step.changes, moment)
    return [*found, *_times(history, change, asked, moment), *(fault.problem for fault in signed)]


def _walk(history: History, asked: HistoryLookups, step: Step, before: str, moment: int) -> list[Problem]:
    """Judged with what the parent holds; where something that stood was touched, once more with what lawfully stood."""
    problems, _ = TrailReplay(asked, history.tree, moment, TrailState(commit=before)).replay_step(step)
    doubted = sorted({p.path for p in problems if p.code in _BACKED})
    added = [c.path for c in step.changes if not c.old and c.new and c.path.startswith(CONTENT)]
    if not doubted and not added:
        return problems
    stood = _stood(history, asked, [*doubted, *added], moment) if doubted or _were_there(history, added) else {}
    if not stood:
        return problems
    state = TrailState(commit=before, lawful=dict(stood))
    return TrailReplay(asked, history.tree, moment, state).replay_step(step)[0]


def _were_there(history: History, paths: list[str]) -> bool:
    """One of these paths was on the main branch before, and is not now."""
    return next(history.steps_at(paths), None) is not None


def _stood(history: History, asked: HistoryLookups, paths: list[str], moment: int) -> Mapping[str, str]:
    """What lawfully stands at some paths where the tip of the base holds something else, or nothing."""
    trail = TrailReplay(asked, history.tree, moment)
    for step in history.steps_at(paths):
        trail.replay_step(step)
    return trail.state.lawful


def _changes(history: History, change: Change, now: Register) -> tuple[FileChange, ...]:
    """Every path that the change touches, also outside content/."""
    if change.head:
        return history.inside(next(reader.differences(history.git, [(change.base, change.head)])))
    changes = []
    for file in change.files:
        if file.after and file.after != "link":
            history.drafts[file.after] = now.tree.read(file.path)
        old, new = ("100644" if blob else "" for blob in (file.before, file.after))
        changes.append(FileChange(file.path, old, "120000" if file.after == "link" else new, file.before, file.after))
    others = reader.uncommitted_changes(history.git, change.base, history.prefix + CONTENT)
    return (*changes, *history.inside([FileChange(path, "", "", "", status) for status, path in others]))


def _from_tip(history: History, changes: Iterable[FileChange]) -> tuple[FileChange, ...]:
    """The same files as they would follow on those of the tip; what the tip has already is no change."""
    tip = history.tree(history.head)
    moved = (msgspec.structs.replace(c, old=tip.get(c.path, "")) for c in changes)
    return tuple(c for c in moved if c.old != c.new)


def _times(history: History, change: Change, asked: HistoryLookups, moment: int) -> Iterator[Problem]:
    """Forged times of the commits that the change consists of."""
    times = {change.base: reader.time_of(history.git, change.base)}
    path = min((f.path for f in change.files), default="content")
    for step in reader.commits(history.git, change.base, change.head or head_of(history.git)):
        last = max((times[p] for p in step.parents if p in times), default=0)
        yield from implausible_times(step, last, moment, asked.day, path)
        times[step.commit] = step.committed
