"""Which files there are and where they belong, looked up in the store one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from weimin.adapters.follow import GONE, LOOSE
from weimin.adapters.git import Entry
from weimin.adapters.store import Store
from weimin.model.finding import Problem
from weimin.model.place import Place
from weimin.records.paths import mode_problems, path_collisions
from weimin.records.place import place_of

Value = TypeVar("Value")
_PROBLEMS = msgspec.msgpack.Decoder(tuple[Problem, ...])
_ODD = re.compile("[^a-z0-9/._-]")
_BATCH = 10_000  # files whose rows wait in memory
_CLASHES = "content/"
"""Where problems of paths as a set are kept: under a path that no file has."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A folder that is read, checked and rendered as one; `places` in order of paths."""

    id: str
    platform: str | None
    places: tuple[Place, ...]

    @property
    def head(self) -> Place:
        """The file to point at when the folder itself is meant: its topic, else the first one."""
        return next((p for p in self.places if p.kind == "topic"), self.places[0])

    @property
    def is_dossier(self) -> bool:
        return "/" in self.id


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What changed: paths, the folders they are in, and the references that name them, before or now."""

    paths: frozenset[str]
    units: set[str] = msgspec.field(default_factory=set)
    refs: set[str] = msgspec.field(default_factory=set)

    def note(self, row: tuple[str, ...]) -> None:
        if row[3]:
            self.units.add(row[3])
        if row[4]:
            self.refs.add(row[4])


class Rows(Mapping[str, Value], Generic[Value]):
    """A table of the store read as a mapping: nothing of it is held in memory. `find` gives None for what is not there."""

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
    """The files of a register. `by_ref` and `by_path` lead to places, `units` to folders, `blobs` to ids of contents."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.by_path = Rows(self._at, lambda: self._column("path", "unit <> ''", "path"))
        self.by_ref = Rows(self._referred, lambda: self._column("ref", "ref <> ''", "path"))
        self.units = Rows(self._unit, lambda: self._column("DISTINCT unit", "unit <> ''", "unit"))
        self.blobs = Rows(self._blob, lambda: self._column("path", "1", "path"))

    def _column(self, what: str, where: str, order: str) -> list[str]:
        return [key for (key,) in self._store.all(f"SELECT {what} FROM file WHERE {where} ORDER BY {order}")]

    def _at(self, path: str) -> Place | None:
        found = self._store.one("SELECT 1 FROM file WHERE path = ? AND unit <> ''", path)
        return _place(path) if found else None

    def _referred(self, ref: str) -> Place | None:
        """Of two files that one reference names, the last (L104 and F109 say so)."""
        found = self._store.one("SELECT path FROM file WHERE ref <> '' AND ref = ? ORDER BY path DESC LIMIT 1", ref)
        return _place(found[0]) if found else None

    def _unit(self, unit: str) -> Unit | None:
        asked = "SELECT path FROM file WHERE unit <> '' AND unit = ? ORDER BY path"
        places = tuple(_place(path) for (path,) in self._store.rows(asked, unit))
        return Unit(id=unit, platform=places[0].platform, places=places) if places else None

    def _blob(self, path: str) -> str | None:
        """Empty where the file was changed and not committed."""
        found = self._store.one("SELECT blob FROM file WHERE path = ?", path)
        return None if found is None else "" if found[0].startswith(LOOSE) else found[0]

    def entry(self, path: str) -> Entry | None:
        """A file as Git says it, None where there is none."""
        found = self._store.one("SELECT mode, blob FROM file WHERE path = ?", path)
        return Entry(path, *found) if found else None

    @property
    def empty(self) -> bool:
        return not self._store.one("SELECT 1 FROM file LIMIT 1")

    def unit_ids(self, *, dossiers: bool) -> list[str]:
        """The ids of dossiers, or of platforms' own folders, in order."""
        like = "unit GLOB '*/*'" if dossiers else "unit GLOB '[0-9]*' AND unit NOT GLOB '*/*'"
        return self._column("DISTINCT unit", like, "unit")

    def units_of(self, code: str, *, exact: bool) -> list[str]:
        """Platforms and dossiers of a code, and unless `exact` of all codes that begin with it, in order."""
        asked = "SELECT DISTINCT unit FROM file WHERE unit >= ? AND unit < ? ORDER BY unit"
        found = self._store.all(asked, code, f"{code}:")
        return [u for (u,) in found if not exact or u.partition("/")[0] == code]

    def heads(self, code: str) -> dict[str, str]:
        """The dossiers of a platform, each with the file to point at when it is meant."""
        asked = "SELECT unit, path, kind FROM file WHERE unit > ? AND unit < ? ORDER BY path"
        found: dict[str, str] = {}
        for unit, path, kind in self._store.all(asked, f"{code}/", f"{code}0"):
            if unit not in found or kind == "/topic":
                found[unit] = path
        return found

    @property
    def places(self) -> Iterator[Place]:
        """All of them, in order of paths."""
        return (_place(path) for (path,) in self._store.all("SELECT path FROM file WHERE unit <> '' ORDER BY path"))

    def of_kind(self, *kinds: str) -> list[Place]:
        """The places of some kinds outside dossiers, in order of paths."""
        marks = ", ".join("?" * len(kinds))
        return [
            _place(p)
            for (p,) in self._store.all(f"SELECT path FROM file WHERE kind IN ({marks}) ORDER BY path", *kinds)
        ]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with files as files, in order of paths."""
        found = self._store.all("SELECT data FROM loose ORDER BY path")
        return tuple(problem for (data,) in found for problem in _PROBLEMS.decode(data))

    def take(self, entries: Iterable[Entry], *, whole: bool) -> Taken:
        """Take over what a tree of records holds now. `whole`: what is not among the entries is gone."""
        listed = {e.path: e for e in entries}
        known = self._known(listed, whole=whole)
        changed = [p for p in (*listed, *(known.keys() - listed.keys())) if known.get(p) != _told(listed.get(p))]
        taken = Taken(paths=frozenset(changed))
        for start in range(0, len(changed), _BATCH):
            self._replace(changed[start : start + _BATCH], known, listed, taken)
        if changed:
            self._clash(changed)
        return taken

    def _replace(
        self, paths: list[str], known: Mapping[str, object], listed: Mapping[str, Entry], taken: Taken
    ) -> None:
        rows, loose = [], []
        for path in paths:
            if path in known and (gone := self._store.remove_row("file", (path,))) is not None:
                self._store.remove_row("loose", (path,))
                taken.note(gone)
            if (entry := listed.get(path)) is not None and entry.mode != GONE:
                row, problems = _row(entry)
                rows.append(row)
                taken.note(row)
                if problems:
                    loose.append((path, msgspec.msgpack.encode(problems)))
        self._store.add("file", rows)
        self._store.add("loose", loose)

    def _known(self, listed: Mapping[str, Entry], *, whole: bool) -> dict[str, tuple[str, str]]:
        if whole:
            return {path: (mode, blob) for path, mode, blob in self._store.rows("SELECT path, mode, blob FROM file")}
        asked = "SELECT path, mode, blob FROM file WHERE path = ?"
        found = (self._store.one(asked, path) for path in listed)
        return {row[0]: (row[1], row[2]) for row in found if row is not None}

    def _clash(self, changed: Iterable[str]) -> None:
        """F109 is about all paths: looked into from the first one that could clash, and for pages."""
        odd = self._store.one("SELECT 1 FROM meta WHERE name = 'odd'")
        if not odd and any(_ODD.search(path) for path in changed):
            self._store.add("meta", [("odd", b"")])
            odd = (1,)
        asked = "SELECT path FROM file WHERE unit <> ''" + ("" if odd else " AND unit = 'site'")
        found = path_collisions(path for (path,) in self._store.rows(asked))
        self._store.remove_row("loose", (_CLASHES,))
        if found:
            self._store.add("loose", [(_CLASHES, msgspec.msgpack.encode(tuple(found)))])


@lru_cache(4096)
def _place(path: str) -> Place:
    found = place_of(path)
    assert isinstance(found, Place)
    return found


def _told(entry: Entry | None) -> tuple[str, str] | None:
    return None if entry is None or entry.mode == GONE else (entry.mode, entry.blob)


def _row(entry: Entry) -> tuple[tuple[str, str, str, str, str, str], tuple[Problem, ...]]:
    """The file as it is kept, and what is wrong with it."""
    problems = tuple(mode_problems([(entry.path, entry.mode)]))
    bare = (entry.path, entry.mode, entry.blob, "", "", "")
    if any(p.path == entry.path for p in problems) or entry.mode not in ("100644", "100755"):
        return bare, problems
    found = place_of(entry.path)
    if not isinstance(found, Place):
        return bare, (*problems, found)
    ref = "" if found.kind == "attachment" else found.ref
    kind = f"/{found.kind}" if found.dossier else found.kind
    return (entry.path, entry.mode, entry.blob, found.unit, ref, kind), problems
