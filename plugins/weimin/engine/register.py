"""The register of a work tree, a commit or the index: what is where, read one folder at a time."""

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
from weimin.engine.dependencies import Reads
from weimin.engine.inventory import Unit
from weimin.engine.state import State
from weimin.model.dossier import Dossier, PlatformRecords
from weimin.model.finding import Problem
from weimin.model.kinds import Data, Platform, RuleBook, Site, known, listed
from weimin.model.network import PlatformRow
from weimin.model.parameter import Given, Parameters
from weimin.model.period import parse_period
from weimin.model.place import Place, level_of
from weimin.model.record import Record, parse_ref
from weimin.records.parse import Reader
from weimin.records.schema import Schemas


class Folder(msgspec.Struct, frozen=True, kw_only=True):
    """A unit, read: its records, the bytes of all its files, and what is wrong with them as files."""

    unit: Unit
    records: tuple[Record, ...]
    files: dict[str, bytes]
    problems: tuple[Problem, ...]

    @property
    def attachments(self) -> tuple[str, ...]:
        return tuple(p.path for p in self.unit.places if p.kind == "attachment")

    @property
    def whole(self) -> bool:
        """Every record of it could be read."""
        return len(self.records) == sum(p.kind not in ("attachment", "signers") for p in self.unit.places)


class Register:
    """What is in a tree of records. Reads records when asked, never all at once.

    `kept`: where what is found out is kept from one run to the next; None: nowhere.
    """

    def __init__(self, where: Path | Tree, kept: Path | None = None, state: State | None = None) -> None:
        """`state`: one that was brought to this tree already."""
        self.tree: Tree = WorkTree(where) if isinstance(where, Path) else where
        self.state = state or State(self.tree, kept)
        self.schemas = Schemas(schema_files())
        self.reader = Reader(self.schemas)
        self.inventory = self.state.inventory
        self.blobs = self.inventory.blobs
        self.by_ref = self.inventory.by_ref
        self.by_path = self.inventory.by_path
        self.units = self.inventory.units
        self.reads = Reads()
        self.site, self.site_problems = self._site()
        self._record = lru_cache(maxsize=4096)(self._read_ref)

    def close(self) -> None:
        """Give back the store; nothing can be looked up any more."""
        self.state.close()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with files as files."""
        return self.inventory.problems

    @property
    def places(self) -> Iterator[Place]:
        """All of them, in order of paths."""
        return self.inventory.places

    def _site(self) -> tuple[Site, tuple[Problem, ...]]:
        place = self.by_path.get("content/site.yml")
        if place is None:
            return Site(title="为民协商"), ()
        record, problems = self.parse(place)
        return (record.data if record and isinstance(record.data, Site) else Site(title="为民协商")), problems

    def parse(self, place: Place) -> tuple[Record | None, tuple[Problem, ...]]:
        return self.reader.parse(place, self.tree.read(place.path), self.blobs.get(place.path, ""))

    def revive(self, kind: str, raw: Any) -> tuple[Data | None, str]:
        """Corrected data as the kind's class, or what does not fit."""
        value, violations = self.schemas.accept(kind, raw)
        if violations:
            return None, violations[0].message
        return self.schemas.load(kind, value), ""

    def read(self, unit: Unit) -> Folder:
        """Every file of a unit, read once, with what families F and S found."""
        records: list[Record] = []
        problems: list[Problem] = []
        files: dict[str, bytes] = {}
        for place in unit.places:
            data = files[place.path] = self.tree.read(place.path)
            record, found = self.reader.parse(place, data, self.blobs.get(place.path, ""))
            problems += found
            if record is not None:
                records.append(record)
        return Folder(unit=unit, records=tuple(records), files=files, problems=tuple(problems))

    def dossier(self, folder: Folder) -> Dossier:
        return compile_dossier(folder.unit.id, folder.records, folder.attachments, self.revive)

    def platform_records(self, folder: Folder) -> PlatformRecords:
        return compile_platform_records(folder.unit.id, folder.records, self.revive)

    # Lookup
    def record(self, ref: str) -> Record | None:
        self.reads.note(f"ref:{ref}")
        return self._record(ref)

    def _read_ref(self, ref: str) -> Record | None:
        place = self.by_ref.get(ref)
        return self.parse(place)[0] if place else None

    def exists(self, ref: str) -> bool:
        self.reads.note(f"ref:{ref}")
        return ref in self.by_ref or ref in self.units or ref in self.by_path


def platform_row(own: PlatformRecords, site: Site, heard: bool) -> PlatformRow | None:
    """A platform as network-wide pages see it; its name by the city's naming setting unless it says its own."""
    record = own.platform
    if record is None or not isinstance(record.data, Platform):
        return None
    data = record.data
    level = level_of(own.code)
    kind = (site.naming or {}).get(level.value, level.platform)
    area = data.area if known(data.area) and data.area else own.code
    return PlatformRow(
        code=own.code,
        area=area,
        name=data.name if known(data.name) and data.name else area + kind,
        established=data.established if known(data.established) else None,
        closed=data.closed.date if data.closed else None,
        compiled=record.compiled,
        heard=heard,
    )


def speaks(records: Iterable[Record]) -> bool:
    """A record of the platform's own: not compiled, and more than a platform.yml with an area (docs/reference/rules.md, "Duties and clocks")."""
    for r in records:
        if r.compiled or r.place.kind in ("exemptions", "rule", "signers"):
            continue
        if r.place.kind == "platform" and set(r.raw) <= {"area", "place_found"}:
            continue
        return True
    return False


def given_parameters(books: Iterable[Record]) -> Iterable[Given]:
    """The parameters that rule records give, one per level where a value is given by level."""
    for book in books:
        data, place = book.data, book.place
        if not isinstance(data, RuleBook) or place.platform is None:
            continue
        for p in listed(data.parameters):
            values = p.value if isinstance(p.value, dict) else {"": p.value}
            for level, value in values.items():
                yield Given(
                    name=f"{p.name}.{level}" if level else p.name,
                    value=value,
                    platform=place.platform,
                    source=_source(place, p.clause),
                    house=place.stem == "house",
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
