"""Dossiers of the county that has issued no rules: everything is owed, and no day is set for it."""

from __future__ import annotations

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    consultation,
    evaluation,
    followup,
    outcome,
    response,
)

REMINDERS = (
    Scenario(
        key="culvert",
        at="990006001001",
        on="2026-03-18",
        contents=DossierContents(
            title="暗渠堵塞，一下雨就淹到门口",
            theme=("水电气网", "住房物业"),
            why="街后暗渠多年没有清过，去年淹了三次，最深处到膝盖。",
            suggestions=("群众代表：汛期以前先清一遍", "委员：明渠和暗渠一起查"),
            dissent=("先修路，再清渠",),
            measures=(PlannedMeasure("清淤疏通暗渠", "{tgov}", 420, "米", 300),),
        ),
        events=(
            consultation(0),
            outcome(
                8,
                fields={
                    "submitted": None,
                    "publication": None,
                    "upward": [
                        {
                            "id": "u1",
                            "kind": "overall",
                            "to": "990006001",
                            "text": "暗渠出口在下游社区，要一起清",
                            "publish": True,
                            "reported": {"date": "{+12}"},
                        },
                        {
                            "id": "u2",
                            "kind": "constructive",
                            "to": "990006001",
                            "text": "建议街道每年汛前统一清一次",
                            "publish": True,
                        },
                    ],
                },
            ),
        ),
    ),
    Scenario(
        key="bollards",
        at="990006004002",
        on="2026-05-06",
        contents=DossierContents(
            title="学校门口要不要装隔离桩",
            theme=("教育", "公共安全"),
            why="接送时车停到校门口，孩子从车缝里走。",
            suggestions=("群众代表：只在上学放学时升起来",),
        ),
        events=(consultation(0),),
    ),
    Scenario(
        key="reading-room",
        at="990006001004",
        on="2026-02-11",
        contents=DossierContents(
            title="阅览室晚上能不能开到九点",
            theme=("文化体育",),
            why="阅览室五点半关门，上班的人和学生都赶不上。",
            suggestions=("群众代表：志愿者轮流值班", "群众代表：周末全天开"),
            measures=(PlannedMeasure("延长开放到晚上九点", "{vgov}", 5, "天", 40),),
        ),
        events=(consultation(0), outcome(7), response(20), followup(52)),
    ),
    Scenario(
        key="canteen-queue",
        at="990006002002",
        on="2025-11-05",
        contents=DossierContents(
            title="助餐点排队太久",
            theme=("养老助残",),
            why="助餐点只有一个窗口，老人要排半个多小时。",
            suggestions=("群众代表：分时段取餐", "群众代表：行动不便的送到家"),
            measures=(PlannedMeasure("增开一个窗口", "{tgov}", 1, "个", 45),),
        ),
        events=(consultation(0), outcome(7), response(21), followup(60), evaluation(84, 62, 60, 0, 21, 13, 26)),
    ),
    Scenario(
        key="parking-fee",
        at="990006003002",
        on="2025-09-16",
        contents=DossierContents(
            title="小区地面停车怎么收费",
            theme=("住房物业", "交通出行"),
            why="地面车位收费没有公示，业主和物业各有一本账。",
            suggestions=("群众代表：收支每季度公布", "群众代表：访客两小时内不收"),
            measures=(PlannedMeasure("公布停车收支", "物业公司", 1, "次", 40),),
        ),
        events=(
            consultation(0),
            outcome(8),
            response(22),
            followup(55),
            evaluation(
                80,
                71,
                70,
                1,
                24,
                14,
                31,
                fields={
                    "reconsult": {
                        "decision": "hold",
                        "by": "{cppcc}",
                        "date": "{+90}",
                        "reason": "收支公布不全，访客收费没有谈拢",
                    }
                },
            ),
        ),
    ),
)
