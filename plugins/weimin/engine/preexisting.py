"""Which records existed on the main branch before a rule, and which day is the present: what a check asks the history of a register.

A new rule must not stop the build of a register that was in order the day before (docs/adr/0073). Therefore an error of a
rule with `since` becomes a notice if the record, and every other record from which the error follows, has the content that
the main branch had when that day began. Anybody can compute this again from the repository: it depends only on the commits
and their committer times. A record that was edited since then is judged like a new one. If Git knows no commit before the
day (no repository, or a shallow clone), no record counts as preexisting and the error stays.
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


class PreexistingRecords:
    """For one register. The history is read only when an error of a rule with `since` is found."""

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

    def downgrade(self, raised: UnlocatedFinding) -> UnlocatedFinding:
        """A notice in place of an error whose records all existed before the rule; any other finding unchanged."""
        if raised.since is None or raised.severity is not Severity.ERROR:
            return raised
        self.record_head()
        paths = {raised.path, *raised.sources, *((raised.other[0],) if raised.other else ())}
        if not all(self.existed(path, raised.since) for path in sorted(paths)):
            return raised
        message = f"{raised.message}（{raised.since} 起才核对，以前入库的不改动就只作提示）"
        return msgspec.structs.replace(raised, severity=Severity.NOTICE, message=message)

    def record_head(self) -> None:
        """What is computed now depends on the day of the check and on the commit, not only on the records."""
        self._register.dependencies.record(HEAD)

    def existed(self, path: str, since: date) -> bool:
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
