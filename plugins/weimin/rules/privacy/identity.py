"""P101: identity numbers of 18 digits with region, birth date and check digit (GB 11643), or of 15 without check digit."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.rules.privacy.hit import Hit
from weimin.rules.privacy.masking import mask_identity
from weimin.rules.privacy.runs import Run, Window

# the two digits of the provinces in GB/T 2260, with Taiwan, Hong Kong, Macao and the residence permits of 81 to 83
_PROVINCES = frozenset(
    {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46}
    | {50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# numbers of 15 digits were issued until 1999; a year below 20 is the middle of a division code (321302100201-001)
_OLDEST_SHORT_YEAR = 20


def find_identities(run: Run) -> Iterator[Hit]:
    for window in run.windows(18):
        if is_identity(window.digits):
            yield Hit("P101", window.start, window.end, mask_identity(window.digits))


def find_short_identities(run: Run) -> Iterator[Hit]:
    """Numbers of 15 digits. They have no check digit, so detectors with one go first."""
    for window in run.windows(15):
        if _is_short(window):
            yield Hit("P101", window.start, window.end, mask_identity(window.digits))


def is_identity(digits: str) -> bool:
    """Whether 18 characters are an identity number: province, day of birth and check digit are valid."""
    if not digits[:17].isdigit() or int(digits[:2]) not in _PROVINCES or digits[6:8] not in ("19", "20"):
        return False
    return _is_day(digits[10:12], digits[12:14]) and check_digit(digits) == digits[17]


def check_digit(digits: str) -> str:
    """The check digit (MOD 11-2) of the first 17 digits."""
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11]


def _is_short(window: Window) -> bool:
    digits = window.digits
    if not digits.isdigit() or int(digits[:2]) not in _PROVINCES or int(digits[6:8]) < _OLDEST_SHORT_YEAR:
        return False
    if window.touches_date or window.is_list_of_numbers or window.is_broken_by_chance:
        return False
    groups = window.groups
    # 321302250101-001 is a village and a number, 321311 620102233 are a county and a township
    if groups == [12, 3] and "-" in window.gaps:
        return False
    if groups == [6, 9] and " " in window.gaps and int(digits[6:8]) in _PROVINCES:
        return False
    return digits[12:] != "000" and _is_day(digits[8:10], digits[10:12])


def _is_day(month: str, day: str) -> bool:
    return "01" <= month <= "12" and 1 <= int(day) <= _DAYS[int(month) - 1]
