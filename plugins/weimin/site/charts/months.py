"""A year as twelve columns: consultations held, and around them those planned."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from weimin.site.charts.drawing import (
    LINE,
    Box,
    Chart,
    ChartRow,
    Key,
    Stroke,
    Word,
    apart,
    beside,
    em,
    percent,
    shown,
)
from weimin.site.display_text import DisplayText

_COLUMNS = 6.5  # em, the highest one
_FLOOR = LINE + _COLUMNS
HEIGHT = em(_FLOOR + LINE)
_WIDE, _SLIM = 0.84, 0.5  # of a month's room


_PLANNED_UNIT = "项"
"""A plan has subjects, each of which may take several consultations."""


def months(
    held: Sequence[int],
    *,
    title: str,
    id: str = "months",
    name: str = "开展协商",
    unit: str = "次",
    planned: Sequence[int] = (),
    planned_name: str = "计划",
    undated: int = 0,
    planned_undated: int = 0,
    counted: Sequence[str] = (),
) -> Chart:
    """`held` and, where there is a plan, `planned`: twelve counts; `undated`: those of the year without a month;
    `counted`: for each month the expression of the `data-count` of what was held.

    Raises ValueError for other than twelve counts or one below 0.
    """
    if len(held) != 12 or len(planned) not in (0, 12) or min((*held, *planned)) < 0:
        raise ValueError((held, planned))
    nobody = ("",) * 12
    rows = tuple(
        ChartRow(
            (DisplayText(text=f"{n + 1}月"), DisplayText(text=str(held[n]), count=ask), *shown(*planned[n : n + 1]))
        )
        for n, ask in enumerate(counted or nobody)
    )
    if undated or planned_undated:
        rows = (*rows, ChartRow(shown("月份未载", undated, *((planned_undated,) if planned else ()))))
    base = Chart(
        id=id,
        kind="months",
        title=title,
        columns=("月份", f"{name}（{unit}）", *((f"{planned_name}（{_PLANNED_UNIT}）",) if planned else ())),
        rows=rows,
        notes=(*_note(name, undated, unit), *_note(planned_name, planned_undated, _PLANNED_UNIT)),
    )
    most = max((*held, *planned))
    if not most:
        return msgspec.structs.replace(base, empty=f"各月都没有{name}的记录。")
    return msgspec.structs.replace(
        base,
        desc=_desc(held, name, unit) + (f"{planned_name}{sum(planned)}{_PLANNED_UNIT}。" if planned else ""),
        height=HEIGHT,
        boxes=(*_columns(planned, most, _WIDE, "hollow"), *_columns(held, most, _SLIM, "k1")),
        strokes=(Stroke("0", em(_FLOOR), "100%", em(_FLOOR), "floor"),),
        words=(*_labels(held, planned, most), *_names()),
        keys=(Key("k1", name), Key("hollow", planned_name)) if any(planned) else (),
    )


def _note(what: str, undated: int, unit: str) -> tuple[str, ...]:
    return (f"另有{undated}{unit}{what}没有载明月份，不在图上。",) if undated else ()


def _desc(held: Sequence[int], name: str, unit: str) -> str:
    told = "，".join(f"{n + 1}月{count}{unit}" for n, count in enumerate(held) if count)
    return f"{name}共{sum(held)}{unit}" + (f"：{told}。" if told else "。")


def _middle(n: int) -> float:
    return (n + 0.5) / 12


def _columns(counts: Sequence[int], most: int, share: float, name: str) -> list[Box]:
    return [
        Box(percent(_middle(n) - share / 24), em(_FLOOR - height), percent(share / 12), em(height), name)
        for n, count in enumerate(counts)
        for height in (_COLUMNS * count / most,)
        if count
    ]


def _labels(held: Sequence[int], planned: Sequence[int], most: int) -> list[Word]:
    """The number of consultations above its month; where there is no room for all, the highest numbers."""
    texts = [str(count) if count else "" for count in held]
    tops = [max(held[n], planned[n] if planned else 0) for n in range(12)]
    found = apart([_middle(n) for n in range(12)], texts, held)
    return [beside(_middle(n), _FLOOR - _COLUMNS * tops[n] / most - 0.3, texts[n]) for n in sorted(found)]


def _names() -> list[Word]:
    """The numbers of the months, without a unit except the first, since twelve of them are side by side."""
    return [Word(percent(_middle(n)), em(_FLOOR + 1.1), str(n + 1), "middle") for n in range(12)]
