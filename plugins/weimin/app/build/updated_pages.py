"""Comparing of pages with what they showed before: only those that show something else are rendered.

A page is compared by everything that its template receives: if a digest of the template's name and context is the same as
last time, the rendered page is the same. What all pages share is in the context's own digest (page_context.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from weimin.model.page import Page


class UpdatedPages(msgspec.Struct, frozen=True, kw_only=True):
    """A group of pages, compared with what it showed before.

    `files`: the rendered pages, which may differ. `unchanged`: paths of pages that are the same and were not rendered.
    `shown`: encoded; path → digest of what the page shows.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    unchanged: tuple[str, ...] = ()
    shown: bytes = b""


def updated_pages(
    pages: Iterable[Page], shown: bytes, context_digest: str, rendered: Callable[[Page], tuple[str, bytes]]
) -> UpdatedPages:
    """Render the pages that show something else than before.

    `shown`: as the last call returned it. `context_digest`: that of what all pages share. `rendered`: renders a page.
    """
    before: Mapping[str, bytes] = _decode(shown) if shown else {}
    files: list[tuple[str, bytes]] = []
    unchanged: list[str] = []
    after: dict[str, bytes] = {}
    for page in pages:
        # a page without a template costs nothing to make; a page with source links shows line numbers of records, which
        # its context does not contain
        if page.data is None and "source_links" not in page.context:
            after[page.path] = shown_by(context_digest, page)
            if after[page.path] == before.get(page.path):
                unchanged.append(page.path)
                continue
        files.append(rendered(page))
    return UpdatedPages(files=tuple(files), unchanged=tuple(unchanged), shown=_encode(after) if after else b"")


def shown_by(context_digest: str, page: Page) -> bytes:
    """A digest of everything that a page shows. `context_digest`: that of what all pages share.

    Raises TypeError if the context contains something that cannot be digested, or source links.
    """
    if "source_links" in page.context:
        raise TypeError(f"{page.path}: source links lead to lines of records, which its context does not contain")
    own = {name: value for name, value in page.context.items() if name != "context"}
    return hashlib.blake2b(_encode((context_digest, page.template, own)), digest_size=16).digest()


def _plain(value: Any) -> str:
    """Rendered prose as its markup."""
    if hasattr(value, "__html__"):
        return str(value.__html__())
    raise TypeError(type(value).__name__)


_encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
_decode = msgspec.msgpack.Decoder(dict[str, bytes]).decode
