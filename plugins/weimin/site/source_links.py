"""Every number is a link: where each claim of a page stands, by record, line and commit (docs/adr/0055)."""

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
from weimin.site.forge import file_url
from weimin.site.presenters.revisions import commit_shown, moment_words
from weimin.site.record_dates import RecordDates, record_dates_of
from weimin.site.site_context import SiteContext

LineAt = Callable[[str, str], int]
"""(path, JSON pointer) → 1-based line of the file; 0 where it cannot be had."""

_CLAIM = re.compile(rb' data-claim="([^"<>]*)"')
_MIXED = frozenset({"correction"})
"""Kinds of records that hold values of other kinds, whose fields may have one name and two meanings."""
_NAMED = {"": "日期（写在文件名里）", "date": "日期（写在文件名里）", "body": "正文"}


class SourceLink(msgspec.Struct, frozen=True, kw_only=True):
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


class SourceLinks(msgspec.Struct, frozen=True, kw_only=True):
    """The records of one folder, by path; `data` is its `index.json`.

    `corrected`: path → (pointer that was corrected, claim of what the correction wrote there).
    """

    records: Mapping[str, SourceLink]
    data: str = ""
    corrected: Mapping[str, tuple[tuple[str, str], ...]] = {}


class ListedSource(msgspec.Struct, frozen=True):
    """A link as a page lists it. `words`: field names for the pointers that the page claims, as `a.b=名称` with `|`.

    They are told once for all records of a kind: `like` is the number of the one that has them, 0 for one with its own.
    """

    link: SourceLink
    words: str = ""
    like: int = 0


def dossier_source_links(view: DossierView, context: SiteContext) -> SourceLinks:
    dossier = view.dossier
    filed = record_dates_of(view.revisions)
    found = (
        _source_link(context, e.record, context.urls.dossier(dossier.id, e.stem), filed.get(e.path))
        for e in dossier.events
    )
    return SourceLinks(
        records={d.path: d for d in found},
        data=context.urls.to(f"/{dossier.id}/index.json"),
        corrected=_corrected(dossier),
    )


def platform_source_links(view: PlatformView, context: SiteContext) -> SourceLinks:
    code, filed = view.row.code, record_dates_of(view.revisions)
    found = (
        _source_link(context, r, _page_of(context, code, r), filed.get(r.place.path)) for r in view.records.records
    )
    return SourceLinks(records={d.path: d for d in found}, data=context.urls.to(f"/{code}/index.json"))


def record_source_links(
    record: Record, href: str, context: SiteContext, revisions: Iterable[Revision] = ()
) -> SourceLinks:
    """Of a record that stands alone: prose, news."""
    link = _source_link(context, record, href, record_dates_of(revisions).get(record.place.path))
    return SourceLinks(records={link.path: link})


def _page_of(context: SiteContext, code: str, record: Record) -> str:
    place = record.place
    return context.urls.platform_record(code, place.folder, place.stem) if place.folder else context.urls.platform(code)


def _source_link(context: SiteContext, record: Record, href: str, filed: RecordDates | None) -> SourceLink:
    place = record.place
    last = filed.last if filed else None
    return SourceLink(
        path=place.path,
        kind=place.kind,
        name=context.ref_words(place.stem) if place.dossier else context.kind_names[place.kind],
        href=href,
        file=file_url(context.site, last.commit, place.path) if last else "",
        commit=commit_shown(context, last.commit) if last else None,
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


def with_line_marks(
    html: bytes, links: SourceLinks, line_at: LineAt, labels: Mapping[str, str]
) -> tuple[bytes, tuple[ListedSource, ...]]:
    """The page with `data-at="RECORD:LINE"` behind each claim of a record of `links`, and these records in their order.

    RECORD is a number of the list, from 1; `:LINE` alone is of the same record as the mark before it, since the numbers
    would be a twentieth of a full page. LINE is left out for a day that stands in the name of a file.
    """
    marks = _Marks(links, line_at, labels)

    def mark(found: re.Match[bytes]) -> bytes:
        at = found.start()
        in_tag = html.rfind(b"<", 0, at) > html.rfind(b">", 0, at)  # prose may hold the very words of an attribute
        return found[0] + marks.next(found[1]) if in_tag else found[0]

    return _CLAIM.sub(mark, html), marks.listed()


class _Marks:
    """Numbers the records of one page as their claims come by."""

    def __init__(self, links: SourceLinks, line_at: LineAt, labels: Mapping[str, str]) -> None:
        self._links, self._line_at, self._labels = links, line_at, labels
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
        if path not in self._links.records:
            return 0, 0
        stands, _, at = self._origin(path, pointer).partition("#")
        words = self._words.setdefault(stands, {})
        words.update(_words(self._labels, self._links.records[path].kind, pointer))
        number = self._numbers.setdefault(stands, len(self._numbers) + 1)
        return number, self._line_at(stands, at) if at not in ("", "/date") else 0

    def _origin(self, path: str, pointer: str) -> str:
        """Where the value that is shown stands: in the record, or in the correction that wrote it."""
        changes = self._links.corrected.get(path, ())
        return next((to for field, to in changes if _covers(field, pointer)), f"{path}#{pointer}")

    def listed(self) -> tuple[ListedSource, ...]:
        links = {path: self._links.records[path] for path in self._numbers}
        groups = {path: path if link.kind in _MIXED else link.kind for path, link in links.items()}
        first: dict[str, int] = {}
        words: dict[str, dict[str, str]] = {}
        for path, group in groups.items():
            first.setdefault(group, self._numbers[path])
            words.setdefault(group, {}).update(self._words[path])
        return tuple(
            ListedSource(links[path], _joined(words[group]))
            if first[group] == self._numbers[path]
            else ListedSource(links[path], like=first[group])
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
