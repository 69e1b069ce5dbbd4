"""On which day each setting of an issued rule first stood on the main branch: no rule reaches back behind it (docs/adr/0074).

A record that was added later, or a number that was written into a record later, binds events from that day on. Another
end of the time in force, or another clause, makes no new setting. Without a complete history (outside Git, before the
first commit, in a shallow clone) nothing is known, and a rule binds from its `effective_from`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from weimin.adapters import history as git_history
from weimin.adapters.git import chain_times, is_shallow, prefix_of
from weimin.engine.register import Register, given_parameters
from weimin.history.rules.dated import plausible_time
from weimin.model.parameter import ParameterSetting
from weimin.model.record import Record


def dated_settings(register: Register, books: Iterable[Record], as_of: date) -> tuple[ParameterSetting, ...]:
    """The settings of rule records; those of issued rules with the day of their commit, `as_of` if they are not committed."""
    records = tuple(books)
    given = tuple(given_parameters(records))
    git, commit = register.tree.git, register.tree.commit()
    binding = {s.record for s in given if s.basis.binds}
    if not binding or git is None or not commit or is_shallow(git):
        return given
    first = _first_days(register, git, commit, {r.place.path: r for r in records if r.place.ref in binding}, as_of)
    return tuple(
        msgspec.structs.replace(s, committed=first.get(_identity(s), as_of)) if s.basis.binds else s for s in given
    )


def _identity(s: ParameterSetting) -> ParameterSetting:
    """A setting without what may change while it stays the same."""
    return msgspec.structs.replace(s, source="", until=None, committed=None)


def _first_days(
    register: Register, git: Path, commit: str, records: Mapping[str, Record], as_of: date
) -> Mapping[ParameterSetting, date]:
    """Setting (`_identity`) → the day on which the main branch first had it at the same path."""
    prefix, zone = prefix_of(register.tree.root, git), ZoneInfo(register.site.timezone)
    arrived = _arrivals(git, commit, int(datetime.combine(as_of + timedelta(days=1), time(), zone).timestamp()) - 1)
    first: dict[ParameterSetting, date] = {}
    with git_history.Contents(git) as contents:
        for step in git_history.steps(git, commit, None, [prefix + path for path in sorted(records)]):
            day = datetime.fromtimestamp(arrived[step.commit], zone).date()
            for change in step.changes:
                record = records[change.path.removeprefix(prefix)]
                if not change.is_file or not change.new:
                    continue
                if change.new != register.blobs.get(record.place.path):
                    old, _ = register.reader.parse(record.place, contents(change.new), change.new)
                else:
                    old = record
                for setting in given_parameters([old] if old is not None else ()):
                    first.setdefault(_identity(setting), day)
    return first


def _arrivals(git: Path, commit: str, now: int) -> Mapping[str, int]:
    """Commit of the main branch → when it arrived there: its committer's time as far as the commits before it allow (A104)."""
    clock, found = 0, {}
    for one, committed in chain_times(git, commit):
        found[one] = arrived = plausible_time(committed, clock, now)
        clock = max(clock, arrived)
    return found
