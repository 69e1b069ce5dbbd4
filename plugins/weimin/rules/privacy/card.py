"""P103: bank cards, 16 to 19 digits with an issuer's prefix and a Luhn check digit; unified credit codes are allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weimin.rules.privacy.hit import Hit
from weimin.rules.privacy.masking import mask_card
from weimin.rules.privacy.runs import Run, Window
from weimin.rules.privacy.text_context import TextContext

# UnionPay, and the older number ranges of Chinese banks
_CHINESE = re.compile(r"(?:62|81[0-7]|60[13]|6029|955[89])\d+")
# a tenth of all numbers begins like Visa, Mastercard or JCB: for those, words about a bank must precede
_FOREIGN = re.compile(r"(?:4\d|5[1-5]|2[2-7]|35)\d{14}|4\d{18}")
# 2026-620102-15-08-818507 is the national code of an investment project; counties have 6 digits, townships 9, villages 12
_CODES = frozenset({(6, 2, 2, 6), (9, 9), (6, 12), (12, 6)})
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def find_cards(run: Run, context: TextContext) -> Iterator[Hit]:
    for window in run.windows(19, 18, 17, 16):
        if _is_card(window, context) and not context.is_code(window.start, window.end):
            yield Hit("P103", window.start, window.end, mask_card(window.digits))


def _is_card(window: Window, context: TextContext) -> bool:
    digits = window.digits
    if not digits.isdigit() or not is_luhn(digits) or (is_credit_code(digits) and not digits.startswith("62")):
        return False
    if window.touches_date or window.is_list_of_numbers or window.is_broken_by_chance:
        return False
    if context.speaks_of_bank(window.start):
        return bool(_CHINESE.match(digits) or _FOREIGN.fullmatch(digits))
    return bool(_CHINESE.match(digits)) and tuple(window.groups) not in _CODES


def is_luhn(digits: str) -> bool:
    plain = sum(int(digit) for digit in digits[-1::-2])
    return (plain + sum(_DOUBLED[int(digit)] for digit in digits[-2::-2])) % 10 == 0


def is_credit_code(code: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码 with a valid check character (GB 32100)."""
    if len(code) != 18 or not set(code) <= set(_CREDIT_ALPHABET):
        return False
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return _CREDIT_ALPHABET[-total % 31] == code[17]
