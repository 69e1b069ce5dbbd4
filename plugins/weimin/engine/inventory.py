"""The inventory: which files the tree of records contains, and where they belong. Everything is looked up in the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from weimin.adapters.git import Entry
from weimin.adapters.store import Store
from weimin.adapters.tree_changes import DELETED, UNCOMMITTED
from weimin.engine.queries.file import FileRow, FileTable
from weimin.engine.queries.meta import MetaTable
from weimin.engine.queries.path_problem import PathProblemTable
from weimin.model.finding import Problem
from weimin.model.place import Place
from weimin.records.paths import mode_problems, path_collisions
from weimin.records.place import place_of

Value = TypeVar("Value")
UNUSUAL_PATHS = "unusual_paths"
"""The value of the table `meta` that exists once a path had a character that makes collisions possible."""
_UNUSUAL = re.compile("[^a-z0-9/._-]")
_ROWS_AT_ONCE = 10_000  # files whose rows are in memory together
_ALL_PATHS = "content/"
"""The path, which no file has, under which problems of all paths together are stored."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A folder that is read, computed and rendered as one: a dossier, a platform's own files, or the site's pages.

    `id`: `990101/2026-001`, `990101`, `site`. `places`: its files, in order of paths.
    """

    id: str
    platform: str | None
    places: tuple[Place, ...]

    @property
    def head(self) -> Place:
        """The file that stands for the unit: the topic of a dossier, otherwise the first one."""
        return next((p for p in self.places if p.kind == "topic"), self.places[0])

    @property
    def is_dossier(self) -> bool:
        return "/" in self.id


class InventoryChange(msgspec.Struct, frozen=True, kw_only=True):
    """The paths that changed, and the units and references that these paths stand for or stood for."""

    paths: frozenset[str]
    units: frozenset[str] = frozenset()
    refs: frozenset[str] = frozenset()


class TableMapping(Mapping[str, Value], Generic[Value]):
    """A table of the store as a mapping; none of it is in memory. `find` returns None for a key that does not exist."""

    def __init__(self, find: Callable[[str], Value | None], keys: Callable[[], Iterable[str]]) -> None:
        self._find, self._keys = find, keys

    def __getitem__(self, key: str) -> Value:
        if (found := self._find(key)) is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys())

    def __len__(self) -> int:
        return sum(1 for _ in self._keys())


class Inventory:
    """The files of a register.

    `by_path` and `by_ref`: path or reference → place. `units`: id → unit. `blobs`: path → id of the content in Git, empty for
    a file that is changed and not committed.
    """

    def __init__(self, store: Store) -> None:
        self._files, self._problems, self._meta = FileTable(store), PathProblemTable(store), MetaTable(store)
        self._links: frozenset[str] | None = None
        self.by_path = TableMapping(self._place_at, self._files.paths_in_units)
        self.by_ref = TableMapping(self._place_of_ref, self._files.refs)
        self.units = TableMapping(self._unit, self._files.units)
        self.blobs = TableMapping(self._blob, self._files.paths)

    def _place_at(self, path: str) -> Place | None:
        return _place(path) if self._files.belongs_to_unit(path) else None

    def _place_of_ref(self, ref: str) -> Place | None:
        """If two files have the same reference, the last one; L104 and F109 report it."""
        path = self._files.path_of_ref(ref)
        return _place(path) if path is not None else None

    def _unit(self, unit: str) -> Unit | None:
        places = tuple(map(_place, self._files.paths_of_unit(unit)))
        return Unit(id=unit, platform=places[0].platform, places=places) if places else None

    def _blob(self, path: str) -> str | None:
        content = self._files.content_of(path)
        return None if content is None else "" if content[1].startswith(UNCOMMITTED) else content[1]

    def entry(self, path: str) -> Entry | None:
        """A file as Git lists it; None if there is none."""
        content = self._files.content_of(path)
        return Entry(path, *content) if content else None

    @property
    def links(self) -> frozenset[str]:
        """The paths of records where a symbolic link or a submodule lies (F107): nothing can be read there."""
        if self._links is None:
            self._links = frozenset(self._files.paths_of_links())
        return self._links

    @property
    def empty(self) -> bool:
        return self._files.is_empty

    def unit_ids(self, *, dossiers: bool) -> list[str]:
        """The ids of all dossiers, or of all platforms that have files of their own; in order."""
        return self._files.dossiers() if dossiers else self._files.platforms()

    def units_of(self, code: str, *, exact: bool) -> list[str]:
        """The platform of a code and its dossiers, and unless `exact` those of all codes that start with it; in order."""
        units = self._files.units_with_prefix(code)
        return [u for u in units if not exact or u.partition("/")[0] == code]

    def heads(self, code: str) -> dict[str, str]:
        """The dossiers of a platform, each with the path of the file that stands for it (Unit.head)."""
        heads: dict[str, str] = {}
        for unit, path, kind in self._files.files_of_dossiers(code):
            if unit not in heads or kind == "/topic":
                heads[unit] = path
        return heads

    @property
    def places(self) -> Iterator[Place]:
        """All places, in order of paths."""
        return map(_place, self._files.paths_in_units())

    def of_kind(self, *kinds: str) -> list[Place]:
        """The places of some kinds outside dossiers, in order of paths."""
        return [_place(path) for path in self._files.paths_of_kinds(kinds)]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of files as files, in order of paths."""
        return self._problems.all()

    # Updating
    def update(self, entries: Iterable[Entry], *, complete: bool) -> InventoryChange:
        """Store what a tree of records contains now, and say what changed.

        `entries`: the files that may have changed. `complete`: they are all files, so every other one is gone.
        """
        self._links = None
        listed = {e.path: e for e in entries}
        stored = self._stored(listed, complete=complete)
        changed = [p for p in (*listed, *(stored.keys() - listed.keys())) if stored.get(p) != _content(listed.get(p))]
        units: set[str] = set()
        refs: set[str] = set()
        for start in range(0, len(changed), _ROWS_AT_ONCE):
            self._replace(changed[start : start + _ROWS_AT_ONCE], stored, listed, units, refs)
        if changed:
            self._update_collisions(changed)
        empty = {""}  # of a path that has no place
        return InventoryChange(paths=frozenset(changed), units=frozenset(units - empty), refs=frozenset(refs - empty))

    def _replace(
        self,
        paths: list[str],
        stored: Mapping[str, object],
        listed: Mapping[str, Entry],
        units: set[str],
        refs: set[str],
    ) -> None:
        """Store some files in place of what they were, and collect the units and references of both."""
        rows: list[FileRow] = []
        problems: list[tuple[str, tuple[Problem, ...]]] = []
        for path in paths:
            if path in stored and (deleted := self._files.delete(path)) is not None:
                self._problems.delete(path)
                units.add(deleted[3])
                refs.add(deleted[4])
            if (entry := listed.get(path)) is not None and entry.mode != DELETED:
                row, found = _row(entry)
                rows.append(row)
                units.add(row[3])
                refs.add(row[4])
                if found:
                    problems.append((path, found))
        self._files.insert(rows)
        self._problems.insert(problems)

    def _stored(self, listed: Mapping[str, Entry], *, complete: bool) -> dict[str, tuple[str, str]]:
        """Path → (mode, blob), of the listed files or of all."""
        if complete:
            return {path: (mode, blob) for path, mode, blob in self._files.contents()}
        return {path: content for path in listed if (content := self._files.content_of(path)) is not None}

    def _update_collisions(self, changed: Iterable[str]) -> None:
        """F109 compares all paths with each other. Without unusual characters only the paths of pages can collide, so the
        others are left out until the first path has one.
        """
        unusual = self._meta.exists(UNUSUAL_PATHS)
        if not unusual and any(_UNUSUAL.search(path) for path in changed):
            self._meta.set_data(UNUSUAL_PATHS, b"")
            unusual = True
        found = path_collisions(self._files.stream_paths_in_units() if unusual else self._files.paths_of_unit("site"))
        self._problems.delete(_ALL_PATHS)
        if found:
            self._problems.insert([(_ALL_PATHS, tuple(found))])


@lru_cache(4096)
def _place(path: str) -> Place:
    found = place_of(path)
    assert isinstance(found, Place)
    return found


def _content(entry: Entry | None) -> tuple[str, str] | None:
    """(mode, blob); None for a file that does not exist."""
    return None if entry is None or entry.mode == DELETED else (entry.mode, entry.blob)


def _row(entry: Entry) -> tuple[FileRow, tuple[Problem, ...]]:
    """The file as it is stored, and its problems as a file.

    A link, or a file that may be executed, has its place all the same: its own problem says what is wrong with it, and a
    reference to it is not broken.
    """
    problems = tuple(mode_problems([(entry.path, entry.mode)]))
    found = place_of(entry.path)
    if not isinstance(found, Place):
        bare = (entry.path, entry.mode, entry.blob, "", "", "")
        return bare, problems or (found,)
    ref = "" if found.kind == "attachment" else found.ref
    kind = f"/{found.kind}" if found.dossier else found.kind
    return (entry.path, entry.mode, entry.blob, found.unit, ref, kind), problems
