"""Corrections, and records that were filed late."""

from __future__ import annotations

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    consultation,
    correction,
    evaluation,
    followup,
    outcome,
    response,
)

CORRECTED = (
    Scenario(
        key="due-mended",
        at="990001004003",
        on="2025-10-28",
        contents=DossierContents(
            title="村口公交回车场",
            theme=("交通出行",),
            why="公交车在村口掉头要倒三把，压坏了两家的菜地。",
            suggestions=("群众代表：占地补偿写清楚", "群众代表：回车场兼作晒场"),
            measures=(PlannedMeasure("修建回车场", "{tgov}", 600, "平方米", 55),),
            yuan=70000,
        ),
        events=(
            consultation(0),
            outcome(8),
            correction(
                15, "{outcome}", "纪要把完成日期抄错，会上定的是十二月底", ("/measures/0/due", "{+63}", "2025-12-31")
            ),
            response(26),
            followup(64),
            evaluation(88, 49, 47, 0, 40, 5, 2),
        ),
    ),
    Scenario(
        key="body-mended",
        at="990004001002",
        on="2025-11-18",
        contents=DossierContents(
            title="祠堂改作村史馆，祭祀怎么办",
            theme=("文化体育", "乡村建设"),
            why="祠堂年久失修，想修好了作村史馆；几位老人担心以后不让祭祀。",
            suggestions=("乡贤代表：捐一部分", "群众代表：清明、冬至照常开放"),
            measures=(
                PlannedMeasure("修缮屋面", "{vgov}", 1, "处", 75),
                PlannedMeasure("征集老物件", "{vgov}", 80, "件", 80),
            ),
            dissent=("改成村史馆就变了味",),
        ),
        events=(
            consultation(0),
            outcome(9),
            response(24),
            correction(
                30,
                "{outcome}",
                "正文漏写了清明、冬至照常开放的约定",
                ("/body", ..., "经过协商，定下 2 件事：修缮屋面；征集老物件。清明、冬至照常开放祭祀，写进管理办法。"),
            ),
            followup(82),
            evaluation(98, 43, 43, 0, 33, 7, 3),
        ),
    ),
    Scenario(
        key="date-mended",
        at="990005002003",
        on="2026-06-16",
        contents=DossierContents(
            title="麦收时节收割机进村路线",
            theme=("乡村建设", "交通出行"),
            why="收割机压坏新修的路肩，修路的和种地的都有气。",
            suggestions=("群众代表：从老路进，垫钢板", "委员：限宽的地方先放开"),
            measures=(
                PlannedMeasure("划定农机通道", "{vgov}", 2, "条", 20),
                PlannedMeasure("修复路肩", "{vgov}", 300, "米", 60),
            ),
        ),
        events=(
            consultation(0),
            correction(3, "{consultation}", "文件名写早了一天，会是十七日开的", ("/date", "2026-06-16", "2026-06-17")),
            outcome(9),
            response(28),
            followup(68),
            evaluation(90, 36, 35, 0, 30, 4, 1),
        ),
    ),
    Scenario(
        key="counts-mended",
        at="990006001003",
        on="2026-02-24",
        contents=DossierContents(
            title="安置小区物业费要不要涨",
            theme=("住房物业",),
            why="物业费八年没有变，物业说亏本要走，居民说服务跟不上。",
            suggestions=("群众代表：先公布账目", "群众代表：服务分档，按档收费", "委员：请第三方审一审"),
            measures=(
                PlannedMeasure("公布三年收支", "物业公司", days=20),
                PlannedMeasure("第三方审计", "{tgov}", days=55),
                PlannedMeasure("分档服务清单表决", "{vgov}", days=70),
            ),
            dissent=("一分钱也不能涨",),
        ),
        events=(
            consultation(
                0,
                fields={
                    "participants": {
                        "members": 3,
                        "sages": 1,
                        "residents": 36,
                        "party_government": 2,
                        "departments": 2,
                    },
                    "methods": [
                        {
                            "kind": "meeting",
                            "place": "{hall}",
                            "decided_by": "ballot",
                            "votes": {"for": 30, "against": 12, "abstained": 2},
                        }
                    ],
                },
            ),
            correction(
                2,
                "{consultation}",
                "签到表漏数一页，群众代表应是三十九人",
                ("/participants/residents", 36, 39),
                ("/suggestions/0/text", "先公布账目", "先公布近三年账目"),
            ),
            outcome(8),
            correction(14, "{outcome}", "责任单位写错", ("/measures/1/unit", "{tgov}", "{cgov}")),
            response(27),
            followup(80),
            evaluation(100, 96, 93, 2, 51, 27, 13),
        ),
        opinion="物业要涨价，账目不公开",
    ),
    Scenario(
        key="late-1",
        at="990002003002",
        on="2025-04-08",
        contents=DossierContents(
            title="果园防雹网统一安装",
            theme=("乡村建设",),
            why="连着两年遭冰雹，各家自己拉网，高低不一。",
            suggestions=("群众代表：统一买，便宜", "乡贤代表：先做连片的"),
            measures=(PlannedMeasure("连片安装防雹网", "{vgov}", 220, "亩", 80),),
            yuan=330000,
        ),
        events=(
            consultation(0, filed_after=61),
            outcome(9, filed_after=52),
            response(30, filed_after=31),
            followup(85, filed_after=2),
            evaluation(110, 48, 45, 0, 37, 6, 2, filed_after=50),
        ),
    ),
    Scenario(
        key="late-2",
        at="990005003",
        on="2024-08-13",
        contents=DossierContents(
            title="敬老院和幼儿园共用院子",
            theme=("养老助残", "教育"),
            why="两家共用一个院子，午休时间互相影响；老人倒是喜欢看孩子。",
            suggestions=("群众代表：错开活动时间", "群众代表：隔一道矮篱笆"),
            measures=(PlannedMeasure("修矮篱笆和各自出口", "{tgov}", 46, "米", 60),),
        ),
        events=(
            consultation(0, filed_after=75),
            outcome(8, filed_after=67),
            response(25, filed_after=50),
            followup(66, filed_after=9),
            evaluation(86, 39, 38, 0, 33, 4, 1),
        ),
    ),
    Scenario(
        key="late-3",
        at="990003003002",
        on="2026-04-21",
        contents=DossierContents(
            title="村道会车处加宽",
            theme=("交通出行",),
            why="村道三米五宽，会车要倒出去半里地。",
            suggestions=("群众代表：选五处加宽", "群众代表：占的地按流转价补"),
            measures=(PlannedMeasure("加宽会车处", "{tgov}", 5, "处", 80),),
        ),
        events=(
            consultation(0, filed_after=40, batch="芦花示范镇五月集中录入"),
            outcome(8, filed_after=32, batch="芦花示范镇五月集中录入"),
            response(26, filed_after=14, batch="芦花示范镇五月集中录入"),
            followup(86),
            evaluation(108, 42, 40, 0, 34, 4, 2),
        ),
    ),
)
