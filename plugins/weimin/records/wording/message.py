"""What does not fit a schema, in plain Chinese: the fact first, then a line to paste (S101 to S106)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from weimin.records.fault import Fault, Violation, example_line
from weimin.records.fields import Fields, pointer
from weimin.records.wording.choice import no_such_field, takes_unpublished
from weimin.records.wording.value import choice_told, constant_told, format_told, not_told, range_told, type_told

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

__all__ = ["Violation", "explain", "unwritable"]


def explain(fields: Fields, errors: Iterable[ValidationError], value: Any) -> tuple[Violation, ...]:
    """One violation for each place (and each missing field), the most telling one, in the order of the record."""
    best: dict[tuple[str, str], tuple[int, tuple[Any, ...], Violation]] = {}
    for error in errors:
        fault = Fault(fields, error, tuple(error.absolute_path), error.instance, value)
        rank, tell = _teller(fault)
        for violation in tell(fault):
            subject = violation.message if violation.code == "S101" else ""
            place = (violation.pointer, subject)
            if place not in best or rank < best[place][0]:
                best[place] = (rank, _order(value, violation.pointer), violation)
    return tuple(v for _, _, v in sorted(best.values(), key=lambda row: (row[1], row[2].code)))


def unwritable(value: Any) -> Violation:
    """For data that no file can hold: the first number that is none, or the first text with half a character in it."""
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
    """The place of a pointer in the record as it was written, field by field."""
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


def _missing(fault: Fault) -> Iterator[Violation]:
    for key in fault.error.validator_value:
        if key in fault.value:
            continue
        node = fault.fields.at([*fault.path, key])
        where = fault.fields.called(fault.path)
        hint = f"加一行 {example_line(key, node)}，换成实际内容"
        if fault.error.schema.get("required") == ["from"] and "opinion" in fault.node.get("properties", {}):
            hint += "；来自一条社情民意的，改写 opinion: 那条社情民意的引用"
        elif takes_unpublished(node):
            hint += f"；确有而没有公布的写 {key}: unpublished"
        yield fault.told("S101", f"{where}缺少{fault.fields.name(fault.path, key)}。", hint)


def _extra(fault: Fault) -> Iterator[Violation]:
    known = fault.error.schema.get("properties", {})
    for key in map(str, fault.value):
        if key not in known:
            message, hint = no_such_field(fault.fields, fault.path, key)
            yield Violation("S104", pointer([*fault.path, key]), message, hint)


def _misplaced(fault: Fault) -> Iterator[Violation]:
    """A field that goes with another kind of line than this one (`sent` with a meeting)."""
    key = str(fault.value)
    lines = fault.fields.at(fault.path).get("properties", {})
    kind = fault.fields.resolved(lines["kind"])["x-labels"][fault.holder["kind"]]
    rule = "、".join(fault.fields.name(fault.path, name) for name in fault.error.validator_value if name != "kind")
    yield Violation(
        "S104",
        pointer([*fault.path, key]),
        f"{fault.fields.called(fault.path)}是{kind}，不写{fault.fields.name(fault.path, key)}。",
        f"删掉 {key} 这一行" + (f"；{kind}可以写：{rule}" if rule else ""),
    )


def _false(fault: Fault) -> Iterator[Violation]:
    """A field that may not stand beside another one."""
    *parent, key = fault.path
    steps = list(fault.error.absolute_schema_path)
    if "dependentSchemas" in steps:
        trigger = str(steps[steps.index("dependentSchemas") + 1])
    else:
        trigger = fault.fields.followed(steps[: steps.index("then")])["if"]["required"][0]
    one, other = fault.fields.name(parent, str(key)), fault.fields.name(parent, trigger)
    yield fault.told("S104", f"{one}与{other}不能同时写。", f"删掉 {key} 这一行，或者删掉 {trigger} 这一行")


_Teller = tuple[int, Callable[[Fault], Iterator[Violation]]]
_TELLERS: dict[str, _Teller] = {
    "additionalProperties": (1, _extra),
    "required": (1, _missing),
    "type": (2, type_told),
    "enum": (3, choice_told),
    "const": (3, constant_told),
    "not": (4, not_told),
    "minimum": (5, range_told),
    "maximum": (5, range_told),
    "minLength": (5, range_told),
    "maxLength": (5, range_told),
    "minItems": (5, range_told),
    "maxItems": (5, range_told),
    "uniqueItems": (5, range_told),
    "pattern": (6, format_told),
}


def _teller(fault: Fault) -> _Teller:
    if "propertyNames" in fault.error.absolute_schema_path:
        return 1, _misplaced
    if fault.error.validator == "not" and not fault.error.validator_value:
        return 0, _false
    return _TELLERS[fault.error.validator]
