"""Compares a published site with the rebuilt site, byte by byte, while the files are produced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from weimin.adapters.published import Published, batches
from weimin.engine.options import Tick

EXCERPT_LENGTH = 24  # characters of an excerpt
_BYTES_BEFORE = 12  # bytes of an excerpt before the first that differs
_EXCESS_READ = 64 * 1024  # bytes read beyond twice the expected length, so that an addition is seen

OnPage = Callable[[str, bytes, bytes], None]
"""Called with (path, published, rebuilt) of every file that both have."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is not what the commit produces.

    `how`: missing, extra, changed, or described (`text` is the complete description). `offset`: the first byte that differs,
    from 0; `line`: its line, from 1. `published` and `expected`: excerpts around it.
    """

    path: str
    how: str
    offset: int = 0
    line: int = 0
    published: str = ""
    expected: str = ""
    text: str = ""

    @property
    def message(self) -> str:
        if self.how == "missing":
            return f"{self.path}：网站上没有这个文件，按提交应当有"
        if self.how == "extra":
            return f"{self.path}：网站上多出这个文件，提交里没有"
        if self.how == "described":
            return f"{self.path}：{self.text}"
        return (
            f"{self.path}:{self.line}：从第 {self.offset + 1} 个字节起与提交不一致，"
            f"网站上是“{self.published}”，按提交应为“{self.expected}”"
        )


def compare(
    expected: Iterable[tuple[str, bytes]],
    site: Published,
    tick: Tick = lambda what, n, total: None,
    total: int = 0,
    on_page: OnPage = lambda path, published, expected: None,
) -> Iterator[Difference]:
    """Missing and changed files in the order of the build, then extra files.

    `expected`: (path, content) of the rebuilt site, consumed once and never kept in memory. Raises Unreachable.
    """
    expected_paths: set[str] = set()
    for batch in batches(expected):
        published = site.read_all([(path, 2 * len(data) + _EXCESS_READ) for path, data in batch])
        for (path, data), content in zip(batch, published, strict=True):
            expected_paths.add(path)
            tick("逐字节核对", 1, max(total, len(expected_paths)))
            if content is None:
                yield Difference(path=path, how="missing")
                continue
            on_page(path, content, data)
            if content != data:
                yield changed_file(path, content, data)
    yield from (Difference(path=path, how="extra") for path in site.names() or () if path not in expected_paths)


def changed_file(path: str, published: bytes, expected: bytes) -> Difference:
    """The first difference of two contents that are not equal."""
    pairs = zip(published, expected, strict=False)
    offset = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(published), len(expected)))
    return Difference(
        path=path,
        how="changed",
        offset=offset,
        line=expected.count(b"\n", 0, offset) + 1,
        published=_excerpt(published, offset),
        expected=_excerpt(expected, offset),
    )


def _excerpt(data: bytes, offset: int) -> str:
    """The text around a byte, safe for a terminal: the site is not trusted."""
    start = max(0, offset - _BYTES_BEFORE)
    while start > 0 and data[start : start + 1] and 0x80 <= data[start] < 0xC0:
        start -= 1  # not in the middle of a character
    text = data[start : start + EXCERPT_LENGTH * 4].decode("utf-8", "replace")[:EXCERPT_LENGTH]
    return "".join(c if c.isprintable() else "·" for c in text) or "（文件到此为止）"
