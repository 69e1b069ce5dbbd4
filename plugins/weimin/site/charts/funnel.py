"""In how many dossiers each of the five steps was held, one bar for each; and in how many it was not, by what they say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from weimin.model.codes import STEPS
from weimin.site.charts.drawing import Box, Chart, ChartRow, Word, em, percent, share_words
from weimin.site.display_text import DisplayText

_ROW = 2.9  # em from one step to the next
HEIGHT = em(_ROW * len(STEPS))
NOTE = "没有记录的，可能不要求这一步，可能还没有到这一步或者没有开展，也可能报道没有说。"


class StepCount(msgspec.Struct, frozen=True, kw_only=True):
    """Of the dossiers of a chart, in how many a step was `held`, and in how many it was `skipped` with a reason.

    The others have no record of it. `href`: the records of the first; `counted`: the expressions of the `data-count` of all three.
    """

    held: int
    skipped: int = 0
    href: str = ""
    counted: tuple[str, str, str] = ("", "", "")


def counted_steps(of_year: Mapping[str, int], scope: str) -> tuple[StepCount, ...]:
    """The steps of the dossiers of a year, by its sums. `scope`: the year and the place, as an expression (`卷宗@CODE*?年=2026`)."""
    return tuple(
        StepCount(
            held=of_year.get(f"step{n}", 0),
            skipped=of_year.get(f"skipped{n}", 0),
            counted=(f"{scope}&步骤={n}", f"{scope}&略过={n}", f"{scope}&无记录={n}"),
        )
        for n in STEPS
    )


def funnel(counts: Sequence[StepCount], total: int, *, title: str, id: str = "funnel", unit: str = "件") -> Chart:
    """The five steps of `total` dossiers.

    Raises ValueError where there are not five counts or one is more than the total.
    """
    if len(counts) != len(STEPS) or any(c.held + c.skipped > total or min(c.held, c.skipped) < 0 for c in counts):
        raise ValueError(counts)
    if not total:
        return Chart(id=id, kind="funnel", title=title, empty="还没有卷宗。")
    steps = list(zip(STEPS.items(), counts, strict=True))
    return Chart(
        id=id,
        kind="funnel",
        title=title,
        desc=f"共{total}{unit}，开展过各步的：" + "，".join(f"{name}{c.held}{unit}" for (_, name), c in steps) + "。",
        height=HEIGHT,
        boxes=tuple(box for n, c in enumerate(counts) for box in _bar(n, c.held / total)),
        words=tuple(
            word
            for n, ((number, name), c) in enumerate(steps)
            for word in (
                Word("0", em(_ROW * n + 1.1), f"{number} {name} {c.held}{unit}"),
                Word("100%", em(_ROW * n + 1.1), share_words(c.held, total), "end"),
            )
        ),
        notes=(NOTE,),
        columns=("步骤", "开展过这一步", "占全部", "写明略过", "没有记录"),
        rows=tuple(ChartRow(_cells(f"{number} {name}", c, total, unit)) for (number, name), c in steps),
    )


def _cells(name: str, c: StepCount, total: int, unit: str) -> tuple[DisplayText, ...]:
    held, skipped, unrecorded = c.counted
    return (
        DisplayText(text=name),
        DisplayText(text=f"{c.held}{unit}", href=c.href, count=held),
        DisplayText(text=share_words(c.held, total)),
        DisplayText(text=f"{c.skipped}{unit}", count=skipped),
        DisplayText(text=f"{total - c.held - c.skipped}{unit}", count=unrecorded),
    )


def _bar(n: int, share: float) -> tuple[Box, ...]:
    y = em(_ROW * n + 1.5)
    track = Box("0", y, "100%", "0.8em", "track")
    return (track, Box("0", y, percent(share), "0.8em", "k1")) if share else (track,)
