"""The result of a detector: a code, a range of the text, and the masked value."""

from __future__ import annotations

import msgspec


class Hit(msgspec.Struct, frozen=True):
    """Personal data at `text[start:end]`. `masked`: the form that may be printed; the value itself never leaves the text."""

    code: str
    start: int
    end: int
    masked: str


class Wording(msgspec.Struct, frozen=True):
    """The Chinese texts of a code: what was found, and the fix, with a placeholder `{masked}`."""

    noun: str
    fix: str


WORDING = {
    "P101": Wording("身份证号码", "改成 {masked}，或者删去"),
    "P102": Wording("个人电话号码", "改成 {masked}，或者删去；公开的办公电话、热线可以写"),
    "P103": Wording("银行卡号", "改成 {masked}，或者删去"),
    "P105": Wording("车牌号", "改成 {masked}，或者删去"),
    "P106": Wording("个人邮箱或社交账号", "改成 {masked}，或者删去；单位的 gov.cn、政务 邮箱可以写"),
    "P107": Wording("门牌号", "删去门牌，住址只写到乡镇、街道或村居"),
}
