"""Joint consultations, one meeting for several dossiers, skipped steps, and dossiers that ended early."""

from __future__ import annotations

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    completed,
    consultation,
    evaluation,
    followup,
    outcome,
    response,
)

_SAME: dict[str, None] = dict.fromkeys(("about", "methods", "announced", "convenor", "participants"))

JOINT = (
    Scenario(
        key="river",
        at="990004003",
        on="2026-03-31",
        contents=DossierContents(
            title="{t}界河保洁三个村怎么分段",
            theme=("生态水利", "环境卫生"),
            why="界河四公里流经三个村，垃圾漂到谁家门口谁捞。",
            suggestions=("群众代表：按岸线分段立牌", "委员：上游装拦截网"),
            measures=(
                PlannedMeasure("分段立牌", "{tgov}", 9, "块", 30),
                PlannedMeasure("装拦截网", "{tgov}", 3, "道", 60),
            ),
            yuan=31000,
        ),
        events=(
            consultation(0, fields={"joint": ["990004003001", "990004003002", "990004003003"]}),
            outcome(8),
            response(25),
            followup(66),
            evaluation(88, 62, 60, 0, 49, 8, 3),
        ),
    ),
    Scenario(
        key="beside",
        at="990001001005",
        on="2026-04-28",
        contents=DossierContents(
            title="两个社区之间的断头路",
            theme=("交通出行",),
            why="一墙之隔绕行两公里，墙两边分属两个社区。",
            suggestions=("群众代表：开个人行口", "群众代表：非机动车也要能过"),
            measures=(PlannedMeasure("打通人行通道", "{tgov}", 1, "处", 60),),
        ),
        events=(
            consultation(0, fields={"joint": ["990001001004"]}),
            outcome(8),
            response(24),
            followup(66),
            evaluation(86, 54, 52, 0, 43, 6, 3),
        ),
        opinion="隔一堵墙要绕两公里",
    ),
    Scenario(
        key="three-main",
        at="990002004",
        on="2025-09-23",
        contents=DossierContents(
            title="冬季清洁取暖补贴发放办法",
            theme=("水电气网",),
            why="煤改电第一年，补贴怎么算、什么时候发，各村说法不一。",
            suggestions=("群众代表：按户按面积封顶", "群众代表：开春以前发到手"),
            measures=(
                PlannedMeasure("公布补贴标准和到账日期", "{tgov}", days=25),
                PlannedMeasure("发放补贴", "{tgov}", 860, "户", 85),
            ),
        ),
        events=(
            consultation(0, fields={"also": ["@three-wood", "@three-stove"]}),
            outcome(8),
            response(25),
            followup(88),
            evaluation(105, 85, 81, 0, 66, 11, 4),
        ),
    ),
    Scenario(
        key="three-wood",
        at="990002004001",
        on="2025-09-23",
        contents=DossierContents(
            title="村里柴草垛集中堆放",
            theme=("环境卫生", "公共安全"),
            why="取暖改造以后柴草还堆在路边，干季怕火。",
            suggestions=("群众代表：划一块集中堆放地",),
            measures=(PlannedMeasure("设集中堆放点", "{vgov}", 2, "处", 60),),
        ),
        events=(
            consultation(
                0,
                fields={**_SAME, "same_as": "@three-main/2025-09-23-consultation"},
                body="同一次会议，这里只记与本村有关的意见。",
            ),
            outcome(8),
            response(25),
            followup(66),
            evaluation(84, 34, 33, 0, 28, 4, 1),
        ),
    ),
    Scenario(
        key="three-stove",
        at="990002004002",
        on="2025-09-23",
        contents=DossierContents(
            title="旧煤炉回收作价",
            theme=("水电气网",),
            why="旧炉子扔了可惜、留着危险，想统一回收。",
            suggestions=("群众代表：一个炉子给八十块",),
            measures=(PlannedMeasure("统一回收旧炉", "{vgov}", 210, "台", 70),),
        ),
        events=(
            consultation(
                0,
                fields={**_SAME, "same_as": "@three-main/2025-09-23-consultation"},
                body="同一次会议，这里只记与本村有关的意见。",
            ),
            outcome(8),
            response(25),
            followup(80, "done:150"),
            evaluation(96, 33, 31, 0, 24, 5, 2),
        ),
    ),
    Scenario(
        key="skip-progress",
        at="990003004004",
        on="2024-03-19",
        contents=DossierContents(
            title="村小操场起土换塑胶",
            theme=("教育", "文化体育"),
            why="操场一跑一身土，暑假施工不影响上课。",
            suggestions=("群众代表：要验收有害物质", "群众代表：暑假前定下来"),
            measures=(PlannedMeasure("铺设塑胶跑道", "{tgov}", 200, "米", 150),),
            yuan=280000,
        ),
        topic={"skipped": [{"step": "progress", "reason": "工期都在暑假，施工单位每周在群里通报", "by": "{cppcc}"}]},
        events=(
            consultation(0),
            outcome(8),
            response(26),
            followup(85, "on_track"),
            followup(156),
            evaluation(175, 50, 50, 0, 44, 4, 2),
        ),
    ),
    Scenario(
        key="skip-evaluation",
        at="990005004001",
        on="2025-12-09",
        contents=DossierContents(
            title="村务公开栏换到大路边",
            theme=("乡村建设",),
            why="公开栏在村部院里，去看的人不多。",
            suggestions=("群众代表：换到超市门口",),
            measures=(PlannedMeasure("迁移公开栏", "{vgov}", 1, "处", 20),),
        ),
        topic={
            "skipped": [{"step": "evaluation", "reason": "只是挪一个位置，群众当场都同意，不另行评议", "by": "{cppcc}"}]
        },
        events=(consultation(0), outcome(7), response(20), followup(40)),
    ),
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
