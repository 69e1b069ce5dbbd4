"""What is not public: withheld outcomes, matters reported up without their text, unpublished counts."""

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

_DIGEST = "5e1f0c6a9b27d48e3317a0c4f2b98d7065ce41a2fb3d90876c15e4ab02d7f93c"
_DIGEST_2 = "c04a7be9153d26f88a90e47d1b52cf36709e8d44ab17f2053e6c918bd7045a2e"
_DIGEST_3 = "91d3b0572fae64c8e5107bd29a3c48f60d7e1b95c2480fa36e57d91bc04a82f7"


def _withhold(by: str, day: int, reason: str, digest: str) -> dict[str, object]:
    """An outcome that contains only the decision."""
    return {
        "publication": {"decision": "withhold", "by": by, "date": f"{{+{day}}}", "reason": reason, "digest": digest},
        "consensus": None,
        "measures": None,
        "funding": None,
    }


UNDISCLOSED = (
    Scenario(
        key="mediation",
        at="990002003001",
        on="2025-06-10",
        contents=DossierContents(
            title="宅基地四至纠纷的调处办法",
            theme=("乡村建设",),
            why="几户人家多年的宅基地纠纷，想定一个以后都能照着办的规矩。",
            suggestions=("群众代表：以确权时的图为准", "乡贤代表：请两边信得过的人来量"),
        ),
        events=(
            consultation(0, fields={"dissent": None}),
            outcome(9, fields=_withhold("{party}", 15, "涉及具体几户人家的财产和邻里关系", _DIGEST), body=""),
            response(30),
        ),
    ),
    Scenario(
        key="resettle",
        at="990004",
        on="2026-08-18",
        contents=DossierContents(
            title="片区改造安置方案征求意见",
            theme=("住房物业",),
            why="老城片区改造涉及四百余户，安置方案在报批前听取意见。",
            suggestions=("群众代表：过渡费按季度发", "委员：安置房先看样板间"),
        ),
        events=(
            consultation(0, fields={"dissent": None}),
            outcome(10, fields=_withhold("{party}", 18, "方案正在报批，提前公布会影响评估和签约", _DIGEST_2), body=""),
            response(32),
        ),
    ),
    Scenario(
        key="safety",
        at="990001001004",
        on="2026-03-17",
        contents=DossierContents(
            title="出租屋消防隐患整治",
            theme=("公共安全", "住房物业"),
            why="社区有出租屋二百余套，隔断多、出口少，房东和租客都有话说。",
            suggestions=("群众代表：先劝后罚，给一个月", "委员：疏散通道必须先打开"),
            measures=(
                PlannedMeasure("打通疏散通道", "{vgov}", 36, "处", 40),
                PlannedMeasure("配备灭火器和报警器", "{vgov}", 210, "套", 60),
            ),
        ),
        events=(
            consultation(0),
            outcome(
                8,
                fields={
                    "upward": [
                        {
                            "id": "u1",
                            "kind": "emerging",
                            "to": "990001001",
                            "publish": False,
                            "digest": _DIGEST_3,
                            "reported": {"date": "{+11}"},
                        }
                    ]
                },
            ),
            response(24),
            response(
                40,
                fields={
                    "by": "990001001",
                    "answers": [
                        {"to": "u1", "decision": "adopted", "text": "已收到并研究，有关工作列入街道年度安排。"}
                    ],
                },
            ),
            followup(66),
            evaluation(85, 50, 48, 0, 39, 6, 3),
        ),
    ),
    Scenario(
        key="wages",
        at="990006003001",
        on="2026-08-04",
        contents=DossierContents(
            title="零工市场设在哪里",
            theme=("就业社保",),
            why="每天清早上百人在路口等活，有危险，也没有地方喝口热水。",
            suggestions=("群众代表：离车站近一点", "群众代表：要有遮阳和厕所"),
            measures=(PlannedMeasure("设零工驿站", "{tgov}", 1, "处", 75),),
        ),
        events=(
            consultation(0),
            outcome(
                8,
                fields={
                    "upward": [
                        {
                            "id": "u1",
                            "kind": "emerging",
                            "to": "990006003",
                            "publish": False,
                            "reported": {"date": "{+12}"},
                        }
                    ]
                },
            ),
            response(25),
            followup(72, "on_track"),
        ),
    ),
    Scenario(
        key="ballots-unsaid",
        at="990003001",
        on="2025-03-25",
        contents=DossierContents(
            title="镇卫生院夜间急诊能不能开",
            theme=("医疗卫生",),
            why="夜里孩子发烧要跑四十里路，卫生院下午五点半就关门。",
            suggestions=("群众代表：至少有一个医生值班", "委员：和县医院连线会诊"),
            measures=(
                PlannedMeasure("开设夜间值班门诊", "镇卫生院", 1, "个", 60),
                PlannedMeasure("接通远程会诊", "县卫生健康部门", days=80),
            ),
        ),
        events=(consultation(0), outcome(8), response(26), followup(70), evaluation(95, fields={"published_rate": 93})),
        opinion="夜里看病要跑县城",
    ),
    Scenario(
        key="ballots-unsaid-2",
        at="990005002002",
        on="2025-11-04",
        contents=DossierContents(
            title="农家书屋改作课后辅导点",
            theme=("教育", "文化体育"),
            why="放学到父母下班有三个小时，孩子没人管。",
            suggestions=("群众代表：请退休教师来", "群众代表：不收钱，买点纸笔"),
            measures=(PlannedMeasure("设课后辅导点", "{vgov}", 1, "处", 40),),
        ),
        events=(
            consultation(
                0,
                fields={
                    "participants": {
                        "members": 2,
                        "sages": "unpublished",
                        "residents": {"about": 20, "as": "余"},
                        "party_government": 1,
                        "departments": "included",
                    },
                    "methods": [{"kind": "meeting", "place": "{hall}", "decided_by": "consensus"}],
                },
            ),
            outcome(7),
            response(22),
            followup(45),
            evaluation(
                70,
                fields={
                    "published_rate": 71,
                    "reconsult": {
                        "decision": "decline",
                        "by": "{cppcc}",
                        "date": "{+80}",
                        "reason": "不满意的主要是开放天数，已改为每天开放",
                    },
                },
            ),
        ),
    ),
    Scenario(
        key="undecided-publication",
        at="990002002",
        on="2026-09-22",
        contents=DossierContents(
            title="乡镇污水处理站选址",
            theme=("环境卫生", "生态水利"),
            why="镇区污水直排，污水处理站三个备选地都有人反对。",
            suggestions=("群众代表：离水源地远一点", "委员：公开环评的数据"),
            measures=(PlannedMeasure("补做环境影响评价并公开", "{cgov}", days=85),),
            dissent=("建在哪里都会有味道",),
        ),
        events=(
            consultation(0),
            outcome(8, fields={"publication": None}),
            response(
                28, detail={"s1": ("adopted", "评价里专门写水源地影响。"), "s2": ("adopted", "原始数据一并公开。")}
            ),
        ),
    ),
    Scenario(
        key="unreported",
        at="990003004004",
        on="2026-10-13",
        contents=DossierContents(
            title="并村以后两个村部留哪一个",
            theme=("乡村建设",),
            why="两村合并一年多，办事还要跑两个地方。",
            suggestions=("群众代表：留大路边上那个", "群众代表：另一个改成老人活动室"),
            measures=(
                PlannedMeasure("确定村部并搬迁", "{vgov}", days=60),
                PlannedMeasure("旧村部改作活动室", "{vgov}", days=85),
            ),
        ),
        events=(consultation(0), outcome(9, fields={"submitted": None, "publication": None})),
    ),
)
