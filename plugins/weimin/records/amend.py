"""Changes values in a record's file and keeps every other byte: comments, order, quotes.

The positions come from PyYAML's nodes. The result is parsed again and must equal the requested value; if it does not
(because of an anchor, for example), nothing is changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from weimin.records.front_matter import FENCE, Parts, split
from weimin.records.kinds import KINDS
from weimin.records.write import field_order, needs_quotes, write_part
from weimin.records.yaml.read import read

Path = tuple[str | int, ...]
_REMOVED = object()
_DATE_LIKE = re.compile(r"[0-9]{4}(?:-[0-9QH]{2}){1,2}", re.ASCII)
_FLOW_MARKS = re.compile(r"[,?:#\[\]{}]")


class NotAmended(Exception):
    """The file is written in a way that cannot be changed in place; the argument is its path."""


def amend(kind: str, path: str, text: str, raw: Any, body: str | None = None) -> str:
    """The text of a record's file with the values `raw` and the prose `body` (None: unchanged). Raises NotAmended."""
    row = KINDS[kind]
    parts = split(text, path) if row.prose else Parts(text, 1, "", 0)
    if not isinstance(parts, Parts):
        raise NotAmended(path)
    fields, old = parts.fields, read(parts.fields, path, listed=row.listed)[0]
    for at, value in _differences(old, raw, ()):
        try:
            fields = _FieldsText(kind, fields).with_value(at, value)
        except (yaml.YAMLError, StopIteration, ValueError, TypeError, AttributeError) as error:
            raise NotAmended(path) from error
    if read(fields, path, listed=row.listed) != (raw, []):
        raise NotAmended(path)
    return FENCE + fields + _tail(text, parts, body) if row.prose else fields


def _tail(text: str, parts: Parts, body: str | None) -> str:
    """The file from the closing fence on, with the new prose."""
    tail = text[len(FENCE) + len(parts.fields) :]
    if body is None or body == parts.body:
        return tail
    if parts.body and body:
        at = tail.rindex(parts.body)
        return tail[:at] + body + tail[at + len(parts.body) :]
    return f"{FENCE}\n{body}\n" if body else FENCE


def _differences(old: Any, new: Any, at: Path) -> Iterator[tuple[Path, Any]]:
    """The smallest differing parts (path, new value), in an order in which they can be applied one after another."""
    if isinstance(old, dict) and isinstance(new, dict) and new:
        yield from (((*at, key), _REMOVED) for key in old if key not in new)
        for key, value in new.items():
            if key in old:
                yield from _differences(old[key], value, (*at, key))
            else:
                yield (*at, key), value
    elif isinstance(old, list) and isinstance(new, list) and old and len(new) >= len(old):
        for n, item in enumerate(old):
            yield from _differences(item, new[n], (*at, n))
        yield from (((*at, n), new[n]) for n in range(len(old), len(new)))
    elif old != new or type(old) is not type(new):
        yield at, new


