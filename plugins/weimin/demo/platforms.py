"""platform.yml of every place; only some of the platforms have records of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from weimin.demo.names import AREAS, CITY, cppcc, hall, party
from weimin.demo.versions import Version
from weimin.model.place import Level, level_of
from weimin.records.place import path_of

Raw = dict[str, Any]

SILENT_TOWNSHIPS = ("990005004", "990006003")
INCOMPLETE_COUNTY = "990005"
CLOSED, INTO = "990003004005", "990003004004"
CLOSED_ON = date(2025, 6, 30)
_FILED = date(2024, 1, 2)
_EDITED = date(2025, 7, 3)

_SECTORS = ("农业界", "教育界", "医药卫生界", "经济界", "社会福利和社会保障界", "工商联界", "科技界")
_DAYS = ("每月 5 日上午", "每月 10 日上午", "每月第二个星期三", "每季度首月 15 日")


def platforms(active: frozenset[str]) -> Iterator[Version]:
    """`active`: platforms that have dossiers. They and some others have more fields than the name."""
    for serial, code in enumerate(AREAS):
        raw = _raw(code, serial, code in active or serial % 4 == 0)
        yield _version(code, raw, _FILED, "建档：平台和规则")
    closed = {"date": CLOSED_ON.isoformat(), "reason": "两村合并，议题转到新村", "into": INTO}
    raw = _village(CLOSED, list(AREAS).index(CLOSED)) | {"closed": closed}
    yield _version(CLOSED, raw, _EDITED, f"{AREAS[CLOSED]}撤并")


def _version(code: str, raw: Raw, filed: date, subject: str) -> Version:
    path = path_of("platform", platform=code)
    return Version(path=path, kind="platform", raw=raw, filed=filed, clerk=CITY, subject=subject)


def _raw(code: str, serial: int, has_records: bool) -> Raw:
    match level_of(code):
        case Level.CITY:
            return _city()
        case Level.COUNTY:
            return _county(code)
        case Level.TOWNSHIP:
            return _township(code, serial) if code not in SILENT_TOWNSHIPS else {"area": AREAS[code]}
        case _:
            return _village(code, serial) if has_records or code == CLOSED else {"area": AREAS[code]}


def _city() -> Raw:
    return {
        "area": AREAS[CITY],
        "brand": "示例市为民协商一张网",
        "established": "2019-11-15",
        "leading_group": {
            "office_at": "示例市政协",
            "posts": [
                {"role": "第一组长", "held_by": "示例市委书记"},
                {"role": "组长", "held_by": "示例市政协主席"},
                {"role": "副组长", "held_by": "示例市委组织部部长"},
                {"role": "副组长", "held_by": "示例市委统战部部长"},
                {"role": "副组长", "held_by": "示例市政府常务副市长"},
                {"role": "副组长", "held_by": "示例市政协驻会副主席"},
            ],
        },
        "members": {"count": 320, "sectors": list(_SECTORS), "schedule": _DAYS[3]},
        "channels": [
            {"kind": "web", "where": "示例市为民协商网", "url": "https://example.org/submit"},
            {"kind": "letterbox", "where": "示例市政协大门东侧"},
        ],
    }


def _county(code: str) -> Raw:
    name = AREAS[code]
    raw: Raw = {
        "area": name,
        "established": "2019-11-22",
        "members": {"count": 120 + int(code[-1]) * 9, "sectors": list(_SECTORS[: 3 + int(code[-1]) % 4])},
        "channels": [{"kind": "letterbox", "where": f"{name}政务服务大厅"}],
    }
    if code != INCOMPLETE_COUNTY:
        posts = [
            ("第一组长", "书记" if name.endswith("开发区") else "委书记"),
            ("组长", "政协主席"),
            ("副组长", "组织部部长"),
            ("副组长", "统战部部长"),
            ("副组长", "常务副职"),
            ("副组长", "政协驻会副主席"),
        ]
        raw["leading_group"] = {
            "office_at": f"{name}政协",
            "posts": [{"role": role, "held_by": name + post} for role, post in posts],
        }
    else:
        raw["leading_group"] = {"office_at": f"{name}政协", "posts": [{"role": "组长", "held_by": f"{name}政协主席"}]}
    return raw


def _township(code: str, serial: int) -> Raw:
    raw: Raw = {
        "area": AREAS[code],
        "hosts": [("政协联络组", "政协委员之家", "委员履职小组")[serial % 3]],
        "established": "2020-04-20" if serial % 11 == 0 else f"2019-11-{10 + serial % 19:02d}",
        "posts": [
            {"role": "召集人", "held_by": f"{cppcc(code)}组长"},
            {"role": "联络员", "held_by": f"{party(code)}统战委员"},
        ],
        "channels": [{"kind": "letterbox", "where": f"{hall(code)}门口"}, {"kind": "visit", "where": hall(code)}],
    }
    if serial % 7:
        raw["members"] = _members(serial, 6)
    if serial % 5 == 0:
        raw |= {"brand": f"{AREAS[code]}议事亭", "former_names": [f"{AREAS[code]}民情议事室"]}
    return raw


def _village(code: str, serial: int) -> Raw:
    raw: Raw = {
        "area": AREAS[code],
        "hosts": ["乡贤参事会"],
        "established": f"2019-12-{1 + serial % 28:02d}" if serial % 9 else "2020-01",
        "posts": [{"role": "召集人", "held_by": f"{party(code)}书记"}],
        "channels": [{"kind": "letterbox", "where": f"{AREAS[code]}党群服务中心门口"}],
    }
    if serial % 6:
        raw["members"] = _members(serial, 2)
    if serial % 10 == 0:
        raw["place_found"] = {"list": "示例市区划名录（演示）", "date": "2023", "code": code, "name": AREAS[code]}
    return raw


def _members(serial: int, least: int) -> Raw:
    return {
        "count": least + serial % 4,
        "sectors": [_SECTORS[serial % 7], _SECTORS[(serial + 3) % 7]],
        "schedule": _DAYS[serial % 4],
    }
