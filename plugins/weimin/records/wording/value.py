"""A value that is of another type, no choice, not in its form or out of range: S102, S103, S105, S106."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from weimin.records.fault import Fault, Violation, example_line
from weimin.records.fields import Node, pointer, types_of
from weimin.records.quote import quoted
from weimin.records.wording import format as form
from weimin.records.wording.choice import choices, value_meant

_WANTED = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "array": "列表（每条前面加“- ”）",
    "object": "下一级字段（每行一个，往里缩进）",
    "boolean": "true 或 false",
}


def _wanted(node: Node) -> str:
    types = types_of(node)
    if "integer" in types or "number" in types:
        types = tuple(t for t in types if t not in ("string", "object")) or types
    elif len(types) > 1 and "^unpublished$" in str(node.get("pattern", "")):
        types = tuple(t for t in types if t != "string")
    return "或".join(_WANTED[t] for t in types)


def _shown(value: Any) -> str:
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


def type_told(fault: Fault) -> Iterator[Violation]:
    node, value = fault.node or fault.error.schema, fault.value
    if not fault.path:
        shown = "是空的" if value is None else _shown(value)
        form_wanted = "逐条写，每条前面加“- ”" if "array" in types_of(node) else "逐行写“字段名: 值”"
        yield fault.told("S102", f"{fault.who}{shown}，要{form_wanted}。", "照同类记录的样例写")
        return
    if isinstance(value, float) and not math.isfinite(value):
        yield fault.told(
            "S106", f"{fault.who}{_shown(value)}，不是一个确定的数。", "改成确定的数字，没有数字的删掉这一行"
        )
        return
    hint = f"写上内容，或者删掉{fault.row}" if value is None else f"改成 {_fixed(fault, node)}"
    yield fault.told("S102", f"{fault.who}{_shown(value)}，要写{_wanted(node)}。", hint)


def _fixed(fault: Fault, node: Node) -> str:
    """The same value in the right type where that can be made out, else an example."""
    types, value = types_of(node), fault.value
    if "array" in types and isinstance(value, str | int | float) and not isinstance(value, bool):
        return fault.put(f"[{value}]")
    if isinstance(value, str) and {"integer", "number"} & set(types) and (count := form.count_meant(value)):
        return fault.put(count)
    if isinstance(value, bool) and "string" in types and "object" not in types:
        return fault.put(f'"{str(value).lower()}"')
    return f"{example_line(fault.key, node)} 这样的写法"


def choice_told(fault: Fault) -> Iterator[Violation]:
    node, value = fault.node, fault.value
    if "enum" not in node:  # behind an `if`: one choice, or a list of them
        node = fault.error.schema
    near = value_meant(node, value)
    hint = f"改成 {fault.put(near)}" if near else "从可选值里选一个"
    yield fault.told("S103", f"{fault.who}{_shown(value)}，不在可选值内。可选：{choices(node)}。", hint)


def constant_told(fault: Fault) -> Iterator[Violation]:
    wanted = fault.error.validator_value
    *parent, _ = fault.path
    steps = list(fault.error.absolute_schema_path)
    if "dependentSchemas" in steps:
        trigger = str(steps[steps.index("dependentSchemas") + 1])
        why = f"写了{fault.fields.name(parent, trigger)}，{fault.who}只能是 {wanted}。"
        yield fault.told("S103", why, f"有票数的删掉 {trigger} 这一行，由程序计算；没有的改成 {fault.key}: {wanted}")
        return
    said = json.dumps(wanted, ensure_ascii=False)
    yield fault.told(
        "S103", f"{fault.who}{_shown(fault.value)}，只能写 {said}。", f"改成 {fault.put(said)}，或者删掉{fault.row}"
    )


def not_told(fault: Fault) -> Iterator[Violation]:
    if isinstance(fault.value, dict):
        total = fault.fields.name(fault.path, "total")
        message = f"{fault.fields.called(fault.path)}各类都有数字，{total}由程序相加，不用写。"
        yield Violation("S104", pointer([*fault.path, "total"]), message, "删掉 total 这一行")
        return
    yield fault.told(
        "S103", f"{fault.who}必须写明，不能写 unpublished。", f"改成 {example_line(fault.key, fault.node)} 这样的写法"
    )


def format_told(fault: Fault) -> Iterator[Violation]:
    node, value = fault.node, fault.value
    if not {"integer", "number", "array", "object"}.isdisjoint(types_of(node)):
        yield from type_told(fault)
        return
    why, hint = form.format_told(str(node.get("x-def", "")), fault.key, value)
    hint = hint or f"改成 {example_line(fault.key, node)} 这样的写法"
    why = why or str(node.get("description", "")).rstrip("。")
    shown = _shown(value) if value.strip() else "没有写内容"
    yield fault.told("S105", f"{fault.who}{shown}，{why}。", hint)


def range_told(fault: Fault) -> Iterator[Violation]:
    limit, unit = fault.error.validator_value, fault.node.get("x-unit", "")
    unit = f" {unit}" if unit else ""
    said = {
        "minimum": f"不能小于 {limit}{unit}",
        "maximum": f"不能大于 {limit}{unit}",
        "maxLength": f"最多 {limit} 个字",
        "minLength": f"最少 {limit} 个字",
        "maxItems": f"最多 {limit} 条",
        "minItems": f"最少 {limit} 条",
        "uniqueItems": "不能有重复的",
    }[str(fault.error.validator)]
    value = fault.value
    if isinstance(value, str):
        shown = f"有 {len(value)} 个字" if "Length" in str(fault.error.validator) else _shown(value)
    elif isinstance(value, list):
        shown = "有重复的条目" if fault.error.validator == "uniqueItems" else f"有 {len(value)} 条"
    else:
        shown = _shown(value)
    yield fault.told("S106", f"{fault.who}{shown}，{said}。", _range_hint(fault))


def _range_hint(fault: Fault) -> str:
    match fault.error.validator:
        case "maxLength":
            return "缩短这一项，详细情况写在正文里" if "x-body" in fault.fields.schema else "缩短这一项"
        case "uniqueItems":
            return "删掉重复的条目"
        case "minItems":
            return f"改成 {example_line(fault.key, fault.node)} 这样的写法"
        case "maxItems":
            return "删掉多出的条目，或者分成几份记录"
    return "核对原始材料，改成实际的数字"
