"""The invented city: 1 + 6 + 24 + 120 places with codes 99xxxx and names of no real place.

Counties are named by heavenly stems and earthly branches; the names of townships and villages contain 示范 or 演示, so that
nobody takes them for real places. Two names contain a character outside of GB2312 (柤, 漴), which tests of fonts need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from weimin.model.place import Level, chain_of, level_of

CITY = "990000"
CITY_NAME = "示例市"

_COUNTIES = ("甲辰区", "乙巳区", "丙午县", "丁未县", "戊申县", "庚戌经济开发区")
_TOWNSHIPS = (
    ("星河示范街道", "云帆示范街道", "松涛示范街道", "稻香示范镇"),
    ("晨曦示范街道", "柤林示范镇", "荷风示范镇", "桐荫示范镇"),
    ("石榴示范镇", "麦浪示范镇", "芦花示范镇", "青藤示范乡"),
    ("鹿鸣示范镇", "银杏示范镇", "蓼汀示范镇", "杏雨示范乡"),
    ("枫桥湾示范镇", "白鹭滩示范镇", "棉田示范镇", "蒲苇示范乡"),
    ("启明示范街道", "扬帆示范园区", "创新港示范园区", "竹影示范镇"),
)
_FIRST = "望听观问寻忆采逐邀枕"
_SECOND = "月云星风雨雪松竹荷桂泉霞"
_RARE_VILLAGE = ("990004003002", "漴湾")
_VILLAGES_EACH = 5
_URBAN = ("街道", "园区")
_LETTERS = {Level.VILLAGE: "v", Level.TOWNSHIP: "t", Level.COUNTY: "c", Level.CITY: "m"}


def _areas() -> Iterator[tuple[str, str]]:
    yield CITY, CITY_NAME
    serial = 0
    for c, (county, townships) in enumerate(zip(_COUNTIES, _TOWNSHIPS, strict=True), 1):
        yield (code := f"99{c:04d}"), county
        for t, township in enumerate(townships, 1):
            yield (here := f"{code}{t:03d}"), township
            kind = "演示社区" if township.endswith(_URBAN) else "演示村"
            for v in range(1, _VILLAGES_EACH + 1):
                village = f"{here}{v:03d}"
                name = _FIRST[serial % len(_FIRST)] + _SECOND[serial % len(_SECOND) - serial // 60]
                serial += 1
                yield village, (_RARE_VILLAGE[1] if village == _RARE_VILLAGE[0] else name) + kind


AREAS: Mapping[str, str] = dict(_areas())
"""Code → name of the place; each place is before those below it."""


def of_level(level: Level) -> tuple[str, ...]:
    return tuple(code for code in AREAS if level_of(code) is level)


def party(code: str) -> str:
    """The party organisation of the same level (同级党组织)."""
    name = AREAS[code]
    match level_of(code):
        case Level.VILLAGE:
            return f"{name}党总支"
        case Level.TOWNSHIP:
            return f"{name}党工委" if name.endswith(_URBAN) else f"{name}党委"
        case _:
            return f"{name}党工委" if name.endswith("开发区") else f"{name}委"


def government(code: str) -> str:
    """The government body that carries out measures at this level."""
    name = AREAS[code]
    match level_of(code):
        case Level.VILLAGE:
            return f"{name}{'居' if name.endswith('社区') else '村'}民委员会"
        case Level.TOWNSHIP if name.endswith("街道"):
            return f"{name}办事处"
        case Level.CITY:
            return f"{name}政府"
        case _:
            return f"{name}管委会" if name.endswith(("园区", "开发区")) else f"{name}政府"


def cppcc(code: str) -> str:
    """The CPPCC organisation that convenes at this level."""
    match level_of(code):
        case Level.VILLAGE:
            return cppcc(code[:9])
        case Level.TOWNSHIP:
            return f"{AREAS[code]}政协联络组"
        case _:
            return f"{AREAS[code]}政协"


def hall(code: str) -> str:
    """The meeting room of this level."""
    match level_of(code):
        case Level.VILLAGE:
            return f"{AREAS[code]}党群服务中心议事厅"
        case Level.TOWNSHIP:
            return f"{AREAS[code]}委员之家"
        case _:
            return f"{AREAS[code]}政协会议室"


def words_of(code: str) -> Mapping[str, str]:
    """The values of the marks in texts of scenarios.

    {v} {t} {c} {m} are the places from the village up, {vgov} … {mgov} the government bodies there, {me} {gov} {party}
    {cppcc} {hall} the names at this place.
    """
    words = {
        "me": AREAS[code],
        "gov": government(code),
        "party": party(code),
        "cppcc": cppcc(code),
        "hall": hall(code),
    }
    for at in chain_of(code):
        letter = _LETTERS[level_of(at)]
        words |= {letter: AREAS[at], f"{letter}gov": government(at)}
    return words
