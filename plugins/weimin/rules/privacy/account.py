"""P106 as well: WeChat and QQ accounts that a word before them announces. Public accounts and groups are allowed."""

from __future__ import annotations

import re

from weimin.rules.privacy.glyphs import DIGIT, DIGIT_SET, GAP_SET, INVISIBLE_SET, LATIN_SET, fold
from weimin.rules.privacy.hit import Hit
from weimin.rules.privacy.masking import mask_account
from weimin.rules.privacy.runs import DATE

_HIDE = rf"[{INVISIBLE_SET}]*+"
_WECHAT = rf"(?:[微VvＶｖ]{_HIDE}信|[VvＶｖ][XxＸｘ](?![A-Za-z])|[Ww][Ee][Cc][Hh][Aa][Tt])"
_QQ = rf"[QqＱｑ]{_HIDE}[QqＱｑ]"
_NOUN = rf"{_HIDE}(?:号码|账号|帐号|号|[Ii][Dd])"
_IS = r"[ \t]*(?:[:：]|是|为)"
_OPEN = rf"[ \t\u3000*`“\"'（(\[【〔{INVISIBLE_SET}]{{0,6}}(?:\n[ \t>]*)?"
_GAP = rf"[{GAP_SET}]{{0,3}}(?:\n[ \t>]*)?"
_NUMBER = rf"{DIGIT}(?:{_GAP}{DIGIT}){{4,10}}(?![{LATIN_SET}])"
_NAME = rf"[{LATIN_SET}](?:{_HIDE}[`]{{0,2}}[{LATIN_SET}{DIGIT_SET}_\-＿－]){{5,19}}"

# the noun or the colon is required: "微信 Windows 版" is no account, "微信公众号：…" and "QQ群：…" are public
_ACCOUNT = re.compile(
    rf"{_WECHAT}(?:{_NOUN}(?:{_IS})?|{_IS}){_OPEN}(?P<wechat>{_NAME}|{_NUMBER})"
    rf"|{_QQ}(?:{_NOUN})?(?:{_IS})?{_OPEN}(?P<qq>{_NUMBER})"
)


def account_at(text: str, start: int) -> Hit | None:
    """The account whose announcing word (微信, VX, QQ) begins at `start`, or None."""
    before = text[start - 1 : start]
    if text[start].isascii() and before.isascii() and before.isalpha():
        return None
    match = _ACCOUNT.match(text, start)
    if not match or DATE.match(text, match.start(match.lastgroup or 0)):
        return None
    span = match.span(match.lastgroup or 0)
    return Hit("P106", *span, mask_account(fold(text[span[0] : span[1]])))
