"""Low satisfaction and its consequences: consulted again, declined with a reason, or undecided."""

from __future__ import annotations

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    ScenarioEvent,
    consultation,
    evaluation,
    followup,
    outcome,
    response,
)


def _hold(day: int) -> dict[str, object]:
    decision = {
        "decision": "hold",
        "by": "{cppcc}",
        "date": f"{{+{day}}}",
        "reason": "满意的不到八成，问题出在施工，再商量一次",
    }
    return {"reconsult": decision}


def _first_round(*ballots: int, **more: object) -> tuple[ScenarioEvent, ...]:
    return (consultation(0), outcome(8), response(24), followup(65), evaluation(84, *ballots, **more))


_AGAIN = {"again": {"of": "{evaluation}", "because": "low_satisfaction"}}

RECONSULTED = (
    Scenario(
        key="road",
        at="990001004002",
        on="2025-09-09",
        contents=DossierContents(
            title="十一条入户土路怎么硬化",
            theme=("交通出行", "乡村建设"),
            why="村里要把十一条入户土路硬化，家家都盼，也都怕路修高了院子进水。",
            suggestions=("群众代表：路面要低于门槛", "群众代表：边上留排水沟"),
            measures=(PlannedMeasure("硬化入户路", "{tgov}", 1900, "米", 60),),
            yuan=230000,
        ),
        events=(
            *_first_round(70, 66, 1, 28, 14, 23, fields=_hold(92)),
            consultation(120, detail=("群众代表：低洼的六户补排水沟", "群众代表：质保期写进合同"), fields=_AGAIN),
            outcome(
                127,
                detail=(
                    PlannedMeasure("补建排水沟并返工三处路面", "{tgov}", 6, "处", 50),
                    PlannedMeasure("公示质保合同", "{tgov}", days=15),
                ),
            ),
            response(140),
            followup(175, fields={"form": "look_back"}),
            evaluation(190, 68, 66, 0, 45, 15, 6),
        ),
        opinion="土路难走，希望修到家门口",
    ),
    Scenario(
        key="water",
        at="990003002001",
        on="2024-11-12",
        contents=DossierContents(
            title="自来水一天只来两次",
            theme=("水电气网",),
            why="地势高的四十多户一天只来两次水，水压小，热水器打不着。",
            suggestions=("群众代表：装增压泵", "委员：查一查管网漏损"),
            measures=(
                PlannedMeasure("加装增压泵", "水务公司", 1, "台", 50),
                PlannedMeasure("检修漏点", "水务公司", 12, "处", 60),
            ),
            yuan=64000,
        ),
        events=(
            *_first_round(58, 55, 0, 20, 14, 19, 2, fields=_hold(93)),
            consultation(125, detail=("群众代表：夜里停泵也要保住半压", "群众代表：水费按实际水量算"), fields=_AGAIN),
            outcome(133, detail=(PlannedMeasure("增建高位水池", "水务公司", 1, "座", 80),)),
            response(150),
            followup(205, fields={"form": "return_visit"}),
            evaluation(226, 57, 56, 0, 41, 10, 5),
        ),
        opinion="自来水一天只来两次",
    ),
    Scenario(
        key="mill",
        at="990004003001",
        on="2025-10-14",
        contents=DossierContents(
            title="石材加工点粉尘污染",
            theme=("环境卫生", "就业社保"),
            why="加工点养活三十多户，粉尘也飘进半个村子，晾不了衣服。",
            suggestions=("群众代表：封闭厂房，不然就搬", "企业：给半年时间改造"),
            measures=(
                PlannedMeasure("封闭切割车间并装喷淋", "石材加工点", days=60),
                PlannedMeasure("每周洒水清扫", "{vgov}", days=20),
            ),
        ),
        events=(
            consultation(0, fields={"invited_because": "粉尘从加工点来，怎么改要当面商定"}),
            outcome(8),
            response(25),
            followup(66),
            evaluation(
                85,
                61,
                58,
                0,
                19,
                20,
                19,
                fields={
                    "reconsult": {
                        "decision": "decline",
                        "by": "{cppcc}",
                        "date": "{+95}",
                        "reason": "加工点已列入县里搬迁计划，明年六月底前搬离，现在再议改造没有意义；监测数据每月公布",
                    }
                },
            ),
        ),
    ),
    Scenario(
        key="tower",
        at="990006001002",
        on="2025-04-15",
        contents=DossierContents(
            title="小区能不能建通信基站",
            theme=("水电气网",),
            why="小区地下车库和北面几栋没有信号，老人急救电话打不出去；有人担心辐射。",
            suggestions=("群众代表：建在小区外面", "群众代表：把检测结果贴出来"),
            measures=(
                PlannedMeasure("在小区外绿地建基站", "通信公司", 1, "座", 55),
                PlannedMeasure("公布辐射检测结果", "通信公司", days=60),
            ),
            dissent=("不管建在哪里都不同意",),
        ),
        events=_first_round(
            82,
            79,
            2,
            33,
            24,
            20,
            fields={
                "reconsult": {
                    "decision": "decline",
                    "by": "{cppcc}",
                    "date": "{+96}",
                    "reason": "检测合格并已公布，信号问题解决；不满意的二十票担心辐射，已逐户解释，再议不会有新办法",
                }
            },
        ),
    ),
    Scenario(
        key="kiosk",
        at="990002001001",
        on="2026-06-23",
        contents=DossierContents(
            title="社区便民摊点摆在哪里、几点收",
            theme=("就业社保", "环境卫生"),
            why="三十多个摊点天天和城管捉迷藏，居民又离不开它。",
            suggestions=("群众代表：早上六点到八点半放开", "群众代表：自己的垃圾自己带走"),
            measures=(PlannedMeasure("划定便民摊点", "{tgov}", 32, "个", 40),),
        ),
        events=_first_round(64, 60, 0, 22, 17, 21),
        opinion="早点摊没地方摆，买菜也不便",
    ),
    Scenario(
        key="lake",
        at="990005001003",
        on="2026-06-02",
        contents=DossierContents(
            title="水库禁钓以后养殖户的补偿",
            theme=("生态水利",),
            why="水库列为备用水源，禁钓禁养，九户养殖户要转产。",
            suggestions=("群众代表：补到明年春天", "群众代表：优先安排护水员"),
            measures=(
                PlannedMeasure("发放转产补助", "{tgov}", 9, "户", 45),
                PlannedMeasure("聘用护水员", "{tgov}", 4, "人", 60),
            ),
        ),
        events=_first_round(30, 29, 0, 9, 8, 12),
    ),
    Scenario(
        key="fence",
        at="990001002002",
        on="2026-03-10",
        contents=DossierContents(
            title="小区围墙开不开便门",
            theme=("住房物业", "交通出行"),
            why="去菜场要绕一公里，想在围墙上开便门；有人担心外人进出。",
            suggestions=("群众代表：开，装门禁", "群众代表：晚上十点关"),
            measures=(PlannedMeasure("开设带门禁的便门", "{vgov}", 1, "处", 50),),
        ),
        events=_first_round(77, 73, 0, 30, 22, 21, fields=_hold(94)),
    ),
    Scenario(
        key="elders",
        at="990004001",
        on="2026-05-27",
        contents=DossierContents(
            title="敬老院食堂外包以后饭菜变差",
            theme=("养老助残",),
            why="食堂外包三个月，老人说菜少油大、天天一样。",
            suggestions=("群众代表：菜单提前一周贴出来", "委员：让老人自己评菜"),
            measures=(
                PlannedMeasure("成立伙食委员会", "{tgov}", 7, "人", 15),
                PlannedMeasure("每周公示菜单和采购价", "{tgov}", days=25),
            ),
        ),
        events=_first_round(44, 41, 0, 14, 12, 15, fields=_hold(93)),
    ),
)
