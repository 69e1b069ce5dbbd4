"""Each chart in the states that a register brings: nothing, one, few, many, all zero, one that outweighs the rest."""

from __future__ import annotations

from weimin.model.codes import STEPS
from weimin.site.charts.drawing import Chart
from weimin.site.charts.funnel import StepCount, funnel
from weimin.site.charts.months import months
from weimin.site.charts.tally import Part, tally
from weimin.site.charts.times import times
from weimin.site.charts.treemap import Area, treemap
from weimin.site.display_text import DisplayText

LABELS = ("满意", "基本满意", "不满意", "不了解", "弃权")
PLACES = ("宿城样例区", "宿豫样例区", "沭阳样例县", "泗阳样例县", "泗洪样例县", "样例经济技术开发区")


def ballots(*counts: int, id: str = "tally") -> Chart:
    parts = [
        Part(label, count, DisplayText(text=str(count), claim=f"content/a.md#/ballots/{n}"))
        for n, (label, count) in enumerate(zip(LABELS, counts, strict=False))
    ]
    return tally(parts, title="评议结果", id=id)


def areas(*sizes: int, has_records: int = 3) -> list[Area]:
    names = [PLACES[n] if n < len(PLACES) else f"样例第{n}村" for n in range(len(sizes))]
    return [
        Area(
            name=name,
            size=size,
            part=min(size, size * (n % (has_records + 1)) // has_records),
            whole=size,
            href=f"/{n}/",
        )
        for n, (name, size) in enumerate(zip(names, sizes, strict=True))
    ]


def steps(*held: int, total: int, id: str = "funnel", skipped: tuple[int, ...] = (0,) * 5) -> Chart:
    counts = [StepCount(held=h, skipped=s) for h, s in zip(held, skipped, strict=False)]
    return funnel(counts, total, title="2026年的卷宗开展了哪些步骤", id=id)


def answers(*days: int, id: str = "times", limit: int | None = None) -> Chart:
    return times(days, title="答复用了几天", id=id, limit=limit)


def network(rows: list[Area], id: str = "treemap") -> Chart:
    return treemap(rows, title="县区的平台", id=id)


def a_year(held: tuple[int, ...], planned: tuple[int, ...] = (), id: str = "months", **more: int) -> Chart:
    return months(held, planned=planned, title="2026年各月的协商", id=id, **more)


_MANY = tuple((n * n * 7) % 29 + (n % 5) for n in range(400))

STATES: dict[str, Chart] = {
    "funnel-usual": steps(12, 11, 4, 7, 3, total=12, id="funnel-usual", skipped=(0, 0, 5, 0, 1)),
    "funnel-nothing": steps(0, 0, 0, 0, 0, total=0, id="funnel-nothing"),
    "funnel-one": steps(1, 0, 0, 0, 0, total=1, id="funnel-one"),
    "funnel-none-far": steps(0, 0, 0, 0, 0, total=3, id="funnel-none-far"),
    "funnel-many": steps(61234, 60001, 23456, 20999, 7, total=61234, id="funnel-many"),
    "tally-usual": ballots(52, 8, 3, 2, 1, id="tally-usual"),
    "tally-nothing": ballots(0, 0, 0, id="tally-nothing"),
    "tally-one": ballots(1, 0, 0, id="tally-one"),
    "tally-even": ballots(20, 20, 20, 20, 20, id="tally-even"),
    "tally-outweighed": ballots(3991, 5, 3, 1, 0, id="tally-outweighed"),
    "tally-all-bad": ballots(0, 0, 44, id="tally-all-bad"),
    "months-usual": a_year((0, 1, 3, 2, 0, 4, 6, 2, 1, 3, 2, 0), id="months-usual"),
    "months-planned": a_year(
        (0, 1, 3, 2, 0, 4, 6, 2, 0, 0, 0, 0),
        (1, 1, 2, 2, 2, 3, 3, 3, 2, 2, 2, 1),
        id="months-planned",
        undated=2,
        planned_undated=1,
    ),
    "months-nothing": a_year((0,) * 12, id="months-nothing"),
    "months-one": a_year((0,) * 5 + (1,) + (0,) * 6, id="months-one"),
    "months-many": a_year((120, 98, 143, 201, 188, 176, 99, 130, 222, 240, 199, 87), id="months-many"),
    "months-outweighed": a_year((1, 0, 2, 1, 1, 400, 1, 0, 1, 2, 1, 1), id="months-outweighed"),
    "treemap-usual": network(areas(240, 180, 420, 260, 310, 46), id="treemap-usual"),
    "treemap-nothing": network([], id="treemap-nothing"),
    "treemap-all-zero": network(areas(0, 0, 0), id="treemap-all-zero"),
    "treemap-one": network(areas(1), id="treemap-one"),
    "treemap-twelve": network(areas(31, 28, 25, 22, 20, 18, 14, 12, 9, 7, 3, 0), id="treemap-twelve"),
    "treemap-many": network(areas(*([1] * 400), has_records=1), id="treemap-many"),
    "treemap-outweighed": network(areas(1000, *([1] * 11)), id="treemap-outweighed"),
    "times-usual": answers(3, 5, 6, 6, 7, 8, 9, 9, 11, 12, 14, 14, 15, 17, 22, 24, 31, 48, id="times-usual", limit=15),
    "times-nothing": answers(id="times-nothing"),
    "times-one": answers(9, id="times-one", limit=15),
    "times-same-day": answers(0, 0, 0, id="times-same-day"),
    "times-twelve": answers(2, 3, 3, 5, 8, 9, 9, 10, 13, 16, 20, 33, id="times-twelve"),
    "times-many": answers(*_MANY, id="times-many", limit=15),
    "times-outweighed": answers(*([4, 5, 6, 7, 8] * 4), 900, id="times-outweighed", limit=15),
}
"""By kind and state; `usual` ones stand for their kind in docs/images."""

assert {chart.kind for chart in STATES.values()} == {"funnel", "tally", "months", "treemap", "times"}
assert len(STEPS) == 5
