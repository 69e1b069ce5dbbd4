"""The register: the records of a work tree, a commit or the index, read one unit at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from weimin.adapters.files import WorkTree
from weimin.adapters.installation import schema_files
from weimin.adapters.objects import Tree
from weimin.dossiers.compile import compile_dossier, compile_platform_records
from weimin.engine.dependencies import Dependencies
from weimin.engine.inventory import Unit
from weimin.engine.state import EngineState
from weimin.model.dossier import Dossier, PlatformRecords
from weimin.model.finding import Problem
from weimin.model.kinds import Data, Platform, RuleBook, Site, known, listed
from weimin.model.network import PlatformRow
from weimin.model.parameter import Parameters, ParameterSetting
from weimin.model.period import parse_period
from weimin.model.place import Place, level_of
from weimin.model.record import Record, parse_ref
from weimin.records.parse import Reader
from weimin.records.schema import Schemas


class Folder(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a unit: its records, the bytes of all its files by path, and the problems of families F and S."""

    unit: Unit
    records: tuple[Record, ...]
    files: dict[str, bytes]
    problems: tuple[Problem, ...]

    @property
    def attachments(self) -> tuple[str, ...]:
        return tuple(p.path for p in self.unit.places if p.kind == "attachment")

    @property
    def complete(self) -> bool:
        """Whether every record of the unit could be read."""
        return not self.unread

    @property
    def unread(self) -> tuple[Place, ...]:
        """The places of the records that could not be read."""
        read = {r.place.path for r in self.records}
        return tuple(p for p in self.unit.places if p.kind not in ("attachment", "signers") and p.path not in read)


class Register:
    """The records of a tree. They are read on demand, never all at once.

    `by_path`, `by_ref`, `units`, `blobs`: as in the inventory. `dependencies` records what `record` and `exists` look up.
    """

    def __init__(self, where: Path | Tree, store_path: Path | None = None, state: EngineState | None = None) -> None:
        """`where`: the root folder of a work tree, or another tree. `store_path`: the file in which results are stored from one
        run to the next; None: they are not. `state`: an open store that is up to date with this tree, in place of that file.
        """
        self.tree: Tree = WorkTree(where) if isinstance(where, Path) else where
        self.state = state or EngineState(self.tree, store_path)
        self.schemas = Schemas(schema_files())
        self.reader = Reader(self.schemas)
        self.inventory = self.state.inventory
        self.blobs = self.inventory.blobs
        self.by_ref = self.inventory.by_ref
        self.by_path = self.inventory.by_path
        self.units = self.inventory.units
        self.dependencies = Dependencies()
        self.site, self.site_problems = self._site()
        self._record = lru_cache(maxsize=4096)(self._read_ref)

    def close(self) -> None:
        """Close the store; nothing can be looked up any more."""
        self.state.close()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of files as files."""
        return self.inventory.problems

    @property
    def places(self) -> Iterator[Place]:
        """The places of all files, in order of paths."""
        return self.inventory.places

    def _site(self) -> tuple[Site, tuple[Problem, ...]]:
        place = self.by_path.get("content/site.yml")
        if place is None:
            return Site(title="为民协商"), ()
        record, problems = self.parse(place)
        return (record.data if record and isinstance(record.data, Site) else Site(title="为民协商")), problems

    def parse(self, place: Place) -> tuple[Record | None, tuple[Problem, ...]]:
        """The record at a place, None if it cannot be read, and its problems."""
        if place.path in self.inventory.links:
            return None, ()  # F107
        return self.reader.parse(place, self.tree.read(place.path), self.blobs.get(place.path, ""))

    def revive(self, kind: str, raw: Any) -> tuple[Data | None, str]:
        """Corrected data as an instance of the kind's class; or None and what does not fit the schema, in Chinese."""
        value, violations = self.schemas.accept(kind, raw)
        if violations:
            return None, violations[0].message
        return self.schemas.load(kind, value), ""

    def read(self, unit: Unit) -> Folder:
        """Read every file of a unit, but no symbolic link (F107). Raises OSError."""
        records: list[Record] = []
        problems: list[Problem] = []
        files: dict[str, bytes] = {}
        links = self.inventory.links
        for place in unit.places:
            if place.path in links:
                continue
            data = files[place.path] = self.tree.read(place.path)
            record, found = self.reader.parse(place, data, self.blobs.get(place.path, ""))
            problems += found
            if record is not None:
                records.append(record)
        return Folder(unit=unit, records=tuple(records), files=files, problems=tuple(problems))

    def dossier(self, folder: Folder) -> Dossier:
        """The records of a dossier's folder as a dossier, corrections applied."""
        return compile_dossier(folder.unit.id, folder.records, folder.attachments, self.revive)

    def platform_records(self, folder: Folder) -> PlatformRecords:
        """A platform's own records, corrections applied."""
        return compile_platform_records(folder.unit.id, folder.records, self.revive)

    # Look-ups of other units' records; recorded as dependencies
    def record(self, ref: str) -> Record | None:
        """The record that a reference names, uncorrected."""
        self.dependencies.record(f"ref:{ref}")
        return self._record(ref)

    def _read_ref(self, ref: str) -> Record | None:
        place = self.by_ref.get(ref)
        return self.parse(place)[0] if place else None

    def exists(self, ref: str) -> bool:
        """Whether a reference, unit id or path names something in the tree."""
        self.dependencies.record(f"ref:{ref}")
        return ref in self.by_ref or ref in self.units or ref in self.by_path


