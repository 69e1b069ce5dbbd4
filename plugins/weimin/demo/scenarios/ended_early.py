"""Dossiers that ended early: withdrawn, rejected, merged into another, moved to another platform; and their successors."""

from __future__ import annotations

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    completed,
    consultation,
)

ENDED_EARLY = (
    Scenario(
        key="withdrawn",
        at="990001002001",
        on="2025-10-16",
        contents=DossierContents(
            title="小区门口设快递代收点",
            theme=("其他",),
            why="快递车堵在门口，想设一个代收点。",
            suggestions=("群众代表：设在门卫旁边",),
        ),
        topic={"livelihood_reason": "每天近三百件快递，老人取件要走一公里"},
        events=(consultation(0),),
        later=(
            (
                9,
                {
                    "ended": {
                        "how": "withdrawn",
                        "date": "{+8}",
                        "by": "{cppcc}",
                        "reason": "物业已同快递公司签约设柜，提出人撤回",
                    }
                },
            ),
        ),
    ),
    Scenario(
        key="rejected",
        at="990006001",
        on="2025-09-02",
        opened=-20,
        contents=DossierContents(
            title="街道补贴居民买新能源车",
            theme=("交通出行",),
            why="有居民提出由街道补贴购车。",
        ),
        later=(
            (
                -5,
                {
                    "ended": {
                        "how": "rejected",
                        "date": "{-6}",
                        "by": "{party}",
                        "reason": "不属于街道的事权，也没有资金来源，已答复提出人",
                    }
                },
            ),
        ),
    ),
    Scenario(
        key="merged",
        at="990004002001",
        on="2026-02-25",
        opened=-15,
        contents=DossierContents(
            title="卫生室买不到感冒药",
            theme=("医疗卫生",),
            why="流感季村卫生室断药半个月，镇里另有一个议题正在商量备药。",
        ),
        later=(
            (
                -2,
                {
                    "ended": {
                        "how": "merged",
                        "date": "{-3}",
                        "by": "{cppcc}",
                        "reason": "与镇里的备药议题是同一件事，并入一起商量",
                        "into": "@drugs",
                    }
                },
            ),
        ),
    ),
    Scenario(
        key="drugs",
        at="990004002",
        on="2026-03-05",
        contents=DossierContents(
            title="村卫生室备药和夜间取药",
            theme=("医疗卫生",),
            why="各村卫生室备药少，夜里取不到药；已并入一个村的同类议题。",
            suggestions=("群众代表：常用药备足半个月", "委员：镇卫生院开一个夜间取药窗口"),
            measures=(
                PlannedMeasure("增加备药", "镇卫生院", 60, "种", 60),
                PlannedMeasure("开夜间取药窗口", "镇卫生院", 1, "个", 45),
            ),
        ),
        events=completed(68, 65, 0, 53, 9, 3),
    ),
    Scenario(
        key="moved",
        at="990003004005",
        on="2025-06-25",
        opened=-40,
        contents=DossierContents(
            title="村办幼儿班还办不办",
            theme=("教育",),
            why="村里只剩九个孩子，幼儿班办下去难，停了要送到六里外。",
        ),
        later=(
            (
                5,
                {
                    "ended": {
                        "how": "moved",
                        "date": "{+3}",
                        "by": "{cppcc}",
                        "reason": "两村合并，转到新村继续商量",
                        "into": "@moved-on",
                    }
                },
            ),
        ),
    ),
    Scenario(
        key="moved-on",
        at="990003004004",
        on="2025-07-15",
        opened=-25,
        contents=DossierContents(
            title="两村合并以后幼儿班设在哪里",
            theme=("教育",),
            why="合并以后有二十一个孩子，够办一个班，设在哪个村部要商量。",
            suggestions=("群众代表：设在中间的老学校", "群众代表：校车接送"),
            measures=(
                PlannedMeasure("修缮老学校两间教室", "{tgov}", 2, "间", 45),
                PlannedMeasure("开通校车", "{tgov}", 1, "辆", 50),
            ),
        ),
        events=completed(30, 29, 0, 25, 3, 1),
    ),
)
