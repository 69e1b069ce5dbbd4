"""YAML 1.2 core, narrowed: text stays the text that was typed (docs/reference/records.md, "YAML").

`true|false`, canonical integers, decimals that print as typed, and nothing (`null`, `~`, empty) have a type; everything
else is text: dates, times, `012`, `0x1F`, `1_000`, `no`, `on`, `.nan`, `1e3`. PyYAML is the reference and gives the
positions; the fast reader comes first for tame text.
"""

from __future__ import annotations

import re
from typing import Any

from weimin.model.finding import Problem
from weimin.records.yaml.fast import read_fast
from weimin.records.yaml.tree import Node, read_tree

_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INT = re.compile(r"-?[1-9][0-9]{0,17}|0")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")


def read(text: str, path: str, first_line: int = 1, *, listed: bool = False) -> tuple[Any, list[Problem]]:
    """The value, a mapping (or with `listed` a list), and every problem; the value is None if there is none.

    `first_line` is the line of the file at which the text begins.
    """
    value = read_fast(text)
    if type(value) is (list if listed else dict):
        return value, []
    return read_slow(text, path, first_line, listed=listed)


def read_slow(text: str, path: str, first_line: int = 1, *, listed: bool = False) -> tuple[Any, list[Problem]]:
    """The same, by PyYAML alone."""
    root, problems = read_tree(text, path, first_line)
    if root is None:
        return None, problems or [_empty(path, first_line, listed)]
    if (root.items if listed else root.pairs) is None:
        problems.append(_wrong_root(root, path, listed))
        return None, problems
    return _value(root), problems


class Locator:
    """JSON pointer → position, for many pointers into one text, which is read once."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._root, _ = read_tree(text, "", first_line)
        self._first_line = first_line
        self._children: dict[Node, dict[str, tuple[Node, Node]]] = {}

    def __call__(self, pointer: str, *, key: bool = False) -> tuple[int, int]:
        """1-based line and column of the value that the pointer names, or with `key` of its field name.

        A missing value has the position of its nearest existing parent: the field name of the mapping that lacks it. Text that
        cannot be read has only a first line.
        """
        if self._root is None:
            return self._first_line, 1
        node, name = self._root, None
        for step in pointer.split("/")[1:]:
            found = self._child(node, step.replace("~1", "/").replace("~0", "~"))
            if found is None:
                return (name.line, name.column) if name is not None else (node.line, node.column)
            name, node = found
        if name is not None and (key or _is_empty(node)):
            return name.line, name.column
        return node.line, node.column

    def _child(self, node: Node, step: str) -> tuple[Node | None, Node] | None:
        if node.pairs is not None:
            if node not in self._children:
                self._children[node] = {key.text: (key, value) for key, value in reversed(node.pairs) if key.text}
            return self._children[node].get(step)
        if node.items is not None and step.isdecimal() and int(step) < len(node.items):
            return None, node.items[int(step)]
        return None


def _is_empty(node: Node) -> bool:
    return node.plain and node.text == ""


def _value(node: Node) -> Any:
    if node.pairs is not None:
        out: dict[str, Any] = {}
        for key, value in node.pairs:
            if key.text is not None and key.text.strip():
                out.setdefault(key.text, _value(value))
        return out
    if node.items is not None:
        return [_value(item) for item in node.items]
    text = node.text or ""
    return resolve(text) if node.plain else text


def resolve(text: str) -> Any:
    """The value of an unquoted scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and repr(number := float(text)) == text:
        return number
    return text


def _empty(path: str, line: int, listed: bool) -> Problem:
    hint = "没有要写的，删去这个文件" if listed else "写上字段，每个一行，如 title: 某村道路硬化"
    return Problem(code="F103", path=path, line=line, column=1, message="字段部分是空的", hint=hint)


def _wrong_root(root: Node, path: str, listed: bool) -> Problem:
    found = "一个列表" if root.items is not None else "一组字段" if root.pairs is not None else "一段文字"
    expected = "列表，每条以“- ”开头" if listed else "字段，每个一行，写成“字段名: 值”"
    message = f"字段部分是{found}，不是{expected.partition('，')[0]}"
    return Problem(code="F103", path=path, line=root.line, column=root.column, message=message, hint=f"改成{expected}")
