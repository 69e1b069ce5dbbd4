"""The platforms of a generated register: a city with the structure of Suqian, with active, quiet and silent platforms.

Ten years of one city are about 240,000 records and 1,556 platforms. Fewer records have fewer platforms, but not in
proportion: a network exists before its records.
"""

from __future__ import annotations

import msgspec

from weimin.bench.pseudo_random import PseudoRandom
from weimin.model.place import Level, level_of, parent_code

CITY = "990000"
PLATFORMS, AT_RECORDS, GROWTH = 1556, 240_000, 0.4
_COUNTIES, _TOWNS = 6, 109

_FIRST = "柳梅松竹荷菊桂枫杨桃杏兰芦苇榆槐桐柏樟棠云霞晴岚溪泉湖塘渠堰"
_SECOND = "河桥湾坡岗塘圩庄集园林台沟滩渡口洼墩埠堤里巷沿头北南东西前后"
_COUNTY_NAMES = ("甲子区", "乙丑区", "丙寅县", "丁卯县", "戊辰县", "己巳开发区", "庚午县", "辛未县")
_SHARES = ((30, 0), (70, 1), (90, 3), (98, 9), (100, 30))
"""(percentile of villages, share of dossiers of such a village); three in ten have none."""


class MadePlatform(msgspec.Struct, frozen=True):
    """A platform; `share` is its share of all dossiers, relative to the sum over all platforms."""

    code: str
    name: str
    share: int

    @property
    def level(self) -> Level:
        return level_of(self.code)


def made_network(records: int) -> tuple[MadePlatform, ...]:
    """All platforms of a register of about `records` records, in the order of their codes."""
    platforms = max(8, round(PLATFORMS * (records / AT_RECORDS) ** GROWTH))
    towns = max(1, round(platforms * _TOWNS / PLATFORMS))
    counties = min(len(_COUNTY_NAMES), max(1, round(_COUNTIES * min(1.0, (towns / _TOWNS) ** 0.5))))
    made = [MadePlatform(CITY, "测量市", 60)]
    made += [MadePlatform(_county(n), _COUNTY_NAMES[n], 45) for n in range(counties)]
    town_codes = [f"{_county(n % counties)}{n // counties + 1:03d}" for n in range(towns)]
    made += [
        MadePlatform(code, f"{made_name(n, 7)}{'街道' if n % 9 == 0 else '镇'}", 4 + n % 13)
        for n, code in enumerate(town_codes)
    ]
    villages = max(1, platforms - 1 - counties - towns)
    made += _villages(villages, town_codes)
    return tuple(sorted(made, key=lambda platform: platform.code))


def _county(n: int) -> str:
    return f"{CITY[:4]}{n + 1:02d}"


def _villages(villages: int, town_codes: list[str]) -> list[MadePlatform]:
    """The villages: a town has between one and four times the mean."""
    weights = [1 + PseudoRandom(n, 11).below(9) * PseudoRandom(n, 13).below(5) for n in range(len(town_codes))]
    owed = [(0.5 + villages * weight / sum(weights), code) for weight, code in zip(weights, town_codes, strict=True)]
    made: list[MadePlatform] = []
    for share, code in owed:
        for n in range(max(1, round(share))):
            number = len(made)
            kind = "社区" if number % 6 == 0 else "村"
            made.append(MadePlatform(f"{code}{n + 1:03d}", f"{made_name(number, 1)}{kind}", _share(number)))
    return made


def made_name(number: int, turn: int) -> str:
    """The `number`-th invented place name; `turn` selects the order."""
    return _FIRST[number * turn % len(_FIRST)] + _SECOND[(number // len(_FIRST) + number * turn) % len(_SECOND)]


def _share(number: int) -> int:
    drawn = PseudoRandom(number, 17).below(100)
    return next(share for limit, share in _SHARES if drawn < limit)


def folder(code: str) -> str:
    """The folder of a platform's records, without a trailing slash."""
    up = parent_code(code)
    return f"{folder(up) if up else 'content/network'}/{code}"
