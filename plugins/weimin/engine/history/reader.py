"""Reads the history of a repository: the steps of its main branch, and lookups of the records in them for the rules of family A."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo

import msgspec

from weimin.adapters import history as git_history
from weimin.adapters.clock import today
from weimin.adapters.git import commit_of, prefix_of, repository
from weimin.adapters.installation import schema_files
from weimin.engine.opening import NothingToCheck
from weimin.engine.register import given_parameters
from weimin.engine.rule_days import first_days, identity
from weimin.history.merge_bases import MergeBases
from weimin.history.step_context import HistoryLookups
from weimin.model.history import FileChange, ParsedRecord, Side, Step
from weimin.model.kinds import Site
from weimin.model.parameter import ParameterSetting
from weimin.model.place import Place
from weimin.records.kinds import KINDS
from weimin.records.lenient import read_leniently
from weimin.records.parse import Reader, locate
from weimin.records.place import place_of
from weimin.records.schema import Schemas

STEPS_PER_BATCH = 500  # steps whose merges are compared in one call of Git
CACHED_CONTENTS = 2048  # parsed contents in memory: a content is needed again within a few steps or never

_DATES = re.compile(rb"(?<![0-9])(?:19|2[0-2])[0-9]{2}(?![0-9])(?:-[0-9QH][0-9-]*)?")
"""What looks like a date or a year. As text, a reduced date sorts before its days."""
_ESCAPE = b"\\"
"""With it, YAML can write a date in signs that `_DATES` does not know."""

REFUSALS = {
    "shallow": "这个克隆只有一部分历史（浅克隆），不能核对留痕。改法：git fetch --unshallow（在自动检查里把克隆深度设为 0）",
    "grafts": "这个仓库用 info/grafts 改接了历史，不能核对留痕。改法：删去 .git/info/grafts，或者重新克隆一份。",
    "partial": "这个克隆缺少一部分内容（部分克隆），不能核对留痕。改法：git fetch --refetch --no-filter，或者重新克隆一份。",
}


class History:
    """An opened repository whose history is complete: neither shallow nor partial, without grafts.

    A context manager. Paths of steps and changes are below the root of the records. Raises NothingToCheck.
    """

    def __init__(self, root: Path, head: str = "HEAD") -> None:
        git = repository(root)
        if git is None:
            raise NothingToCheck("这里不是 Git 仓库，没有可以核对的历史。改法：在克隆下来的仓库里运行。")
        if not (commit := commit_of(git, head)):
            raise NothingToCheck("这个仓库还没有提交，没有可以核对的历史。")
        if why := git_history.refusal(git):
            raise NothingToCheck(REFUSALS[why])
        self.git = git
        self.head = commit
        self.prefix = prefix_of(root.resolve(), git.resolve())
        self._after: dict[str, list[str]] = {}
        self.schemas = Schemas(schema_files())
        self._reader = Reader(self.schemas)
        self.contents = git_history.Contents(git)
        self.uncommitted_contents: dict[str, bytes] = {}
        """Contents of files that are not committed yet, by the blob ids that they would have."""
        self.site = self._site()
        self.zone = ZoneInfo(self.site.timezone)

    def __enter__(self) -> History:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.contents.__exit__(kind, error, at)

    def _site(self) -> Site:
        place = Place(path="content/site.yml", kind="site", stem="site")
        blob = git_history.blob_at(self.git, self.head, self.prefix + place.path)
        record = self._reader.parse(place, self.contents(blob))[0] if blob else None
        return record.data if record is not None and isinstance(record.data, Site) else Site(title="为民协商")

    @cached_property
    def chain(self) -> list[str]:
        """The commits of the main branch up to the head, in order."""
        return git_history.chain(self.git, self.head)

    def commits_after(self, since: str) -> list[str]:
        """The commits of the main branch after `since` (empty: all), in order. Raises NothingToCheck if `since` is not on it."""
        if since not in self._after:
            commits = git_history.after(self.git, self.head, since) if since else self.chain
            if commits is None:
                raise NothingToCheck(
                    f"提交 {since[:10]} 不在主分支的提交线上，不能从它接着核对。改法：不写 --since，从头核对。"
                )
            self._after[since] = commits
        return self._after[since]

    def read(self, blob: str) -> bytes:
        """The content of a blob. Raises GitError."""
        return self.uncommitted_contents[blob] if blob in self.uncommitted_contents else self.contents(blob)

    def today(self) -> date:
        return today(self.site.timezone)

    def end_of(self, day: date) -> int:
        """The last second of a day in the site's time zone."""
        return int(datetime.combine(day + timedelta(days=1), time(), self.zone).timestamp()) - 1

    def record_lookup(self) -> HistoryLookups:
        """The lookups that the rules of family A need, answered from the contents of the repository."""

        @lru_cache(CACHED_CONTENTS)
        def by_kind(kind: str, place: Place, blob: str) -> ParsedRecord | None:
            return read_leniently(place, self.read(blob), self.schemas)

        @lru_cache(CACHED_CONTENTS)
        def parameters(path: str, blob: str) -> tuple[ParameterSetting, ...]:
            place = _place(path)
            record = self._reader.parse(place, self.read(blob))[0] if place is not None else None
            return tuple(given_parameters([record])) if record is not None else ()

        def parsed(path: str, blob: str) -> ParsedRecord | None:
            place = _place(path)
            if place is None or not KINDS[place.kind].schema:
                return None
            return by_kind(place.kind, _PLACE_OF_KIND[place.kind], blob)

        def may_have_day_after(blob: str, day: date) -> bool:
            data, limit = self.read(blob), day.isoformat().encode()
            return _ESCAPE in data or any(found > limit for found in _DATES.findall(data))

        return HistoryLookups(
            place=_place,
            parsed=parsed,
            parameter_settings=parameters,
            day=lambda at: datetime.fromtimestamp(at, self.zone).date(),
            moment=lambda at: datetime.fromtimestamp(at, self.zone).isoformat(),
            title=lambda kind: KINDS[kind].title,
            field=self._field,
            may_have_day_after=may_have_day_after,
            first_day=lambda setting: self._first_days.get(identity(setting)),
        )

    @cached_property
    def _first_days(self) -> Mapping[ParameterSetting, date]:
        """On which day the main branch first had each setting of a rule record that it has now."""
        settings = self.record_lookup().parameter_settings
        paths = [path for path in self.tree(self.head) if (place := _place(path)) is not None and place.kind == "rule"]
        now = self.end_of(self.today())
        return first_days(self.git, self.head, self.prefix, paths, settings, self.zone, now)

    def _field(self, kind: str, pointer: str) -> str:
        if pointer in ("", "/date") or kind not in KINDS or not KINDS[kind].schema:
            return {"": "全部内容", "/date": "日期"}.get(pointer, pointer)
        steps = [p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:]]
        return self.schemas.fields(kind).describe([int(s) if s.isdecimal() else s for s in steps])

    def locate(self, path: str, blob: str, pointer: str) -> tuple[int, int]:
        """Line and column of a pointer in a version of a record."""
        place = _place(path)
        if place is None or not pointer or not KINDS[place.kind].schema:
            return 1, 1
        return locate(place, self.read(blob), pointer)

    def tree(self, commit: str) -> Mapping[str, str]:
        """The blobs of a commit, by path below the root of the records."""
        return {self._relative(path): blob for path, (_mode, blob) in git_history.files(self.git, commit).items()}

    def steps_touching(self, paths: Sequence[str]) -> Iterator[Step]:
        """The steps that change some paths, without the sides of merges: enough to know what was there, not how it got there."""
        touching = git_history.steps(self.git, self.head, None, [self.prefix + path for path in paths])
        return (self._relative_step(step) for step in touching)

    def relative_changes(self, changes: Sequence[FileChange]) -> tuple[FileChange, ...]:
        """Changes with paths below the root of the records."""
        if not self.prefix:
            return tuple(changes)
        return tuple(msgspec.structs.replace(c, path=self._relative(c.path)) for c in changes)

    def steps(self, since: str = "") -> Iterator[Step]:
        """The steps after `since` (empty: all), in order, each merge with its sides. Raises GitError."""
        commits = self.commits_after(since)
        if not commits:
            return
        remaining = git_history.steps(self.git, self.head, len(commits) if since else None)
        merge_bases: MergeBases | None = None
        while batch := list(islice(remaining, STEPS_PER_BATCH)):
            if merge_bases is None and any(len(s.parents) > 1 for s in batch):
                parents = git_history.parents(self.git, self.head, since)
                merge_bases = MergeBases(
                    [since, *commits], parents, lambda a, b: git_history.merge_bases(self.git, a, b)
                )
            for step in self._with_sides(batch, merge_bases) if merge_bases else batch:
                yield self._relative_step(step)

    def _with_sides(self, batch: list[Step], merge_bases: MergeBases) -> Iterator[Step]:
        merges = [(n, side) for n, s in enumerate(batch) for side in s.parents[1:]]
        pairs = [(merge_bases.base(batch[n].parents[0], side), side) for n, side in merges]
        sides: dict[int, list[Side]] = {}
        for (n, side), changes in zip(merges, git_history.differences(self.git, pairs), strict=True):
            sides.setdefault(n, []).append(Side(parent=side, changes=changes))
        for n, step in enumerate(batch):
            yield msgspec.structs.replace(step, sides=tuple(sides[n])) if n in sides else step

    def _relative_step(self, step: Step) -> Step:
        """The step with paths below the root of the records."""
        if not self.prefix:
            return step
        sides = tuple(Side(parent=s.parent, changes=self.relative_changes(s.changes)) for s in step.sides)
        return msgspec.structs.replace(step, changes=self.relative_changes(step.changes), sides=sides)

    def _relative(self, path: str) -> str:
        """The path below the root; a path outside it begins with `../`, so that it is never taken for a record's."""
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else f"../{path}"


@lru_cache(8192)
def _place(path: str) -> Place | None:
    place = place_of(path)
    return place if isinstance(place, Place) else None


_PLACE_OF_KIND = {kind: Place(path=f"content/{row.name}", kind=kind, stem=row.name) for kind, row in KINDS.items()}
"""One place per kind: the data of a content depends on its kind alone, so a content is parsed once for all its paths."""
