"""On which day each setting of an issued rule first stood on the main branch: no rule reaches back behind it (docs/adr/0074).

A record that was added later, or a number that was written into a record later, binds events from that day on. Another
end of the time in force, or another clause, makes no new setting. Without a complete history (outside Git, before the
first commit, in a shallow clone) nothing is known, and a rule binds from its `effective_from`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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

Parse = Callable[[str, str], Iterable[ParameterSetting]]
"""(path, blob) → the settings of that version of a rule record; none if it cannot be read."""


def dated_settings(register: Register, books: Iterable[Record], as_of: date) -> tuple[ParameterSetting, ...]:
    """The settings of rule records; those of issued rules with the day of their commit, `as_of` if they are not committed."""
    records = tuple(books)
    given = tuple(given_parameters(records))
    git, commit = register.tree.git, register.tree.commit()
    binding = {s.record for s in given if s.basis.binds}
    if not binding or git is None or not commit or is_shallow(git):
        return given
    by_path = {r.place.path: r for r in records if r.place.ref in binding}
    zone = ZoneInfo(register.site.timezone)
    now = int(datetime.combine(as_of + timedelta(days=1), time(), zone).timestamp()) - 1
    with git_history.Contents(git) as contents:

        def parse(path: str, blob: str) -> Iterable[ParameterSetting]:
            record: Record | None = by_path[path]
            if blob != register.blobs.get(path):
                record, _ = register.reader.parse(by_path[path].place, contents(blob), blob)
            return given_parameters([record] if record is not None else ())

        first = first_days(git, commit, prefix_of(register.tree.root, git), by_path, parse, zone, now)
    return tuple(
        msgspec.structs.replace(s, committed=first.get(identity(s), as_of)) if s.basis.binds else s for s in given
    )


def identity(s: ParameterSetting) -> ParameterSetting:
    """A setting without what may change while it stays the same."""
    return msgspec.structs.replace(s, source="", until=None, committed=None)


def first_days(
    git: Path, commit: str, prefix: str, paths: Iterable[str], parse: Parse, zone: ZoneInfo, now: int
) -> Mapping[ParameterSetting, date]:
    """Setting (`identity`) → the day on which the main branch up to a commit first had it at the same path.

    `paths`: of rule records, below the root of the records, which has the `prefix` in the repository. `now`: the last second
    of the day of the check.
    """
    wanted = frozenset(paths)
    first: dict[ParameterSetting, date] = {}
    if not wanted:
        return first
    arrived = _arrivals(git, commit, now)
    for step in git_history.steps(git, commit, None, [prefix + path for path in sorted(wanted)]):
        day = datetime.fromtimestamp(arrived[step.commit], zone).date()
        for change in step.changes:
            path = change.path.removeprefix(prefix)
            if (
                path in wanted and change.is_file and change.new
            ):  # Git also names what once lay in a folder of this name
                for setting in parse(path, change.new):
                    first.setdefault(identity(setting), day)
    return first


def _arrivals(git: Path, commit: str, now: int) -> Mapping[str, int]:
    """Commit of the main branch → when it arrived there: its committer's time as far as the commits before it allow (A104)."""
    clock, found = 0, {}
    for one, committed in chain_times(git, commit):
        found[one] = arrived = plausible_time(committed, clock, now)
        clock = max(clock, arrived)
    return found
