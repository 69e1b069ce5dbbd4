"""Characters that the fonts cannot draw: an image with a box instead of a character is worse than no image."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.share_images.content import ImageContent

HINT = (
    "改法：在装有系统软件包 fonts-noto-cjk 的电脑上运行 .venv/bin/python scripts/card_font.py，"
    "它把记录里用到的字都收进 theme/fonts/，再把这个目录的改动提交；表情符号之类不能收进去，请改用文字"
)


class MissingGlyph(msgspec.Struct, frozen=True):
    """`path` is the file whose text contains the character, empty if the text is the program's own."""

    character: str
    field: str
    path: str

    @property
    def message(self) -> str:
        return f"分享图的字体里没有“{self.character}”（U+{ord(self.character):04X}）这个字"


def missing_glyphs(content: ImageContent, characters: frozenset[str]) -> Iterator[MissingGlyph]:
    """Each character of the content that is not among `characters` (`Fonts.characters`), once per field."""
    for field in content.__struct_fields__:
        if field in ("sources", "tone"):
            continue
        lacking = set(_text(getattr(content, field))) - characters
        for character in sorted(lacking):
            yield MissingGlyph(character, field, content.sources.get(field, ""))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "".join(_text(v) for v in value)
    return "".join(_text(v) for v in msgspec.structs.astuple(value)) if isinstance(value, msgspec.Struct) else ""
