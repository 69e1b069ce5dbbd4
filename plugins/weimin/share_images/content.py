"""What a share picture says: everything that decides its bytes, besides the program and its fonts."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

WIDTH, HEIGHT = 1200, 630  # pixels, the shape that Open Graph asks for


class ImageStep(msgspec.Struct, frozen=True):
    """One of the five steps; `state` as `StepState` has it."""

    name: str
    state: str
    label: str


class ImageContent(msgspec.Struct, frozen=True, kw_only=True):
    """`tone` colours the outcome: done, owed, skipped, soft. `marks` are what a reader must know before he believes it.

    `address` is absolute where the site knows its own, and is then drawn as a QR code (`scan`); else it is printed.
    `sources`: field of the card → file that its words come from.
    """

    kind: str
    place: str
    title: str
    outcome: str
    tone: str
    day: str
    site: str
    address: str
    scan: bool
    steps: tuple[ImageStep, ...]
    marks: tuple[str, ...] = ()
    demo: bool = False
    sources: Mapping[str, str] = {}
