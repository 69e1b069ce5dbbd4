"""The fonts of the pictures: their own list of characters is true, and holds what the repository writes."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from demo_cards import fonts
from fontTools.ttLib import TTFont
from made_register import labels

import card_font
from weimin.adapters.fonts import share_image_fonts
from weimin.share_images.content import ImageContent
from weimin.share_images.fonts import characters_of
from weimin.share_images.glyphs import missing_glyphs

FOLDER = Path(__file__).resolve().parents[2] / "theme" / "fonts"
FILES = ("weimin-card-regular.otf", "weimin-card-bold.otf")
CARD = ImageContent(
    kind="卷宗",
    place="样例村为民协商联系点",
    title="议路灯",
    outcome="尚未协商",
    tone="soft",
    day="2026年3月2日",
    site="样例为民协商",
    address="/990101001001/2026-001/",
    scan=False,
    steps=(),
    sources={"title": "content/network/990100/2026-001/topic.md"},
)


@pytest.mark.parametrize("name", FILES)
def test_the_characters_are_read_right(name):
    expected = {chr(c) for c in TTFont(FOLDER / name).getBestCmap()}
    assert len(expected) > 8912
    assert characters_of((FOLDER / name).read_bytes()) == expected


def test_the_list_beside_the_fonts_says_what_is_in_them():
    listed = set((FOLDER / "characters.txt").read_text(encoding="utf-8")) - {"\n"}
    assert listed == {c for c in fonts().characters if not c.isspace()}


def test_every_character_of_the_records_and_of_the_words_around_them_is_there():
    used = card_font.used("content", "divisions", "plugins/weimin/model", "plugins/weimin/site/tell")
    used |= {character: name for name, label in labels().items() for character in label}
    assert len(used) > 1200
    assert {c: file for c, file in used.items() if c.isprintable() and c not in fonts().characters} == {}


def test_the_standard_characters_are_there():
    codes = (bytes([a, b]) for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF))
    gb2312 = {code.decode("gb2312", errors="ignore") for code in codes} - {""}
    assert len(gb2312) == 6763
    assert gb2312 <= fonts().characters
    assert set("洑邳柤漴𬇙") <= fonts().characters  # the last is in the 通用规范汉字表, not in GB 2312


@pytest.mark.parametrize("name", FILES)
def test_the_licence_goes_with_them_and_the_name_is_their_own(name):
    table = TTFont(FOLDER / name)["name"]
    assert table.getDebugName(1) == "Weimin Card"
    assert "Open Font License" in table.getDebugName(13)
    assert "Adobe" in table.getDebugName(0)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


def test_a_character_without_a_glyph_is_named_with_its_file():
    card = msgspec.structs.replace(CARD, title="㟧口村🙂修路", place="样例村")
    found = list(missing_glyphs(card, fonts().characters))
    assert [(m.character, m.field, m.path) for m in found] == [
        ("㟧", "title", CARD.sources["title"]),
        ("🙂", "title", CARD.sources["title"]),
    ]
    assert found[0].message == "分享图的字体里没有“㟧”（U+37E7）这个字"


def test_nothing_is_missing_from_a_card_of_plain_words():
    assert list(missing_glyphs(CARD, fonts().characters)) == []


@pytest.mark.parametrize("data", [b"", b"OTTO", b"\0" * 64, share_image_fonts()[0][:200]])
def test_what_is_no_font_is_refused(data):
    with pytest.raises(ValueError, match="not an OpenType font"):
        characters_of(data)


def test_a_subset_has_what_is_asked_for_and_is_the_same_each_time(tmp_path):
    """With the fonts as they are in the place of the full ones."""
    made = []
    for name in ("once.otf", "again.otf"):
        font = card_font.subset_font(card_font.opened(FOLDER / FILES[0]), set("议路灯𬇙"), "Regular")
        font.save(tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert characters_of(made[0]) == set("议路灯𬇙")
    assert made[0] == made[1]
