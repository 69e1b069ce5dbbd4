"""The platforms' own records: yearly plans, guidance, exemptions, and those of other modules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from weimin.demo.names import CITY, of_level, party, words_of
from weimin.demo.opinions import opinions
from weimin.demo.platforms import SILENT_TOWNSHIPS
from weimin.demo.projects import projects
from weimin.demo.scenarios import SCENARIOS
from weimin.demo.versions import Version
from weimin.model.place import Level
from weimin.records.place import path_of

YEARS = (2024, 2025, 2026)

WITHOUT_PLAN = ("990003004004", 2026)
"""(platform, year) with an exemption: the plan of that year is made by the town."""

_Planned = tuple[str, str, date]  # title, dossier, day of the consultation
_SPARE = ("村级道路保洁办法", "公共活动场所开放时间", "红白事操办的约定", "暑期看护点", "老年人体检安排")
_CITY_GUIDANCE = (
    ("2024-03-05", "training", "集中培训一天，讲一件事怎么从征集走到评议。"),
    ("2025-03-11", "demonstration", "到甲辰区现场看一次完整的协商，看议题怎么定、意见怎么记。"),
    ("2026-03-10", "rule", "讲实施办法里评估的三项指标，数量不是唯一。"),
)


def platform_records(ids: Mapping[str, str]) -> Iterator[Version]:
    """Every version of the platforms' own records, except platform.yml and rules."""
    yield from projects()
    yield from opinions(ids)
    yield from _plans(ids)
    yield from _guidance()
    yield from _exemptions()


def _plans(ids: Mapping[str, str]) -> Iterator[Version]:
    """Plans for most years since a platform's first dossier: subjects in January, their dossiers at the end of the year."""
    found: dict[str, dict[int, list[_Planned]]] = {}
    for s in SCENARIOS:
        if s.compiled is None:
            dossier = ids[s.key]
            year = int(dossier.partition("/")[2][:4])
            found.setdefault(s.at, {}).setdefault(year, []).append(
                (s.contents.title, dossier, date.fromisoformat(s.on))
            )
    for code, by_year in sorted(found.items()):
        for year in range(min(by_year), YEARS[-1] + 1):
            if (code, year) != WITHOUT_PLAN and crc32(f"{code}/{year}".encode()) % 6:
                yield from _plan(code, year, by_year.get(year, []))
    for code in (*of_level(Level.COUNTY), *of_level(Level.TOWNSHIP)):
        if code not in found and code not in SILENT_TOWNSHIPS and crc32(code.encode()) % 3:
            yield from _plan(code, YEARS[-1], [])


def _plan(code: str, year: int, found: list[_Planned]) -> Iterator[Version]:
    raw: dict[str, Any] = {
        "items": [{"subject": _subject(code, title), "when": _quarter(on, year)} for title, _, on in found]
    }
    raw["approved"] = {"by": party(code), "date": f"{year}-01-{12 + int(code[-1])}"}
    spare = _SPARE[crc32(code.encode()) % len(_SPARE)]
    if len(found) < 2:
        raw["items"].append({"subject": spare, "when": f"{year}-H2"})
    if len(found) == 1 and year < YEARS[-1]:
        raw["items"][-1]["dropped"] = "已由上级统一安排"
    path = path_of("plan", platform=code, stem=str(year))
    common: dict[str, Any] = {"path": path, "kind": "plan", "clerk": code}
    yield Version(raw=raw, filed=date(year, 1, 25), subject=f"{year} 年协商计划", **common)
    if not found:
        return
    items = [item | {"methods": ["meeting"]} for item in raw["items"]]
    for item, (_, dossier, _) in zip(items, found, strict=False):
        item["dossier"] = dossier
    named = min(date(year, 12, 20), date(2026, 11, 18))
    yield Version(raw=raw | {"items": items}, filed=named, subject=f"{year} 年协商计划：对上卷宗", **common)


def _subject(code: str, title: str) -> str:
    return title.format_map(words_of(code))[:60]


def _quarter(on: date, year: int) -> str:
    return f"{year}-Q{(on.month + 2) // 3}" if on.year == year else f"{year}-H2"


def _guidance() -> Iterator[Version]:
    for on, form, body in _CITY_GUIDANCE:
        yield _guided(CITY, on, of_level(Level.COUNTY), form, body)
    for serial, code in enumerate(of_level(Level.COUNTY)[:5]):
        below = [t for t in of_level(Level.TOWNSHIP) if t.startswith(code)]
        for year in YEARS[2 if serial == 3 else serial % 2 :]:
            form = ("visit", "training", "demonstration")[(serial + year) % 3]
            yield _guided(
                code,
                f"{year}-04-{8 + serial:02d}",
                below,
                form,
                "分片到乡镇，看记录写得全不全，帮着补上责任单位和期限。",
            )


def _guided(code: str, on: str, to: Any, form: str, body: str) -> Version:
    return Version(
        path=path_of("guidance", platform=code, stem=on),
        kind="guidance",
        raw={"to": list(to), "form": form},
        body=body,
        filed=date.fromisoformat(on) + timedelta(days=2),
        clerk=code,
        subject="指导",
    )


def _exemptions() -> Iterator[Version]:
    """One exemption that is valid and used, and one that has expired (L108)."""
    folder = path_of("platform", platform=WITHOUT_PLAN[0])
    rows = [
        {
            "rule": "W705",
            "subject": folder,
            "reason": "两村刚合并，当年计划由镇里代编",
            "approved_by": "丙午县政协办公室",
            "until": "2026-12-31",
        },
        {
            "rule": "W706",
            "subject": folder,
            "reason": "合并当年不足一次",
            "approved_by": "丙午县政协办公室",
            "until": "2025-12-31",
        },
    ]
    path = path_of("exemptions", platform="990003")
    yield Version(path=path, kind="exemptions", raw=rows, filed=date(2025, 8, 1), clerk="990003", subject="豁免")
