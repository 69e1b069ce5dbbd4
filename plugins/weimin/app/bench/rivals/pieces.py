"""A register as pieces, its records as they were filed: the fields as YAML, the prose as Markdown, nothing worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from ryaml import loads  # type: ignore[attr-defined]  # it does not mark what it hands on

_LEVELS = {6: "县区级", 9: "乡镇级", 12: "村居级"}
_FOLDERS = {"guidance": "guidance", "opinions": "opinion", "plans": "plan", "projects": "projects", "rules": "rule"}
_LABELS = {
    "consultation": "协商活动",
    "outcome": "协商成果",
    "response": "回应",
    "followup": "跟踪监督",
    "evaluation": "民主评议",
    "correction": "更正",
    "guidance": "指导",
    "opinion": "社情民意",
    "plan": "年度协商计划",
    "projects": "为民办实事项目清单",
    "rule": "规则",
    "topic": "议题",
    "platform": "平台",
}
_OWN_PAGE = frozenset({"consultation", "outcome", "evaluation", "guidance", "plan", "projects", "rule"})
_EVENT = re.compile(r"(\d{4}-\d\d-\d\d)-([a-z]+)(?:-\d+)?")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One record: `yaml` its fields and `body` its prose, as filed. `page`: it has a page of its own, as it has in ours."""

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


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier: its topic, then its events in the order of their days."""

    code: str
    area: str
    number: str
    title: str
    themes: Sequence[str]
    topic: Piece
    events: tuple[Piece, ...]

    @property
    def id(self) -> str:
        return f"{self.code}/{self.number}"

    @property
    def first(self) -> str:
        return self.events[0].day if self.events else f"{self.number[:4]}-01-01"

    @property
    def last(self) -> str:
        return self.events[-1].day if self.events else self.first


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A platform: its own record, its others, those above it as (code, area)."""

    code: str
    area: str
    level: str
    chain: tuple[tuple[str, str], ...]
    own: Piece
    others: tuple[Piece, ...]


class Input(msgspec.Struct, frozen=True):
    """A register to convert: its platforms in order of codes, its dossiers one after another."""

    root: Path
    platforms: tuple[Office, ...]

    def dossiers(self) -> Iterator[Matter]:
        for topic in sorted((self.root / "content" / "network").rglob("topic.md")):
            yield self.dossier(topic.parent)

    def dossier(self, folder: Path) -> Matter:
        """The dossier in a folder."""
        areas = {office.code: office.area for office in self.platforms}
        topic = _piece(self.root, folder / "topic.md", "topic")
        fields = loads(topic.yaml)
        themes = fields["theme"]
        return Matter(
            code=folder.parent.name,
            area=areas[folder.parent.name],
            number=folder.name,
            title=fields["title"],
            themes=[themes] if isinstance(themes, str) else themes,
            topic=topic,
            events=tuple(_event(self.root, path) for path in sorted(folder.glob("[0-9]*.*"))),
        )


def read(root: Path) -> Input:
    """The platforms of a register; its dossiers are read when they are asked for."""
    network = root / "content" / "network"
    paths = sorted(network.rglob("platform.yml"), key=lambda path: path.parent.name)
    pieces = {path.parent.name: _piece(root, path, "platform") for path in paths}
    areas = {code: loads(piece.yaml)["area"] for code, piece in pieces.items()}
    return Input(root, tuple(_office(root, path, pieces[path.parent.name], areas) for path in paths))


def _office(root: Path, path: Path, own: Piece, areas: Mapping[str, str]) -> Office:
    codes = path.parent.relative_to(root / "content" / "network").parts
    others = [
        _piece(root, other, kind)
        for folder, kind in _FOLDERS.items()
        for other in sorted((path.parent / folder).glob("*"))
    ]
    return Office(
        code=codes[-1],
        area=areas[codes[-1]],
        level="市级" if len(codes) == 1 else _LEVELS[len(codes[-1])],
        chain=tuple((code, areas[code]) for code in codes[:-1]),
        own=own,
        others=tuple(others),
    )


def _event(root: Path, path: Path) -> Piece:
    named = _EVENT.fullmatch(path.stem)
    if named is None:
        raise ValueError(path.name)
    return _piece(root, path, named[2])


def _piece(root: Path, path: Path, kind: str) -> Piece:
    text = path.read_text(encoding="utf-8")
    fields, body = text, ""
    if path.suffix == ".md":
        _, fields, body = text.split("---\n", 2)
    return Piece(
        path=path.relative_to(root).as_posix(),
        stem=path.stem,
        kind=kind,
        label=_LABELS[kind],
        day=path.stem[:10],
        yaml=fields,
        body=body.strip(),
    )


def nested(yaml: str) -> str:
    """The fields one level deeper: what a tool has no use for cannot collide with what it has."""
    return "".join(f"  {line}" for line in yaml.splitlines(keepends=True))
