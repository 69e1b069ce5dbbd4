"""What was corrected, and what was filed late."""

from __future__ import annotations

from weimin.demo.scenario import Do, Matter, Scenario, agreed, answered, held, looked, mended, rated

MENDED = (
    Scenario(
        key="due-mended",
        at="990001004003",
        on="2025-10-28",
        matter=Matter(
            title="村口公交回车场",
            theme=("交通出行",),
            why="公交车在村口掉头要倒三把，压坏了两家的菜地。",
            asked=("群众代表：占地补偿写清楚", "群众代表：回车场兼作晒场"),
            does=(Do("修建回车场", "{tgov}", 600, "平方米", 55),),
            yuan=70000,
        ),
        acts=(
            held(0),
            agreed(8),
            mended(
                15, "{outcome}", "纪要把完成日期抄错，会上定的是十二月底", ("/measures/0/due", "{+63}", "2025-12-31")
            ),
            answered(26),
            looked(64),
            rated(88, 49, 47, 0, 40, 5, 2),
        ),
    ),
    Scenario(
        key="body-mended",
        at="990004001002",
        on="2025-11-18",
        matter=Matter(
            title="祠堂改作村史馆，祭祀怎么办",
            theme=("文化体育", "乡村建设"),
            why="祠堂年久失修，想修好了作村史馆；几位老人担心以后不让祭祀。",
            asked=("乡贤代表：捐一部分", "群众代表：清明、冬至照常开放"),
            does=(Do("修缮屋面", "{vgov}", 1, "处", 75), Do("征集老物件", "{vgov}", 80, "件", 80)),
            against=("改成村史馆就变了味",),
        ),
        acts=(
            held(0),
            agreed(9),
            answered(24),
            mended(
                30,
                "{outcome}",
                "正文漏写了清明、冬至照常开放的约定",
                ("/body", ..., "经过协商，定下 2 件事：修缮屋面；征集老物件。清明、冬至照常开放祭祀，写进管理办法。"),
            ),
            looked(82),
            rated(98, 43, 43, 0, 33, 7, 3),
        ),
    ),
    Scenario(
        key="date-mended",
        at="990005002003",
        on="2026-06-16",
        matter=Matter(
            title="麦收时节收割机进村路线",
            theme=("乡村建设", "交通出行"),
            why="收割机压坏新修的路肩，修路的和种地的都有气。",
            asked=("群众代表：从老路进，垫钢板", "委员：限宽的地方先放开"),
            does=(Do("划定农机通道", "{vgov}", 2, "条", 20), Do("修复路肩", "{vgov}", 300, "米", 60)),
        ),
        acts=(
            held(0),
            mended(3, "{consultation}", "文件名写早了一天，会是十七日开的", ("/date", "2026-06-16", "2026-06-17")),
            agreed(9),
            answered(28),
            looked(68),
            rated(90, 36, 35, 0, 30, 4, 1),
        ),
    ),
    Scenario(
        key="counts-mended",
        at="990006001003",
        on="2026-02-24",
        matter=Matter(
            title="安置小区物业费要不要涨",
            theme=("住房物业",),
            why="物业费八年没有变，物业说亏本要走，居民说服务跟不上。",
            asked=("群众代表：先公布账目", "群众代表：服务分档，按档收费", "委员：请第三方审一审"),
            does=(
                Do("公布三年收支", "物业公司", days=20),
                Do("第三方审计", "{tgov}", days=55),
                Do("分档服务清单表决", "{vgov}", days=70),
            ),
            against=("一分钱也不能涨",),
        ),
        acts=(
            held(
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
            mended(
                2,
                "{consultation}",
                "签到表漏数一页，群众代表应是三十九人",
                ("/participants/residents", 36, 39),
                ("/suggestions/0/text", "先公布账目", "先公布近三年账目"),
            ),
            agreed(8),
            mended(12, "{outcome}", "责任单位写错", ("/measures/1/unit", "{tgov}", "{cgov}")),
            answered(27),
            looked(80),
            rated(100, 96, 93, 2, 51, 27, 13),
        ),
        opinion="物业要涨价，账目不公开",
    ),
    Scenario(
        key="late-1",
        at="990002003002",
        on="2025-04-08",
        matter=Matter(
            title="果园防雹网统一安装",
            theme=("乡村建设",),
            why="连着两年遭冰雹，各家自己拉网，高低不一。",
            asked=("群众代表：统一买，便宜", "乡贤代表：先做连片的"),
            does=(Do("连片安装防雹网", "{vgov}", 220, "亩", 80),),
            yuan=330000,
        ),
        acts=(
            held(0, filed=61),
            agreed(9, filed=52),
            answered(30, filed=31),
            looked(85, filed=2),
            rated(110, 48, 45, 0, 37, 6, 2, filed=50),
        ),
    ),
    Scenario(
        key="late-2",
        at="990005003",
        on="2024-08-13",
        matter=Matter(
            title="敬老院和幼儿园共用院子",
            theme=("养老助残", "教育"),
            why="两家共用一个院子，午休时间互相影响；老人倒是喜欢看孩子。",
            asked=("群众代表：错开活动时间", "群众代表：隔一道矮篱笆"),
            does=(Do("修矮篱笆和各自出口", "{tgov}", 46, "米", 60),),
        ),
        acts=(
            held(0, filed=75),
            agreed(8, filed=67),
            answered(25, filed=50),
            looked(66, filed=9),
            rated(86, 39, 38, 0, 33, 4, 1),
        ),
    ),
    Scenario(
        key="late-3",
        at="990003003002",
        on="2026-04-21",
        matter=Matter(
            title="村道会车处加宽",
            theme=("交通出行",),
            why="村道三米五宽，会车要倒出去半里地。",
            asked=("群众代表：选五处加宽", "群众代表：占的地按流转价补"),
            does=(Do("加宽会车处", "{tgov}", 5, "处", 80),),
        ),
        acts=(
            held(0, filed=40, batch="芦花示范镇五月集中录入"),
            agreed(8, filed=32, batch="芦花示范镇五月集中录入"),
            answered(26, filed=14, batch="芦花示范镇五月集中录入"),
            looked(86),
            rated(108, 42, 40, 0, 34, 4, 2),
        ),
    ),
)
