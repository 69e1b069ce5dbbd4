"""Every number is a door: where each claim of a page stands, by record, line and commit (docs/adr/0055)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape

import msgspec

from weimin.model.dossier import Dossier
from weimin.model.history import Revision
from weimin.model.kinds import Correction
from weimin.model.record import Record
from weimin.model.view import DossierView, PlatformView
from weimin.site.display_text import DisplayText
from weimin.site.filed import Filed, filed_of
from weimin.site.forge import file_url
from weimin.site.presenters.revisions import commit_shown, moment_words
from weimin.site.shell import Shell

LineAt = Callable[[str, str], int]
"""(path, JSON pointer) → 1-based line of the file; 0 where it cannot be had."""

_CLAIM = re.compile(rb' data-claim="([^"<>]*)"')
_MIXED = frozenset({"correction"})
"""Kinds of records that hold values of other kinds, whose fields may have one name and two meanings."""
_NAMED = {"": "日期（写在文件名里）", "date": "日期（写在文件名里）", "body": "正文"}


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """A record that stands behind values of a page. `href`: where it is told; `file`: the file at a forge, or empty.

    `commit` and `on` are of its last change, so that line and file are those of that commit; None without history.
    """

    path: str
    kind: str
    name: str
    href: str
    file: str = ""
    commit: DisplayText | None = None
    on: DisplayText | None = None


class Doors(msgspec.Struct, frozen=True, kw_only=True):
    """The records of one folder, by path; `data` is its `index.json`.

    `corrected`: path → (pointer that was corrected, claim of what the correction wrote there).
    """

    records: Mapping[str, Door]
    data: str = ""
    corrected: Mapping[str, tuple[tuple[str, str], ...]] = {}


class Listed(msgspec.Struct, frozen=True):
    """A door as a page lists it. `words`: field names for the pointers that the page claims, as `a.b=名称` with `|`.

    They are told once for all records of a kind: `like` is the number of the one that has them, 0 for one with its own.
    """

    door: Door
    words: str = ""
    like: int = 0


def dossier_doors(view: DossierView, shell: Shell) -> Doors:
    dossier = view.dossier
    filed = filed_of(view.revisions)
    found = (_door(shell, e.record, shell.urls.dossier(dossier.id, e.stem), filed.get(e.path)) for e in dossier.events)
    return Doors(
        records={d.path: d for d in found},
        data=shell.urls.to(f"/{dossier.id}/index.json"),
        corrected=_corrected(dossier),
    )


def platform_doors(view: PlatformView, shell: Shell) -> Doors:
    code, filed = view.row.code, filed_of(view.revisions)
    found = (_door(shell, r, _told(shell, code, r), filed.get(r.place.path)) for r in view.records.records)
    return Doors(records={d.path: d for d in found}, data=shell.urls.to(f"/{code}/index.json"))


def record_doors(record: Record, href: str, shell: Shell, revisions: Iterable[Revision] = ()) -> Doors:
    """Of a record that stands alone: prose, news."""
    door = _door(shell, record, href, filed_of(revisions).get(record.place.path))
    return Doors(records={door.path: door})


def _told(shell: Shell, code: str, record: Record) -> str:
    place = record.place
    return shell.urls.platform_record(code, place.folder, place.stem) if place.folder else shell.urls.platform(code)


def _door(shell: Shell, record: Record, href: str, filed: Filed | None) -> Door:
    place = record.place
    last = filed.last if filed else None
    return Door(
        path=place.path,
        kind=place.kind,
        name=shell.format_ref(place.stem) if place.dossier else shell.kind_names[place.kind],
        href=href,
        file=file_url(shell.site, last.commit, place.path) if last else "",
        commit=commit_shown(shell, last.commit) if last else None,
        on=DisplayText(text=moment_words(last.at), stamp=last.at) if last else None,
    )


def _corrected(dossier: Dossier) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """What corrections wrote, the last one first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for change in reversed(dossier.applied):
        target, event = dossier.event(change.target), dossier.event(change.correction)
        if target is None or event is None or not isinstance(event.data, Correction):
            continue
        numbers = (n for n, c in enumerate(event.data.changes) if c.field == change.field)
        pointer = "" if change.field == "/date" else change.field
        claims = (f"{event.path}#/changes/{n}/to" for n in numbers)
        found.setdefault(target.path, []).extend((pointer, claim) for claim in claims)
    return {path: tuple(changes) for path, changes in found.items()}


