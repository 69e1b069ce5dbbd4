"""Pages of the whole network: where something that they read changed, those that show anything else are rendered.

A sum of a large register has many pages (by month, place, level, theme, state), and most changes are seen on one of
them; a rule has a page, and most changes are seen on none. A page is known again by all that its template is given; what
is the same for every page is in the frame's digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from weimin.app.build.page_context import Frame
from weimin.app.build.render import Renderer
from weimin.model.page import Page
from weimin.site.page_types import summary_pages, summary_reads
from weimin.totals.facets import PAGE


class Asked(msgspec.Struct, frozen=True):
    """`id`: a sum (`page:results/2026-05`); `shown`: what its pages showed when they were last made, as Renewed has it."""

    id: str
    shown: bytes = b""


class Renewed(msgspec.Struct, frozen=True, kw_only=True):
    """`files`: those that may differ; `kept`: paths of those that do not; `shown`: the digests of what pages show, by path."""

    files: tuple[tuple[str, bytes], ...] = ()
    kept: tuple[str, ...] = ()
    shown: bytes = b""


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of a sum, and what they read."""

    id: str
    pages: Renewed
    reads: tuple[str, ...] = ()


class SummaryPages:
    """Makes the pages of one sum after the other."""

    def __init__(self, frame: Frame, renderer: Renderer) -> None:
        self._frame, self._renderer = frame, renderer

    def __call__(self, asked: Asked) -> Family:
        path = asked.id.removeprefix(PAGE)
        family = path.partition("/")[0]
        reads = self._renderer.register.reads
        reads.taken()
        pages = summary_pages(family)(path, self._frame.view, self._frame.context)
        made = renewed(pages, asked.shown, self._frame.digest, self._renderer.written)
        return Family(id=asked.id, pages=made, reads=(*summary_reads(family), *reads.taken()))


def renewed(pages: Iterable[Page], shown: bytes, frame: str, written: Callable[[Page], tuple[str, bytes]]) -> Renewed:
    """Pages made again where they show anything else. `shown`: as this left it last time; `frame`: the frame's digest."""
    before: Mapping[str, bytes] = _decode(shown) if shown else {}
    files: list[tuple[str, bytes]] = []
    kept: list[str] = []
    now: dict[str, bytes] = {}
    for page in pages:
        # what is no template's costs nothing to make, and a page with source links leads to lines of records that its context lacks
        if page.data is None and "source_links" not in page.context:
            now[page.path] = shown_by(frame, page)
            if now[page.path] == before.get(page.path):
                kept.append(page.path)
                continue
        files.append(written(page))
    return Renewed(files=tuple(files), kept=tuple(kept), shown=_encode(now) if now else b"")


def shown_by(frame: str, page: Page) -> bytes:
    """A digest of all that a page shows. `frame`: that of what all pages share.

    Raises TypeError for what has no place in the context of such a page.
    """
    if "source_links" in page.context:
        raise TypeError(f"{page.path}: source links lead to lines of records, which its context does not hold")
    own = {name: value for name, value in page.context.items() if name != "context"}
    return hashlib.blake2b(_encode((frame, page.template, own)), digest_size=16).digest()


def _plain(value: Any) -> str:
    """Prose that was rendered, by its words."""
    if hasattr(value, "__html__"):
        return str(value.__html__())
    raise TypeError(type(value).__name__)


_encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
_decode = msgspec.msgpack.Decoder(dict[str, bytes]).decode