GOVERNING = ("rule", "exemptions")
"""Kinds of records that decide how the records of a platform, and of those below it, are judged."""


def row_of(folder: Folder, own: PlatformRecords, site: Site) -> PlatformRow | None:
    """As `platform_row`. A platform whose platform.yml cannot be read exists all the same: its row has what the path says."""
    row = platform_row(own, site, has_records=False)
    unread = {p.kind for p in folder.unread}
    if row is None and "platform" in unread:
        row = _row(own.code, Platform(), site)
    if row is None or unread.isdisjoint(GOVERNING):
        return row
    return msgspec.structs.replace(row, unread=True)


def platform_row(own: PlatformRecords, site: Site, has_records: bool) -> PlatformRow | None:
    """The row of a platform for network-wide pages; None if it has no platform.yml. Without a name of its own it is named by
    the settings' `naming`.
    """
    record = own.platform
    if record is None or not isinstance(record.data, Platform):
        return None
    return _row(own.code, record.data, site, compiled=record.compiled, has_records=has_records)


def _row(code: str, data: Platform, site: Site, *, compiled: bool = False, has_records: bool = False) -> PlatformRow:
    level = level_of(code)
    kind = (site.naming or {}).get(level.value, level.platform)
    area = data.area if known(data.area) and data.area else code
    return PlatformRow(
        code=code,
        area=area,
        name=data.name if known(data.name) and data.name else area + kind,
        established=data.established if known(data.established) else None,
        closed=data.closed.date if data.closed else None,
        closed_into=data.closed.into if data.closed else None,
        compiled=compiled,
        has_records=has_records,
    )


def has_own_records(records: Iterable[Record]) -> bool:
    """Whether one of the records is the platform's own: not compiled, and more than a platform.yml with an area (docs/reference/rules.md, "Duties and clocks")."""
    for r in records:
        if r.compiled or r.place.kind in ("exemptions", "rule", "signers"):
            continue
        if r.place.kind == "platform" and set(r.raw) <= {"area", "place_found"}:
            continue
        return True
    return False


def given_parameters(books: Iterable[Record]) -> Iterable[ParameterSetting]:
    """The parameters that rule records give; if a value differs by level, one for each level."""
    for book in books:
        data, place = book.data, book.place
        if not isinstance(data, RuleBook) or place.platform is None:
            continue
        for p in listed(data.parameters):
            values = p.value if isinstance(p.value, dict) else {"": p.value}
            for level, value in values.items():
                yield ParameterSetting(
                    name=f"{p.name}.{level}" if level else p.name,
                    value=value,
                    platform=place.platform,
                    source=_source(place, p.clause),
                    record=place.ref,
                    house=place.stem == "house",
                    issued=data.issued is not None and known(data.issued),
                    since=_day(data.effective_from),
                    until=_day(data.effective_to, last=True),
                    levels=tuple(listed(data.applies_to)),
                )


def _source(place: Place, clause: str | None) -> str:
    if clause is None:
        return place.ref
    try:
        ref = parse_ref(clause)
    except ValueError:
        return f"{place.ref}{clause}" if clause.startswith("#") else f"{place.ref}#{clause}"
    return clause if ref.platform else f"{place.ref}#{clause}"


def _day(text: str | None, *, last: bool = False) -> date | None:
    if text is None or not known(text):
        return None
    period = parse_period(text)
    return period.last if last else period.first


def parameters_of(books: Iterable[Record]) -> Parameters:
    return Parameters(given_parameters(books))
