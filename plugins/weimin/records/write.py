"""Record → canonical text: block style, fields in the order of the schema, quotes where any common reader needs them."""

from __future__ import annotations

import io
import math
import re
import textwrap
from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from msgspec import inspect
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from weimin.records.kinds import KINDS
from weimin.records.yaml.read import resolve

_WIDE = 1 << 30  # characters: so wide that no value is folded

_WORDS = re.compile(r"(?:y|n|yes|no|on|off|true|false|null|~|=|<<)", re.IGNORECASE)
_NUMBER_LIKE = re.compile(r"[-+.0-9][-+0-9._:,a-fA-FoOxX]*(?:[Tt ]?[0-9:.Zz+-]*)?|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_MARKS = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`=<~]|.*(?::\s|:$|\s#|\s$)|[a-z_]+ *(?:：|:(?!//))", re.DOTALL)
_UNEVEN = re.compile(r"\A\s|\n\Z|[ \t]+(?:\n|\Z)")

Order = dict[str, "Order"]


def write(kind: str, raw: Any, body: str = "") -> str:
    """The text of a record's file; reading it gives the same data and prose.

    `body` is for kinds with prose. Raises ValueError for a number that has no plain form in YAML 1.2 core.
    """
    row = KINDS[kind]
    fields = _dumped(_prepared(raw, _order_of(kind)))
    if not row.prose:
        return fields
    prose = body.strip("\n")
    return f"---\n{fields}---\n" + (f"\n{prose}\n" if prose else "")


def write_part(kind: str, at: Sequence[str | int], value: Any) -> str:
    """A field (`due: 2026-06-30`) or a list item (`- id: m2`) as `write` writes it, without indentation."""
    prepared = _prepared(value, field_order(kind, at))
    step = at[-1]
    if isinstance(step, int):
        return textwrap.dedent(_dumped(CommentedSeq([prepared])))
    name = DoubleQuotedScalarString(step) if needs_quotes(step) else step
    return _dumped(CommentedMap({name: prepared}))


def field_order(kind: str, at: Sequence[str | int]) -> Order:
    """The fields allowed at a path, in the order in which they are written, each with its subfields."""
    order = _order_of(kind)
    for step in at:
        if isinstance(step, str):
            order = order.get(step, {})
    return order


def needs_quotes(text: str) -> bool:
    """A reader of YAML 1.1 or 1.2 could read the text as something else."""
    return (
        resolve(text) is not text
        or bool(_WORDS.fullmatch(text) or _NUMBER_LIKE.fullmatch(text) or _MARKS.match(text))
        or not text.isprintable()
    )


def _prepared(value: Any, order: Order) -> Any:
    match value:
        case dict():
            rank = {name: n for n, name in enumerate(order)}
            out = CommentedMap()
            for key in sorted(value, key=lambda name: rank.get(name, len(rank))):
                name = DoubleQuotedScalarString(key) if needs_quotes(key) else key
                out[name] = _prepared(value[key], order.get(key, {}))
            return out
        case list() | tuple():
            return CommentedSeq(_prepared(item, order) for item in value)
        case str():
            return _text(value)
        case float() if resolve(repr(value)) != value or not math.isfinite(value):
            raise ValueError(value)
    return value


def _text(text: str) -> str:
    if "\n" in text and not _UNEVEN.search(text) and text.replace("\n", "").isprintable():
        return cast(str, LiteralScalarString(text))
    return cast(str, DoubleQuotedScalarString(text)) if needs_quotes(text) else text


def _dumped(value: Any) -> str:
    writer = YAML()
    writer.width = _WIDE
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.representer.add_representer(type(None), _nothing)
    out = io.StringIO()
    writer.dump(value, out)
    return out.getvalue()


def _nothing(representer: Any, _value: None) -> Any:
    return representer.represent_scalar("tag:yaml.org,2002:null", "null")


@cache
def _order_of(kind: str) -> Order:
    """The fields of the class of the kind, which are in the order of the schema; the source (`compiled_from`) is last."""
    cls = KINDS[kind].data
    if cls is None:
        raise ValueError(kind)
    order = _order(inspect.type_info(cls))
    if KINDS[kind].listed:
        order = order["items"]
    source = order.pop("compiled_from", None)
    return order if source is None else {**order, "compiled_from": source}


def _order(kind: inspect.Type) -> Order:
    match kind:
        case inspect.StructType():
            return {field.encode_name: _order(field.type) for field in kind.fields}
        case inspect.UnionType():
            found: Order = {}
            for option in kind.types:
                found |= _order(option)
            return found
        case inspect.VarTupleType() | inspect.ListType():
            return _order(kind.item_type)
    return {}
