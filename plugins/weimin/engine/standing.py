"""What stood on the main branch before a day, and which day is the present: what a check asks the history of a register.

A rule that is newer than the register must not stop a build for what stood before (docs/adr/0073). So an error of a rule
with `since` is a notice where the record, and every other record from which the error follows, have the content that the main
branch held when that day began. Anybody who has the repository can compute this again: it depends on the commits and their
committer times alone. A record that was edited since is judged like a new one. Where Git knows no commit before the day
(no repository, a clone without that part of the history), nothing counts as standing and the error stays.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from weimin.adapters import history as git_history
from weimin.adapters.git import last_before, prefix_of
from weimin.adapters.tree_changes import UNCOMMITTED
from weimin.engine.dependencies import HEAD
from weimin.engine.register import Register
from weimin.model.finding import Severity, UnlocatedFinding


class Standing:
    """Answers for one register. Nothing is read of the history before somebody asks."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._zone = ZoneInfo(register.site.timezone)
        self._last_before = lru_cache(self._find_last_before)

    def present(self, as_of: date) -> date:
        """The last day that has come: that of the check, or the day of the commit where the check looks back from it."""
        git, commit = self._register.tree.git, self._register.tree.commit()
        if git is None or not commit:
            return as_of
        return max(as_of, datetime.fromtimestamp(git_history.time_of(git, commit), self._zone).date())

    def as_it_stood(self, raised: UnlocatedFinding) -> UnlocatedFinding:
        """A notice in place of an error, where all that it follows from stood before the rule existed."""
        if raised.since is None or raised.severity is not Severity.ERROR:
            return raised
        self.record_head()
        paths = {raised.path, *raised.sources, *((raised.other[0],) if raised.other else ())}
        if not all(self.stood(path, raised.since) for path in sorted(paths)):
            return raised
        message = f"{raised.message}（{raised.since} 起才核对，以前入库的不改动就只作提示）"
        return msgspec.structs.replace(raised, severity=Severity.NOTICE, message=message)

    def record_head(self) -> None:
        """What is computed now depends on the day of the check and on the commit, not only on the records."""
        self._register.dependencies.record(HEAD)

    def stood(self, path: str, since: date) -> bool:
        """Whether the main branch held the same content at this path when the day `since` began."""
        git, blob = self._register.tree.git, self._register.blobs.get(path, "").removeprefix(UNCOMMITTED)
        commit = self._last_before(since)
        if git is None or not commit or not blob:
            return False
        return git_history.blob_at(git, commit, prefix_of(self._register.tree.root, git) + path) == blob

    def _find_last_before(self, since: date) -> str:
        git, commit = self._register.tree.git, self._register.tree.commit()
        if git is None or not commit:
            return ""
        return last_before(git, commit, int(datetime.combine(since, time(), self._zone).timestamp()))
