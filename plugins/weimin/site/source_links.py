"""Every figure of a page leads to its record: the records behind the claims of a page, by record, line and commit.

A template writes the source of a value as a claim, `data-claim="PATH#POINTER"`: the record's file and a JSON pointer into
it (site/claims.py, docs/adr/0055). A claim says where a value comes from, not on which line of the file it is, nor which
commit wrote it. The build adds that when a page is rendered (app/build/source_links.py), in these steps:

1. `dossier_source_links`, `platform_source_links` or `record_source_links` collects the records of the page's folder:
   a `SourceLink` for each, with its link on the site, its file at the forge and the commit of its last change. The page
   gets them as the value `source_links`, which its template does not use.
2. The template is rendered as usual.
3. `with_line_marks` finds every `data-claim` in the HTML and adds `data-at="RECORD:LINE"` behind it. RECORD is the number
   of the record in the list below, from 1; LINE is looked up in the file. Where a correction wrote the value, the mark
   leads to the line of the correction (`SourceLinks.corrected`).
4. The records that were marked are drawn as the list 依据 at the end of the page (theme/templates/parts/source_links.html).

Example. `data-claim="content/…/2026-03-10-outcome.md#/measures/0/due"` becomes
`data-claim="…" data-at="3:14"`: the third record of the list, line 14. If the next claim is of the same record, its mark
is `data-at=":17"`; repeated numbers would be a twentieth of a full page.

Invariants:

- a claim of a record of another folder keeps its claim and gets no mark;
- a day that the name of a file holds has no line: its mark is the number alone;
- a claim in the text of a page, outside a tag, is not marked: prose may contain the words of an attribute.
"""

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
"""(path, JSON pointer) → line of the file, from 1; 0 where the file has no such value."""

_CLAIM = re.compile(rb' data-claim="([^"<>]*)"')
_MIXED = frozenset({"correction"})
"""Kinds of records that contain values of other kinds, so that one field name may have two meanings."""
_NAMED = {"": "日期（写在文件名里）", "date": "日期（写在文件名里）", "body": "正文"}


class SourceLink(msgspec.Struct, frozen=True, kw_only=True):
    """A record behind values of a page. `href`: the page that shows it; `file`: its file at the forge, empty without one.

    `commit` and `on` are those of its last change, so that line and file are those of that commit; None without history.
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
    """A record as the page lists it. `words`: the names of the fields that the page claims, as `a.b=名称` joined with `|`.

    The records of a kind share them: `like` is the number of the record that has them, 0 for a record with its own.
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
    """Of a record without a dossier or a platform: prose, news."""
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
        name=context.format_ref(place.stem) if place.dossier else context.kind_names[place.kind],
        href=href,
        file=file_url(context.site, last.commit, place.path) if last else "",
        commit=commit_shown(context, last.commit) if last else None,
        on=DisplayText(text=moment_words(last.at), stamp=last.at) if last else None,
    )


def _corrected(dossier: Dossier) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The values that corrections wrote, the last correction first."""
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

    RECORD is the number in the list, from 1; `:LINE` alone is of the same record as the mark before. A mark has no LINE for
    a day in the name of a file.
    """
    marks = _Marks(links, line_at, labels)

    def mark(found: re.Match[bytes]) -> bytes:
        at = found.start()
        in_tag = html.rfind(b"<", 0, at) > html.rfind(b">", 0, at)  # prose may contain the words of an attribute
        return found[0] + marks.next(found[1]) if in_tag else found[0]

    return _CLAIM.sub(mark, html), marks.listed()


class _Marks:
    """Numbers the records of one page in the order of their claims."""

    def __init__(self, links: SourceLinks, line_at: LineAt, labels: Mapping[str, str]) -> None:
        self._links, self._line_at, self._labels = links, line_at, labels
        self._numbers: dict[str, int] = {}
        self._words: dict[str, dict[str, str]] = {}
        self._known: dict[bytes, tuple[int, int]] = {}
        self._last = 0

    def next(self, claim: bytes) -> bytes:
        """The attribute for the next claim; empty for a claim of another folder's record."""
        if claim not in self._known:
            self._known[claim] = self._found(unescape(claim.decode()))
        number, line = self._known[claim]
        if not number:
            return b""
        same, self._last = number == self._last, number
        at = f":{line}" if line and same else f"{number}:{line}" if line else str(number)
        return f' data-at="{at}"'.encode()

    def _found(self, claim: str) -> tuple[int, int]:
        """The number of the record in the list, and the line; 0 for none."""
        path, _, pointer = claim.partition("#")
        if path not in self._links.records:
            return 0, 0
        origin, _, at = self._origin(path, pointer).partition("#")
        words = self._words.setdefault(origin, {})
        words.update(_words(self._labels, self._links.records[path].kind, pointer))
        number = self._numbers.setdefault(origin, len(self._numbers) + 1)
        return number, self._line_at(origin, at) if at not in ("", "/date") else 0

    def _origin(self, path: str, pointer: str) -> str:
        """The claim of the value that is shown: in the record, or in the correction that wrote it."""
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
    """A correction of a field is one of all values below it; the day in the name of a file is corrected as one value."""
    return pointer == field or (bool(field) and pointer.startswith(f"{field}/"))


def _words(labels: Mapping[str, str], kind: str, pointer: str) -> dict[str, str]:
    """The names of the fields along a pointer: {`measures`: 落实事项, `measures.due`: 完成期限}."""
    steps = [step for step in pointer.split("/")[1:] if not step.isdigit()]
    if not steps or pointer in ("/date", "/body"):
        return {steps[0] if steps else "": _NAMED[steps[0] if steps else ""]}
    keys = [".".join(steps[: n + 1]) for n in range(len(steps))]
    return {key: labels.get(f"{kind}.{key}", steps[n]) for n, key in enumerate(keys)}


def _joined(words: Mapping[str, str]) -> str:
    return "|".join(f"{key}={label}" for key, label in words.items())
