"""How many days it took: columns of days, with the middle one, the slowest tenth and the time allowed."""

from __future__ import annotations

from collections.abc import Sequence

from weimin.site.charts.drawing import LINE, Box, Chart, ChartRow, Stroke, Word, apart, beside, em, percent, shown
from weimin.totals.durations import Spread, spread_of
from weimin.wording.counts import format_number

_COLUMNS = 6.0  # em
_FLOOR = LINE + _COLUMNS
_AXIS = LINE  # em below the floor
_WIDTHS = (1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730, 1825, 3650)  # days of a column
_MOST = 12  # columns
_LATER = 0.86  # of the width, where one more column holds all that took longer
HEIGHT = em(_FLOOR + _AXIS + 3 * LINE)


def times(
    days: Sequence[int],
    *,
    title: str,
    id: str = "times",
    what: str = "答复",
    unit: str = "件",
    limit: int | None = None,
) -> Chart:
    """`days`: of each, in any order; `limit`: the days allowed, where one number holds for all of them.

    Raises ValueError for a number below 0.
    """
    spread = spread_of(days)
    if spread is None:
        return Chart(id=id, kind="times", title=title, empty=f"还没有能算出天数的{what}。")
    axis = _Axis(days, limit, spread)
    median, slow = f"中位数{format_number(spread.median)}天", _slow_words(spread, unit)
    in_time = sum(d <= limit for d in days) if limit is not None else 0
    told = (f"{limit}天以内的{in_time}{unit}",) if limit is not None else ()
    return Chart(
        id=id,
        kind="times",
        title=title,
        desc="；".join((f"{what}共{spread.count}{unit}，最快{spread.least}天", median, slow, *told)) + "。",
        height=HEIGHT,
        boxes=axis.columns(),
        strokes=tuple(axis.strokes(spread, limit)),
        words=(
            *axis.labels(),
            beside(axis.at(spread.median), _FLOOR + _AXIS + LINE - 0.3, median),
            beside(axis.at(spread.slow_from), _FLOOR + _AXIS + 2 * LINE - 0.3, slow),
            *(
                (beside(axis.at(limit), _FLOOR + _AXIS + 3 * LINE - 0.3, f"期限{limit}天"),)
                if limit is not None
                else ()
            ),
        ),
        columns=("天数", f"{what}（{unit}）"),
        rows=(
            *axis.rows(),
            ChartRow(shown("中位数", f"{format_number(spread.median)}天")),
            ChartRow(shown("最慢的一成", f"{spread.slow_count}{unit}，{spread.slow_from}天或更久")),
            *((ChartRow(shown(f"期限{limit}天以内", f"{in_time}{unit}")),) if limit is not None else ()),
        ),
    )


def _slow_words(spread: Spread, unit: str) -> str:
    """With few of them the slowest tenth is the slowest one."""
    if spread.slow_count == 1:
        return f"最慢的一{unit}{spread.slow_from}天"
    return f"最慢的一成{spread.slow_from}天以上"


class _Axis:
    """Columns of equal width; values far beyond the slowest tenth share one column at the end."""

    def __init__(self, days: Sequence[int], limit: int | None, spread: Spread) -> None:
        reach = max(spread.slow_from if spread.count >= _MOST else spread.most, limit or 0, 6) + 1
        self.each = next((w for w in _WIDTHS if w * _MOST >= reach), reach // _MOST + 1)
        self.number = -(-reach // self.each)
        if spread.most < self.each * _MOST:
            self.number = max(self.number, spread.most // self.each + 1)
        self.later = spread.most >= self.each * self.number
        self.span = _LATER if self.later else 1.0
        self.counts = [0] * (self.number + self.later)
        for d in days:
            self.counts[min(d // self.each, len(self.counts) - 1)] += 1
        self.most = max(self.counts)

    def at(self, day: float) -> float:
        """The position of the middle of a day, as a share of the width."""
        end = self.each * self.number
        return self._middle(self.number) if day >= end else (day + 0.5) / end * self.span

    def _middle(self, n: int) -> float:
        return (1 + _LATER + 0.03) / 2 if n == self.number else (n + 0.5) / self.number * self.span

    def columns(self) -> tuple[Box, ...]:
        width = self.span / self.number
        return tuple(
            Box(percent(x), em(_FLOOR - height), percent(w), em(height), "column")
            for n, count in enumerate(self.counts)
            for height in (_COLUMNS * count / self.most,)
            for x, w in (((_LATER + 0.03, 0.97 - _LATER) if n == self.number else (width * (n + 0.05), width * 0.9)),)
            if count
        )

    def strokes(self, spread: Spread, limit: int | None) -> list[Stroke]:
        """The floor, broken before the last column, and a line down to the words of each mark."""
        found = [Stroke("0", em(_FLOOR), percent(self.span), em(_FLOOR), "floor")]
        if self.later:
            found.append(Stroke(percent(_LATER + 0.03), em(_FLOOR), "100%", em(_FLOOR), "floor"))
        marks = (("median", spread.median), ("slow", spread.slow_from), ("limit", limit))
        for n, (name, day) in enumerate(marks):
            if day is not None:
                x = percent(self.at(day))
                found.append(Stroke(x, em(LINE), x, em(_FLOOR + _AXIS + n * LINE + 0.1), name))
        return found

    def labels(self) -> list[Word]:
        """Numbers above the columns, the first and the last day below them."""
        middles = [self._middle(n) for n in range(len(self.counts))]
        texts = [str(count) if count else "" for count in self.counts]
        found = [
            beside(middles[n], _FLOOR - _COLUMNS * self.counts[n] / self.most - 0.3, texts[n])
            for n in sorted(apart(middles, texts, self.counts))
        ]
        y = em(_FLOOR + 1.1)
        found += [Word("0", y, "0天"), Word(percent(self.span), y, f"{self.each * self.number}天", "end")]
        if self.later:
            found.append(Word("100%", y, "更久", "end"))
        return found

    def rows(self) -> tuple[ChartRow, ...]:
        return tuple(ChartRow(shown(self._name(n), count)) for n, count in enumerate(self.counts))

    def _name(self, n: int) -> str:
        first = n * self.each
        if n == self.number:
            return f"{first}天或更久"
        return f"{first}天" if self.each == 1 else f"{first}至{first + self.each - 1}天"
