"""Matters reported up: answered by the level above, taken up there as a topic of its own, or pending."""

from __future__ import annotations

from typing import Any

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    consultation,
    evaluation,
    followup,
    outcome,
    progress_consultation,
    progress_outcome,
    response,
)


def _up(to: str, kind: str, text: str, day: int | None) -> dict[str, Any]:
    line: dict[str, Any] = {"id": "u1", "kind": kind, "to": to, "text": text, "publish": True}
    if day is not None:
        line["reported"] = {"date": f"{{+{day}}}"}
    return {"upward": [line]}


def _answer(by: str, decision: str, text: str) -> dict[str, Any]:
    return {"by": by, "answers": [{"to": "u1", "decision": decision, "text": text}]}


REPORTED_UP = (
    Scenario(
        key="carsheds",
        at="990001003001",
        on="2025-10-21",
        contents=DossierContents(
            title="充电棚没有地方建",
            theme=("住房物业", "公共安全"),
            why="小区没有空地，充电棚建不起来，飞线充电屡禁不止。",
            suggestions=("群众代表：借路边绿化带", "群众代表：先装六个换电柜"),
            measures=(PlannedMeasure("安装换电柜", "{vgov}", 6, "组", 50),),
        ),
        events=(
            consultation(0),
            outcome(
                8,
                fields=_up(
                    "990001003", "constructive", "建议全街道老旧小区统一规划充电设施，路边绿化带可否借用请明确", 12
                ),
            ),
            response(24),
            response(
                58,
                fields=_answer(
                    "990001003", "adopted", "已会同城管、园林部门踏勘，首批六个小区纳入街道计划，可以借用三处绿化带。"
                ),
            ),
            followup(63),
            evaluation(86, 66, 63, 1, 50, 8, 4),
        ),
        opinion="没地方充电，只好飞线",
    ),
    Scenario(
        key="pesticide",
        at="990005003002",
        on="2025-05-20",
        contents=DossierContents(
            title="农药瓶没人收",
            theme=("生态水利", "乡村建设"),
            why="田埂上到处是空农药瓶，沟里也有。",
            suggestions=("群众代表：卖药的要回收", "群众代表：一个瓶子给一毛钱"),
            measures=(PlannedMeasure("设回收点", "{vgov}", 4, "处", 40),),
        ),
        events=(
            consultation(0),
            outcome(8, fields=_up("990005003", "overall", "农药包装全镇都没有回收渠道，建议镇里统一签约处置", 13)),
            response(26),
            response(
                75,
                fields=_answer(
                    "990005003", "partly", "镇里已同农资经营户签回收协议，处置单位由县里统一招标，今年先集中存放。"
                ),
            ),
            followup(80),
            evaluation(96, 40, 39, 0, 33, 4, 2),
        ),
    ),
    Scenario(
        key="gully",
        at="990004002003",
        on="2024-10-08",
        contents=DossierContents(
            title="跨村排水渠下游堵死",
            theme=("生态水利", "水电气网"),
            why="渠道经过三个村，本村清了，下游堵着，雨一大还是倒灌。",
            suggestions=("群众代表：三个村一起清", "委员：查一查谁占了渠"),
            measures=(PlannedMeasure("清理本村段", "{vgov}", 900, "米", 50),),
        ),
        events=(
            consultation(0),
            outcome(8, fields=_up("990004002", "overall", "渠道经过三个村，一个村清没有用，请镇里统一组织", 12)),
            response(24),
            followup(60),
            evaluation(85, 47, 46, 0, 38, 6, 2),
        ),
        opinion="渠道下游堵了，雨天倒灌",
    ),
    Scenario(
        key="gully-town",
        at="990004002",
        on="2024-12-17",
        contents=DossierContents(
            title="三村联合疏浚排水渠",
            theme=("生态水利",),
            why="{t}下辖村报上来：渠道经过三个村，各清各的没有用。",
            suggestions=("群众代表：按受益面积出工", "群众代表：占渠的先拆"),
            measures=(
                PlannedMeasure("三村联合清淤", "{tgov}", 4800, "米", 80, "三村轮流管护"),
                PlannedMeasure("拆除占渠的构筑物", "{tgov}", 7, "处", 60),
            ),
            yuan=210000,
        ),
        topic={"sources": [{"from": "escalation", "ref": "@gully/2024-10-16-outcome#u1"}], "related": ["@gully"]},
        events=(
            consultation(0, fields={"joint": ["990004002001", "990004002003", "990004002004"]}),
            outcome(9),
            response(28),
            followup(86),
            evaluation(104, 74, 71, 1, 58, 9, 3),
        ),
    ),
    Scenario(
        key="ambulance",
        at="990003002003",
        on="2025-09-16",
        contents=DossierContents(
            title="偏远村急救车来得慢",
            theme=("医疗卫生",),
            why="叫急救车平均要四十五分钟，去年有两位老人没有等到。",
            suggestions=("群众代表：镇里放一台车", "委员：教会村里人急救"),
            measures=(
                PlannedMeasure("村部配备急救箱", "{vgov}", 2, "个", 40),
                PlannedMeasure("急救培训", "镇卫生院", 60, "人次", 75),
            ),
        ),
        events=(
            consultation(0),
            outcome(8, fields=_up("990003", "overall", "全县偏远村急救时间都长，建议县里布设急救分站", 12)),
            response(26),
            followup(84),
            evaluation(104, 52, 50, 0, 42, 6, 2),
        ),
        opinion="叫急救车等了快一个小时",
    ),
    Scenario(
        key="ambulance-county",
        at="990003",
        on="2025-11-25",
        contents=DossierContents(
            title="偏远乡镇急救分站布点",
            theme=("医疗卫生",),
            why="基层报来：偏远村急救时间普遍超过四十分钟。全县只有县城一个急救站。",
            suggestions=("委员：按人口和路程布三个点", "群众代表：先放一台车跑起来"),
            measures=(
                PlannedMeasure("设急救分站", "县卫生健康部门", 3, "个", 150, "列入年度预算"),
                PlannedMeasure("完成值守人员培训", "县卫生健康部门", 24, "人", 120),
            ),
            yuan=1800000,
        ),
        topic={
            "sources": [{"from": "escalation", "ref": "@ambulance/2025-09-24-outcome#u1"}],
            "related": ["@ambulance"],
        },
        events=(
            consultation(
                0,
                fields={
                    "methods": [
                        {"kind": "inspection", "places": ["两个偏远乡镇"], "found": "最远的村到县城四十七公里"},
                        {"kind": "meeting", "place": "{hall}", "decided_by": "consensus"},
                    ]
                },
            ),
            outcome(9),
            response(30),
            followup(80, "on_track"),
            progress_consultation(120),
            progress_outcome(127),
            followup(176, fields={"form": "supervision"}),
            evaluation(206, 120, 114, 2, 92, 14, 6),
        ),
    ),
    Scenario(
        key="quarry",
        at="990005001",
        on="2026-05-12",
        contents=DossierContents(
            title="过境砂石车压坏镇道",
            theme=("交通出行",),
            why="砂石车绕行省道收费站，每天上百辆从镇上过。",
            suggestions=("群众代表：限高限重", "群众代表：晚上不许走"),
            measures=(
                PlannedMeasure("设限高架", "{tgov}", 2, "处", 60),
                PlannedMeasure("修补镇道坑槽", "{tgov}", 1600, "平方米", 80),
            ),
        ),
        events=(
            consultation(0),
            outcome(8, fields=_up("990005", "overall", "砂石车绕行涉及两个乡镇，镇里没有执法权，请县里牵头", 12)),
            response(26),
            followup(86),
        ),
    ),
    Scenario(
        key="ferry",
        at="990006002001",
        on="2026-09-29",
        contents=DossierContents(
            title="渡口停运以后怎么过河",
            theme=("交通出行",),
            why="渡船到了年限停运，过河种地要绕十二公里。",
            suggestions=("群众代表：换一条船", "委员：长远还是要架桥"),
            measures=(PlannedMeasure("恢复渡运，换用新船", "{tgov}", 1, "条", 80),),
        ),
        events=(
            consultation(0),
            outcome(8, fields=_up("990006002", "emerging", "停运后有人坐农用船过河，十分危险", None)),
            response(24),
        ),
    ),
)