class _FieldsText:
    """The fields of a record as text and as YAML nodes; an instance makes one change."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind, self.text = kind, text
        self.root: Any = yaml.compose(text, Loader=yaml.SafeLoader)

    def with_value(self, at: Path, value: Any) -> str:
        """The text with the value at the path; `_REMOVED` deletes the field."""
        parent, in_flow = self.root, False
        for step in at[:-1]:
            in_flow = in_flow or bool(parent.flow_style)
            parent = _child(parent, step)
        in_flow = in_flow or bool(parent.flow_style)
        current = _child(parent, at[-1])
        if value is _REMOVED:
            return self._removed(parent, str(at[-1]), in_flow)
        if current is None:
            return self._added(parent, at, value, in_flow)
        return self._replaced(parent, current, at, value, in_flow)

    def _replaced(self, parent: Any, current: Any, at: Path, value: Any, in_flow: bool) -> str:
        start, end = current.start_mark.index, self._end(current)
        block = bool(value) if isinstance(value, dict | list) else isinstance(value, str) and "\n" in value
        if block and not in_flow:
            if isinstance(parent, yaml.MappingNode):
                key = _key(parent, at[-1])
                start, column = key.start_mark.index, key.start_mark.column
                return self.text[:start] + _indented(write_part(self.kind, at, value), column) + self.text[end:]
            start, column = self.text.rindex("-", 0, start), parent.start_mark.column
            return self.text[:start] + _indented(write_part(self.kind, at, value), column) + self.text[end:]
        new = self._scalar(current, value, in_flow)
        if isinstance(parent, yaml.MappingNode) and not in_flow:  # `key:` without a value, or with a block below it
            start = self.text.index(":", _key(parent, at[-1]).end_mark.index) + 1
            gap = self.text[start : current.start_mark.index]
            new = (gap if gap.strip(" ") == "" and gap else " ") + new
        return self.text[:start] + new + self.text[end:]

    def _scalar(self, current: Any, value: Any, in_flow: bool) -> str:
        """A value on one line, in the quoting style of the old value if it reads the same."""
        if isinstance(value, str) and isinstance(current, yaml.ScalarNode):
            if current.style == "'" and value.isprintable():
                return "'" + value.replace("'", "''") + "'"
            if current.style == '"':
                return json.dumps(value, ensure_ascii=False)
            if current.style is None and needs_quotes(current.value) and _DATE_LIKE.fullmatch(value):
                return value  # a date stays unquoted, as the old one was
        return _one_line(value, in_flow)

    def _added(self, parent: Any, at: Path, value: Any, in_flow: bool) -> str:
        named = isinstance(parent, yaml.MappingNode)
        if in_flow:
            new = f"{at[-1]}: {_one_line(value, True)}" if named else _one_line(value, True)
            if not parent.value:
                close = parent.end_mark.index - 1
                return self.text[:close] + new + self.text[close:]
            end = self._end(parent.value[-1][1] if named else parent.value[-1])
            return f"{self.text[:end]}, {new}{self.text[end:]}"
        column = parent.start_mark.column
        end = self._line_end(self._insertion_point(parent, at) if named else self._end(parent.value[-1]))
        part = " " * column + _indented(write_part(self.kind, at, value), column)
        return f"{self.text[:end]}\n{part}\n" + self.text[end:].removeprefix("\n")

    def _insertion_point(self, parent: Any, at: Path) -> int:
        """The end of the last field before it in the schema, so that fields keep the usual order."""
        names = list(field_order(self.kind, at[:-1]))
        before = set(names[: names.index(str(at[-1]))])
        ends = [self._pair_end(pair) for pair in parent.value if pair[0].value in before]
        return max(ends or [self._pair_end(pair) for pair in parent.value])

    def _removed(self, parent: Any, name: str, in_flow: bool) -> str:
        n = next(n for n, (key, _) in enumerate(parent.value) if key.value == name)
        start, end = parent.value[n][0].start_mark.index, self._pair_end(parent.value[n])
        if in_flow and n + 1 < len(parent.value):
            return self.text[:start] + self.text[parent.value[n + 1][0].start_mark.index :]
        if in_flow:
            return self.text[: self._pair_end(parent.value[n - 1]) if n else start] + self.text[end:]
        rest = self.text[self._line_end(end) :].removeprefix("\n")
        line = self.text.rfind("\n", 0, start) + 1
        if self.text[line:start].strip():  # the first field of an item follows its dash
            return self.text[:start] + rest.lstrip(" ")
        return self.text[:line] + rest

    def _pair_end(self, pair: Any) -> int:
        return max(self._end(pair[1]), int(pair[0].end_mark.index) + 1)

    def _end(self, node: Any) -> int:
        """The index after the last character of a value; the end mark of a block includes the comments that follow it."""
        if isinstance(node, yaml.ScalarNode):
            start, end = int(node.start_mark.index), int(node.end_mark.index)
            return start + len(self.text[start:end].rstrip()) if node.style in ("|", ">") else end
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._pair_end(last) if isinstance(last, tuple) else self._end(last)

    def _line_end(self, at: int) -> int:
        """The end of a line, including its comment."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end


def _one_line(value: Any, in_flow: bool) -> str:
    match value:
        case str() if not needs_quotes(value) and not (in_flow and _FLOW_MARKS.search(value)):
            return value
        case dict():
            return "{" + ", ".join(f"{key}: {_one_line(item, True)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(_one_line(item, True) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(parent: Any, name: str | int) -> Any:
    return next(key for key, _ in parent.value if key.value == name)


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return node.value[step] if isinstance(step, int) and step < len(node.value) else None
    return next((value for key, value in node.value if key.value == step), None)


def _indented(lines: str, column: int) -> str:
    """All lines but the first indented by `column`; without the last line end."""
    first, *rest = lines.rstrip("\n").split("\n")
    return "\n".join([first, *(" " * column + line if line.strip() else line for line in rest)])
