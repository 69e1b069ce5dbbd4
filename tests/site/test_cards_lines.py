"""Lines of Chinese text: nothing stands outside its room, no line begins or ends with a sign that must not, no word is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.share_images.lines import NOT_FIRST, NOT_LAST, fit_lines, fit_one_line, shorten, unbreakable_parts, wrap

ROOM, HEIGHT, LEADING, SIZES = 1000.0, 216.0, 1.36, (66, 54, 42, 32)
WORDS = st.sampled_from("车棚路灯，。、；：（）“”《》——…·修 建12345.6%ABCabc-/第号￥㟧𬇙")
TITLES = st.text(WORDS, min_size=4, max_size=120).map(str.strip).filter(bool)


def measure(size: int):
    """A character is as wide as its letters are high, one of ASCII half of that."""
    return lambda text: sum(size / 2 if c.isascii() else size for c in text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("议路灯，修好", ["议", "路", "灯，", "修", "好"]),
        ("增设3.5米×12m棚", ["增", "设", "3.5米", "×12m", "棚"]),
        ("关于“幸福里”（二期）", ["关", "于", "“幸", "福", "里”", "（二", "期）"]),
        ("第3条：Wi-Fi 100%覆盖", ["第3条：", "Wi-Fi ", "100%覆", "盖"]),
        ("2026年6月", ["2026年", "6月"]),
    ],
)
def test_what_stays_together(text, parts):
    assert unbreakable_parts(text) == parts


@given(TITLES)
def test_nothing_is_lost_and_nothing_stands_outside(text):
    lines = wrap(text, ROOM, measure(40))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure(40)(line) <= ROOM for line in lines)


@given(TITLES)
def test_a_title_keeps_within_its_room(text):
    found = fit_lines(text, measure, SIZES, ROOM, HEIGHT, LEADING)
    assert len(found.lines) * found.size * LEADING <= HEIGHT
    assert all(measure(found.size)(line) <= ROOM for line in found.lines)


@given(st.text(st.sampled_from("车棚路灯，。、；：（）“”《》"), min_size=4, max_size=120))
def test_no_line_begins_or_ends_with_what_must_not(text):
    if all(measure(32)(part) <= ROOM for part in unbreakable_parts(text)):
        lines = fit_lines(text, measure, SIZES, ROOM, HEIGHT, LEADING).lines
        assert [line for line in lines[1:] if line[0] in NOT_FIRST and not line.endswith("…")] == []
        assert [line for line in lines[:-1] if line[-1] in NOT_LAST] == []


@pytest.mark.parametrize("count", range(1, 40))
def test_numbers_and_words_are_not_cut(count):
    text = "路" * count + "增设3.5米宽的Wi-Fi车棚"
    lines = fit_lines(text, measure, SIZES, ROOM, HEIGHT, LEADING).lines
    assert any("3.5米" in line for line in lines)
    assert any("Wi-Fi" in line for line in lines)


def test_lines_are_of_like_length():
    lines = fit_lines("某" * 34, measure, (42,), ROOM, HEIGHT, LEADING).lines
    assert [len(line) for line in lines] == [17, 17]


def test_a_line_rather_ends_where_the_sentence_pauses():
    found = fit_lines("老楼加装电梯，低层住户的采光怎么补偿", measure, (66,), ROOM, HEIGHT, LEADING)
    assert found.lines == ("老楼加装电梯，", "低层住户的采光怎么补偿")


def test_what_does_not_fit_is_left_out_and_marked():
    found = fit_lines("某" * 500, measure, SIZES, ROOM, HEIGHT, LEADING)
    assert found.lines[-1].endswith("…")
    assert len("".join(found.lines)) < 500
    assert shorten("某" * 9, 80, measure(10)) == "某" * 7 + "…"
    assert fit_one_line("某" * 9, measure, (20, 10), 100).size == 10


def test_a_word_that_is_wider_than_the_room_is_cut():
    lines = wrap("https://" + "a" * 200, ROOM, measure(40))
    assert len(lines) > 1
    assert all(measure(40)(line) <= ROOM for line in lines)
