"""The figures of a yearly report: what an assessment (目标考核) starts from, each with how it is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from weimin.model.figures import FIGURES, Figure, expression
from weimin.site.display_text import DisplayText
from weimin.totals.periods import durations
from weimin.wording.counts import format_number, format_percent

_Counted = Callable[..., DisplayText]
"""(text, names of its figures in order …) → the text with its `data-count`."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of the year and its values, each with the expression of its `data-count` where it is counted again."""

    figure: Figure
    values: tuple[DisplayText, ...]


def entries_of(sums: Mapping[str, int], code: str, year: str) -> tuple[Entry, ...]:
    """The table that an assessment starts from."""
    scope = f"{code}*" if code else ""

    def of(name: str) -> int:
        return sums.get(name, 0)

    def counted(text: str, *names: str) -> DisplayText:
        return DisplayText(text=text, count=expression(*names, scope=scope, only={"在": year}))

    def plain(text: str) -> tuple[DisplayText, ...]:
        return (DisplayText(text=text),)

    in_year = expression("卷宗", scope=scope, only={"年": year})
    outcomes = (
        f"{of('outcomes')}件：公布{of('outcome-publish')}件，决定不公布{of('outcome-withhold')}件，"
        f"没有登记决定{of('outcome-open')}件"
    )
    values = {
        "计划协商": (counted(f"{of('planned')}项", "计划协商"),),
        "开展协商": (counted(f"{of('held')}次", "开展协商"),),
        "卷宗": (DisplayText(text=f"{of('dossiers')}件", count=in_year),),
        "协商成果": (counted(outcomes, "协商成果", "公布的成果", "不公布的成果", "没有登记决定的成果"),),
        "形成成果用时": plain(_time(sums, "agreed", "件", "协商成果")),
        "办好的落实事项": _done(sums, counted),
        "办好用时": plain(_time(sums, "done", "项", "办好的落实事项")),
        "答复用时": plain(_time(sums, "answered", "件", "答复")),
        "按期答复": plain(_answered(sums)),
        "民主评议": (
            counted(f"{of('evaluations')}次", "民主评议"),
            *((counted(f"，满意率低的{of('low')}次", "满意率低的评议"),) if of("low") else ()),
        ),
        "满意率": _satisfaction(sums, counted),
    }
    return tuple(Entry(figure=FIGURES[name], values=found) for name, found in values.items())


def _time(sums: Mapping[str, int], name: str, unit: str, what: str) -> str:
    """Median and slowest tenth, and how many were left out because their days are not known."""
    found = durations(sums, name)
    left = f"；另有{found.unknown}{unit}日期不到日，没有算" if found.unknown else ""
    if (spread := found.spread) is None:
        return (
            f"无法计算：{found.unknown}{unit}的日期都没有写到哪一天" if found.unknown else f"无法计算：当年没有{what}"
        )
    slow = f"最慢的一成在{spread.slow_from}天以上" if spread.count > 10 else f"最慢的{spread.most}天"
    return f"{spread.count}{unit}，中位数{format_number(spread.median)}天，{slow}{left}"


def _done(sums: Mapping[str, int], counted: _Counted) -> tuple[DisplayText, ...]:
    """What was done in time is said only of those that had a day."""
    done, judged = sums.get("done", 0), sums.get("judged", 0)
    if not judged:
        reason = "；按期多少无法计算：都没有写完成期限" if done else ""
        return counted(f"{done}项", "办好的落实事项"), *((DisplayText(text=reason),) if reason else ())
    text = f"{done}项；有期限可比的{judged}项，其中按期{sums.get('in-time', 0)}项"
    return (counted(text, "办好的落实事项", "有期限可比的落实事项", "按期办好的落实事项"),)


def _answered(sums: Mapping[str, int]) -> str:
    judged, times = sums.get("answers-judged", 0), durations(sums, "answered")
    if judged:
        return f"有期限可比的{judged}件，其中按期{sums.get('answers-in-time', 0)}件"
    answered = len(times.days) + times.unknown
    return f"无法计算：答复的{answered}件都没有期限可比" if answered else "无法计算：当年没有答复"


def _satisfaction(sums: Mapping[str, int], counted: _Counted) -> tuple[DisplayText, ...]:
    """The rate with the ballots that it stands on; the parts of these add up to them."""
    valid, good = sums.get("valid", 0), sums.get("good", 0)
    if not valid:
        return (DisplayText(text="无法计算：没有能复算的评议"),)
    satisfied, basically = sums.get("satisfied", 0), sums.get("basically", 0)
    text = (
        f"{format_percent(good / valid)}（{sums.get('rated', 0)}次评议，有效票{valid}张：满意{satisfied}张，"
        f"基本满意{basically}张，其他{valid - satisfied - basically}张；按各次评议时的口径，计入满意率的{good}张）"
    )
    return (counted(text, "满意率", "能复算的评议", "有效票", "满意票", "基本满意票", "其他有效票", "计入满意率的票"),)
