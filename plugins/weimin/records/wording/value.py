"""Violations of a value: wrong type, unknown choice, wrong form, out of range (S102, S103, S105, S106)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from weimin.model.quote import quoted
from weimin.records.fields import Node, pointer, types_of
from weimin.records.violation import SchemaError, Violation, example_line
from weimin.records.wording.choice import choices, suggest_choice
from weimin.records.wording.format import expected_format, suggest_count

_TYPE_NAMES = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "array": "列表（每条前面加“- ”）",
    "object": "下一级字段（每行一个，往里缩进）",
    "boolean": "true 或 false",
}


def _expected_types(node: Node) -> str:
    types = types_of(node)
    if "integer" in types or "number" in types:
        types = tuple(t for t in types if t not in ("string", "object")) or types
    elif len(types) > 1 and "^unpublished$" in str(node.get("pattern", "")):
        types = tuple(t for t in types if t != "string")
    return "或".join(_TYPE_NAMES[t] for t in types)


def _as_written(value: Any) -> str:
    match value:
        case None:
            return "只写了字段名，没有写内容"
        case bool():
            return f"写成了 {str(value).lower()}"
        case dict():
            return "写成了下一级字段"
        case list():
            return "写成了列表"
    return f"写成了{'' if isinstance(value, str) else '数字'}{quoted(value)}"


def describe_type(error: SchemaError) -> Iterator[Violation]:
    node, value = error.node or error.cause.schema, error.value
    if not error.path:
        shown = "是空的" if value is None else _as_written(value)
        form_required = "逐条写，每条前面加“- ”" if "array" in types_of(node) else "逐行写“字段名: 值”"
        yield error.violation("S102", f"{error.subject}{shown}，要{form_required}。", "照同类记录的样例写")
        return
    if isinstance(value, float) and not math.isfinite(value):
        yield error.violation(
            "S106", f"{error.subject}{_as_written(value)}，不是一个确定的数。", "改成确定的数字，没有数字的删掉这一行"
        )
        return
    hint = f"写上内容，或者删掉{error.deletion}" if value is None else f"改成 {_fixed(error, node)}"
    yield error.violation("S102", f"{error.subject}{_as_written(value)}，要写{_expected_types(node)}。", hint)


def _fixed(error: SchemaError, node: Node) -> str:
    """The same value with the right type if that can be worked out, otherwise an example."""
    types, value = types_of(node), error.value
    if "array" in types and isinstance(value, str | int | float) and not isinstance(value, bool):
        return error.line_with(f"[{value}]")
    if isinstance(value, str) and {"integer", "number"} & set(types) and (count := suggest_count(value)):
        return error.line_with(count)
    if isinstance(value, bool) and "string" in types and "object" not in types:
        return error.line_with(f'"{str(value).lower()}"')
    return f"{example_line(error.key, node)} 这样的写法"


def describe_choice(error: SchemaError) -> Iterator[Violation]:
    node, value = error.node, error.value
    if "enum" not in node:  # in a condition (`if`): one choice, or a list of them
        node = error.cause.schema
    near = suggest_choice(node, value)
    hint = f"改成 {error.line_with(near)}" if near else "从可选值里选一个"
    yield error.violation("S103", f"{error.subject}{_as_written(value)}，不在可选值内。可选：{choices(node)}。", hint)


def describe_constant(error: SchemaError) -> Iterator[Violation]:
    constant = error.cause.validator_value
    *parent, _ = error.path
    steps = list(error.cause.absolute_schema_path)
    if "dependentSchemas" in steps:
        trigger = str(steps[steps.index("dependentSchemas") + 1])
        why = f"写了{error.fields.name(parent, trigger)}，{error.subject}只能是 {constant}。"
        yield error.violation(
            "S103", why, f"有票数的删掉 {trigger} 这一行，由程序计算；没有的改成 {error.key}: {constant}"
        )
        return
    expected = json.dumps(constant, ensure_ascii=False)
    yield error.violation(
        "S103",
        f"{error.subject}{_as_written(error.value)}，只能写 {expected}。",
        f"改成 {error.line_with(expected)}，或者删掉{error.deletion}",
    )


def describe_exclusion(error: SchemaError) -> Iterator[Violation]:
    if isinstance(error.value, dict):
        total = error.fields.name(error.path, "total")
        message = f"{error.fields.describe(error.path)}各类都有数字，{total}由程序相加，不用写。"
        yield Violation("S104", pointer([*error.path, "total"]), message, "删掉 total 这一行")
        return
    yield error.violation(
        "S103",
        f"{error.subject}必须写明，不能写 unpublished。",
        f"改成 {example_line(error.key, error.node)} 这样的写法",
    )


def describe_format(error: SchemaError) -> Iterator[Violation]:
    node, value = error.node, error.value
    if not {"integer", "number", "array", "object"}.isdisjoint(types_of(node)):
        yield from describe_type(error)
        return
    why, hint = expected_format(str(node.get("x-def", "")), error.key, value)
    hint = hint or f"改成 {example_line(error.key, node)} 这样的写法"
    why = why or str(node.get("description", "")).rstrip("。")
    shown = _as_written(value) if value.strip() else "没有写内容"
    yield error.violation("S105", f"{error.subject}{shown}，{why}。", hint)


def describe_range(error: SchemaError) -> Iterator[Violation]:
    limit, unit = error.cause.validator_value, error.node.get("x-unit", "")
    unit = f" {unit}" if unit else ""
    expected = {
        "minimum": f"不能小于 {limit}{unit}",
        "maximum": f"不能大于 {limit}{unit}",
        "maxLength": f"最多 {limit} 个字",
        "minLength": f"最少 {limit} 个字",
        "maxItems": f"最多 {limit} 条",
        "minItems": f"最少 {limit} 条",
        "uniqueItems": "不能有重复的",
    }[str(error.cause.validator)]
    value = error.value
    if isinstance(value, str):
        shown = f"有 {len(value)} 个字" if "Length" in str(error.cause.validator) else _as_written(value)
    elif isinstance(value, list):
        shown = "有重复的条目" if error.cause.validator == "uniqueItems" else f"有 {len(value)} 条"
    else:
        shown = _as_written(value)
    yield error.violation("S106", f"{error.subject}{shown}，{expected}。", _range_hint(error))


def _range_hint(error: SchemaError) -> str:
    match error.cause.validator:
        case "maxLength":
            return "缩短这一项，详细情况写在正文里" if "x-body" in error.fields.schema else "缩短这一项"
        case "uniqueItems":
            return "删掉重复的条目"
        case "minItems":
            return f"改成 {example_line(error.key, error.node)} 这样的写法"
        case "maxItems":
            return "删掉多出的条目，或者分成几份记录"
    return "核对原始材料，改成实际的数字"
