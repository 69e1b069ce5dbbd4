"""Generated queries of the kinds that people use: parts of texts, places, numbers, absent words, filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from weimin.bench.pseudo_random import PseudoRandom
from weimin.bench.search_client import Query, query
from weimin.bench.search_texts import FIRST_YEAR, THEMES, THINGS, YEARS
from weimin.site.search.documents import HAS, Line
from weimin.site.search.words import RUN, fold

_LEVELS = ("city", "county", "township", "village")
_LABELS = ("已办结", "有逾期", "已终止", "跟踪监督", "征集社情民意")

SampleQuery = tuple[str, Query]
"""The kind of a query (in Chinese), and the query."""
Maker = Callable[[PseudoRandom, Sequence[Line]], SampleQuery]


def made_queries(lines: Sequence[Line], count: int) -> Iterator[SampleQuery]:
    """`count` queries, of all kinds in turn; `lines` are those of dossiers."""
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
        rng = PseudoRandom(n, 41)
        maker = makers[n % len(makers)]
        yield maker(rng, lines)


def _cut(rng: PseudoRandom, line: Line, length: int) -> str:
    """A substring of at most `length` characters of some run of the line."""
    runs: list[str] = [run for run in RUN.findall(fold(f"{line.title}\n{line.text}")) if len(run) >= 2]
    long = [run for run in runs if len(run) >= length] or runs
    run = rng.pick(long)
    start = rng.below(max(1, len(run) - length + 1))
    return run[start : start + length]


def _pair(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "任意两个字", query(_cut(rng, rng.pick(lines), 2))


def _three(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "三四个字", query(_cut(rng, rng.pick(lines), rng.between(3, 4)))


def _phrase(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "五到八个字", query(_cut(rng, rng.pick(lines), rng.between(5, 8)))


def _long(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "整句", query(_cut(rng, rng.pick(lines), 16))


def _common(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "常见的词", query(rng.pick(THINGS))


def _place(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "地名", query(rng.pick(rng.pick(lines).area.split()))


def _platform(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "平台", query(rng.pick(rng.pick(lines).area.split()), kind="p")


def _place_and_thing(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "地名和事", query(f"{rng.pick(lines).area.split()[-1]} {rng.pick(THINGS)}")


def _two_words(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    line = rng.pick(lines)
    return "两个词", query(f"{_cut(rng, line, 2)} {_cut(rng, line, 3)}")


def _number(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "卷宗号", query(rng.pick(lines).address.strip("/").partition("/")[2])


def _full_number(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "完整卷宗号", query(rng.pick(lines).address.strip("/"))


def _code(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "平台代码", query(rng.pick(lines).address[1:].partition("/")[0])


def _latin(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "字母数字", query(rng.pick(("LED", "5g", "ed屏", "5G基站", f"{rng.between(10, 60)}")))


def _absent(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    """Parts of two existing words, joined."""
    return "没有的词", query(_cut(rng, rng.pick(lines), 2) + _cut(rng, rng.pick(lines), 2))


def _mixed(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    """Two common words that rarely follow each other."""
    return "没有的组合", query(rng.pick(THINGS) + rng.pick(THINGS))


def _themed(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "词加领域", query(rng.pick(THINGS), theme=rng.pick(THEMES))


def _placed(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "词加层级", query(_cut(rng, rng.pick(lines), 2), level=rng.pick(_LEVELS))


def _dated(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "词加年份", query(rng.pick(THINGS), year=str(FIRST_YEAR + rng.below(YEARS)))


def _stated(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "词加状态", query(_cut(rng, rng.pick(lines), 2), state=rng.pick(_LABELS), kind=rng.pick(tuple(HAS)))


def _filters(rng: PseudoRandom, lines: Sequence[Line]) -> SampleQuery:
    return "只有条件", query("", theme=rng.pick(THEMES), state=rng.pick(_LABELS), level=rng.pick(_LEVELS))
