"""Generated dossiers for the search: few words occur in many of them, many words in few, as in any language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from math import exp, log

from weimin.bench.made_network import MadePlatform
from weimin.bench.pseudo_random import PseudoRandom
from weimin.bench.text_sentences import AGREED, SHORT, sentence
from weimin.model.summary import ConsultationRow, DutyRow, EvaluationRow, MeasureRow, OutcomeRow, Summary, UpwardRow

FIRST_YEAR, YEARS = 2017, 10
THEMES = (
    "教育",
    "医疗卫生",
    "养老助残",
    "住房物业",
    "交通出行",
    "环境卫生",
    "生态水利",
    "水电气网",
    "公共安全",
    "乡村建设",
)
THINGS = (
    "路灯",
    "停车位",
    "排水管",
    "充电棚",
    "健身场地",
    "候车亭",
    "护栏",
    "垃圾分类亭",
    "农桥",
    "助餐点",
    "电梯",
    "LED屏",
    "5G基站",
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
    "菜场周边",
)
_ACTS = ("建设与管护", "选址与施工", "改造提升", "费用分担", "使用与维护", "增设与移位", "整治与移交")
_WORDS = 40_000  # words of two characters each
_CHARACTERS = 2_400


@cache
def _characters() -> str:
    """The first common characters of GB 2312, in an order unrelated to pronunciation."""
    cells = [bytes((row, cell)) for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
    mixed = sorted(cells, key=lambda c: (c[0] * 7919 + c[1] * 104_729) % 65_521)
    return b"".join(mixed[:_CHARACTERS]).decode("gb2312")


@cache
def word(rank: int) -> str:
    """The word of a rank, most common first: common words consist of common characters."""
    rng = PseudoRandom(rank, 5)
    reach = min(_CHARACTERS, 60 + rank // 4)
    return _characters()[rng.below(reach)] + _characters()[rng.below(reach)]


def rank(rng: PseudoRandom) -> int:
    """A rank: the word of rank n is about half as frequent as that of rank n/2."""
    return int(exp(rng.below(1 << 20) / (1 << 20) * log(_WORDS)))


def _clause(rng: PseudoRandom) -> str:
    return "".join(word(rank(rng)) for _ in range(rng.between(3, 7)))


def prose(rng: PseudoRandom, length: int, thing: str, place: str) -> str:
    text = sentence(rng, AGREED, thing, place)
    while len(text) < length:
        text += _clause(rng) + ("。" if rng.chance(25) else "，")
    return text[:length]


def summaries(platforms: tuple[MadePlatform, ...], count: int) -> Iterator[Summary]:
    """`count` generated dossiers of ten years, in the order of their numbers."""
    shares = sum(platform.share for platform in platforms)
    numbers: dict[tuple[str, int], int] = {}
    owed, serial = 0.0, 0
    for platform in platforms:
        owed += count * platform.share / shares
        while serial < round(owed):
            rng = PseudoRandom(serial, 29)
            day = date(FIRST_YEAR + rng.below(YEARS), rng.between(1, 12), rng.between(1, 28))
            numbers[platform.code, day.year] = number = numbers.get((platform.code, day.year), 0) + 1
            yield _summary(platform, f"{platform.code}/{day.year}-{number:03d}", day, rng)
            serial += 1


def _summary(platform: MadePlatform, dossier: str, day: date, rng: PseudoRandom) -> Summary:
    thing, place = rng.pick(THINGS), rng.pick(_PLACES)
    step = rng.pick((1, 2, 3, 4, 5, 5, 5, 5))
    on = day.isoformat()
    outcomes = _outcomes(on, rng, thing, place) if step > 1 else ()
    return Summary(
        id=dossier,
        platform=platform.code,
        title=f"{word(rank(rng))}{place}{thing}{rng.pick(_ACTS)}{word(rank(rng)) if rng.chance(50) else ''}",
        themes=tuple(rng.some(THEMES, rng.between(1, 2))),
        compiled=rng.chance(3),
        day=day,
        last=day,
        last_on=on,
        last_stem=f"{on}-consultation",
        step=step,
        steps=(),
        rounds=1,
        closed=step == 5 and rng.chance(70),
        ended="stopped" if rng.chance(2) else None,
        consultations=(ConsultationRow(stem=f"{on}-consultation", on=on, day=day, year=day.year, about="selection"),),
        outcomes=outcomes,
        evaluations=(EvaluationRow(stem=f"{on}-evaluation", on=on, day=day, year=day.year),) if step == 5 else (),
        measures=tuple(_measure(n, outcomes[0].stem, rng, thing, place) for n in range(rng.between(1, 4)))
        if outcomes
        else (),
        upward=(_upward(outcomes[-1].stem, rng),) if outcomes and rng.chance(12) else (),
        duties=(DutyRow(code="W402", message="", owed_by=platform.code, due=day, overdue_days=9),)
        if rng.chance(9)
        else (),
    )


def _outcomes(on: str, rng: PseudoRandom, thing: str, place: str) -> tuple[OutcomeRow, ...]:
    return tuple(
        OutcomeRow(
            stem=f"{on}-outcome-{n}",
            on=on,
            day=None,
            year=None,
            consensus="full",
            publication="publish",
            excerpt=prose(rng, rng.between(50, 120), thing, place),
        )
        for n in range(1 + rng.chance(20))
    )


def _measure(n: int, stem: str, rng: PseudoRandom, thing: str, place: str) -> MeasureRow:
    text = f"在{place}{word(rank(rng))}路新装{thing} {rng.between(2, 60)} 处，{sentence(rng, SHORT, thing, place)}"
    unit = f"{word(rank(rng))}建设办公室"
    return MeasureRow(id=f"m{n + 1}", stem=stem, text=text, unit=unit, due=None, state=None)


def _upward(stem: str, rng: PseudoRandom) -> UpwardRow:
    public = rng.chance(60)
    text = f"请上级协调{_clause(rng)}" if public else None
    return UpwardRow(id="u1", stem=stem, kind=None, to=None, text=text, reported=None, answered=None)
