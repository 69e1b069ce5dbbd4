"""Joint consultations, one meeting for several dossiers, and skipped steps."""

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
)
