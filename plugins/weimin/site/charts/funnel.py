"""How many dossiers held each of the five steps, one bar for each."""

from __future__ import annotations

from collections.abc import Sequence

from weimin.model.codes import STEPS
from weimin.site.charts.drawing import Box, Chart, ChartRow, Word, em, percent, share_words
from weimin.site.display_text import DisplayText

_ROW = 2.9  # em from one step to the next
HEIGHT = em(_ROW * len(STEPS))


def funnel(
    counts: Sequence[int],
    total: int,
    *,
    title: str,
    id: str = "funnel",
    hrefs: Sequence[str] = (),
    counted: Sequence[str] = (),
    unit: str = "件",
) -> Chart:
    """`counts`: how many of `total` dossiers have held step 1 to 5; a later step may have been held by more. Of each, where
    given, `hrefs`: its records, and `counted`: the expression of its `data-count`.

    Raises ValueError where there are not five counts or one is more than the total.
    """
    if len(counts) != len(STEPS) or max(counts) > total or min(counts) < 0:
        raise ValueError(counts)
    if not total:
        return Chart(id=id, kind="funnel", title=title, empty="还没有卷宗。")
    steps = list(zip(STEPS.items(), counts, strict=True))
    nothing = ("",) * len(STEPS)
    return Chart(
        id=id,
        kind="funnel",
        title=title,
        desc=f"共{total}{unit}，开展过各步的："
        + "，".join(f"{name}{count}{unit}" for (_, name), count in steps)
        + "。",
        height=HEIGHT,
        boxes=tuple(box for n, count in enumerate(counts) for box in _bar(n, count / total)),
        words=tuple(
            word
            for n, ((number, name), count) in enumerate(steps)
            for word in (
                Word("0", em(_ROW * n + 1.1), f"{number} {name} {count}{unit}"),
                Word("100%", em(_ROW * n + 1.1), share_words(count, total), "end"),
            )
        ),
        columns=("步骤", "开展过这一步", "占全部"),
        rows=tuple(
            ChartRow(
                (
                    DisplayText(text=f"{number} {name}"),
                    DisplayText(text=f"{count}{unit}", href=href, count=expression),
                    DisplayText(text=share_words(count, total)),
                )
            )
            for ((number, name), count), href, expression in zip(
                steps, hrefs or nothing, counted or nothing, strict=True
            )
        ),
    )


def _bar(n: int, share: float) -> tuple[Box, ...]:
    y = em(_ROW * n + 1.5)
    track = Box("0", y, "100%", "0.8em", "track")
    return (track, Box("0", y, percent(share), "0.8em", "k1")) if share else (track,)
