"""Removes a text from one field of a record's file and leaves every other byte; and proves that of two given versions."""

from __future__ import annotations

import copy
from typing import Any

import yaml

from weimin.dossiers.corrections import set_value
from weimin.engine.history.redaction_notice import MARK
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.front_matter import split
from weimin.records.kinds import KINDS
from weimin.records.parse import Reader
from weimin.records.pointers import value_at

BODY = "/body"


class CannotRedact(Exception):
    """The text cannot be removed this way; the message gives the reason and the fix, in Chinese, never the text."""


def text_at(record: Record, field: str) -> str | None:
    """The text at a field; None where there is none, or where the value is no text."""
    value = record.body if field == BODY else value_at(record.raw, field)
    return value if isinstance(value, str) and value else None


def masked(value: str, secret: str) -> str:
    """The value with the mark in place of the secret."""
    return value.replace(secret, MARK)


def redacted_file(reader: Reader, place: Place, data: bytes, field: str, secret: str) -> bytes:
    """The file with the mark in place of the secret in one field, every other byte unchanged. Raises CannotRedact."""
    record = reader.parse(place, data)[0]
    value = text_at(record, field) if record is not None else None
    if record is None or value is None or secret not in value:
        raise CannotRedact(f"“{place.path}”的“{field}”里没有要脱去的文字。")
    text = data.decode("utf-8")
    start, end = _span(place, text, field, record)
    inside = text[start:end]
    new = masked(value, secret)
    candidates = [inside.replace(secret, MARK)] if secret in inside else []
    if field != BODY:
        candidates.append(_quoted(new) + ("\n" if inside.endswith("\n") else ""))
    for candidate in candidates:
        content = (text[:start] + candidate + text[end:]).encode()
        after = reader.parse(place, content)[0]
        if after is not None and text_at(after, field) == new and equal_except(record, after, field):
            return content
    raise CannotRedact(
        f"把“{place.path}”的“{field}”换成“{MARK}”以后，这份记录就不合要求了（多半这一项不是文字）。"
        "改法：这一项不能整个换掉，用 --text-file 只写要脱去的几个字，或者换一个字段。"
    )


def equal_except(before: Record, after: Record, field: str) -> bool:
    """Whether two versions are equal in all other fields."""
    if field == BODY:
        return bool(before.raw == after.raw)
    a, b = copy.deepcopy(before.raw), copy.deepcopy(after.raw)
    return set_value(a, field, "") and set_value(b, field, "") and bool(a == b) and before.body == after.body


def differs_only_by_masks(reader: Reader, place: Place, before: bytes, after: bytes, fields: tuple[str, ...]) -> bool:
    """Whether the later bytes are the earlier ones with text of these fields, and of no other, replaced by the mark."""
    earlier, later = reader.parse(place, before)[0], reader.parse(place, after)[0]
    if earlier is None or later is None or MARK.encode() not in after:
        return False
    for field in fields:
        old, new = text_at(earlier, field), text_at(later, field)
        if old is None or new is None:
            return False
        if old != new and (MARK not in new or not _matches_masked(old, new)):
            return False
    a, b = copy.deepcopy(earlier.raw), copy.deepcopy(later.raw)
    for field in fields:
        if field != BODY and not (set_value(a, field, "") and set_value(b, field, "")):
            return False
    return bool(a == b) and (BODY in fields or earlier.body == later.body)


def _matches_masked(old: str, new: str) -> bool:
    """Whether the parts around the marks occur in the old text in this order, the first at its start, the last at its end."""
    first, *between, last = new.split(MARK)
    if not old.startswith(first) or not old.endswith(last) or len(first) + len(last) > len(old):
        return False
    at, end = len(first), len(old) - len(last)
    for part in between:
        position = old.find(part, at, end)
        if position < 0:
            return False
        at = position + len(part)
    return True


def _span(place: Place, text: str, field: str, record: Record) -> tuple[int, int]:
    """Start and end of the value of a field in the text of a file, as written there."""
    row = KINDS[place.kind]
    parts = split(text, place.path) if row.prose else None
    if field == BODY:
        start = text.rindex(record.body)
        return start, start + len(record.body)
    fields = getattr(parts, "fields", text)
    offset = len(text) - len(text.partition("\n")[2]) if row.prose else 0
    node: Any = yaml.compose(fields, Loader=yaml.SafeLoader)
    for key in field.split("/")[1:]:
        name = key.replace("~1", "/").replace("~0", "~")
        if isinstance(node, yaml.SequenceNode):
            node = node.value[int(name)]
        else:
            node = next(value for k, value in node.value if k.value == name)
    return offset + node.start_mark.index, offset + node.end_mark.index


def _quoted(text: str) -> str:
    """The value as a double-quoted scalar, which reads the same in a block and within brackets."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
