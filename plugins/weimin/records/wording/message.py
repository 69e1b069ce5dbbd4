"""Violations of a schema as messages in Chinese: the fact, then a line to paste (S101 to S106)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from weimin.records.fields import Fields, pointer
from weimin.records.violation import SchemaError, Violation, example_line
from weimin.records.wording.choice import allows_unpublished, describe_unknown_field
from weimin.records.wording.value import (
    describe_choice,
    describe_constant,
    describe_exclusion,
    describe_format,
    describe_range,
    describe_type,
)

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

__all__ = ["Violation", "describe_unwritable", "explain"]


def explain(fields: Fields, errors: Iterable[ValidationError], value: Any) -> tuple[Violation, ...]:
    """One violation for each place and each missing field, the one with the lowest rank, in the order of the record."""
    best: dict[tuple[str, str], tuple[int, tuple[Any, ...], Violation]] = {}
    for cause in errors:
        error = SchemaError(fields, cause, tuple(cause.absolute_path), cause.instance, value)
        rank, describe = _describer(error)
        for violation in describe(error):
            subject = violation.message if violation.code == "S101" else ""
            place = (violation.pointer, subject)
            if place not in best or rank < best[place][0]:
                best[place] = (rank, _order(value, violation.pointer), violation)
    return tuple(v for _, _, v in sorted(best.values(), key=lambda row: (row[1], row[2].code)))


def describe_unwritable(value: Any) -> Violation:
    """For data that no file can contain: the first number that is not finite, or the first text with an unpaired surrogate."""
    for path, leaf in _leaves(value, ()):
        if isinstance(leaf, float) and not math.isfinite(leaf):
            return Violation("S106", pointer(path), "这里的数字不是一个确定的数。", "改成确定的数字")
        if isinstance(leaf, str) and any("\ud800" <= c <= "\udfff" for c in leaf):
            return Violation("S105", pointer(path), "这里有一个残缺的字符，不能保存。", "删掉这个字符，重新输入")
    return Violation("S102", "", "这份记录里有不能保存的内容。", "照同类记录的样例重新写")


def _leaves(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict | list):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(item, (*path, step))
    else:
        yield path, value


def _order(value: Any, where: str) -> tuple[int, ...]:
    """The position of a pointer in the record as written: the index of each step."""
    order: list[int] = []
    for step in where.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            order.append(list(value).index(key))
            value = value[key]
        elif isinstance(value, list) and key.isdecimal():
            order.append(int(key))
            value = value[int(key)]
    return tuple(order)


def _missing(error: SchemaError) -> Iterator[Violation]:
    for key in error.cause.validator_value:
        if key in error.value:
            continue
        node = error.fields.at([*error.path, key])
        where = error.fields.describe(error.path)
        hint = f"加一行 {example_line(key, node)}，换成实际内容"
        if error.cause.schema.get("required") == ["from"] and "opinion" in error.node.get("properties", {}):
            hint += "；来自一条社情民意的，改写 opinion: 那条社情民意的引用"
        elif allows_unpublished(node):
            hint += f"；确有而没有公布的写 {key}: unpublished"
        yield error.violation("S101", f"{where}缺少{error.fields.name(error.path, key)}。", hint)


def _extra(error: SchemaError) -> Iterator[Violation]:
    known = error.cause.schema.get("properties", {})
    for key in map(str, error.value):
        if key not in known:
            message, hint = describe_unknown_field(error.fields, error.path, key)
            yield Violation("S104", pointer([*error.path, key]), message, hint)


def _misplaced(error: SchemaError) -> Iterator[Violation]:
    """A field of another kind of list item (`sent` in a meeting)."""
    key = str(error.value)
    lines = error.fields.at(error.path).get("properties", {})
    kind = error.fields.resolved(lines["kind"])["x-labels"][error.container["kind"]]
    rule = "、".join(error.fields.name(error.path, name) for name in error.cause.validator_value if name != "kind")
    yield Violation(
        "S104",
        pointer([*error.path, key]),
        f"{error.fields.describe(error.path)}是{kind}，不写{error.fields.name(error.path, key)}。",
        f"删掉 {key} 这一行" + (f"；{kind}可以写：{rule}" if rule else ""),
    )


def _false(error: SchemaError) -> Iterator[Violation]:
    """A field that excludes another one."""
    *parent, key = error.path
    steps = list(error.cause.absolute_schema_path)
    if "dependentSchemas" in steps:
        trigger = str(steps[steps.index("dependentSchemas") + 1])
    else:
        trigger = error.fields.follow(steps[: steps.index("then")])["if"]["required"][0]
    one, other = error.fields.name(parent, str(key)), error.fields.name(parent, trigger)
    yield error.violation("S104", f"{one}与{other}不能同时写。", f"删掉 {key} 这一行，或者删掉 {trigger} 这一行")


_Describer = tuple[int, Callable[[SchemaError], Iterator[Violation]]]
_DESCRIBERS: dict[str, _Describer] = {
    "additionalProperties": (1, _extra),
    "required": (1, _missing),
    "type": (2, describe_type),
    "enum": (3, describe_choice),
    "const": (3, describe_constant),
    "not": (4, describe_exclusion),
    "minimum": (5, describe_range),
    "maximum": (5, describe_range),
    "minLength": (5, describe_range),
    "maxLength": (5, describe_range),
    "minItems": (5, describe_range),
    "maxItems": (5, describe_range),
    "uniqueItems": (5, describe_range),
    "pattern": (6, describe_format),
}


def _describer(error: SchemaError) -> _Describer:
    if "propertyNames" in error.cause.absolute_schema_path:
        return 1, _misplaced
    if error.cause.validator == "not" and not error.cause.validator_value:
        return 0, _false
    return _DESCRIBERS[error.cause.validator]
