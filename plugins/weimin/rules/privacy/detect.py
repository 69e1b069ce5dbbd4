"""All detectors in one pass over a text: a cheap expression finds candidates, and the detectors examine only those."""

from __future__ import annotations

import re
from bisect import bisect_left

from weimin.rules.privacy.account import account_at
from weimin.rules.privacy.card import find_cards
from weimin.rules.privacy.glyphs import DIGIT, DIGIT_SET, GAP, GAP_SET, INVISIBLE_SET, unstyle
from weimin.rules.privacy.hit import Hit
from weimin.rules.privacy.house_number import NUMBERED_SET, house_near
from weimin.rules.privacy.identity import find_identities, find_short_identities
from weimin.rules.privacy.mail import mail_at
from weimin.rules.privacy.phone import find_mobiles
from weimin.rules.privacy.plate import HEADS, plate_at
from weimin.rules.privacy.runs import RUN, SHORTEST, Run
from weimin.rules.privacy.text_context import TextContext

_LEVEL_SET = "幢栋单号组弄座"
_HIDE = f"[{INVISIBLE_SET}]*+"
# first one character of a set, to which the regex engine can skip quickly, then a condition for that character
_CANDIDATE = re.compile(
    rf"[{DIGIT_SET}@＠\[(（【{{{HEADS}微QqＱｑVvＶｖWw{_LEVEL_SET}]"
    rf"(?:(?<={DIGIT})(?<!{DIGIT}{DIGIT})(?:{GAP}{DIGIT}){{{SHORTEST - 1}}}"
    rf"|(?<=[{HEADS}])[ \u3000·•`*()（）\[\]【】{INVISIBLE_SET}\-]{{0,4}}+\n?[ >]*+[A-Za-zＡ-Ｚａ-ｚ]"
    rf"|(?<=[{_LEVEL_SET}])(?:{_HIDE}[元楼])?[{GAP_SET}，,]{{0,6}}+(?:\n[ \t>]*+)?[{NUMBERED_SET}]"
    rf"|(?<=[@＠])|(?<=[\[(（【{{])[ ]?(?:at|AT)[ ]?[\])）】}}]"
    rf"|(?<=[微VvＶｖ])(?:{_HIDE}信|[XxＸｘ])|(?<=[QqＱｑ]){_HIDE}[QqＱｑ]|(?<=[Ww])[Ee][Cc]hat)"
)
# the length of the most common long number; the only personal number as long is a mobile number after a 0
_DIVISION_CODE = 12
_DIGITS = frozenset(DIGIT_SET)
_HEADS = frozenset(HEADS)
_LEVELS = frozenset(_LEVEL_SET)
_SIGNS = frozenset("@＠[(（【{")


def find_hits(text: str) -> list[Hit]:
    """All personal data in a text, from left to right, without overlaps."""
    text = unstyle(text)
    hits: list[Hit] = []
    context = TextContext(text)
    candidate = _CANDIDATE.search(text)
    while candidate:
        start, after = candidate.start(), candidate.start() + 1
        if text[start] in _DIGITS:
            numbers, after = _numbers_at(text, start, context)
            hits += numbers
        elif hit := _single_at(text, start):
            hits.append(hit)
            after = max(after, hit.end)
        candidate = _CANDIDATE.search(text, after)
    return _without_overlaps(hits)


def _numbers_at(text: str, start: int, context: TextContext) -> tuple[list[Hit], int]:
    match = RUN.match(text, start)
    if not match:
        return [], start + 1
    plain = match[0]
    if len(plain) == _DIVISION_CODE and plain[0] != "0" and plain.isdigit():
        return [], match.end()
    run = Run(text, start, match.end())
    surest_first = (
        find_identities(run),
        find_cards(run, context),
        find_short_identities(run),
        find_mobiles(run, context),
    )
    return _without_overlaps([hit for hits in surest_first for hit in hits]), match.end()


def _single_at(text: str, start: int) -> Hit | None:
    char = text[start]
    if char in _HEADS:
        return plate_at(text, start)
    if char in _LEVELS:
        return house_near(text, start)
    return mail_at(text, start) if char in _SIGNS else account_at(text, start)


def _without_overlaps(hits: list[Hit]) -> list[Hit]:
    """The hits from left to right. Of overlapping ones the first given wins: an identity number is not a bank card too."""
    apart: list[Hit] = []
    for hit in hits:
        place = bisect_left(apart, hit.start, key=_start)
        free_before = place == 0 or apart[place - 1].end <= hit.start
        if free_before and (place == len(apart) or hit.end <= apart[place].start):
            apart.insert(place, hit)
    return apart


def _start(hit: Hit) -> int:
    return hit.start
