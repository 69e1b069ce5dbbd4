"""A register as input for other tools, its records as filed: fields as YAML, prose as Markdown, nothing computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from weimin.model.place import Place, level_of
from weimin.records.front_matter import Parts, split
from weimin.records.kinds import FOLDERS, KINDS
from weimin.records.place import place_of
from weimin.records.yaml.read import read as read_yaml

_OWN_PAGE = frozenset({"consultation", "outcome", "evaluation", "guidance", "plan", "projects", "rule"})


class SourceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One record: `yaml` are its fields, `body` its prose, as filed. `page`: it has a page of its own, as in our site."""

    path: str
    stem: str
    kind: str
    label: str
    day: str
    yaml: str
    body: str

    @property
    def page(self) -> bool:
        return self.kind in _OWN_PAGE


class SourceDossier(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier: its topic, then its events in the order of their days."""

    code: str
    area: str
    number: str
    title: str
    themes: Sequence[str]
    topic: SourceRecord
    events: tuple[SourceRecord, ...]

    @property
    def id(self) -> str:
        return f"{self.code}/{self.number}"

    @property
    def first(self) -> str:
        return self.events[0].day if self.events else f"{self.number[:4]}-01-01"

    @property
    def last(self) -> str:
        return self.events[-1].day if self.events else self.first


class SourcePlatform(msgspec.Struct, frozen=True, kw_only=True):
    """A platform: its own record, its other records, the platforms above it as (code, area)."""

    code: str
    area: str
    level: str
    chain: tuple[tuple[str, str], ...]
    own: SourceRecord
    others: tuple[SourceRecord, ...]


class SourceRegister(msgspec.Struct, frozen=True):
    """A register to convert: its platforms in the order of codes; dossiers are read one after another."""

    root: Path
    platforms: tuple[SourcePlatform, ...]
    areas: Mapping[str, str]  # code → area

    def dossiers(self) -> Iterator[SourceDossier]:
        for topic in sorted((self.root / "content" / "network").rglob("topic.md")):
            yield self.dossier(topic.parent)

    def dossier(self, folder: Path) -> SourceDossier:
        """The dossier in a folder."""
        topic = _source_record(self.root, folder / "topic.md")
        fields = _fields(topic)
        themes = fields["theme"]
        return SourceDossier(
            code=folder.parent.name,
            area=self.areas[folder.parent.name],
            number=folder.name,
            title=fields["title"],
            themes=[themes] if isinstance(themes, str) else themes,
            topic=topic,
            events=tuple(_source_record(self.root, path) for path in sorted(folder.glob("[0-9]*.*"))),
        )


def read(root: Path) -> SourceRegister:
    """The platforms of a register; dossiers are read lazily. Raises ValueError for a file that is not a record."""
    network = root / "content" / "network"
    paths = sorted(network.rglob("platform.yml"), key=lambda path: path.parent.name)
    own_records = {path.parent.name: _source_record(root, path) for path in paths}
    areas = {code: _fields(record)["area"] for code, record in own_records.items()}
    return SourceRegister(
        root, tuple(_source_platform(root, path, own_records[path.parent.name], areas) for path in paths), areas
    )


def _source_platform(root: Path, path: Path, own: SourceRecord, areas: Mapping[str, str]) -> SourcePlatform:
    codes = path.parent.relative_to(root / "content" / "network").parts
    return SourcePlatform(
        code=codes[-1],
        area=areas[codes[-1]],
        level=level_of(codes[-1]).label,
        chain=tuple((code, areas[code]) for code in codes[:-1]),
        own=own,
        others=tuple(
            _source_record(root, other) for name in sorted(FOLDERS) for other in sorted((path.parent / name).glob("*"))
        ),
    )


def _fields(record: SourceRecord) -> dict[str, Any]:
    """The fields of a record. Raises ValueError if they cannot be read."""
    value, problems = read_yaml(record.yaml, record.path)
    if problems:
        raise ValueError(problems[0].message)
    fields: dict[str, Any] = value
    return fields


def _source_record(root: Path, path: Path) -> SourceRecord:
    place = place_of(path.relative_to(root).as_posix())
    if not isinstance(place, Place):
        raise ValueError(place.message)
    text = path.read_text(encoding="utf-8")
    parts = split(text, place.path) if KINDS[place.kind].prose else Parts(text, 1, "", 0)
    if not isinstance(parts, Parts):
        raise ValueError(parts.message)
    return SourceRecord(
        path=place.path,
        stem=place.stem,
        kind=place.kind,
        label=KINDS[place.kind].title,
        day=place.on.text if place.on else "",
        yaml=parts.fields,
        body=parts.body.strip(),
    )


def nested(yaml: str) -> str:
    """The fields one level deeper, so that they do not collide with names that a tool reserves."""
    return "".join(f"  {line}" for line in yaml.splitlines(keepends=True))
