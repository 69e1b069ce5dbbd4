"""Pages of sums (by month, place, level, theme, state): where a sum changed, those of its pages that show anything else.

A sum of a large register has many pages, and most changes are seen on one of them. A page is known again by all that its
template is given; what is the same for every page is in the frame's digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from weimin.app.frame import READS, Frame
from weimin.app.render import Renderer
from weimin.model.page import Page
from weimin.site.facets import PAGE
from weimin.site.pages.register import FAMILIES

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, bytes]).decode


class Asked(msgspec.Struct, frozen=True):
    """`id`: a sum (`page:results/2026-05`); `shown`: what its pages showed when they were last made, as Family has it."""

    id: str
    shown: bytes = b""


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of a sum. `files`: those that may differ; `kept`: paths of those that do not; `reads`: what they read."""

    id: str
    files: tuple[tuple[str, bytes], ...] = ()
    kept: tuple[str, ...] = ()
    shown: bytes = b""
    reads: tuple[str, ...] = ()


class Families:
    """Makes the pages of one sum after the other."""

    def __init__(self, frame: Frame, renderer: Renderer) -> None:
        self._frame, self._renderer = frame, renderer

    def __call__(self, asked: Asked) -> Family:
        path = asked.id.removeprefix(PAGE)
        family = path.partition("/")[0]
        reads = self._renderer.register.reads
        reads.taken()
        before: Mapping[str, bytes] = _decode(asked.shown) if asked.shown else {}
        files: list[tuple[str, bytes]] = []
        kept: list[str] = []
        shown: dict[str, bytes] = {}
        for page in FAMILIES[family](path, self._frame.view, self._frame.shell):
            if page.data is None:
                shown[page.path] = shown_by(self._frame.digest, page)
                if shown[page.path] == before.get(page.path):
                    kept.append(page.path)
                    continue
            files.append(self._renderer.written(page))
        read = (*READS.get(family, ()), *reads.taken())
        return Family(id=asked.id, files=tuple(files), kept=tuple(kept), shown=_encode(shown), reads=read)


def shown_by(frame: str, page: Page) -> bytes:
    """A digest of all that a page shows. `frame`: that of what all pages share.

    Raises TypeError for what has no place in the context of such a page.
    """
    if "doors" in page.context:
        raise TypeError(f"{page.path}: doors lead to lines of records, which its context does not hold")
    own = {name: value for name, value in page.context.items() if name != "shell"}
    return hashlib.blake2b(_encode((frame, page.template, own)), digest_size=16).digest()