def numbered(html: bytes, doors: Doors, line_at: LineAt, labels: Mapping[str, str]) -> tuple[bytes, tuple[Listed, ...]]:
    """The page with `data-at="RECORD:LINE"` behind each claim of a record of `doors`, and these records in their order.

    RECORD is a number of the list, from 1; `:LINE` alone is of the same record as the mark before it, since the numbers
    would be a twentieth of a full page. LINE is left out for a day that stands in the name of a file.
    """
    marks = _Marks(doors, line_at, labels)

    def mark(found: re.Match[bytes]) -> bytes:
        at = found.start()
        in_tag = html.rfind(b"<", 0, at) > html.rfind(b">", 0, at)  # prose may hold the very words of an attribute
        return found[0] + marks.next(found[1]) if in_tag else found[0]

    return _CLAIM.sub(mark, html), marks.listed()


class _Marks:
    """Numbers the records of one page as their claims come by."""

    def __init__(self, doors: Doors, line_at: LineAt, labels: Mapping[str, str]) -> None:
        self._doors, self._line_at, self._labels = doors, line_at, labels
        self._numbers: dict[str, int] = {}
        self._words: dict[str, dict[str, str]] = {}
        self._known: dict[bytes, tuple[int, int]] = {}
        self._last = 0

    def next(self, claim: bytes) -> bytes:
        """The attribute for the claim that comes now; empty for one of another folder's record."""
        if claim not in self._known:
            self._known[claim] = self._found(unescape(claim.decode()))
        number, line = self._known[claim]
        if not number:
            return b""
        same, self._last = number == self._last, number
        at = f":{line}" if line and same else f"{number}:{line}" if line else str(number)
        return f' data-at="{at}"'.encode()

    def _found(self, claim: str) -> tuple[int, int]:
        """The number of the record in the list, and the line; 0 where there is none."""
        path, _, pointer = claim.partition("#")
        if path not in self._doors.records:
            return 0, 0
        stands, _, at = self._stands(path, pointer).partition("#")
        words = self._words.setdefault(stands, {})
        words.update(_words(self._labels, self._doors.records[path].kind, pointer))
        number = self._numbers.setdefault(stands, len(self._numbers) + 1)
        return number, self._line_at(stands, at) if at not in ("", "/date") else 0

    def _stands(self, path: str, pointer: str) -> str:
        """Where the value that is shown stands: in the record, or in the correction that wrote it."""
        changes = self._doors.corrected.get(path, ())
        return next((to for field, to in changes if _covers(field, pointer)), f"{path}#{pointer}")

    def listed(self) -> tuple[Listed, ...]:
        doors = {path: self._doors.records[path] for path in self._numbers}
        groups = {path: path if door.kind in _MIXED else door.kind for path, door in doors.items()}
        first: dict[str, int] = {}
        words: dict[str, dict[str, str]] = {}
        for path, group in groups.items():
            first.setdefault(group, self._numbers[path])
            words.setdefault(group, {}).update(self._words[path])
        return tuple(
            Listed(doors[path], _joined(words[group]))
            if first[group] == self._numbers[path]
            else Listed(doors[path], like=first[group])
            for path, group in groups.items()
        )


def _covers(field: str, pointer: str) -> bool:
    """A correction of a field is one of all that stands below it; the day in a name is corrected as a whole."""
    return pointer == field or (bool(field) and pointer.startswith(f"{field}/"))


def _words(labels: Mapping[str, str], kind: str, pointer: str) -> dict[str, str]:
    """The names of the fields on the way to a pointer: {`measures`: 落实事项, `measures.due`: 完成期限}."""
    steps = [step for step in pointer.split("/")[1:] if not step.isdigit()]
    if not steps or pointer in ("/date", "/body"):
        return {steps[0] if steps else "": _NAMED[steps[0] if steps else ""]}
    keys = [".".join(steps[: n + 1]) for n in range(len(steps))]
    return {key: labels.get(f"{kind}.{key}", steps[n]) for n, key in enumerate(keys)}


def _joined(words: Mapping[str, str]) -> str:
    return "|".join(f"{key}={label}" for key, label in words.items())
