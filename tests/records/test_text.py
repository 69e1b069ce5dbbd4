"""Bytes → text: what is refused and at which position, and what is accepted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.records.text import LARGEST_RECORD, hidden_character, lookalike, read_text


def codes(data: bytes) -> list[tuple[str, int, int]]:
    return [(p.code, p.line, p.column) for p in read_text("content/site.yml", data)[1]]


@pytest.mark.parametrize(
    "text", ["", "a\n", "第④组 50℃ №1 “引号”《书》—— ㊿ ！？　全角空格\n\t制表\n", "😀 emoji\n", "café\n"]
)
def test_clean_text(text: str) -> None:
    assert read_text("x", text.encode()) == (text, [])


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("第一行\n标题：协商".encode("gbk"), ("F101", 1, 1)),
        ("a: b\nc".encode("utf-16"), ("F101", 1, 1)),
        ("a: b\nc: d\n".encode("utf-16-le"), ("F101", 1, 2)),
        ("好\nab".encode() + b"\xff" + b"cd", ("F101", 2, 3)),
        (b"\xef\xbb\xbfa\n", ("F102", 1, 1)),
        (b"ab\r\ncd\r\n", ("F102", 1, 3)),
        (b"ab\ncd\ref", ("F102", 2, 3)),
        (b"x" * (LARGEST_RECORD + 1), ("F106", 1, 1)),
        (b"a\n" + b"x" * 4_001, ("F106", 2, 4_001)),
        ("a\nb\u200bc".encode(), ("F110", 2, 2)),
        ("路\uf937".encode(), ("F115", 1, 2)),
        ("a\ncafe\u0301".encode(), ("F115", 2, 4)),
        (b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", ("F116", 2, 1)),
    ],
)
def test_faults(data: bytes, found: tuple[str, int, int]) -> None:
    assert codes(data)[0] == found


def test_gbk_and_utf16_are_named() -> None:
    assert "GBK" in read_text("x", "标题：协商".encode("gbk"))[1][0].message
    assert "UTF-16" in read_text("x", "标题".encode("utf-16"))[1][0].message


def test_an_underline_of_seven_is_no_conflict() -> None:
    assert codes("标题\n=======\n".encode()) == []


HIDDEN = [0, 7, 0x0B, 0x0C, 0x1B, 0x7F, 0x85, 0x9F, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200D, 0x200E]
HIDDEN += [0x2028, 0x2029, 0x202E, 0x2060, 0x2066, 0x3164, 0xFDD0, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFE, 0xFFFF]
HIDDEN += [0x1FFFE, 0x1FFFF, 0x10FFFF, 0xE0001, 0xE0041, 0xE0100]


@pytest.mark.parametrize("code", HIDDEN, ids=hex)
def test_hidden_characters(code: int) -> None:
    assert hidden_character("文" + chr(code)) is not None
    assert codes(f"文\n字{chr(code)}字\n".encode())[0] == ("F110", 2, 2)
    assert read_text("x", f"a{chr(code)}b".encode())[1][0].message.isprintable()


@given(st.text())
def test_every_invisible_character_is_reported(text: str) -> None:
    clean, problems = read_text("x", text.encode("utf-8", "surrogatepass"))
    if not problems:
        assert clean == text
        assert hidden_character(text) is None
        assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("char", "⼤⽔АВΑ𝐀ＡＺ１ａ⺀")
def test_letters_that_look_like_others(char: str) -> None:
    assert lookalike(f"道路{char}协商") == char


@pytest.mark.parametrize(
    "text", ["某村道路硬化协商", "第①期 50℃ №3 ㊿", "“引号”《书名》——，。！？（）", "2026年A区2号", "々〇"]
)
def test_titles_that_are_fine(text: str) -> None:
    assert lookalike(text) is None
