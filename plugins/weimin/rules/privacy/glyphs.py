"""The Unicode forms of digits, letters and gaps: characters that readers take for a digit, and characters they do not see.

Names ending in `_SET` are the inside of a regular expression's character class.
"""

from __future__ import annotations

import re


def _ranges() -> dict[str, str]:
    digit_of: dict[str, str] = {}
    # ASCII, full-width, subscript and foreign rows of ten that begin with zero
    for zero in (0x30, 0xFF10, 0x2080, 0x0660, 0x06F0):
        digit_of |= {chr(zero + value): str(value) for value in range(10)}
    # circled, in brackets, with a full stop, negative: rows of nine that begin with one
    for one in (0x2460, 0x2474, 0x2488, 0x2776, 0x2780, 0x278A, 0x3220, 0x3280):
        digit_of |= {chr(one + value): str(value + 1) for value in range(9)}
    digit_of |= dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⓪", "01234567890", strict=True))
    digit_of |= dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
    digit_of |= dict(zip("幺壹贰叁肆伍陆柒捌玖", "1123456789", strict=True))
    return digit_of


DIGIT_OF = _ranges()
DIGIT_SET = "".join(DIGIT_OF)
X_SET = "XxＸｘ×ΧχХх✕✖"

INVISIBLE_SET = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
BLANK_SET = " \t\r\u00a0\u2000-\u200a\u202f\u205f\u3000"
# without comma, slash and colon: amounts (1,380,000), dossier numbers (CODE/2026-001) and times contain them
MARK_SET = r"\-‐‑‒–—―−－~～.．·•・‧∙_＿*`\\"
BRACKET_SET = r"()（）\[\]【】〔〕{}｛｝「」『』<>〈〉"
GAP_SET = BLANK_SET + MARK_SET + BRACKET_SET + INVISIBLE_SET

DIGIT = f"[{DIGIT_SET}]"
# at most one line break: text after an empty line is a different paragraph
GAP = rf"[{GAP_SET}]{{0,12}}+(?:\n[ \t>]{{0,12}}+)?"

LATIN_SET = "A-Za-zＡ-Ｚａ-ｚ"

# digits in the mathematical styles are replaced first: one character above U+FFFF in a class makes the engine 15 times slower
_STYLED = re.compile("[\U0001d7ce-\U0001d7ff]")
_PLAIN = {code: str((code - 0x1D7CE) % 10) for code in range(0x1D7CE, 0x1D800)}


def unstyle(text: str) -> str:
    """The text with mathematical digits as ASCII digits; every character keeps its position."""
    return text.translate(_PLAIN) if _STYLED.search(text) else text


_INVISIBLE = re.compile(f"[{INVISIBLE_SET}]+")


def without_invisible(text: str) -> str:
    """The text without characters that readers do not see."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """The text with digits as ASCII digits, full-width letters and signs as ASCII, and without invisible characters."""
    return "".join([_fold_one(char) for char in without_invisible(text)])


def _fold_one(char: str) -> str:
    if char in DIGIT_OF:
        return DIGIT_OF[char]
    return chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
