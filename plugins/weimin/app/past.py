"""The history that a build shows: replayed once, up to the commit that holds just these records."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from weimin.adapters.objects import Tree
from weimin.app.audit import audited
from weimin.app.check import NothingToCheck, Tick
from weimin.app.trail import History
from weimin.history.digest import digest
from weimin.history.revisions import revisions
from weimin.history.seen import Seen
from weimin.model.history import Past, Revision, TrailState


def past_of(tree: Tree, commit: str, as_of: date, tick: Tick, wanted: bool | None = None) -> Past | None:
    """The history of a tree, None where no commit holds just these records or where the history is not whole.

    `wanted` True: raise NothingToCheck in place of None; False: do not look (a site that was made without one).
    """
    if wanted is False or (not commit and not wanted):
        return None
    try:
        with History(tree.root, commit or "HEAD") as history:
            return _replayed(history, as_of, tick)
    except NothingToCheck:
        if wanted:
            raise
        return None


def _replayed(history: History, as_of: date, tick: Tick) -> Past:
    found: dict[str, list[Revision]] = defaultdict(list)
    states: Counter[str] = Counter()
    days: list[str] = []

    def note(seen: Seen) -> None:
        states[seen.step.attested.state.value] += 1
        days.append(seen.asked.moment(seen.step.committed)[:10])
        for revision in revisions(seen):
            found[revision.unit].append(revision)

    findings, state = audited(history, TrailState(), as_of, tick, note)
    return Past(
        commit=history.head,
        steps=len(days),
        since=days[0],
        until=days[-1],
        digest=digest("", history.head, findings),
        asked=state.roll.asked,
        states=dict(states),
        findings=tuple(findings),
        revisions={unit: tuple(found[unit]) for unit in sorted(found)},
    )
