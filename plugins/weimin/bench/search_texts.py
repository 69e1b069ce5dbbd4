"""Made dossiers to search in: few words that are in many of them, many words that are in few, as in any language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from math import exp, log

from weimin.bench.draws import Draws
from weimin.bench.shape import Spot
from weimin.bench.stock import AGREED, SHORT, sentence
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
_WORDS = 40_000  # of two characters each
_CHARACTERS = 2_400


@cache
def _characters() -> str:
    """The first of the characters that GB 2312 counts as common, in an order that has nothing to do with sound."""
    cells = [bytes((row, cell)) for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
    mixed = sorted(cells, key=lambda c: (c[0] * 7919 + c[1] * 104_729) % 65_521)
    return b"".join(mixed[:_CHARACTERS]).decode("gb2312")


@cache
def word(rank: int) -> str:
    """The word of a rank, the common ones first: common words are made of common characters."""
    draws = Draws(rank, 5)
    reach = min(_CHARACTERS, 60 + rank // 4)
    return _characters()[draws.below(reach)] + _characters()[draws.below(reach)]


def rank(draws: Draws) -> int:
    """The word of rank n comes about half as often as the one of rank n/2."""
    return int(exp(draws.below(1 << 20) / (1 << 20) * log(_WORDS)))


def _clause(draws: Draws) -> str:
    return "".join(word(rank(draws)) for _ in range(draws.between(3, 7)))


def prose(draws: Draws, length: int, thing: str, place: str) -> str:
    text = sentence(draws, AGREED, thing, place)
    while len(text) < length:
        text += _clause(draws) + ("。" if draws.chance(25) else "，")
    return text[:length]


def summaries(spots: tuple[Spot, ...], count: int) -> Iterator[Summary]:
    """So many made dossiers of ten years, in the order of their numbers."""
    shares = sum(spot.share for spot in spots)
    numbers: dict[tuple[str, int], int] = {}
    owed, serial = 0.0, 0
    for spot in spots:
        owed += count * spot.share / shares
        while serial < round(owed):
            draws = Draws(serial, 29)
            day = date(FIRST_YEAR + draws.below(YEARS), draws.between(1, 12), draws.between(1, 28))
            numbers[spot.code, day.year] = number = numbers.get((spot.code, day.year), 0) + 1
            yield _summary(spot, f"{spot.code}/{day.year}-{number:03d}", day, draws)
            serial += 1


def _summary(spot: Spot, dossier: str, day: date, draws: Draws) -> Summary:
    thing, place = draws.pick(THINGS), draws.pick(_PLACES)
    step = draws.pick((1, 2, 3, 4, 5, 5, 5, 5))
    on = day.isoformat()
    outcomes = _outcomes(on, draws, thing, place) if step > 1 else ()
    return Summary(
        id=dossier,
        platform=spot.code,
        title=f"{word(rank(draws))}{place}{thing}{draws.pick(_ACTS)}{word(rank(draws)) if draws.chance(50) else ''}",
        themes=tuple(draws.some(THEMES, draws.between(1, 2))),
        compiled=draws.chance(3),
        day=day,
        last=day,
        last_on=on,
        last_stem=f"{on}-consultation",
        step=step,
        steps=(),
        rounds=1,
        closed=step == 5 and draws.chance(70),
        ended="stopped" if draws.chance(2) else None,
        consultations=(ConsultationRow(stem=f"{on}-consultation", on=on, day=day, year=day.year, about="selection"),),
        outcomes=outcomes,
        evaluations=(EvaluationRow(stem=f"{on}-evaluation", on=on, day=day, year=day.year),) if step == 5 else (),
        measures=tuple(_measure(n, outcomes[0].stem, draws, thing, place) for n in range(draws.between(1, 4)))
        if outcomes
        else (),
        upward=(_upward(outcomes[-1].stem, draws),) if outcomes and draws.chance(12) else (),
        duties=(DutyRow(code="W402", message="", owed_by=spot.code, due=day, overdue_days=9),)
        if draws.chance(9)
        else (),
    )


def _outcomes(on: str, draws: Draws, thing: str, place: str) -> tuple[OutcomeRow, ...]:
    return tuple(
        OutcomeRow(
            stem=f"{on}-outcome-{n}",
            on=on,
            day=None,
            year=None,
            consensus="full",
            publication="publish",
            excerpt=prose(draws, draws.between(50, 120), thing, place),
        )
        for n in range(1 + draws.chance(20))
    )


def _measure(n: int, stem: str, draws: Draws, thing: str, place: str) -> MeasureRow:
    text = (
        f"在{place}{word(rank(draws))}路新装{thing} {draws.between(2, 60)} 处，{sentence(draws, SHORT, thing, place)}"
    )
    unit = f"{word(rank(draws))}建设办公室"
    return MeasureRow(id=f"m{n + 1}", stem=stem, text=text, unit=unit, due=None, state=None)


def _upward(stem: str, draws: Draws) -> UpwardRow:
    public = draws.chance(60)
    text = f"请上级协调{_clause(draws)}" if public else None
    return UpwardRow(id="u1", stem=stem, kind=None, to=None, text=text, reported=None, answered=None)
