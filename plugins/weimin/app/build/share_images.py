"""Share images: drawn if what they show differs from last time, with fonts that are loaded once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from weimin.model.view import DossierView
from weimin.share_images.draw import draw_image
from weimin.share_images.fonts import Fonts
from weimin.share_images.glyphs import HINT, missing_glyphs
from weimin.site.media.share_image import cards_of
from weimin.site.site_context import SiteContext


class MissingGlyph(Exception):
    """A character that the fonts cannot draw; the message says where it occurs, in Chinese."""


class ShareImages:
    """Draws the share images of dossiers."""

    def __init__(self, regular: bytes, bold: bytes) -> None:
        """The content of the two font files."""
        self._fonts = Fonts(regular, bold)

    def of(
        self, view: DossierView, context: SiteContext, known: Mapping[str, bytes]
    ) -> tuple[dict[str, bytes], list[tuple[str, bytes]]]:
        """(path → digest of what the image shows, of all images of a dossier; path and PNG of those that were drawn).

        `known`: the digests of images that exist; one with the same digest is not drawn. Raises MissingGlyph.
        """
        digests: dict[str, bytes] = {}
        drawn: list[tuple[str, bytes]] = []
        for path, image in cards_of(view, context):
            digest = digests[path] = hashlib.blake2b(msgspec.msgpack.encode(image), digest_size=16).digest()
            if known.get(path) == digest:
                continue
            if lacking := list(missing_glyphs(image, self._fonts.characters)):
                lines = "\n".join(f"{m.path or view.dossier.id}：{m.message}" for m in lacking)
                raise MissingGlyph(f"{lines}\n{HINT}")
            drawn.append((path, draw_image(image, self._fonts)))
        return digests, drawn
