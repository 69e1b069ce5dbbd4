"""Clause anchors of the implementation plan as people cite them."""

from __future__ import annotations

_NUMBERS = "零一二三四五六七八九十"
_DEEPEST = 3


def format_clause(anchor: str) -> str:
    """`3.3.4` → 三（三）4; `2.1` → 二1; an anchor that is not a number is returned unchanged."""
    parts = anchor.split(".")
    if not all(p.isdigit() and 0 < int(p) < len(_NUMBERS) for p in parts) or len(parts) > _DEEPEST:
        return anchor
    words = _NUMBERS[int(parts[0])]
    if len(parts) == _DEEPEST:
        words += f"（{_NUMBERS[int(parts[1])]}）"
    return words + parts[-1] if len(parts) > 1 else words
