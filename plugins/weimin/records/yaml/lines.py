"""The lines of the fields of tame text, from its indentation: a tenth of the work of a complete YAML reader."""

from __future__ import annotations

import re
from collections.abc import Mapping

from weimin.records.yaml.fast import is_tame

_LINE = re.compile(r"(?P<indent> *)(?P<dash>- )?(?:(?P<key>[a-z_]+):(?= |$))?")


class _Level:
    """An open list or mapping: its indentation, its pointer, its last item or key."""

    __slots__ = ("indent", "is_list", "items", "key", "pointer")

    def __init__(self, indent: int, pointer: str, *, is_list: bool) -> None:
        self.indent, self.pointer, self.is_list = indent, pointer, is_list
        self.items = 0
        self.key = ""

    @property
    def child_pointer(self) -> str:
        return f"{self.pointer}/{self.items - 1 if self.is_list else self.key}"


def lines_of(text: str, first_line: int = 1) -> Mapping[str, int] | None:
    """JSON pointer → 1-based line of the field or item; None for text that is not tame.

    A value within one line (`{a: 1}`) has no entry for its parts: they are on the line of their parent.
    """
    if not is_tame(text):
        return None
    found: dict[str, int] = {}
    open_: list[_Level] = []
    for number, line in enumerate(text.split("\n"), first_line):
        match = _LINE.match(line)
        if match is None or line.lstrip(" ")[:1] in ("", "#"):
            continue
        at = len(match["indent"])
        if match["dash"]:
            items = _level(open_, at, is_list=True)
            items.items += 1
            found.setdefault(items.child_pointer, number)
            at += len("- ")
        if match["key"]:
            fields = _level(open_, at, is_list=False)
            fields.key = match["key"]
            found.setdefault(fields.child_pointer, number)  # of a repeated field, the first
    return found


def positions_of(text: str, first_line: int = 1) -> Mapping[str, tuple[int, int]] | None:
    """JSON pointer → 1-based line and column of the value, or of the field name if the value is empty; None if not tame.

    A value within one line (`{a: 1}`) has no entries for its parts.
    """
    if not is_tame(text):
        return None
    found: dict[str, tuple[int, int]] = {}
    open_: list[_Level] = []
    pending: tuple[str, int, int, int] | None = (
        None  # a field whose value may begin on a later line: pointer, indentation, position
    )
    for number, line in enumerate(text.split("\n"), first_line):
        match = _LINE.match(line)
        start = len(line) - len(line.lstrip(" "))
        if match is None or line[start : start + 1] in ("", "#"):
            continue
        if pending is not None:
            pointer, indent, at_line, at_column = pending
            below = start > indent or (start == indent and bool(match["dash"]))
            found.setdefault(pointer, (number, start + 1) if below else (at_line, at_column))
            pending = None
        at = len(match["indent"])
        if match["dash"]:
            items = _level(open_, at, is_list=True)
            items.items += 1
            at += len("- ")
            found.setdefault(items.child_pointer, (number, at + 1))
        if match["key"]:
            fields = _level(open_, at, is_list=False)
            fields.key = match["key"]
            rest = line[match.end() :]
            value = rest.strip(" ")
            if value:
                found.setdefault(fields.child_pointer, (number, match.end() + len(rest) - len(rest.lstrip(" ")) + 1))
            else:
                pending = (fields.child_pointer, at, number, at + 1)
    if pending is not None:
        found.setdefault(pending[0], pending[2:])
    return found


def nearest_line(lines: Mapping[str, int], pointer: str, first_line: int) -> int:
    """The line of a pointer, or of its nearest parent that has one."""
    while pointer and pointer not in lines:
        pointer = pointer.rpartition("/")[0]
    return lines.get(pointer, first_line)


def _level(open_: list[_Level], at: int, *, is_list: bool) -> _Level:
    """The list or mapping that begins or continues at a column. A list may have the same indentation as its key."""
    while open_ and (open_[-1].indent > at or (open_[-1].indent == at and open_[-1].is_list and not is_list)):
        open_.pop()
    if open_ and open_[-1].indent == at and open_[-1].is_list == is_list:
        return open_[-1]
    level = _Level(at, open_[-1].child_pointer if open_ else "", is_list=is_list)
    open_.append(level)
    return level
