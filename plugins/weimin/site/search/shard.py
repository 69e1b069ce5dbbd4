"""A shard: for some of the terms, the cells whose pages have them. The file is a function of these pairs alone.

One line for each term: the term, a tab, the numbers of its cells as the gaps between them. A gap is written in letters:
the last one of a gap is one of 64 that end it, those before it are of 30 that go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

END = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
ON = "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~"
_VALUE = {c: n for n, c in enumerate(END)}
_ON = {c: n for n, c in enumerate(ON)}

Rows = Mapping[str, Sequence[int]]
"""Term → numbers of cells, ascending."""


def encode(rows: Rows) -> bytes:
    """Terms in the order of their code points; one without cells has no line."""
    return "".join(f"{term}\t{gaps(rows[term])}\n" for term in sorted(rows) if rows[term]).encode()


def decode(data: bytes) -> dict[str, list[int]]:
    pairs = (line.split("\t") for line in data.decode().splitlines())
    return {term: numbers(letters) for term, letters in pairs}


def changed(data: bytes, added: Mapping[str, Iterable[int]], removed: Mapping[str, Iterable[int]]) -> bytes:
    """The file after some (term, cell) pairs came and others went."""
    lines = dict(line.split("\t") for line in data.decode().splitlines())
    for term in added.keys() | removed.keys():
        now = (set(numbers(lines.get(term, ""))) - set(removed.get(term, ()))) | set(added.get(term, ()))
        lines[term] = gaps(sorted(now))
    return "".join(f"{term}\t{lines[term]}\n" for term in sorted(lines) if lines[term]).encode()


def gaps(ascending: Iterable[int]) -> str:
    parts: list[str] = []
    last = -1
    for number in ascending:
        parts.append(_letters(number - last - 1))
        last = number
    return "".join(parts)


def _letters(value: int) -> str:
    found = END[value % 64]
    value //= 64
    while value:
        value -= 1
        found = ON[value % 30] + found
        value //= 30
    return found


def numbers(letters: str) -> list[int]:
    found: list[int] = []
    at, held = -1, 0
    for c in letters:
        if (more := _ON.get(c)) is not None:
            held = held * 30 + more + 1
        else:
            at += held * 64 + _VALUE[c] + 1
            held = 0
            found.append(at)
    return found
