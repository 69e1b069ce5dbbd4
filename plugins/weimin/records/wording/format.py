"""Texts that do not have their form (S105): what is required, and the corrected text if it can be worked out."""

from __future__ import annotations

import re

from weimin.records.suggest import (
    calendar_error,
    plain,
    suggest_code,
    suggest_count,
    suggest_date,
    suggest_doc_no,
    suggest_url,
)

__all__ = ["expected_format", "suggest_count"]

_DATES = ("date", "known_date", "day", "decision_date")


def expected_format(definition: str, key: str, value: str) -> tuple[str, str]:
    """The required form and the line to paste; empty if the description and example of the schema are the best message."""
    if not value.strip():
        return "要写上内容，没有的删掉这一行", f"写上内容，或者删掉{f' {key} 这一行' if key else '这一条'}"
    if definition in _DATES:
        return _date(definition, key, value)
    if definition in ("text", "words", "title", "headline"):
        return _text(key, value)
    if definition == "doc_no":
        return "要写成 机关代字〔2026〕1号", _line(key, suggest_doc_no(value))
    if definition == "code":
        return "要写 6 位、9 位或 12 位数字的区划代码", _line(key, suggest_code(value), '"')
    if definition in ("url", "link"):
        return _url(key, value)
    if definition.endswith("_id"):
        return _id(definition, key, value)
    if definition in ("ref", "clause", "item_id"):
        return "", _line(key, plain(value)) if plain(value) != value and plain(value).isascii() else ""
    return "", ""


def _line(key: str, value: str, quote: str = "") -> str:
    label = f"{key}: " if key else ""
    return f"改成 {label}{quote}{value}{quote}" if value else ""


def _date(definition: str, key: str, value: str) -> tuple[str, str]:
    if missing := calendar_error(value):
        return missing, "核对原始材料，改成实际的日期"
    suggested = suggest_date(value)
    if definition == "day" and suggested:
        return "要写到哪一天", "" if len(suggested) < 10 else _line(key, suggested)
    if suggested:
        return f"要写成 {suggested}", _line(key, suggested)
    if definition == "decision_date":
        return "要写成 2026-03-01 这样的日期，还没有定的写 pending", ""
    return "要写成 2026-03-01、2026-03、2026-Q1、2026-H1 或 2026 这样的日期", ""


def _text(key: str, value: str) -> tuple[str, str]:
    one_line = " ".join(value.split())
    if "\n" in value.strip():
        return "只能写一行", _line(key, one_line) if len(one_line) <= 40 else "合成一行，详细情况写在正文里"
    if value != value.strip():
        return "首尾不能有空格或换行", _line(key, one_line) if len(one_line) <= 40 else "删掉首尾的空格和换行"
    return "里面有看不见的字符", "把这一项重新输入一遍"


def _url(key: str, value: str) -> tuple[str, str]:
    if re.match(r"https?://[^/]*@", value):
        return "网址里不能带用户名和密码", _line(key, re.sub(r"//[^/]*@", "//", value))
    if not value.isascii() or " " in value:
        return "网址里不能有汉字和空格", "从浏览器的地址栏重新复制网址"
    return "要写以 https:// 或 http:// 开头的网址", _line(key, suggest_url(value))


def _id(definition: str, key: str, value: str) -> tuple[str, str]:
    letter = definition[0]
    digits = re.search(r"[1-9][0-9]{0,3}", plain(value))
    return f"编号要写成 {letter}1 这样，{letter} 加数字", _line(key, f"{letter}{digits[0]}") if digits else ""
