"""Share pictures: what they say, that nothing stands outside or on something else, and that they are the same each time."""

from __future__ import annotations

import re
import time
from io import BytesIO

import msgspec
import pytest
import zxingcpp
from demo_cards import ADDRESS, demo_cards, fonts
from hypothesis import given, settings
from hypothesis import strategies as st
from made_records import COMPILED, FULL, WITHHELD
from made_register import dossier_views, register_view, site_context_of
from PIL import Image
from theme_colours import colours

from weimin.adapters.installation import theme_dir
from weimin.share_images.content import HEIGHT, WIDTH, ImageContent
from weimin.share_images.draw import COLOURS, draw_image
from weimin.share_images.fonts import Fonts
from weimin.share_images.glyphs import missing_glyphs
from weimin.share_images.layout import layout
from weimin.site.media.share_image import cards_of


def made_cards(**site: object) -> dict[str, ImageContent]:
    views = dossier_views()
    context = site_context_of(register_view((v.summary for v in views), **site))
    return {path: card for v in views for path, card in cards_of(v, context)}


CARDS = made_cards(base_url="https://example.org")
CARD = CARDS[f"cards/{FULL}.png"]


def overlaps(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def faults(card: ImageContent, with_fonts: Fonts) -> list[str]:
    """Texts that stand outside the picture, on one another or on the QR code."""
    found = layout(card, with_fonts)
    boxes = [(piece.text, piece.box) for piece in found.texts]
    if found.code:
        code, left, top, module = found.code
        side = code.size * module
        boxes.append(("QR", (left, top, left + side - 4 * module, top + side)))
    outside = [t for t, b in boxes if b[0] < 0 or b[1] < 0 or b[2] > WIDTH - 60 or b[3] > HEIGHT]
    pairs = ((a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    return outside + [f"{a[0]} / {b[0]}" for a, b in pairs if overlaps(a[1], b[1])]


def test_a_card_for_the_dossier_and_each_event_that_has_a_page():
    assert [p for p in CARDS if p.startswith(f"cards/{FULL}")] == [
        f"cards/{FULL}.png",
        f"cards/{FULL}/2026-03-02-consultation.png",
        f"cards/{FULL}/2026-03-10-outcome.png",
        f"cards/{FULL}/2026-11-20-evaluation.png",
    ]


def test_what_the_card_of_a_dossier_says():
    assert CARD.kind == "卷宗"
    assert CARD.address == f"https://example.org/{FULL}/"
    assert CARD.outcome.startswith("一致程度：")
    assert re.search(r"满意率[0-9.]+%（满意[0-9]+票、基本满意[0-9]+票、不满意[0-9]+票）", CARD.outcome)
    assert CARD.day == "最近一件事：2026年11月20日"
    assert [s.name for s in CARD.steps] == ["征集社情民意", "商讨实事项目", "协商实施状况", "跟踪监督", "民主评议"]
    assert CARD.marks == ("有逾期", "有更正")


def test_a_withheld_outcome_says_only_that():
    shown = [c for p, c in CARDS.items() if p.startswith(f"cards/{WITHHELD}") and c.kind in ("卷宗", "协商成果")]
    assert {c.outcome for c in shown} == {"决定不公布"}
    assert len(shown) == 2


def test_what_was_put_together_from_reports_says_so():
    assert CARDS[f"cards/{COMPILED}.png"].marks == ("据公开报道整理",)


def test_every_text_names_the_file_that_it_comes_from():
    for path, card in CARDS.items():
        assert card.sources["title"].endswith("/topic.md"), path
        assert card.sources["place"].endswith("/platform.yml")
        assert card.sources["outcome"].startswith("content/network/")


def test_without_an_address_of_the_site_the_path_is_printed():
    card = made_cards()[f"cards/{FULL}.png"]
    found = layout(card, fonts())
    assert found.code is None
    assert f"/{FULL}/" in [p.text for p in found.texts]


def test_a_demo_says_so():
    words = [p.text for p in layout(made_cards(demo=True)[f"cards/{FULL}.png"], fonts()).texts]
    assert "演示数据：地名、记录均为虚构" in words
    assert "演示数据：地名、记录均为虚构" not in [p.text for p in layout(CARD, fonts()).texts]


@pytest.mark.parametrize("length", [*range(4, 40), 50, 60, 72, 84, 96, 108, 120])
@pytest.mark.parametrize("sample", ["关于增设停车棚、", "修3.5米宽的路，", "议Wi-Fi（二期）"])
def test_titles_of_any_length_keep_within_their_room(length, sample):
    title = (sample * 120)[:length]
    card = msgspec.structs.replace(CARD, title=title)
    lines = [p for p in layout(card, fonts()).texts if p.bold and p.ink == "ink" and p.base < 350]
    assert faults(card, fonts()) == []
    assert 1 <= len(lines) <= 4
    assert "".join(p.text for p in lines) == title


@settings(max_examples=60, deadline=None)
@given(
    title=st.text(st.sampled_from("车棚路灯，。（）“”12ab -"), min_size=1, max_size=120).filter(str.strip),
    place=st.integers(1, 60),
    outcome=st.integers(1, 90),
    marks=st.sampled_from([(), ("有更正",), ("不予立项", "据公开报道整理", "有更正")]),
    scan=st.booleans(),
    demo=st.booleans(),
)
def test_no_card_overflows(title, place, outcome, marks, scan, demo):
    card = msgspec.structs.replace(
        CARD, title=title, place="村" * place, outcome="满" * outcome, marks=marks, scan=scan, demo=demo
    )
    assert faults(card, fonts()) == []


def test_a_planted_overlap_is_found():
    assert faults(msgspec.structs.replace(CARD, kind="协商" * 30), fonts()) != []


def test_the_picture_is_a_png_of_the_right_size_and_the_same_each_time():
    once, again = draw_image(CARD, fonts()), draw_image(CARD, Fonts(*_bytes()))
    assert once == again
    with Image.open(BytesIO(once)) as image:
        assert (image.format, image.size, image.mode, image.info) == ("PNG", (WIDTH, HEIGHT), "P", {})
    assert len(once) < 60_000


def _bytes() -> tuple[bytes, bytes]:
    folder = theme_dir() / "fonts"
    return (folder / "weimin-card-regular.otf").read_bytes(), (folder / "weimin-card-bold.otf").read_bytes()


@pytest.mark.parametrize("change", [{"title": "议井盖"}, {"demo": True}, {"tone": "owed"}, {"marks": ("撤回",)}])
def test_what_a_card_says_decides_its_bytes(change):
    assert draw_image(msgspec.structs.replace(CARD, **change), fonts()) != draw_image(CARD, fonts())


def test_the_code_on_the_picture_leads_to_the_page():
    with Image.open(BytesIO(draw_image(CARD, fonts()))) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    assert [code.text for code in found] == [CARD.address]


def test_the_colours_are_those_of_the_pages():
    light = colours()["light"]
    names = {"skipped": "skip", "skipped-ground": "skip-ground"}
    assert {n: light[names.get(n, n)].replace("#fff", "#ffffff") for n in COLOURS} == COLOURS


@pytest.mark.slow
def test_every_card_of_the_demo():
    """No missing character, nothing outside, a code that can be read, and soon drawn."""
    cards = demo_cards()
    assert len(cards) > 300
    assert [m for card in cards.values() for m in missing_glyphs(card, fonts().characters)] == []
    gone = {card.outcome for card in cards.values() if "已撤回" in card.marks}
    assert gone == {"议题已撤回"}
    assert {path: found for path, card in cards.items() if (found := faults(card, fonts()))} == {}
    draw_image(CARD, fonts())
    before = time.process_time()
    drawn = {path: draw_image(card, fonts()) for path, card in cards.items()}
    each = (time.process_time() - before) / len(drawn)
    assert each < 0.060
    for path, content in list(drawn.items())[::20]:
        with Image.open(BytesIO(content)) as image:
            assert [c.text for c in zxingcpp.read_barcodes(image.convert("L"))] == [cards[path].address]
    assert all(card.address.startswith(ADDRESS) for card in cards.values())
