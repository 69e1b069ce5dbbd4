"""P102: mobile numbers. Landlines of offices, hotlines and service numbers are public and allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weimin.rules.privacy.hit import Hit
from weimin.rules.privacy.masking import mask_mobile
from weimin.rules.privacy.runs import Run, Window
from weimin.rules.privacy.text_context import TextContext

_MOBILE = re.compile(r"(?:0|86|0086|086)?(1[3-9]\d{9})")
_YEAR_IN_THE_MIDDLE = re.compile(r"\d{4}(?:19|20)\d{5}")


def find_mobiles(run: Run, context: TextContext) -> Iterator[Hit]:
    for window in run.windows(11, 12, 13, 14, 15):
        found = _MOBILE.fullmatch(window.digits)
        if not found or _is_something_else(window) or context.is_code(window.start, window.end):
            continue
        first = run.at[window.first + found.start(1)]
        yield Hit("P102", first, window.end, mask_mobile(found[1]))


def _is_something_else(window: Window) -> bool:
    if window.touches_date or window.is_list_of_numbers or window.is_broken_by_chance:
        return True
    groups = window.groups
    # 130102001-12 is a division code followed by a number, 1504-2026-001 a document number
    if groups == [9, 2] and "-" in window.gaps and window.digits[2] in "012":
        return True
    return (
        groups == [4, 4, 3]
        and set(window.gaps) <= {"", "-", " "}
        and bool(_YEAR_IN_THE_MIDDLE.fullmatch(window.digits))
    )
