"""Records of a made register, by hand: a matter in all five steps, one withheld, one from a newspaper; a few platforms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builders.value import record
from weimin.model.network import folder_of as folder
from weimin.model.record import Record

CITY, COUNTY, TOWN, VILLAGE, SILENT = "990100", "990101", "990101001", "990101001001", "990101001002"
FULL, WITHHELD, COMPILED = f"{VILLAGE}/2026-001", f"{VILLAGE}/2026-002", f"{TOWN}/2026-001"
SCRIPT = "<script>alert(1)</script>"
SECRET = "不得外传的字句"


def event(dossier: str, name: str, raw: Mapping[str, Any], body: str = "") -> Record:
    code, _, number = dossier.partition("/")
    return record(f"{folder(code)}/{number}/{name}", raw, body)


def full_dossier() -> list[Record]:
    """The five steps, a correction, suggestions, dissent and a matter reported up that is not public."""
    return [
        event(
            FULL,
            "topic.md",
            {
                "title": f"村口路灯 {SCRIPT}",
                "theme": ["交通出行", "公共安全"],
                "sources": [{"from": "residents", "note": "夜里看不清路"}],
                "approval": {"by": "样例村党总支", "date": "2026-02-20"},
                "announces": [{"about": "灯装在哪里", "when": "2026-03-02", "where": "村部", "how": "到场"}],
                "skipped": [{"step": "progress", "reason": "三个月内办结", "by": "样例村为民协商联系点"}],
            },
            "村口到学校的路有六百米，没有路灯。",
        ),
        event(
            FULL,
            "2026-03-02-consultation.md",
            {
                "about": "selection",
                "methods": [
                    {
                        "kind": "meeting",
                        "place": "村部会议室",
                        "decided_by": "show_of_hands",
                        "votes": {"for": 27, "against": 2, "abstained": 1},
                    },
                    {"kind": "survey", "places": ["村口", "学校门口"], "collected": {"about": 40, "as": "余"}},
                ],
                "time": "morning",
                "participants": {"members": 2, "residents": {"about": 30}, "departments": "unpublished"},
                "suggestions": [
                    {"id": "s1", "text": "先装学校门口", "from": "学生家长"},
                    {"id": "s2", "text": "用太阳能灯"},
                ],
                "dissent": [{"id": "d1", "text": "灯太亮影响休息"}],
            },
            "## 议了什么\n\n大家**一致**认为要装灯。\n\n- 学校门口先装\n- 每盏隔四十米",
        ),
        event(
            FULL,
            "2026-03-10-outcome.md",
            {
                "of": ["2026-03-02-consultation"],
                "consensus": "full",
                "measures": [
                    {
                        "id": "m1",
                        "text": "装路灯",
                        "unit": "样例镇村建办",
                        "with": ["样例村"],
                        "target": {"amount": 15, "unit": "盏"},
                        "due": "2026-06-30",
                        "upkeep": "电费由村里出",
                    },
                    {"id": "m2", "text": "修剪行道树", "unit": VILLAGE, "due": "2026-05"},
                ],
                "funding": [{"from": "镇财政", "yuan": 60000, "kind": "money", "state": "granted"}],
                "upward": [{"id": "u1", "kind": "emerging", "to": TOWN, "reported": {"date": "2026-03-12"}}],
                "submitted": [{"to": "样例村党总支", "date": "2026-03-12"}],
                "publication": {
                    "decision": "publish",
                    "by": VILLAGE,
                    "date": "2026-03-15",
                    "channels": [{"kind": "noticeboard", "date": "2026-03-16"}],
                },
            },
            "六月底以前装好十五盏。",
        ),
        event(
            FULL,
            "2026-03-25-response.md",
            {
                "by": VILLAGE,
                "answers": [
                    {"to": "s1", "decision": "adopted", "text": "先装学校门口", "measure": "m1"},
                    {"to": "s2", "decision": "declined", "text": "冬天日照不够"},
                    {"to": "d1", "text": "灯罩朝下，十点以后调暗"},
                    {"to": "u1", "decision": "noted", "text": SECRET},
                ],
            },
            SECRET,
        ),
        event(
            FULL,
            "2026-06-12-followup.md",
            {
                "form": "inspection",
                "by": "政协委员",
                "measures": [
                    {"id": "m1", "state": "done", "done": {"amount": 15, "unit": "盏", "date": "2026-06-10"}},
                    {"id": "m2", "state": "behind", "reason": "雨天多"},
                ],
            },
            "灯都亮了。",
        ),
        event(
            FULL,
            "2026-11-20-evaluation.yml",
            {
                "of": ["2026-03-10-outcome"],
                "body": "村民代表",
                "way": "现场投票",
                "ballots": {
                    "issued": 70,
                    "returned": 66,
                    "invalid": 1,
                    "satisfied": 50,
                    "basically_satisfied": 10,
                    "dissatisfied": 5,
                },
            },
        ),
        event(
            FULL,
            "2026-11-21-correction.yml",
            {
                "of": "2026-03-10-outcome",
                "changes": [{"field": "/measures/1/due", "from": "2026-05", "to": "2026-12"}],
                "reason": "期限写错了",
                "approved_by": "样例村党总支",
            },
        ),
    ]


def withheld_dossier() -> list[Record]:
    """An outcome that was decided against publication, with words that should never have been there."""
    return [
        event(WITHHELD, "topic.md", {"title": "一件不公布成果的事", "theme": "其他", "sources": []}),
        event(WITHHELD, "2026-04-01-consultation.md", {"about": "selection"}, "记了几句。"),
        event(
            WITHHELD,
            "2026-04-10-outcome.md",
            {
                "of": ["2026-04-01-consultation"],
                "consensus": "partial",
                "measures": [{"id": "m1", "text": SECRET}],
                "dissent": [{"id": "d1", "text": SECRET}],
                "upward": [{"id": "u1", "text": SECRET, "publish": True}],
                "submitted": [{"to": SECRET}],
                "publication": {
                    "decision": "withhold",
                    "by": VILLAGE,
                    "date": "2026-04-12",
                    "reason": "涉及个人隐私",
                    "digest": "sha256:" + "0" * 64,
                },
            },
            SECRET,
        ),
        event(
            WITHHELD,
            "2026-04-20-correction.yml",
            {
                "of": "2026-04-10-outcome",
                "changes": [{"field": "/measures/0/text", "from": SECRET, "to": f"{SECRET}二"}],
                "reason": SECRET,
                "approved_by": "样例村党总支",
            },
        ),
    ]


def compiled_dossier() -> list[Record]:
    """From a newspaper: days not known to the day, numbers as printed, later steps not seen."""
    source = [
        {
            "publisher": "样例日报",
            "date": "2020-09-09",
            "title": "路宽了",
            "url": "https://example.org/a",
            "partial": True,
        }
    ]
    return [
        event(
            COMPILED,
            "topic.md",
            {"title": "学校周边交通", "theme": "交通出行", "sources": [{"from": "residents"}], "compiled_from": source},
        ),
        event(
            COMPILED,
            "by-2020-09-09-consultation.md",
            {
                "about": "selection",
                "convened_by": "platform",
                "methods": "unpublished",
                "participants": {"residents": {"about": 30, "as": "多"}},
                "suggestions": [],
                "compiled_from": source,
            },
        ),
    ]


def made_plan() -> Record:
    body = (
        "前言\n\n## 三、建设内容 {#3}\n\n### （三）协商制度 {#3.3}\n\n#### 4. {#3.3.4}\n\n协商结果报送同级党政组织。\n"
    )
    raw = {
        "title": "样例方案",
        "issued": "2019-11-06",
        "effective_from": "2019-11-06",
        "applies_to": ["city", "county"],
    }
    return record(f"{folder(CITY)}/rules/2019-implementation-plan.md", raw, body)


def house() -> Record:
    raw = {
        "title": "本站约定",
        "effective_from": "2019-11-06",
        "parameters": [
            {"name": "report_days", "value": 7, "clause": "#days"},
            {"name": "consultations_per_year", "value": {"township": 2, "village": 1}, "clause": "#days"},
        ],
    }
    return record(f"{folder(CITY)}/rules/house.md", raw, "## 天数 {#days}\n\n本站参考，非文件规定。\n")


def standing_records() -> dict[str, list[Record]]:
    village = folder(VILLAGE)
    return {
        CITY: [
            record(
                f"{folder(CITY)}/platform.yml",
                {
                    "area": "样例市",
                    "leading_group": {
                        "office_at": "样例市政协",
                        "posts": [
                            {"role": "第一组长", "held_by": "市委书记"},
                            {"role": "组长", "held_by": "市政协主席"},
                        ],
                    },
                },
            ),
            record(
                f"{folder(CITY)}/projects/2026.yml",
                {
                    "title": "2026年为民办实事项目",
                    "adopted": {"by": "样例市人民代表大会", "date": "2026-01-15"},
                    "items": [
                        {
                            "item": "1",
                            "name": "道路照明",
                            "lead": "市住建局",
                            "due": "2026",
                            "progress": [{"as_of": "2026-06-30", "state": "on_track"}],
                        }
                    ],
                },
            ),
            made_plan(),
            house(),
            record(f"{folder(CITY)}/guidance/2026-03-01.md", {"to": [COUNTY], "form": "training"}, "办了一期培训。"),
        ],
        COUNTY: [record(f"{folder(COUNTY)}/platform.yml", {"area": "样例县"})],
        TOWN: [record(f"{folder(TOWN)}/platform.yml", {"area": "样例镇"})],
        SILENT: [record(f"{folder(SILENT)}/platform.yml", {"area": "静默村"})],
        VILLAGE: [
            record(
                f"{village}/platform.yml",
                {
                    "area": "样例村",
                    "brand": "小板凳议事",
                    "hosts": ["乡贤参事会"],
                    "established": "2019-12",
                    "posts": [
                        {"role": "召集人", "held_by": "村党总支书记"},
                        {"role": "联络员", "held_by": "unpublished"},
                    ],
                    "members": {"count": 2, "sectors": ["农业界"], "schedule": "每月5日"},
                    "channels": [
                        {"kind": "letterbox", "where": "村部门口"},
                        {"kind": "web", "url": "https://example.org"},
                    ],
                },
            ),
            record(
                f"{village}/plans/2026.yml",
                {
                    "approved": {"by": "样例村党总支", "date": "2026-01-20"},
                    "items": [
                        {"subject": "路灯", "when": "2026-Q1", "dossier": FULL},
                        {"subject": "停车", "when": "2026-H2", "dropped": "并入镇里的议题"},
                    ],
                },
            ),
            record(
                f"{village}/opinions/2026-02-10.yml",
                {
                    "channel": "letterbox",
                    "from": "resident",
                    "theme": "交通出行",
                    "summary": "没有路灯",
                    "triage": {"decision": "topic", "date": "2026-02-12", "to": FULL},
                },
            ),
            record(f"{village}/opinions/2026-02-11.yml", {"channel": "phone", "theme": "其他", "summary": "还没有看"}),
        ],
    }
