"""Extremes: a very long title, very many events, very few ballots, every method of consultation, dates that are periods."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    ScenarioEvent,
    completed,
    consultation,
    evaluation,
    followup,
    outcome,
    progress_consultation,
    progress_outcome,
    response,
)

_LONG = (
    "关于本村集中居住点雨污管网改造与道路恢复期间老人出行孩子上学农机通行消防通道和临时停车如何安排"
    "以及改造以后化粪池清运费用由谁承担路面如沉降由谁修复绿化和菜地如何恢复"
    "破损院墙如何补偿施工噪声如何控制并请有关部门同施工单位到场说明工期和质量责任"
)


def _years() -> Iterator[ScenarioEvent]:
    """Three years of one river: a followup each month or so and five consultations about progress; 40 events with the topic."""
    yield consultation(0)
    yield outcome(9)
    yield response(30)
    looks = 0
    for month in range(1, 31):
        day = 20 + 30 * month
        if month % 6 == 0:
            yield progress_consultation(day, fields={"about": "completion" if month == 30 else "progress"})
            yield progress_outcome(day + 7)
        else:
            looks += 1
            slow = "behind:汛期停工，十月恢复" if month in (7, 19) else "on_track"
            yield followup(
                day,
                {
                    "m1": "done" if month > 8 else slow,
                    "m2": "done" if month > 20 else slow,
                    "m3": "done" if month > 28 else slow,
                },
            )
    yield followup(938, fields={"form": "look_back"})
    yield evaluation(950, 160, 151, 3, 118, 22, 8)


EXTREMES = (
    Scenario(
        key="long-title",
        at="990004004001",
        on="2026-04-07",
        contents=DossierContents(
            title=_LONG,
            theme=("水电气网", "交通出行", "住房物业"),
            why="集中居住点要改造管网，工期四个月，大家关心的事都写在题目里了。",
            suggestions=tuple(
                f"群众代表：第 {n} 条，{text}"
                for n, text in enumerate(
                    (
                        "留出救护车通道",
                        "早晚不施工",
                        "学生走东边",
                        "农机走西边",
                        "菜地照原样恢复",
                        "院墙先拍照",
                        "沉降保修两年",
                        "清运费写进合同",
                        "每周贴一次进度",
                        "停水提前两天说",
                        "夜里留灯",
                        "坑槽当天盖板",
                    ),
                    1,
                )
            ),
            measures=tuple(
                PlannedMeasure(text, "{tgov}", days=85)
                for text in ("设置临时通道和标志", "错时施工", "恢复菜地和绿化", "签订两年保修合同", "每周公布进度")
            ),
        ),
        events=(
            consultation(0),
            outcome(9),
            response(30),
            followup(88, {"m1": "done", "m2": "done", "m3": "behind:等秋季栽种", "m4": "done", "m5": "done"}),
        ),
    ),
    Scenario(
        key="forty",
        at="990002002",
        on="2024-02-27",
        contents=DossierContents(
            title="{t}荷塘河三年治理",
            theme=("生态水利", "环境卫生"),
            why="河道十一公里，两岸排口四十多个，年年治年年黑，这次按三年来做，每个月公布一次。",
            suggestions=("群众代表：每个月贴一张照片", "乡贤代表：认领河段", "委员：先截污再清淤"),
            measures=(
                PlannedMeasure("封堵排口", "{tgov}", 43, "个", 270),
                PlannedMeasure("清淤", "{tgov}", 11, "公里", 640),
                PlannedMeasure("岸坡绿化", "{tgov}", 9, "公里", 900),
            ),
            yuan=5200000,
        ),
        events=tuple(_years()),
        opinion="河水发黑，治了又黑",
    ),
    Scenario(
        key="few-1",
        at="990003004001",
        on="2025-12-02",
        contents=DossierContents(
            title="山上五户人家的饮水",
            theme=("水电气网",),
            why="山上只剩五户，自来水管拉不上去，冬天靠化雪。",
            suggestions=("群众代表：打一口井",),
            measures=(PlannedMeasure("打井并装净水器", "{tgov}", 1, "口", 70),),
        ),
        events=completed(8, 8, 0, 7, 1, 0),
    ),
    Scenario(
        key="few-2",
        at="990005004002",
        on="2026-05-06",
        contents=DossierContents(
            title="沿河六户搬不搬",
            theme=("住房物业", "公共安全"),
            why="六户人家在行洪区，年年汛期转移。",
            suggestions=("群众代表：搬，但要连在一起", "群众代表：老人不想上楼"),
            measures=(PlannedMeasure("落实安置宅基地", "{tgov}", 6, "处", 75),),
        ),
        events=completed(9, 7, 0, 4, 2, 1),
    ),
    Scenario(
        key="every-way",
        at="990001",
        on="2026-01-20",
        contents=DossierContents(
            title="{c}老旧小区改造先改哪些",
            theme=("住房物业",),
            why="全区二〇〇〇年以前的小区八十六个，今年的钱够改二十个。",
            suggestions=("委员：先改没有消防通道的", "群众代表：业主同意率要写进条件", "专家：管网先行"),
            measures=(
                PlannedMeasure("公布打分排序办法", "{cgov}", days=30),
                PlannedMeasure("改造老旧小区", "{cgov}", 20, "个", 240),
            ),
            yuan=46000000,
        ),
        topic={
            "projects": [{"list": "990001/projects/2026", "item": "2"}],
        },
        later=((41, {"decision": {"by": "{gov}", "date": "{+40}"}}),),
        events=(
            consultation(
                0,
                fields={
                    "until": "{+9}",
                    "methods": [
                        {"kind": "survey", "places": ["八个街道和镇"], "collected": 1260},
                        {"kind": "inspection", "places": ["六个小区"], "found": "四个小区没有消防通道"},
                        {"kind": "written", "from": "{+0}", "to": "{+6}", "sent": 86, "returned": 71},
                        {
                            "kind": "online",
                            "platform": "示例市为民协商网",
                            "opens": "{+0}",
                            "closes": "{+7}",
                            "posts": 340,
                            "people": 212,
                        },
                        {"kind": "remote", "main_venue": "{hall}", "branches": ["星河示范街道", "松涛示范街道"]},
                        {
                            "kind": "meeting",
                            "place": "{hall}",
                            "decided_by": "ballot",
                            "votes": {"for": 41, "against": 3, "abstained": 2},
                        },
                        {"kind": "other", "note": "在三个菜场摆摊听意见"},
                    ],
                    "participants": {
                        "members": 12,
                        "member_units": 2,
                        "sages": 5,
                        "residents": 30,
                        "party_government": 3,
                        "departments": 6,
                        "organisations": 1,
                        "businesses": 2,
                        "experts": 3,
                        "others": 1,
                    },
                    "invited_because": "改造涉及管网、消防和工程造价，请专家、设计单位和物业协会到场",
                    "times": 2,
                },
            ),
            outcome(16, pull=True),
            response(45),
            followup(95, {"m1": "done", "m2": "on_track"}),
            progress_consultation(140),
            progress_outcome(148),
            followup(230, {"m1": "done", "m2": "ahead:已开工十八个"}),
        ),
    ),
    Scenario(
        key="vague",
        at="990005001001",
        on="2024-05-15",
        contents=DossierContents(
            title="合作社分红公开到哪一步",
            theme=("乡村建设",),
            why="老账本上只记到月份，照原样登记。",
            suggestions=("群众代表：每户一张明白纸",),
            measures=(PlannedMeasure("逐户发放分红明白纸", "{vgov}", 186, "张", 60),),
        ),
        events=(
            consultation("2024-05"),
            outcome("2024-06"),
            response("2024-07"),
            followup("2024-Q3"),
            evaluation("2024-10", 48, 46, 0, 39, 5, 2),
        ),
    ),
    Scenario(
        key="vague-2",
        at="990003002002",
        on="2025-01-20",
        opened=-10,
        contents=DossierContents(
            title="村集体门面房出租办法",
            theme=("乡村建设",),
            why="门面房租给谁、租多少，村民都盯着；开会的日子记不清了，只知道在一月二十日以前。",
            suggestions=("群众代表：公开竞租", "群众代表：租金一年一公布"),
            measures=(PlannedMeasure("公开竞租", "{vgov}", 5, "间", 60),),
        ),
        topic={"approval": {"by": "{party}", "date": "2025-01"}},
        events=(
            consultation("by-2025-01-20", filed_after=2),
            outcome("2025-02"),
            response("2025-03"),
            followup("2025-Q2"),
        ),
    ),
)
