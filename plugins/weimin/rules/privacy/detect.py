"""One pass over a text: a cheap expression finds the few places worth a look, the detectors look at those."""

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
# first one character of a set, which the engine skips to, then the question that belongs to that character
_WORTH_A_LOOK = re.compile(
    rf"[{DIGIT_SET}@＠\[(（【{{{HEADS}微QqＱｑVvＶｖWw{_LEVEL_SET}]"
    rf"(?:(?<={DIGIT})(?<!{DIGIT}{DIGIT})(?:{GAP}{DIGIT}){{{SHORTEST - 1}}}"
    rf"|(?<=[{HEADS}])[ \u3000·•`*()（）\[\]【】{INVISIBLE_SET}\-]{{0,4}}+\n?[ >]*+[A-Za-zＡ-Ｚａ-ｚ]"
    rf"|(?<=[{_LEVEL_SET}])(?:{_HIDE}[元楼])?[{GAP_SET}，,]{{0,6}}+(?:\n[ \t>]*+)?[{NUMBERED_SET}]"
    rf"|(?<=[@＠])|(?<=[\[(（【{{])[ ]?(?:at|AT)[ ]?[\])）】}}]"
    rf"|(?<=[微VvＶｖ])(?:{_HIDE}信|[XxＸｘ])|(?<=[QqＱｑ]){_HIDE}[QqＱｑ]|(?<=[Ww])[Ee][Cc]hat)"
)
# the commonest long number of all; no personal number has its length but a mobile behind a 0
_DIVISION_CODE = 12
_DIGITS = frozenset(DIGIT_SET)
_HEADS = frozenset(HEADS)
_LEVELS = frozenset(_LEVEL_SET)
_SIGNS = frozenset("@＠[(（【{")


def find_hits(text: str) -> list[Hit]:
    """All personal data in a text, from left to right, none inside another."""
    text = unstyle(text)
    hits: list[Hit] = []
    context = TextContext(text)
    spot = _WORTH_A_LOOK.search(text)
    while spot:
        start, after = spot.start(), spot.start() + 1
        if text[start] in _DIGITS:
            found, after = _numbers_at(text, start, context)
            hits += found
        elif hit := _single_at(text, start):
            hits.append(hit)
            after = max(after, hit.end)
        spot = _WORTH_A_LOOK.search(text, after)
    return _apart(hits)


def _numbers_at(text: str, start: int, context: TextContext) -> tuple[list[Hit], int]:
    found = RUN.match(text, start)
    if not found:
        return [], start + 1
    plain = found[0]
    if len(plain) == _DIVISION_CODE and plain[0] != "0" and plain.isdigit():
        return [], found.end()
    run = Run(text, start, found.end())
    surest_first = (
        find_identities(run),
        find_cards(run, context),
        find_short_identities(run),
        find_mobiles(run, context),
    )
    return _apart([hit for hits in surest_first for hit in hits]), found.end()


def _single_at(text: str, start: int) -> Hit | None:
    char = text[start]
    if char in _HEADS:
        return plate_at(text, start)
    if char in _LEVELS:
        return house_near(text, start)
    return mail_at(text, start) if char in _SIGNS else account_at(text, start)


def _apart(hits: list[Hit]) -> list[Hit]:
    """From left to right, without what overlaps a hit found earlier: an identity number is not a bank card as well."""
    kept: list[Hit] = []
    for hit in hits:
        place = bisect_left(kept, hit.start, key=_start)
        free_before = place == 0 or kept[place - 1].end <= hit.start
        if free_before and (place == len(kept) or hit.end <= kept[place].start):
            kept.insert(place, hit)
    return kept


def _start(hit: Hit) -> int:
    return hit.start
