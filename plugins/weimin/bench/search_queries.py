"""Made queries of the kinds that people ask: parts of what is written, places, numbers, nothing that is there, with filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from weimin.bench.draws import Draws
from weimin.bench.search_client import Query, query
from weimin.bench.search_texts import FIRST_YEAR, THEMES, THINGS, YEARS
from weimin.site.search.documents import HAS, Line
from weimin.site.search.words import RUN, fold

_LEVELS = ("city", "county", "township", "village")
_LABELS = ("已办结", "有逾期", "已终止", "跟踪监督", "征集社情民意")

Asked = tuple[str, Query]
"""The kind of a query, and the query."""
Maker = Callable[[Draws, Sequence[Line]], Asked]


def made_queries(lines: Sequence[Line], count: int) -> Iterator[Asked]:
    """So many queries in turn of all kinds; `lines`: those of dossiers."""
    makers: tuple[Maker, ...] = (
        _pair,
        _platform,
        _three,
        _phrase,
        _long,
        _common,
        _place,
        _place_and_thing,
        _two_words,
    )
    makers += (_number, _full_number, _code, _latin, _absent, _mixed, _themed, _placed, _dated, _stated, _filters)
    for n in range(count):
        draws = Draws(n, 41)
        maker = makers[n % len(makers)]
        yield maker(draws, lines)


def _cut(draws: Draws, line: Line, length: int) -> str:
    """A part of so many characters (or of what there is) of some run of the line."""
    runs: list[str] = [run for run in RUN.findall(fold(f"{line.title}\n{line.text}")) if len(run) >= 2]
    long = [run for run in runs if len(run) >= length] or runs
    run = draws.pick(long)
    start = draws.below(max(1, len(run) - length + 1))
    return run[start : start + length]


def _pair(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "任意两个字", query(_cut(draws, draws.pick(lines), 2))


def _three(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "三四个字", query(_cut(draws, draws.pick(lines), draws.between(3, 4)))


def _phrase(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "五到八个字", query(_cut(draws, draws.pick(lines), draws.between(5, 8)))


def _long(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "整句", query(_cut(draws, draws.pick(lines), 16))


def _common(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "常见的词", query(draws.pick(THINGS))


def _place(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "地名", query(draws.pick(draws.pick(lines).area.split()))


def _platform(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "平台", query(draws.pick(draws.pick(lines).area.split()), kind="p")


def _place_and_thing(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "地名和事", query(f"{draws.pick(lines).area.split()[-1]} {draws.pick(THINGS)}")


def _two_words(draws: Draws, lines: Sequence[Line]) -> Asked:
    line = draws.pick(lines)
    return "两个词", query(f"{_cut(draws, line, 2)} {_cut(draws, line, 3)}")


def _number(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "卷宗号", query(draws.pick(lines).address.strip("/").partition("/")[2])


def _full_number(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "完整卷宗号", query(draws.pick(lines).address.strip("/"))


def _code(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "平台代码", query(draws.pick(lines).address[1:].partition("/")[0])


def _latin(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "字母数字", query(draws.pick(("LED", "5g", "ed屏", "5G基站", f"{draws.between(10, 60)}")))


def _absent(draws: Draws, lines: Sequence[Line]) -> Asked:
    """Two ends of words that are there, put together."""
    return "没有的词", query(_cut(draws, draws.pick(lines), 2) + _cut(draws, draws.pick(lines), 2))


def _mixed(draws: Draws, lines: Sequence[Line]) -> Asked:
    """Common words in a row that hardly ever stand so."""
    return "没有的组合", query(draws.pick(THINGS) + draws.pick(THINGS))


def _themed(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "词加领域", query(draws.pick(THINGS), theme=draws.pick(THEMES))


def _placed(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "词加层级", query(_cut(draws, draws.pick(lines), 2), level=draws.pick(_LEVELS))


def _dated(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "词加年份", query(draws.pick(THINGS), year=str(FIRST_YEAR + draws.below(YEARS)))


def _stated(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "词加状态", query(_cut(draws, draws.pick(lines), 2), state=draws.pick(_LABELS), kind=draws.pick(tuple(HAS)))


def _filters(draws: Draws, lines: Sequence[Line]) -> Asked:
    return "只有条件", query("", theme=draws.pick(THEMES), state=draws.pick(_LABELS), level=draws.pick(_LEVELS))
