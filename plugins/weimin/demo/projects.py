"""Lists of livelihood projects (为民办实事项目清单) of the city, a county and a town, with drafts and progress."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from weimin.demo.names import AREAS, party
from weimin.demo.versions import Version
from weimin.records.place import path_of

_CITY = (
    ("1", "新建改建学校食堂三十所", "市教育部门", "三十所", "2026-12-31", "on_track", "已完工二十四所"),
    ("2", "农村公路提质一百公里", "市交通运输部门", "一百公里", "2026-12-31", "ahead", "已完成九十二公里"),
    ("3", "建设公共充电设施三百处", "市城市管理部门", "三百处", "2026-12-31", "behind", "二十六处用地手续未办完"),
    ("4", "新增普惠托位一千个", "市卫生健康部门", "一千个", "2026-11-30", "done", "新增一千零四十个"),
    ("5", "更新老旧电梯一百二十部", "市住房建设部门", "一百二十部", "2026-12-31", "on_track", "已更新九十六部"),
    ("6", "建设口袋公园二十处", "市城市管理部门", "二十处", "2026-10-31", "stopped", "四处因选址争议停工"),
)
_COUNTY = (
    ("1", "改造农贸市场四处", "区商务部门", "四处", "2026-12-31", "on_track", "两处已营业"),
    ("2", "改造老旧小区二十个", "区住房建设部门", "二十个", "2026-12-31", "ahead", "十八个已开工"),
    ("3", "新建社区卫生站三处", "区卫生健康部门", "三处", "2026-12-31", "on_track", "主体完工"),
)
_TOWN = (
    ("1", "安装村庄路灯二百盏", "{gov}", "二百盏", "2026-09-30", "done", "全部点亮"),
    ("2", "清淤河道六公里", "{gov}", "六公里", "2026-12-31", "on_track", "已清四公里"),
)


def projects() -> Iterator[Version]:
    draft = [{"item": i, "name": name.replace("三百", "若干"), "lead": lead} for i, name, lead, *_ in _CITY]
    yield _list("990000", "2026-draft", "2026 年示例市为民办实事项目（讨论稿）", draft, date(2025, 11, 25))
    yield from _adopted("990000", 2026, _CITY, "示例市人民代表大会")
    yield from _adopted("990001", 2026, _COUNTY, "甲辰区人民代表大会")
    yield from _adopted("990004002", 2026, _TOWN, party("990004002"))
    old = [{"item": "1", "name": "新建村级文化广场四十处", "lead": "市文化部门", "plan": "四十处", "due": "2025-12-31"}]
    old.append(
        {"item": "2", "name": "城乡公交末班车延时", "lead": "市交通运输部门", "plan": "三十条线路", "due": "2025-12-31"}
    )
    fields = {"adopted": {"by": "示例市人民代表大会", "date": "2025-01-16"}, "partial": True}
    yield _list("990000", "2025", "2025 年示例市为民办实事项目清单", old, date(2025, 1, 20), **fields)


def _adopted(code: str, year: int, rows: tuple[tuple[str, ...], ...], by: str) -> Iterator[Version]:
    title = f"{year} 年{AREAS[code]}为民办实事项目清单"
    first: list[dict[str, Any]] = [
        {"item": i, "name": name, "lead": lead.replace("{gov}", AREAS[code]), "plan": plan, "due": due}
        for i, name, lead, plan, due, *_ in rows
    ]
    fields = {"adopted": {"by": by, "date": f"{year}-01-18"}}
    yield _list(code, str(year), title, [dict(line) for line in first], date(year, 1, 22), **fields)
    for as_of, filed, state in (
        (f"{year}-06-30", date(year, 7, 6), "on_track"),
        (f"{year}-10-31", date(year, 11, 4), ""),
    ):
        for line, row in zip(first, rows, strict=True):
            described = {"as_of": as_of, "state": state or row[5]} | ({} if state else {"note": row[6]})
            line["progress"] = [*line.get("progress", ()), described]
        yield _list(code, str(year), title, [dict(line) for line in first], filed, **fields)


def _list(code: str, stem: str, title: str, items: list[Any], filed: date, **fields: Any) -> Version:
    path = path_of("projects", platform=code, stem=stem)
    raw = {"title": title, "items": items, **fields}
    return Version(path=path, kind="projects", raw=raw, filed=filed, clerk=code, subject=title)
