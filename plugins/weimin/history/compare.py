"""Two versions of a record compared as data: what was added, and what was there before and has changed (A103)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec

from weimin.model.history import ParsedRecord
from weimin.model.kinds.shared import UNPUBLISHED

PENDING = "pending"
BODY = "/body"
_MAY_BE_PENDING = ("/decision/date",)  # the one field that may say `pending`
_COMPILED = "/compiled_from"
_KEYS = ("id", "item")  # the fields that identify a line of a list, whatever its position


class EditKind(StrEnum):
    """How one place in a record differs between two versions."""

    ADDED = "added"  # a field that was absent, prose where there was none
    FILLED = "filled"  # a value for `unpublished` or `pending`
    LINE_ADDED = "line_added"  # a line more in a list that was not []
    CHANGED = "changed"
    REMOVED = "removed"
    UNREADABLE = "unreadable"  # the new version cannot be read at all


ALLOWED_KINDS = frozenset({EditKind.ADDED, EditKind.FILLED, EditKind.LINE_ADDED})


class Edit(msgspec.Struct, frozen=True):
    """One difference. `pointer`: JSON pointer into the new version, of a removal into the old one; `/body` is the prose."""

    pointer: str
    kind: EditKind
    old: Any = None
    new: Any = None

    @property
    def allowed(self) -> bool:
        """No correction is needed: the edit adds what was missing.

        The exception is `compiled_from`: a platform that added it to its own record later would be free of its duties.
        """
        return self.kind in ALLOWED_KINDS and self.pointer != _COMPILED


def compare(old: ParsedRecord, new: ParsedRecord | None) -> tuple[Edit, ...]:
    """Every difference in data or prose; key order, quoting, comments and line ends do not count.

    `new` None: the new version cannot be read.
    """
    if new is None:
        return (Edit("", EditKind.UNREADABLE),)
    return (*_values(old.raw, new.raw, ""), *_prose(old.body, new.body))


def correction_only(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits that only a correction may make."""
    return tuple(e for e in edits if not e.allowed)


def _prose(old: str, new: str) -> Iterator[Edit]:
    if old != new:
        yield Edit(BODY, EditKind.CHANGED if new and old else EditKind.ADDED if new else EditKind.REMOVED, old, new)


def _values(old: Any, new: Any, at: str) -> Iterator[Edit]:
    if old is None or (new is not None and _is_unknown(old, at) and not _same(old, new)):
        if new is not None:
            yield Edit(at, EditKind.ADDED if old is None else EditKind.FILLED, old, new)
    elif new is None:
        yield Edit(at, EditKind.REMOVED, old)
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in (*old, *(k for k in new if k not in old)):
            yield from _values(old.get(key), new.get(key), f"{at}/{_escaped(str(key))}")
    elif isinstance(old, list) or isinstance(new, list):
        yield from _lists(_listed(old), _listed(new), at)
    elif not _same(old, new):
        yield Edit(at, EditKind.CHANGED, old, new)


def _is_unknown(value: Any, at: str) -> bool:
    return value == UNPUBLISHED or (value == PENDING and at in _MAY_BE_PENDING)


def _same(a: Any, b: Any) -> bool:
    return isinstance(a, bool) == isinstance(b, bool) and bool(a == b)


def _listed(value: Any) -> list[Any]:
    """A single value may be written without a list (`theme: 教育`)."""
    return value if isinstance(value, list) else [value]


def _lists(old: list[Any], new: list[Any], at: str) -> Iterator[Edit]:
    """Lines are paired by their ids; lines without ids by their order, with new lines anywhere between them."""
    if not old:
        if new:
            yield Edit(at, EditKind.CHANGED, old, new)
        return
    pairs = _by_key(old, new) or _in_order(old, new)
    paired = set()
    for n, m in pairs:
        if m is None:
            yield Edit(f"{at}/{n}", EditKind.REMOVED, old[n])
        else:
            paired.add(m)
            yield from _values(old[n], new[m], f"{at}/{m}")
    yield from (Edit(f"{at}/{m}", EditKind.LINE_ADDED, None, line) for m, line in enumerate(new) if m not in paired)


def _by_key(old: list[Any], new: list[Any]) -> list[tuple[int, int | None]]:
    """(old index, new index or None) by the ids of the lines; empty if a line has no id or two share one."""
    for key in _KEYS:
        if all(isinstance(line, dict) and key in line for line in (*old, *new)):
            olds, news = ([str(line[key]) for line in lines] for lines in (old, new))
            if len(set(olds)) == len(olds) and len(set(news)) == len(news):
                return [(n, news.index(k) if k in news else None) for n, k in enumerate(olds)]
    return []


def _in_order(old: list[Any], new: list[Any]) -> list[tuple[int, int | None]]:
    """Each old line with the next new line that keeps all of it; if one is kept nowhere, line by line."""
    pairs: list[tuple[int, int | None]] = []
    m = 0
    for n, line in enumerate(old):
        while m < len(new) and correction_only(tuple(_values(line, new[m], ""))):
            m += 1
        if m == len(new):
            return [(i, i if i < len(new) else None) for i in range(len(old))]
        pairs.append((n, m))
        m += 1
    return pairs


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def similarity(old: ParsedRecord, other: ParsedRecord) -> float:
    """The share of a record's data that another record has too, 0 to 1, by bytes: a text counts more than a choice."""
    values, other_values = set(_leaves(old)), set(_leaves(other))
    total = _weight(values)
    return _weight(values & other_values) / total if total else 0.0


def _weight(leaves: set[tuple[str, str]]) -> int:
    return sum(len(text.encode("utf-8", "replace")) for _, text in leaves)


def _leaves(parsed: ParsedRecord) -> Iterator[tuple[str, str]]:
    yield from ((BODY, part) for part in parsed.body.split("\n\n") if part.strip())
    yield from _scalars(parsed.raw, "")


def _scalars(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _scalars(item, f"{at}/{key}")
    elif isinstance(value, list):
        for item in value:
            yield from _scalars(item, f"{at}/")
    else:
        yield at, str(value)
