"""The content of a share image: everything that determines its bytes, besides the program and its fonts."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

WIDTH, HEIGHT = 1200, 630  # pixels, the size that Open Graph recommends


class ImageStep(msgspec.Struct, frozen=True):
    """One of the five steps; `state` is a `StepState`."""

    name: str
    state: str
    label: str


class ImageContent(msgspec.Struct, frozen=True, kw_only=True):
    """`tone` is the colour of the outcome: done, owed, skipped, soft. `marks` are qualifications that a reader needs.

    `address` is absolute if the site knows its base URL, and is then drawn as a QR code (`scan`); otherwise it is printed.
    `sources`: field → file that its text comes from.
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
