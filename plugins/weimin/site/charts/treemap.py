"""A treemap: places as rectangles whose areas are in proportion to their sizes, each filled up to the share that reports.

The page 组织网络 shows the counties this way, the page of a platform the level below it. How a chart is made:

1. `squarify` lays the places out, the largest first, in a box of _WIDTH × _HEIGHT em: the text column of a usual phone.
   There the rectangles are near to squares.
2. Across, positions become percent of the width, so that the box fits any screen; down, they stay in em. On a wide screen
   the rectangles become wider, their areas keep their proportions.
3. A second box in each rectangle, from its bottom upwards, fills `part / whole` of its height.
4. Names are set where they have room on the narrowest screen in the largest type (`drawing.NARROW`): up to three lines,
   broken anywhere, as Chinese is; below the name the count `part/whole`. A place without room for its name is found in
   the table, which lists all of them.

Example. Three places with 60, 30 and 10 platforms fill 60 %, 30 % and 10 % of the box. If 15 of the 60 report, the first
one is filled to a quarter of its height.

Invariants:

- every place is in the table; a place of size 0 is only there, and a note says how many those are;
- 0 ≤ part ≤ whole, else ValueError;
- no two rectangles overlap, and together they cover the box.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from squarify import normalize_sizes, squarify

from weimin.site.charts.drawing import NARROW, Box, Chart, ChartRow, Key, Word, em, percent, share_words, width_of
from weimin.site.display_text import DisplayText

_WIDTH = 22.0  # em of a usual phone: cells are near squares there
_HEIGHT = 18.0  # em
HEIGHT = em(_HEIGHT)
_NARROWEST = NARROW / _WIDTH  # how much of that is left where letters are largest
_LINE = 1.25  # em
_MARGIN = 0.3  # em
_MOST = 3  # lines of a name


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """A place: `size` is in proportion to its area, `part` of `whole` is filled.

    `counts`: the expressions of the `data-count` of size, whole and part.
    """

    name: str
    size: int
    part: int
    whole: int
    href: str = ""
    counts: tuple[str, str, str] = ("", "", "")


def treemap(
    areas: Sequence[Area],
    *,
    title: str,
    id: str = "treemap",
    size_name: str = "平台",
    part_name: str = "已填报",
    unit: str = "个",
) -> Chart:
    """Places of size 0 are in the table alone. Raises ValueError for a part greater than its whole."""
    if any(a.size < 0 or not 0 <= a.part <= a.whole for a in areas):
        raise ValueError(areas)
    drawn = sorted((a for a in areas if a.size), key=lambda a: -a.size)
    same = all(a.size == a.whole for a in areas)
    rows = tuple(_row(a, same) for a in areas)
    columns = ("地方", size_name, *(() if same else ("平台",)), part_name, "比例")
    units = unit if same else f"{size_name}{unit}，平台个"
    if not drawn:
        nothing = f"{size_name}都是0，画不出图。" if areas else "没有下级。"
        return Chart(id=id, kind="treemap", title=title, columns=columns, rows=rows, unit=units, empty=nothing)
    placed = list(zip(drawn, _layout(drawn), strict=True))
    missing = len(areas) - len(drawn)
    part, whole = sum(a.part for a in areas), sum(a.whole for a in areas)
    return Chart(
        id=id,
        kind="treemap",
        title=title,
        desc=f"{len(areas)}处共{sum(a.size for a in areas)}{unit}{size_name}，{whole}个平台中{part_name}{part}个。",
        height=HEIGHT,
        boxes=tuple(box for area, room in placed for box in _boxes(area, room)),
        words=tuple(word for area, room in placed for word in _words(area, room)),
        keys=(Key("part", part_name), Key("cell", f"未填报；格子越大，{size_name}越多")),
        notes=(f"另有{missing}处{size_name}是0，不在图上。",) if missing else (),
        columns=columns,
        rows=rows,
        unit=units,
    )


class Room(msgspec.Struct, frozen=True):
    """The rectangle of a place, in em on a usual phone."""

    x: float
    y: float
    width: float
    height: float


def _layout(drawn: Sequence[Area]) -> list[Room]:
    sizes = normalize_sizes([a.size for a in drawn], _WIDTH, _HEIGHT)
    return [Room(r["x"], r["y"], r["dx"], r["dy"]) for r in squarify(sizes, 0.0, 0.0, _WIDTH, _HEIGHT)]


def _row(a: Area, same: bool) -> ChartRow:
    size, whole, part = (
        DisplayText(text=str(n), count=count) for n, count in zip((a.size, a.whole, a.part), a.counts, strict=True)
    )
    share = DisplayText(text=share_words(a.part, a.whole) if a.whole else "无")
    return ChartRow((DisplayText(text=a.name, href=a.href), size, *(() if same else (whole,)), part, share))


def _boxes(a: Area, room: Room) -> list[Box]:
    x, width = percent(room.x / _WIDTH), percent(room.width / _WIDTH)
    boxes = [Box(x, em(room.y), width, em(room.height), "cell")]
    if a.part:
        height = room.height * a.part / a.whole
        boxes.append(Box(x, em(room.y + room.height - height), width, em(height), "part"))
    return boxes


def _words(a: Area, room: Room) -> list[Word]:
    """The name in as many lines as it needs, and below it part and whole; nothing where the name has no room.

    The count of a single platform is left out: the filling shows it.
    """
    across = room.width * _NARROWEST - 2 * _MARGIN
    down = int((room.height - _MARGIN) / _LINE)
    name = _broken(a.name, across)
    if not name or len(name) > min(down, _MOST):
        return []
    counts = f"{a.part}/{a.whole}"
    with_counts = a.whole > 1 and len(name) < down and width_of(counts) <= across
    lines = [*name, counts] if with_counts else name
    x = percent(room.x / _WIDTH)
    return [Word(x, em(room.y + _LINE * (n + 1) - 0.1), text, dx=em(_MARGIN)) for n, text in enumerate(lines)]


def _broken(name: str, across: float) -> list[str]:
    """Chinese breaks anywhere; a line holds at least two characters, and so does the last one."""
    most = int(across)
    if width_of(name) <= across:
        return [name]
    if most < 2:
        return []
    count = -(-len(name) // most)
    each = -(-len(name) // count)
    return [name[n : n + each] for n in range(0, len(name), each)]
