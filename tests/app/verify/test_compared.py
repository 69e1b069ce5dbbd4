"""Bytes compared: what is missing, extra or changed, and how it is shown."""

from __future__ import annotations

import pytest
from made_site import MadeSite

from weimin.app.verify.compare import Difference, changed_file, compare

MADE = {"a.html": "一二三\n四五六\n".encode(), "b.html": b"b", "c": b""}


def test_the_same_is_the_same() -> None:
    ticks: list[tuple[str, int, int]] = []
    pages: list[tuple[str, bytes, bytes]] = []
    site = MadeSite(dict(MADE))
    found = compare(MADE.items(), site, lambda *told: ticks.append(told), 2, lambda *page: pages.append(page))
    assert list(found) == []
    assert ticks == [("逐字节核对", 1, 2), ("逐字节核对", 1, 2), ("逐字节核对", 1, 3)]
    assert pages == [(path, data, data) for path, data in MADE.items()]
    assert site.asked == {path: 2 * len(data) + 64 * 1024 for path, data in MADE.items()}


def test_what_is_missing_changed_and_extra_in_this_order() -> None:
    site = MadeSite({"a.html": MADE["a.html"][:-1], "c": b"", "z": b"", "d": b""})
    pages: list[str] = []
    found = list(compare(MADE.items(), site, on_page=lambda path, published, expected: pages.append(path)))
    assert [(d.path, d.how) for d in found] == [
        ("a.html", "changed"),
        ("b.html", "missing"),
        ("d", "extra"),
        ("z", "extra"),
    ]
    assert pages == ["a.html", "c"]
    assert list(compare(MADE.items(), MadeSite({**MADE, "z": b""}, listed=False))) == []


@pytest.mark.parametrize(
    ("published", "expected", "offset", "line", "shown", "right"),
    [
        (b"abc", b"abd", 2, 1, "abc", "abd"),
        (b"xbc", b"abc", 0, 1, "xbc", "abc"),
        (b"abc", b"abcd", 3, 1, "abc", "abcd"),
        (b"abcd", b"abc", 3, 1, "abcd", "abc"),
        (b"", b"a", 0, 1, "（文件到此为止）", "a"),
        (b"a\nb\nc", b"a\nb\nd", 4, 3, "a·b·c", "a·b·d"),
        (b"a\nX", b"a\nY", 2, 2, "a·X", "a·Y"),
        (b"0123456789abcX", b"0123456789abcY", 13, 1, "123456789abcX", "123456789abcY"),
        (b"\x1b[31mx", b"\x1b[31my", 5, 1, "·[31mx", "·[31my"),
        (b"x" * 40, b"x" * 41, 40, 1, "x" * 12, "x" * 13),
        (b"y" * 40, b"x" * 40, 0, 1, "y" * 24, "x" * 24),
        ("一二三四五甲".encode(), "一二三四五乙".encode(), 15, 1, "二三四五甲", "二三四五乙"),
        ("a一二三四五".encode(), "a一二三四井".encode(), 15, 1, "一二三四五", "一二三四井"),
    ],
)
def test_a_difference_is_shown_from_twelve_bytes_before(
    published: bytes, expected: bytes, offset: int, line: int, shown: str, right: str
) -> None:
    found = changed_file("p", published, expected)
    assert found == Difference(path="p", how="changed", offset=offset, line=line, published=shown, expected=right)


@pytest.mark.parametrize(
    ("differs", "message"),
    [
        (Difference(path="p", how="missing"), "p：网站上没有这个文件，按提交应当有"),
        (Difference(path="p", how="extra"), "p：网站上多出这个文件，提交里没有"),
        (Difference(path="p", how="described", text="读不懂"), "p：读不懂"),
        (
            Difference(path="p", how="changed", offset=4, line=2, published="a", expected="b"),
            "p:2：从第 5 个字节起与提交不一致，网站上是“a”，按提交应为“b”",
        ),
    ],
)
def test_what_is_said_of_a_difference(differs: Difference, message: str) -> None:
    assert differs.message == message
