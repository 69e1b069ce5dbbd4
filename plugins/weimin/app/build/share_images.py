"""Share pictures: drawn where what is on them differs, by fonts that are loaded once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from weimin.model.view import DossierView
from weimin.share_images.fonts import Fonts
from weimin.share_images.missing import HINT, missing
from weimin.share_images.paint import draw
from weimin.site.media.share_image import cards_of
from weimin.site.site_context import SiteContext


class NoGlyph(Exception):
    """A character that no font of ours can draw; the message says where it stands, in Chinese."""


class Pictures:
    """Draws the cards of dossiers."""

    def __init__(self, regular: bytes, bold: bytes) -> None:
        self._fonts = Fonts(regular, bold)

    def of(
        self, view: DossierView, context: SiteContext, known: Mapping[str, bytes]
    ) -> tuple[dict[str, bytes], list[tuple[str, bytes]]]:
        """Every card of a dossier by its path with the digest of what is on it, and those drawn that are not `known`.

        Raises NoGlyph.
        """
        digests: dict[str, bytes] = {}
        drawn: list[tuple[str, bytes]] = []
        for path, card in cards_of(view, context):
            digest = digests[path] = hashlib.blake2b(msgspec.msgpack.encode(card), digest_size=16).digest()
            if known.get(path) == digest:
                continue
            if lacking := list(missing(card, self._fonts.characters)):
                said = "\n".join(f"{m.path or view.dossier.id}：{m.message}" for m in lacking)
                raise NoGlyph(f"{said}\n{HINT}")
            drawn.append((path, draw(card, self._fonts)))
        return digests, drawn
