"""Dossiers compiled from reports of an invented newspaper: unreported facts are missing, dates are as vague as reported."""

from __future__ import annotations

from typing import Any

from weimin.demo.scenario import DossierContents, Scenario, ScenarioEvent, progress_consultation, progress_outcome


def _compiled_event(kind: str, day: str, prose: str, /, **fields: Any) -> ScenarioEvent:
    return ScenarioEvent(kind=kind, day=day, fields=fields, body=prose, filed_after=20)


def _by(date: str, title: str, *, partial: bool = True) -> dict[str, Any]:
    source: dict[str, Any] = {
        "publisher": "演示日报",
        "date": date,
        "title": title,
        "url": "https://example.org/news/1.html",
    }
    return source | {"partial": True} if partial else source


COMPILED = (
    Scenario(
        key="reported-square",
        at="990001004",
        on="2024-04-01",
        opened=30,
        contents=DossierContents(
            title="老街口袋公园怎么建",
            theme=("文化体育", "环境卫生"),
            why="据报道，老街一块闲置地改建口袋公园，事先开了协商会。",
        ),
        topic={"sources": "unpublished"},
        events=(
            _compiled_event(
                "consultation",
                "2024-04",
                "报道说，会上委员、乡贤和群众代表提了十余条意见，人数没有写。",
                about="selection",
                convened_by="cppcc",
                methods=[{"kind": "meeting"}],
                participants={
                    "members": "unpublished",
                    "residents": {"about": 30, "as": "余"},
                    "departments": "unpublished",
                },
                suggestions=[
                    {"id": "s1", "text": "保留两棵老槐树"},
                    {"id": "s2", "from": "群众代表", "text": "少硬化，多遮阴"},
                ],
            ),
            _compiled_event(
                "outcome",
                "by-2024-05-20",
                "报道说，意见基本采纳，当年建成。",
                of=["{consultation}"],
                consensus="full",
                measures=[{"id": "m1", "text": "建成口袋公园", "due": "2024"}],
            ),
            _compiled_event(
                "followup",
                "2024-Q4",
                "报道说，公园已经开放。",
                form="notice",
                measures=[{"id": "m1", "state": "done"}],
                compiled_from=[_by("2024-12-28", "口袋公园开放了")],
            ),
        ),
        compiled=_by("2024-05-20", "老街有了口袋公园"),
    ),
    Scenario(
        key="reported-canal",
        at="990003",
        on="2024-09-01",
        opened=20,
        contents=DossierContents(
            title="灌区末级渠系改造先修哪一段",
            theme=("生态水利",),
            why="据报道，灌区改造资金有限，先修哪一段由受益的几个镇协商。",
        ),
        topic={"sources": [{"from": "upper_level"}], "projects": "unpublished"},
        events=(
            _compiled_event(
                "consultation",
                "2024-H2",
                "报道没有写具体日期，只说下半年连开三次会。",
                about="selection",
                convened_by="cppcc",
                times=3,
                methods=[{"kind": "meeting"}, {"kind": "inspection", "places": "unpublished"}],
                participants={"members": 12, "sages": "included", "residents": "included", "departments": 4},
            ),
        ),
        compiled=_by("2024-12-31", "灌区改造听民意"),
    ),
    Scenario(
        key="reported-xxxx",
        at="990005",
        on="2024-11-05",
        opened=10,
        contents=DossierContents(title="县城停车收费听取意见", theme=("交通出行",), why="据报道整理；报道没有印年份。"),
        topic={"sources": "unpublished"},
        events=(
            _compiled_event(
                "consultation",
                "XXXX-10-12",
                "报道印的是“十月十二日”，没有年份。",
                about="selection",
                convened_by="cppcc",
                methods=[{"kind": "meeting", "votes": {"percent_for": 86.5}}],
                participants={
                    "members": "unpublished",
                    "residents": "unpublished",
                    "departments": "unpublished",
                    "total": {"about": 60, "as": "多"},
                },
            ),
            _compiled_event(
                "outcome",
                "by-2024-11-05",
                "报道说，前半小时免费写进了方案。",
                of=["{consultation}"],
                consensus="advice",
            ),
        ),
        compiled=_by("2024-11-05", "停车收费，先问群众"),
    ),
    Scenario(
        key="reported-eval",
        at="990006",
        on="2025-02-10",
        opened=20,
        contents=DossierContents(
            title="开发区通勤班车线路调整",
            theme=("交通出行", "就业社保"),
            why="据报道，开发区就班车线路听取了企业和职工意见。",
        ),
        topic={"sources": [{"from": "businesses"}]},
        events=(
            _compiled_event(
                "consultation",
                "2025-01",
                "报道说，线上线下都收了意见。",
                about="selection",
                convened_by="cppcc",
                methods=[{"kind": "online", "platform": "开发区公众号", "posts": {"about": 400, "as": "近"}}],
                participants={"members": 8, "businesses": {"about": 20, "as": "余"}, "departments": "unpublished"},
            ),
            _compiled_event(
                "outcome",
                "2025-02-10",
                "报道说，新增两条线路。",
                of=["{consultation}"],
                consensus="full",
                measures=[{"id": "m1", "text": "新增两条班车线路", "unit": "unpublished"}],
            ),
            _compiled_event(
                "evaluation",
                "2025-03",
                "",
                of=["{outcome}"],
                body="职工代表",
                way="线上问卷",
                ballots="unpublished",
                published_rate=98.5,
                compiled_from=[_by("2025-03-31", "班车坐得满意吗", partial=False)],
            ),
        ),
        compiled=_by("2025-02-10", "班车开到家门口", partial=False),
    ),
    Scenario(
        key="reported-then-own",
        at="990002003",
        on="2025-03-11",
        opened=12,
        contents=DossierContents(
            title="镇区夜市管理",
            theme=("就业社保", "环境卫生"),
            why="据报道整理；夜市摊位和油烟，居民和摊主坐在一起商量。",
        ),
        topic={"sources": "unpublished"},
        events=(
            _compiled_event(
                "consultation",
                "2025-03-11",
                "报道说，摊主、居民代表和部门都到了。",
                about="selection",
                convened_by="cppcc",
                methods=[{"kind": "meeting", "decided_by": "consensus"}],
                participants={"members": 3, "residents": 12, "departments": 2},
            ),
            _compiled_event(
                "outcome", "by-2025-03-28", "报道说，约定十点半收摊。", of=["{consultation}"], consensus="full"
            ),
            progress_consultation("2026-10-20", own=True),
            progress_outcome("2026-10-28", own=True),
        ),
        compiled=_by("2025-03-28", "夜市的约定"),
    ),
)
