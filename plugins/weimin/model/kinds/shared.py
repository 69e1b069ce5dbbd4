"""What several kinds share, and how an unknown or absent fact is recorded (docs/reference/records.md, "Three ways of not knowing").

A field is `None` if nothing was recorded, the text `unpublished` if the fact exists but was not made public, and an
empty tuple if there was none. Choices are plain text: only the schemas list them.
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
    """An approximate number as printed: `about` 30, `as` 约|近|余|多|上下."""

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
    """A public report from which a record was compiled; `date`: the day of the report."""

    publisher: str
    date: str | None = None
    title: str | None = None
    url: str | None = None
    partial: bool | None = None


class Data(Part, frozen=True, kw_only=True):
    """The data of a record of any kind."""

    compiled_from: tuple[Source, ...] | None = None


def known(value: object) -> bool:
    """Whether a value is recorded and public. An empty list is: there was none."""
    return value is not None and value != UNPUBLISHED


def listed(value: tuple[T, ...] | str | None) -> tuple[T, ...]:
    """The lines of a list; none if it is absent or unpublished."""
    return value if isinstance(value, tuple) else ()


def number_of(value: Count | None) -> int | None:
    """The printed number, exact or approximate; None without one."""
    if isinstance(value, Approx):
        return value.about
    return value if isinstance(value, int) else None
