"""The corpus of the published table: made-up personal data in eight disguises, and clean lines as a register has them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import privacy_numbers as made

EACH = 250
CLEAN_LINES = 24_000
_SEED = 20191106

# kind: the code asked for, the maker, the sentences it stands in
KINDS: dict[str, tuple[str, Callable[[random.Random], str], tuple[str, ...]]] = {
    "identity number, 18": ("P101", made.identity, ("村民反映（{}）请回复。", "身份证号：{}", "与会代表{}提出意见。")),
    "identity number, 15": ("P101", made.short_identity, ("老证号码{}，请核对。", "编号 {} 的住户。")),
    "mobile": (
        "P102",
        made.mobile,
        ("联系人电话{}。", "电话：{}，请回电", "他说打 {} 就行，共 3 人。", "2026年3月2日记：{}"),
    ),
    "bank card": ("P103", made.card, ("补偿款打到卡号{}。", "开户银行账号：{}，户名略。")),
    "plate": ("P105", made.plate, ("车辆{}长期占道。", "车牌：{}，请挪车")),
    "e-mail": ("P106", made.mail, ("意见发到{}。", "邮箱：{}，收件人略")),
    "WeChat account": ("P106", made.wechat_account, ("微信号：{}", "加微信：{}，备注姓名", "VX: {}")),
    "QQ number": ("P106", made.qq_number, ("加QQ号：{}", "QQ：{}", "联系人QQ{}。")),
    "house number": ("P107", made.house, ("某小区{}的居民反映漏水。", "住在{}。")),
}

_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def _cut(value: str, draw: random.Random) -> list[str]:
    """The value in pieces as people write them: 3-4-4, by fours, every character, or anywhere."""
    shape = draw.randrange(4)
    if shape == 0:
        return [value[:3], value[3:7], value[7:]]
    if shape == 1:
        return [value[place : place + 4] for place in range(0, len(value), 4)]
    if shape == 2:
        return list(value)
    place = draw.randrange(3, len(value) - 1) if len(value) > 4 else 2
    return [value[:place], value[place:]]


def _apart(value: str, draw: random.Random) -> str:
    return draw.choice((" ", "-", ".", "·", "_", "  ", "－", "—")).join(piece for piece in _cut(value, draw) if piece)


def _hidden(value: str, draw: random.Random) -> str:
    return draw.choice(("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad")).join(_cut(value, draw))


def _broken(value: str, draw: random.Random) -> str:
    place = draw.randrange(1, len(value) - 1)
    return value[:place] + draw.choice(("\n", "\n  ", "\r\n", "\n> ")) + value[place:]


def _bracketed(value: str, draw: random.Random) -> str:
    left, right = draw.choice(("()", "（）", "【】", "[]", "〔〕"))
    pieces = [piece for piece in _cut(value, draw) if piece]
    place = draw.randrange(len(pieces))
    pieces[place] = f"{left}{pieces[place]}{right}"
    return "".join(pieces)


def _mixed(value: str, draw: random.Random) -> str:
    tables = ({}, _WIDE, _CHINESE, _SPOKEN)
    written = [char.translate(draw.choice(tables)) if char.isdigit() else char for char in value]
    place = draw.randrange(3, len(written)) if len(written) > 3 else 1
    return "".join(written[:place]) + draw.choice(("", "\u200b", " ", "-")) + "".join(written[place:])


def _in_code(value: str, draw: random.Random) -> str:
    return draw.choice((f"`{value}`", f"**{value}**", f"\n    {value}\n", f"`{value[:3]}``{value[3:]}`"))


DISGUISES: dict[str, Callable[[str, random.Random], str]] = {
    "full-width": lambda value, draw: value.translate(_WIDE),
    "Chinese numerals": lambda value, draw: value.translate(draw.choice((_CHINESE, _SPOKEN))),
    "separators": _apart,
    "zero width": _hidden,
    "line break": _broken,
    "brackets": _bracketed,
    "mixed": _mixed,
    "code": _in_code,
}
_DIGITS_ONLY = {"separators", "line break", "brackets", "mixed"}


def _disguised(kind: str, disguise: str, value: str, draw: random.Random) -> str:
    """For values with words in them only a stretch of figures is cut up: nobody writes `zh ang@qq.com`."""
    change = DISGUISES[disguise]
    if kind == "house number" and disguise in {"separators", "brackets", "line break", "mixed", "code", "zero width"}:
        return _between_levels(value, disguise, draw)
    if kind == "e-mail" and disguise in _DIGITS_ONLY:
        name, host = value.split("@")
        return name + {"brackets": "(at)", "line break": "@\n", "mixed": "＠", "separators": " @ "}[disguise] + host
    if kind == "plate" and disguise in _DIGITS_ONLY:
        gap = {"separators": draw.choice("·- ．"), "line break": "\n", "brackets": "（", "mixed": "· "}[disguise]
        return value[:2] + gap + value[2:] + ("）" if disguise == "brackets" else "")
    return change(value, draw)


def _between_levels(value: str, disguise: str, draw: random.Random) -> str:
    place = next(place for place, char in enumerate(value) if char in "幢栋楼元组号") + 1
    place += value[place : place + 1] == "楼"
    gap = {"separators": draw.choice((" ", "-", "·")), "line break": "\n", "brackets": "（", "mixed": " ", "code": "`"}
    tail = value[place:].translate(_WIDE) if disguise == "mixed" else value[place:]
    return value[:place] + gap.get(disguise, "\u200b") + tail + ("）" if disguise == "brackets" else "")


def applies(kind: str, disguise: str) -> bool:
    """Whether anybody would write it so: a WeChat account has too few figures to cut up."""
    return not (kind == "WeChat account" and disguise in _DIGITS_ONLY)


def positives() -> Iterator[tuple[str, str, str, str]]:
    """Kind, disguise, the code asked for, and a line that holds one made-up value."""
    draw = random.Random(_SEED)
    for kind, (code, make, sentences) in KINDS.items():
        for disguise in [each for each in DISGUISES if applies(kind, each)]:
            for _ in range(EACH):
                yield kind, disguise, code, draw.choice(sentences).format(_disguised(kind, disguise, make(draw), draw))


def clean_lines() -> Iterator[str]:
    """Lines without personal data, full of what looks like it."""
    draw = random.Random(_SEED + 1)
    for number in range(CLEAN_LINES):
        yield _CLEAN[number % len(_CLEAN)](draw)


def _day(draw: random.Random) -> str:
    return f"{draw.randrange(2019, 2028)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"


def _code(draw: random.Random, digits: int = 12) -> str:
    return f"{draw.choice(made.REGIONS)}{draw.randrange(1, 500):03d}{draw.randrange(1, 300):03d}"[:digits]


def _dossier(draw: random.Random) -> str:
    return f"{_code(draw)}/{draw.randrange(2019, 2028)}-{draw.randrange(1, 200):03d}"


def _landline(draw: random.Random) -> str:
    area = draw.choice(("0527", "025", "010"))
    return f"{area}{draw.choice(('-', ' ', '—', ''))}8{draw.randrange(10**7):07d}"


def _digest(draw: random.Random, length: int = 40) -> str:
    return "".join(draw.choice("0123456789abcdef") for _ in range(length))


def _figures(draw: random.Random, length: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(length))


def _table_row(draw: random.Random) -> str:
    return "| " + " | ".join(str(draw.randrange(1, 3000)) for _ in range(6)) + " |"


def _amount(draw: random.Random) -> str:
    return f"{draw.randrange(10**9):,}.{draw.randrange(100):02d}"


_Line = Callable[[random.Random], str]
_CLEAN: tuple[_Line, ...] = (
    lambda d: (
        f"{_day(d)}，{_code(d)} 平台召开协商会议，委员 {d.randrange(3, 30)} 人、群众代表 {d.randrange(5, 90)} 人参加。"
    ),
    lambda d: f"宿政协发〔{d.randrange(2019, 2028)}〕{d.randrange(1, 200)}号文件要求，{_day(d)}前办结。",
    lambda d: f"卷宗 {_dossier(d)} 与 {_dossier(d)} 一并办理。",
    lambda d: f"- {{opinion: {_code(d, 9)}/opinions/{_day(d)}#{d.randrange(1, 40)}}}",
    lambda d: f"总投资 {_amount(d)}元，其中财政 {_amount(d)} 元，群众自筹 {d.randrange(10**6)} 元。",
    lambda d: f"项目编号 {d.randrange(2019, 2028)}-{_code(d, 4)}-{d.randrange(1, 999):03d}，责任单位为住建局。",
    lambda d: (
        f"投资项目代码 {d.randrange(2019, 2028)}-{_code(d, 6)}-{d.randrange(10, 99)}-0{d.randrange(1, 9)}-{_figures(d, 6)}"
    ),
    lambda d: f"commit {_digest(d)}",
    lambda d: f"摘要 sha256:{_digest(d, 64)}，文件 {_digest(d, 12)}",
    lambda d: f"承建单位统一社会信用代码 {made.credit_code(d)}。",
    lambda d: f"办公电话 {_landline(d)}，热线 12345，传真 {_landline(d)}-{d.randrange(8000, 8999)}。",
    lambda d: f"服务电话 400-{d.randrange(100, 999)}-{d.randrange(1000, 9999)}，或拨 95598、10086、12366。",
    lambda d: (
        f"ISBN 978-7-{d.randrange(1000, 9999)}-{d.randrange(1000, 9999)}-{d.randrange(10)}，定价 {d.randrange(20, 90)}.00元。"
    ),
    lambda d: f"工单号 {_day(d).replace('-', '')}{_figures(d, 10)}，{_day(d)} 已转办。",
    lambda d: f"12345 工单 {d.randrange(1300, 1900)}-{d.randrange(2019, 2028)}-{d.randrange(1, 999):03d} 已答复。",
    lambda d: f"发票号码 {d.randrange(19, 28)}32{_figures(d, 16)}，金额 {_amount(d)} 元。",
    lambda d: (
        f"合同编号 SQZX{_day(d).replace('-', '')}{_figures(d, 4)}，设备编号 NQ{d.randrange(13, 19)}{_figures(d, 9)}。"
    ),
    lambda d: (
        f"https://www.suqian.gov.cn/tz/{_day(d)[:7].replace('-', '')}/t{_day(d).replace('-', '')}_{d.randrange(13, 19)}{_figures(d, 9)}.html"
    ),
    lambda d: (
        f"url: https://mp.weixin.qq.com/s?__biz=MzA{_figures(d, 3)}&mid=265{_figures(d, 7)}&idx=1&sn={_digest(d, 32)}"
    ),
    lambda d: f"{d.randrange(13, 20)}. {_day(d)} {d.randrange(1, 9)} 人参加入户调研。",
    lambda d: f"{d.randrange(10, 40)}. {_day(d)} {_day(d)} 公示 7 天",
    _table_row,
    lambda d: f"满意 {d.randrange(13, 20)} 票、基本满意 {d.randrange(100, 300)} 票，发出 {d.randrange(300, 900)} 张。",
    lambda d: (
        f"面积 {d.randrange(13, 20)} {d.randrange(100, 999)} {d.randrange(100, 999)} {d.randrange(100, 999)} 平方米（分户）"
    ),
    lambda d: (
        f"单价 {d.randrange(130, 200)}.{d.randrange(10, 99)} {d.randrange(130, 200)}.{d.randrange(10, 99)} {d.randrange(1, 9)} 元/米"
    ),
    lambda d: f"安置资金 {d.randrange(13, 20)}{_figures(d, 9)}元已拨付。",
    lambda d: f"部分楼栋：{d.randrange(1, 40)}栋{d.randrange(40, 99)}户、苏A座、云B区，{d.randrange(1, 9)}号楼已完工。",
    lambda d: (
        f"共改造{d.randrange(2, 40)}幢{d.randrange(2, 99)}单元{d.randrange(100, 999)}户，惠及{d.randrange(100, 3000)}人。"
    ),
    lambda d: f"{d.randrange(100, 200)} 号背包式车库，第{d.randrange(1, 9)}组、第{d.randrange(1, 9)}组分段施工。",
    lambda d: (
        f"第{d.randrange(1, 9)}组{d.randrange(1, 40)}号项目，{d.randrange(1, 12)}月{d.randrange(1, 28)}号开工，{d.randrange(1, 50)}号线、{d.randrange(1, 50)}号桥。"
    ),
    lambda d: (
        f"会议在县政府{d.randrange(1, 9)}号楼{d.randrange(1, 9)}0{d.randrange(1, 9)}室召开，{_day(d)} {d.randrange(8, 18)}:30。"
    ),
    lambda d: f"党群服务中心{d.randrange(1, 9)}号楼{d.randrange(1, 6)}楼议事室，{d.randrange(2, 40)}幢居民楼加装电梯。",
    lambda d: f"意见可发 zx{d.randrange(1, 99)}@suqian.gov.cn 或 tougao@政协.政务.cn。",
    lambda d: f"微信公众号：suqianzx{d.randrange(1, 99)}；微信群 {d.randrange(1, 9)} 个；QQ群：{_figures(d, 9)}",
    lambda d: f"  - {{kind: wechat, date: {_day(d)}, url: 'https://mp.weixin.qq.com/s/{_digest(d, 22)}'}}",
    lambda d: (
        f"电话1{d.randrange(3, 10)}{d.randrange(10)}****{_figures(d, 4)} 1{d.randrange(3, 10)}{d.randrange(10)}****{_figures(d, 4)}，证号32*************{_figures(d, 3)}。"
    ),
    lambda d: f"邮编 2238{_figures(d, 2)}，东经 118.{_figures(d, 6)}，北纬 33.{_figures(d, 6)}",
    lambda d: (
        f"{d.randrange(1949, 1999)}-{d.randrange(2019, 2028)}-{d.randrange(1, 999):03d} 号档案，{d.randrange(1949, 2020)}—{d.randrange(2020, 2028)} 年"
    ),
    lambda d: (
        f"国道G{d.randrange(2, 3000)}、新S{d.randrange(100, 400)}省道、京沪G2、宁洛G36，全长 {d.randrange(1, 99)}.{d.randrange(10, 99)} 公里。"
    ),
    lambda d: (
        f"一是征集意见{d.randrange(13, 200)}条；二是走访三四百户；三是一九四九年以来第{d.choice('一二三四五六七八九')}次。"
    ),
    lambda d: (
        f"二〇{d.choice('一二')}{d.choice('一二三四五六七八九')}年{d.choice('一二三四五六七八九')}月{d.choice('一二三四五六七八九')}日，一二三四五六七八九十村。"
    ),
    lambda d: f"code: '{_code(d)}'  # {_code(d, 6)} {_code(d, 9)}",
    lambda d: f"{_code(d, 9)},{_code(d)},{_day(d)},{d.randrange(1, 999)},{d.randrange(13, 19)}{_figures(d, 3)}",
    lambda d: f"编号 {_code(d)}-{d.randrange(1, 999):03d}，{_day(d)} {_code(d, 9)} 报送",
    lambda d: f"![现场](attachments/site-{_day(d)}@2x.png) {d.randrange(2, 9)}组至{d.randrange(9, 20)}组道路",
    lambda d: (
        f"版本 {d.randrange(1, 20)}.{d.randrange(1, 30)}.{d.randrange(1, 99)}，IP 10.{d.randrange(255)}.{d.randrange(255)}.{d.randrange(255)}"
    ),
    lambda d: f"[{d.randrange(2019, 2028)}-{d.randrange(1, 99):03d}]({_dossier(d)}/{_day(d)}-consultation.md)",
    lambda d: (
        f"比例 {d.randrange(50, 100)}.{d.randrange(10, 99)}%，{d.randrange(13, 19)} {d.randrange(10, 99)} {d.randrange(10, 99)} 三组数"
    ),
)
