"""Choices and field names: the allowed ones, and the one that was probably meant."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from weimin.model.quote import quoted
from weimin.records.fields import Fields, Node, Path

_DERIVED = {
    "id": "编号由文件夹和文件名决定",
    "no": "编号由文件夹和文件名决定",
    "number": "编号由文件夹和文件名决定",
    "编号": "编号由文件夹和文件名决定",
    "dossier": "属于哪个卷宗由所在的文件夹决定",
    "platform": "属于哪个平台由所在的文件夹决定",
    "code": "区划代码由所在的文件夹决定",
    "level": "层级由区划代码决定",
    "层级": "层级由区划代码决定",
    "kind": "种类由文件名决定",
    "type": "种类由文件名决定",
    "year": "年份由文件名决定",
    "date": "日期由文件名决定",
    "日期": "日期由文件名决定",
    "status": "状态由已有的记录推算",
    "状态": "状态由已有的记录推算",
    "stage": "阶段由已有的记录推算",
    "阶段": "阶段由已有的记录推算",
    "title": "标题由议题（topic.md）和记录的种类决定",
    "标题": "标题由议题（topic.md）和记录的种类决定",
    "rate": "满意率由票数计算",
    "satisfaction": "满意率由票数计算",
    "满意率": "满意率由票数计算",
}


def choices(node: Node) -> str:
    """meeting（会议协商）、survey（调研）…; a value that equals its label appears once."""
    labels = node.get("x-labels", {})
    return "、".join(v if labels.get(v, v) == v else f"{v}（{labels[v]}）" for v in node.get("enum", ()))


def suggest_choice(node: Node, value: Any) -> str:
    """The choice whose value or label equals or resembles the text; empty if none does."""
    labels: dict[str, str] = dict(node.get("x-labels", {}))
    text = str(value).strip()
    for choice, label in labels.items():
        if text.lower() == choice.lower() or text == label:
            return choice
    near = get_close_matches(text.lower(), labels, 1, 0.6)
    if near:
        return near[0]
    by_label = {label: choice for choice, label in labels.items()}
    near = get_close_matches(text, by_label, 1, 0.6)
    return by_label[near[0]] if near else ""


def allows_unpublished(node: Node) -> bool:
    """Whether the field may be `unpublished`: the fact exists and is not public."""
    if node.get("not") == {"const": "unpublished"}:
        return False
    if "enum" in node:
        return "unpublished" in node["enum"]
    return node.get("x-def") in ("text", "headline") or "unpublished" in str(node.get("pattern", ""))


def describe_unknown_field(fields: Fields, path: Path, key: str) -> tuple[str, str]:
    """Message and hint for a field that the schema does not define."""
    defined = fields.at(path).get("properties", {})
    where = fields.describe(path)
    by_title = {fields.resolved(node).get("title", ""): name for name, node in defined.items()}
    if key in by_title:
        return f"{where}字段名{quoted(key)}要用英文写。", f"把 {key} 改成 {by_title[key]}"
    if key in _DERIVED and not path:
        return f"{quoted(key)}不用写：{_DERIVED[key]}。", f"删掉 {key} 这一行"
    known = f"{where}没有{quoted(key)}这个字段" if where else f"{fields.schema['title']}里没有{quoted(key)}这个字段"
    near = get_close_matches(re.sub(r"[^a-z]+", "_", key.lower()), defined, 1, 0.6)
    if not near:
        titles = get_close_matches(key, by_title, 1, 0.6)
        near = [by_title[titles[0]]] if titles else []
    if near:
        return f"{known}，最接近的是{fields.name(path, near[0])}。", f"把 {key} 改成 {near[0]}，或者删掉这一行"
    return f"{known}。可以写：{'、'.join(fields.name(path, name) for name in defined)}。", f"删掉 {key} 这一行"
