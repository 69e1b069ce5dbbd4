"""YAML as nodes with positions, from the event stream of PyYAML; limits are enforced while reading (F103 to F106, F110).

The stream is read with a stack of our own, so that deep nesting cannot exhaust the stack of the interpreter or of libyaml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml

from weimin.model.finding import Problem
from weimin.model.quote import quoted
from weimin.records.kinds import FIELD_NAMES
from weimin.records.text import hidden_character
from weimin.records.yaml.syntax_errors import syntax_problem

DEEPEST = 12
MOST_NODES = 5_000
LONGEST_SCALAR = 20_000

_COLON = re.compile(r"\s*(?:- +)*([a-z_]+)\s*(：|:(?!//)(?=\S))")


class Node:
    """A scalar (`text`, `plain`), a list (`items`) or a mapping (`pairs` of key and value); 1-based line and column."""

    __slots__ = ("column", "items", "line", "pairs", "plain", "text")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column
        self.text: str | None = None
        self.plain = False
        self.items: list[Node] | None = None
        self.pairs: list[tuple[Node, Node]] | None = None


class _Stop(Exception):
    """Reading stops: the rest of the text would give nothing useful."""


def read_tree(text: str, path: str, first_line: int) -> tuple[Node | None, list[Problem]]:
    """The root node (None if there is none or reading stopped) and every problem found."""
    builder = _Builder(text, path, first_line)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.handle(event)
    except _Stop:
        return None, builder.problems
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        return None, [*builder.problems, syntax_problem(text, path, first_line, error)]
    builder.problems += [p for node in builder.mappings for p in builder.key_problems(node)]
    return builder.root, builder.problems


class _Builder:
    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.path, self.first_line = path, first_line
        self.problems: list[Problem] = []
        self.mappings: list[Node] = []
        self.root: Node | None = None
        self._open: list[tuple[Node, list[Node]]] = []
        self._count = self._documents = 0

    def handle(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._add(self._scalar(event))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                node = self._node(event)
                if len(self._open) >= DEEPEST:
                    self._stop("F106", event, f"字段套了 {DEEPEST} 层以上", "减少缩进或括号的层数")
                self._open.append((node, []))
            case yaml.MappingEndEvent():
                node, parts = self._open.pop()
                node.pairs = list(zip(parts[::2], parts[1::2], strict=True))
                self.mappings.append(node)
                self._add(node)
            case yaml.SequenceEndEvent():
                node, node.items = self._open.pop()
                self._add(node)
            case yaml.AliasEvent():
                self._stop("F105", event, f"这里用了别名 {quoted(f'*{event.anchor}')}", "把所指的内容再写一遍")
            case yaml.DocumentStartEvent():
                self._document(event)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(
                "F103",
                event,
                "字段部分里有第二个文档（--- 或 ... 隔开的）",
                "一个文件只有一段字段，删去中间的 --- 和 ...",
            )
        if event.version or event.tags:
            self._stop("F105", event, "这里有 % 开头的 YAML 指令", "删去这一行")

    def _node(self, event: Any) -> Node:
        self._count += 1
        if self._count > MOST_NODES:
            self._stop("F106", event, f"字段和值超过 {MOST_NODES} 个", "拆成几份记录")
        if event.anchor:
            self._stop("F105", event, f"这里用了锚点 {quoted(f'&{event.anchor}')}", "删去锚点，要重复的内容再写一遍")
        if event.tag is not None:
            self._stop(
                "F105", event, f"这里用了标签 {quoted(event.tag)}", "删去标签，直接写值；以 ! 开头的文字加英文双引号"
            )
        return Node(self.first_line + event.start_mark.line, event.start_mark.column + 1)

    def _scalar(self, event: Any) -> Node:
        node = self._node(event)
        value = event.value
        node.text, node.plain = value, not event.style
        if len(value) > LONGEST_SCALAR:
            message = f"这个值有 {len(value)} 个字符，超过 {LONGEST_SCALAR} 个"
            self._stop("F106", event, message, "长的文字写在正文里或作为附件")
        if node.plain:
            self._colons(event)
        elif event.style == '"':
            self._escapes(event, value)
        return node

    def _escapes(self, event: Any, value: str) -> None:
        """Characters from an escape (`\\u202e`); the text of the file itself was checked before."""
        raw = self._slice(event)
        if "\\" not in raw:
            return
        if (name := hidden_character(value)) is not None:
            self._report("F110", event, f"这个值里用 \\ 写了看不见的字符 {name}", "删去这个 \\ 和它后面的代码")
        elif not unicodedata.is_normalized("NFC", value):
            self._report("F115", event, "这个值里用 \\ 写的字不是规范的写法", "直接写出这个字，不用 \\")

    def _colons(self, event: Any) -> None:
        """A known field name followed by a full-width colon or a colon without a space: YAML reads such a line as text."""
        start, end = event.start_mark, event.end_mark
        for at in range(start.line, min(end.line, len(self.lines) - 1) + 1):
            line = self.lines[at]
            if at == start.line and line[: start.column].strip(" -"):
                continue
            m = _COLON.match(line)
            if m is None or m[1] not in FIELD_NAMES or (at == end.line and m.end() > end.column):
                continue
            wrong = "是全角冒号“：”" if m[2] == "：" else "的冒号没有空格"
            message = f"{quoted(m[1])}后面{wrong}，整行成了文字，不是字段"
            paste = f"写成 {line[: m.start(2)].strip()}: {line[m.end() :].strip()}"
            self.problems.append(_problem("F103", self.path, self.first_line + at, m.start(2) + 1, message, paste))

    def _slice(self, event: Any) -> str:
        first, last = event.start_mark.line, event.end_mark.line
        return "\n".join(self.lines[first : last + 1])

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1][1].append(node)
        else:
            self.root = node

    def key_problems(self, mapping: Node) -> Iterator[Problem]:
        """Keys that are not plain words, and repeated keys, also if they differ only in case or spaces (F103, F104, F105)."""
        first_uses: dict[str, tuple[str, int]] = {}
        for key, _ in mapping.pairs or ():
            if key.text is None:
                yield self._problem_at(
                    "F103", key, "字段名是一个列表或一组字段，不是一个词", "字段名只写一个词，如 title"
                )
                continue
            if not key.text.strip():
                yield self._problem_at("F103", key, "冒号前面没有字段名", "在冒号前写上字段名，或删去这一行")
                continue
            if key.text == "<<" and key.plain:
                yield self._problem_at("F105", key, "这里用了合并键 <<", "把要合并的字段直接写出来")
                continue
            same = unicodedata.normalize("NFKC", key.text).strip().casefold()
            if same in first_uses:
                name, line = first_uses[same]
                message = f"{quoted(key.text)}在第 {line} 行已经写过{'' if name == key.text else f'（{quoted(name)}）'}"
                yield self._problem_at("F104", key, message, "留下对的一处，删去另一处")
            else:
                first_uses[same] = (key.text, key.line)

    def _problem_at(self, code: str, node: Node, message: str, hint: str) -> Problem:
        return _problem(code, self.path, node.line, node.column, message, hint)

    def _report(self, code: str, event: Any, message: str, hint: str) -> None:
        line, column = self.first_line + event.start_mark.line, event.start_mark.column + 1
        self.problems.append(_problem(code, self.path, line, column, message, hint))

    def _stop(self, code: str, event: Any, message: str, hint: str) -> None:
        self._report(code, event, message, hint)
        raise _Stop


def _problem(code: str, path: str, line: int, column: int, message: str, hint: str) -> Problem:
    return Problem(code=code, path=path, line=line, column=column, message=message, hint=hint)
