"""P107: house numbers, recognised by two different level words, each with a number: 3幢2单元501室, 2组15号."""

from __future__ import annotations

import re

from weimin.rules.privacy.glyphs import DIGIT_SET, GAP_SET, INVISIBLE_SET, fold
from weimin.rules.privacy.hit import Hit
from weimin.rules.privacy.masking import mask_house

_GAP = rf"[{GAP_SET}，,]{{0,4}}+(?:\n[ \t>]*+)?"
# how the number before a level word may begin
NUMBERED_SET = rf"{DIGIT_SET}十百甲乙丙丁A-Za-zＡ-Ｚ"
_FIGURE = rf"[{DIGIT_SET}十百]"
_NUMBER = rf"(?<![{DIGIT_SET}])[A-Za-zＡ-Ｚ甲乙丙丁]?{_FIGURE}(?:[ `*·._\-()（）\[\]【】{INVISIBLE_SET}]{{0,3}}+(?:\n[ \t>]*+)?{_FIGURE}){{0,4}}{_GAP}"
_NAMED = rf"(?:{_NUMBER}|[A-Za-zＡ-Ｚ甲乙丙丁]{_GAP})"
_HIDE = f"[{INVISIBLE_SET}]*+"
_BUILDING = rf"{_NAMED}(?:幢|栋|座|号{_HIDE}楼)"
_UNIT = rf"{_NUMBER}单{_HIDE}元"
_FLOOR = rf"{_NUMBER}[楼层]"
_ROOM = rf"{_NUMBER}室"
_DOOR = rf"{_NUMBER}[室户]"
# 24号项目, 第2组3号评议员 and 5号楼 are not doors
_HOUSE_IN_GROUP = rf"{_NUMBER}号(?![楼线路项文车库机井桩泵令码地公提议案评委代选召组闸站点标段])"

HOUSE = re.compile(
    rf"(?P<site>(?P<building>{_BUILDING}){_GAP}(?P<unit>{_UNIT})(?:{_GAP}(?:{_FLOOR}{_GAP})?(?P<door>{_DOOR}))?)"
    rf"|(?P<room>{_BUILDING}{_GAP}(?:{_FLOOR}{_GAP})?{_ROOM}|{_UNIT}{_GAP}(?:{_FLOOR}{_GAP})?{_ROOM}|{_NUMBER}号{_GAP}{_ROOM})"
    rf"|(?P<group>{_NUMBER}(?:组|弄){_GAP}{_HOUSE_IN_GROUP})"
)
WIDEST_LEAD = 12
_REACH = 64

# the room of an office is public; a home near an office is not
_OFFICE = re.compile(
    r"政府|机关|政协|党委|人大|法院|检察院|服务中心|党群|行政中心|市民中心|办公|综合楼|写字楼|大厦|议事|会议|学校|小学|中学|医院|卫生院|图书馆|文化站"
)
_HOME = re.compile(r"小区|花园|公寓|宿舍|新村|家园|住宅|户主|居住|家住|现住|住址")
_CLAUSE_END = re.compile(r"[，。；;！？\n]")
_CLAUSE = 40
# 5幢12单元120户 counts buildings, units and homes
_COUNTED_BEFORE = re.compile(r"(?:共|计|有|建|设|造|及|除|约|余|分)[了为到]?\Z")
_COUNTED_AFTER = re.compile(rf"[、，, ]?(?:约|共|计)?{_NUMBER}[余多]?户")
# 12栋36单元 counts buildings and units: no building has that many entrances
_MOST_ENTRANCES = 9
_ROOM_NUMBER = re.compile(rf"{_GAP}[A-Za-zＡ-Ｚ甲乙丙丁]?{_FIGURE}")
_TENS = re.compile(r"(?:(?P<hundreds>[1-9])?百)?0?(?:(?P<tens>[1-9])?(?P<ten>十))?(?P<ones>[0-9]*)")
_NUMBERS = frozenset("0123456789十百甲乙丙丁ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def house_near(text: str, word: int) -> Hit | None:
    """The house number that has a level word at `word`, or None."""
    match = HOUSE.search(text, max(0, word - WIDEST_LEAD), min(len(text), word + _REACH))
    if not match or match.start() > word or _is_office(text, match.start()) or _is_count(text, match):
        return None
    return Hit("P107", match.start(), match.end(), mask_house(match[0], _NUMBERS))


def _is_office(text: str, start: int) -> bool:
    clause = _CLAUSE_END.split(text[max(0, start - _CLAUSE) : start])[-1]
    return bool(_OFFICE.search(clause)) and not _HOME.search(clause)


def _is_count(text: str, match: re.Match[str]) -> bool:
    if not match["unit"] or (match["door"] and fold(match["door"]).endswith("室")):
        return False
    if match["door"]:
        return bool(_COUNTED_BEFORE.search(text[max(0, match.start() - 3) : match.start()]))
    before = _COUNTED_BEFORE.search(text[max(0, match.start() - 3) : match.start()])
    return bool(before or _COUNTED_AFTER.match(text, match.end()) or _counts_entrances(text, match))


def _counts_entrances(text: str, match: re.Match[str]) -> bool:
    """More units than one building has, at least one for each building, and no number of a room behind them."""
    if _ROOM_NUMBER.match(text, match.end()):
        return False
    buildings, units = _number(match["building"]), _number(match["unit"])
    return units is not None and buildings is not None and units > _MOST_ENTRANCES and units >= buildings


def _number(part: str) -> int | None:
    """The number at the beginning of 12栋 or 十二栋; None for a name such as 甲栋 or A栋."""
    figures = "".join(char for char in fold(part) if char in "0123456789十百")
    found = _TENS.fullmatch(figures)
    if not figures or found is None or fold(part)[:1] not in "0123456789十百":
        return None
    if "十" not in figures and "百" not in figures:
        return int(figures)
    hundreds = int(found["hundreds"] or 1) * 100 if "百" in figures else 0
    tens = int(found["tens"] or 1) * 10 if found["ten"] else 0
    return hundreds + tens + int(found["ones"] or 0)
