"""What a generated dossier is about: a thing, a place, an action, and the platform it belongs to."""

from __future__ import annotations

from datetime import date

import msgspec

from weimin.bench.made_network import MadePlatform
from weimin.bench.pseudo_random import PseudoRandom
from weimin.model.place import Level, parent_code

THEMES = (
    "教育",
    "医疗卫生",
    "养老助残",
    "就业社保",
    "住房物业",
    "交通出行",
    "环境卫生",
    "生态水利",
    "水电气网",
    "公共安全",
    "文化体育",
    "乡村建设",
)
_THINGS = (
    ("路灯", "交通出行", "盏"),
    ("停车位", "交通出行", "个"),
    ("排水管", "水电气网", "米"),
    ("电动车充电棚", "公共安全", "处"),
    ("健身场地", "文化体育", "处"),
    ("候车亭", "交通出行", "个"),
    ("临水护栏", "公共安全", "米"),
    ("垃圾分类亭", "环境卫生", "处"),
    ("雨污分流井", "环境卫生", "口"),
    ("农桥", "乡村建设", "座"),
    ("助餐点", "养老助残", "处"),
    ("加装电梯", "住房物业", "部"),
    ("卫生室", "医疗卫生", "间"),
    ("课后托管点", "教育", "处"),
    ("灌溉渠", "生态水利", "米"),
    ("零工驿站", "就业社保", "处"),
    ("农家书屋", "文化体育", "间"),
    ("公共厕所", "环境卫生", "座"),
    ("自来水支管", "水电气网", "米"),
    ("减速带", "交通出行", "道"),
    ("无障碍坡道", "养老助残", "处"),
    ("沟塘清淤", "生态水利", "处"),
    ("晒谷场", "乡村建设", "片"),
    ("老旧线缆", "住房物业", "处"),
)
_PLACES = (
    "东组",
    "西组",
    "南巷",
    "北街",
    "老街",
    "新区",
    "学校门前",
    "集市两侧",
    "河堤沿线",
    "安置小区",
    "村口",
    "通组路",
    "菜场周边",
    "卫生院门口",
    "老厂区",
    "文化广场",
    "公墓便道",
    "泵站附近",
    "幼儿园后门",
    "农贸大棚",
)
_ACTS = ("建设与管护", "选址与施工", "改造提升", "费用分担", "使用与维护", "增设与移位", "怎么修、怎么管", "整治与移交")


class DossierContents(msgspec.Struct, frozen=True, kw_only=True):
    """`earlier`: a related dossier of the platform; `opinion`: the one it came from; `item`: an item of a list of projects."""

    platform: MadePlatform
    start: date
    thing: str
    theme: str
    unit: str
    place: str
    title: str
    earlier: str = ""
    opinion: str = ""
    item: str = ""

    @property
    def office(self) -> str:
        """The unit that carries the measures out."""
        return f"{self.platform.name}{'民委员会' if self.platform.name.endswith('村') else '建设办公室'}"

    @property
    def party(self) -> str:
        return f"{self.platform.name}{'党总支' if self.platform.level is Level.VILLAGE else '党委'}"

    @property
    def above(self) -> str:
        """The recipient of matters reported up: the platform above, for the city a unit."""
        return parent_code(self.platform.code) or "测量市委"


def make_contents(
    platform: MadePlatform, start: date, rng: PseudoRandom, *, earlier: str = "", opinion: str = "", item: str = ""
) -> DossierContents:
    thing, theme, unit = rng.pick(_THINGS)
    place = rng.pick(_PLACES)
    title = f"{place}{thing}{rng.pick(_ACTS)}"
    if rng.below(200) == 0:
        title = f"{title}，以及{'、'.join(p + thing for p in rng.some(_PLACES, 14))}等处一并协商的几件事"[:120]
    return DossierContents(
        platform=platform,
        start=start,
        thing=thing,
        theme=theme,
        unit=unit,
        place=place,
        title=title,
        earlier=earlier,
        opinion=opinion,
        item=item,
    )
