"""The public notice of a redaction: a news record that people read and that an audit compares with the rewritten history."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from weimin.model.place import Place

_LINE = re.compile(r"- ([^：\n]{1,8})：(.+)")
_NAMES = ("记录", "字段", "理由", "批准单位", "改写前的提交", "改写后的提交", "加盐摘要", "日志叶子")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_NONE = "无"
STEM = "redaction-"
MARK = "［已脱敏］"
"""Shown in a redacted text in place of what was removed."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """`before` and `after`: the head of the main branch before and after the rewriting. `leaves`: leaves of the log whose salts
    are destroyed. `digest`: salted SHA-256 of the removed text; the salt was given to the operator or destroyed.
    """

    path: str
    field: str
    reason: str
    approved_by: str
    before: str
    after: str
    digest: str
    leaves: tuple[int, ...] = ()

    @property
    def body(self) -> str:
        leaves = "、".join(str(n) for n in self.leaves) or _NONE
        values = (self.path, self.field, self.reason, self.approved_by, self.before, self.after, self.digest, leaves)
        fields = "\n".join(f"- {name}：`{value}`" for name, value in zip(_NAMES, values, strict=True))
        return (
            "下面这份记录里曾有不该公开的个人信息。它已从记录和 Git 历史里去掉，换成“［已脱敏］”；"
            "去掉的内容不在任何地方再写出。\n\n"
            f"{fields}\n\n"
            "除此以外，主分支每一步的每一份文件都与改写前逐字节相同。留有旧历史的人，"
            "可以用 `weimin audit --checkpoint` 加上改写前的提交，逐步比较。\n"
        )

    def text(self, on: date) -> str:
        """The complete file of the news record."""
        return f"---\ntitle: 个人信息脱敏公告\ndate: {on.isoformat()}\n---\n\n{self.body}"


def parse_notice(body: str) -> Notice | None:
    """The notice that a body states; None for any body that `Notice.body` would not produce exactly."""
    rows = {m[1]: m[2] for line in body.split("\n") if (m := _LINE.fullmatch(line))}
    values = [rows.get(name, "").strip("`") for name in _NAMES]
    if not all(values) or not _COMMIT.fullmatch(values[4]) or not _COMMIT.fullmatch(values[5]):
        return None
    leaves = () if values[7] == _NONE else tuple(int(n) for n in values[7].split("、") if n.isdigit())
    notice = Notice(
        path=values[0],
        field=values[1],
        reason=values[2],
        approved_by=values[3],
        before=values[4],
        after=values[5],
        digest=values[6],
        leaves=leaves,
    )
    return notice if notice.body.strip() == body.strip() else None


def is_notice(place: Place) -> bool:
    return place.kind == "news" and place.stem.startswith(STEM)
