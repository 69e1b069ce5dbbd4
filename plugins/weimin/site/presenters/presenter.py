"""A presenter turns the values of one record into DisplayText: the value, or one of the three ways in which it is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from weimin.model.dossier import AppliedChange
from weimin.model.kinds import Approx, Source
from weimin.site.display_text import NONE, UNRECORDED, DisplayText
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Row, SourceView
from weimin.wording.counts import format_count
from weimin.wording.dates import format_date, html_datetime

_SAFE = ("https://", "http://")
Words = Callable[[Any], str]


def safe_url(url: str | None) -> str:
    """The URL if its scheme is http or https, which a page may link to; else empty."""
    return url if url and url.startswith(_SAFE) else ""


class Presenter:
    """Reads the record at `path`; `changes` are those that corrections made to it.

    A `field` is dotted, as the schemas name it; its `pointer` is the same with slashes unless it is given.
    """

    def __init__(self, context: SiteContext, path: str, kind: str, changes: Iterable[AppliedChange] = ()) -> None:
        self.context = context
        self.path = path
        self.kind = kind
        self._was = {c.field: c.old for c in changes}

    def claim(self, pointer: str) -> str:
        return f"{self.path}#{pointer}"

    def title(self, field: str) -> str:
        return self.context.title(self.kind, field)

    def value(self, pointer: str, value: Any, words: Words = str, *, href: str = "", stamp: str = "") -> DisplayText:
        if value is None:
            return UNRECORDED
        if value == "unpublished":
            return DisplayText(text="未公布", state="unpublished", claim=self.claim(pointer))
        if value == ():
            return DisplayText(text=NONE.text, state="none", claim=self.claim(pointer))
        was = self._old(pointer, words)
        return DisplayText(text=words(value), claim=self.claim(pointer), was=was, href=href, stamp=stamp)

    def _old(self, pointer: str, words: Words) -> str:
        """The value that a correction replaced, where it was one that reads like the new one."""
        old = self._was.get(pointer)
        if old is None or isinstance(old, dict | list) or old == "unpublished":
            return ""
        return words(old)

    def text(self, field: str, value: Any, pointer: str = "", **more: Any) -> DisplayText:
        return self.value(pointer or _pointer(field), value, **more)

    def date(self, field: str, value: str | None, pointer: str = "") -> DisplayText:
        return self.value(pointer or _pointer(field), value, format_date, stamp=html_datetime(value) if value else "")

    def choice(self, field: str, value: str | None, pointer: str = "") -> DisplayText:
        """A choice by its Chinese name."""
        return self.value(pointer or _pointer(field), value, lambda v: self.context.label(self.kind, field, v))

    def count(self, field: str, value: int | float | Approx | str | None, pointer: str = "") -> DisplayText:
        unit = self.context.unit(self.kind, field)
        return self.value(pointer or _pointer(field), value, lambda v: format_count(v, unit))

    def who(self, field: str, value: str | None, pointer: str = "") -> DisplayText:
        """A unit; a code is shown as the name of the platform, with a link."""
        href = self.context.who_href(value) if value else ""
        return self.value(pointer or _pointer(field), value, self.context.who, href=href)

    def ref(self, field: str, value: str | None, name: str = "", dossier: str = "", pointer: str = "") -> DisplayText:
        """A reference as a link with the text `name`, by default the words of the reference."""
        href = self.context.urls.ref(value, dossier) if value else ""
        return self.value(pointer or _pointer(field), value, lambda v: name or self.context.format_ref(v), href=href)

    def row(self, field: str, *values: DisplayText) -> Row:
        return Row(self.title(field), values)

    def several(
        self, field: str, values: tuple[Any, ...] | str | None, one: Callable[[str, Any, str], DisplayText]
    ) -> Row:
        """A list, value below value; `one` is `text`, `choice`, `who` …"""
        pointer = _pointer(field)
        if not isinstance(values, tuple) or not values:
            return self.row(field, self.value(pointer, values))
        return self.row(field, *(one(field, v, f"{pointer}/{n}") for n, v in enumerate(values)))


def _pointer(field: str) -> str:
    return "/" + field.replace(".", "/")


def rows(*candidates: Row) -> tuple[Row, ...]:
    """The rows in which something is recorded: for fields that no step requires."""
    return tuple(r for r in candidates if any(v is not UNRECORDED for v in r.values))


def gathered(found: Iterable[Row]) -> tuple[Row, ...]:
    """Rows of one name joined at the place of the first, so that a description list has each name once."""
    values: dict[str, tuple[DisplayText, ...]] = {}
    for row in found:
        values[row.label] = values.get(row.label, ()) + row.values
    return tuple(Row(label, shown) for label, shown in values.items())


def sources_of(compiled_from: tuple[Source, ...] | None, path: str = "") -> tuple[SourceView, ...]:
    """`path` is that of the record that names them."""
    return tuple(
        SourceView(
            publisher=s.publisher,
            title=s.title if s.title and s.title != "unpublished" else "",
            on=format_date(s.date) if s.date and s.date != "unpublished" else "",
            href=safe_url(s.url),
            partial=bool(s.partial),
            claim=f"{path}#/compiled_from/{n}" if path else "",
        )
        for n, s in enumerate(compiled_from or ())
    )
