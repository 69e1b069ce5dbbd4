"""What several kinds share, and the three ways to not know a fact (docs/reference/records.md, "Three ways of not knowing").

A field is `None` where nothing was recorded, the text `unpublished` where the fact is known to exist and was not
made public, and an empty tuple where there was none. Choices are plain text: the schemas are their one home.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")
UNPUBLISHED = "unpublished"
INCLUDED = "included"


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping inside a record."""


class Approx(Part, frozen=True, kw_only=True):
    """A number as printed: `about` 30, `as` 约|近|余|多|上下."""

    about: int
    as_: str | None = msgspec.field(name="as", default=None)

    @property
    def at_most(self) -> bool:
        return self.as_ == "近"

    @property
    def at_least(self) -> bool:
        return self.as_ in ("余", "多")


Count = int | Approx | str
"""≥ 0, or as printed, or `unpublished` (in participants also `included`)."""


class Source(Part, frozen=True, kw_only=True):
    """A public report that a record was put together from; `date` is the day of the report."""

    publisher: str
    date: str | None = None
    title: str | None = None
    url: str | None = None
    partial: bool | None = None


class Data(Part, frozen=True, kw_only=True):
    """The data of a record of any kind."""

    compiled_from: tuple[Source, ...] | None = None


def known(value: object) -> bool:
    """A value stands: neither absent nor unpublished. An empty list is known: there was none."""
    return value is not None and value != UNPUBLISHED


def listed(value: tuple[T, ...] | str | None) -> tuple[T, ...]:
    """The lines of a list, none where it is absent or unpublished."""
    return value if isinstance(value, tuple) else ()


def number_of(value: Count | None) -> int | None:
    """The number printed, exact or not; None where there is none."""
    if isinstance(value, Approx):
        return value.about
    return value if isinstance(value, int) else None
