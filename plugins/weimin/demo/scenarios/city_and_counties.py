"""Dossiers of the city and its counties: lists of projects, and subjects that concern several townships."""

from __future__ import annotations

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    completed_slowly,
    consultation,
    evaluation,
    followup,
    outcome,
    progress_consultation,
    progress_outcome,
    response,
)

CITY_AND_COUNTIES = (
    Scenario(
        key="list",
        at="990000",
        on="2025-12-11",
        contents=DossierContents(
            title="2026 年示例市为民办实事项目选定（讨论稿）",
            theme=("其他",),
            why="市政府提出四十二个备选项目，决策前听取委员、乡贤和群众的意见。",
            suggestions=(
                "委员：第 3 项充电设施要写明处数",
                "群众代表：把老旧电梯更新列进来",
                "乡贤代表：农村公交不要只修路不开车",
                "群众代表：第 6 项的钱从哪里来要写清",
            ),
            measures=(
                PlannedMeasure("修改后的清单提请人大审议", "示例市政府", days=45),
                PlannedMeasure("公布未采纳意见的理由", "示例市政府", days=50),
            ),
        ),
        topic={
            "projects": [{"list": "990000/projects/2026-draft"}],
            "decision": {"by": "示例市政府", "date": "pending"},
        },
        later=((45, {"decision": {"by": "示例市政府", "date": "2026-01-20"}}),),
        events=(
            consultation(0, fields={"convened_by": "cppcc"}),
            outcome(8),
            response(40),
            followup(70),
            progress_consultation(200, fields={"about": "completion"}),
            progress_outcome(207),
        ),
    ),
    Scenario(
        key="charging",
        at="990000",
        on="2026-03-19",
        contents=DossierContents(
            title="公共充电设施布点",
            theme=("公共安全", "住房物业"),
            why="今年要建充电设施三百处，各区县报来五百多处，先建哪里要有个说法。",
            suggestions=("委员：没有充电棚的老旧小区优先", "群众代表：充电价格统一公示"),
            measures=(
                PlannedMeasure("公布布点名单", "市城市管理部门", days=40),
                PlannedMeasure("建成充电设施", "市城市管理部门", 300, "处", 240),
            ),
            yuan=24000000,
        ),
        topic={"projects": [{"list": "990000/projects/2026", "item": "3"}]},
        events=(
            consultation(0),
            outcome(9),
            response(
                40,
                detail={
                    "s1": ("adopted", "已写进布点名单的排序办法。"),
                    "s2": ("returned", "充电价格由价格主管部门管理，已转办。"),
                },
            ),
            followup(80, {"m1": "done", "m2": "on_track"}),
            progress_consultation(130),
            progress_outcome(138),
            followup(200, {"m1": "done", "m2": "behind:二十六处用地手续未办完"}),
        ),
    ),
    Scenario(
        key="hospital",
        at="990000",
        on="2024-04-23",
        contents=DossierContents(
            title="市区医院检查结果互认",
            theme=("医疗卫生",),
            why="换一家医院就要重做检查，费钱费时。",
            suggestions=("委员：先从影像和检验十项做起", "群众代表：不互认的要当面说理由"),
            measures=(
                PlannedMeasure("公布互认项目清单", "市卫生健康部门", 62, "项", 90),
                PlannedMeasure("影像数据联通", "市卫生健康部门", 9, "家医院", 150),
            ),
        ),
        events=completed_slowly(210, 198, 3, 150, 31, 14),
        opinion="换个医院又要重新拍片",
    ),
    Scenario(
        key="after-decision",
        at="990002",
        on="2026-06-17",
        contents=DossierContents(
            title="{c}两条公交线路调整",
            theme=("交通出行",),
            why="线路调整方案五月已经公布，公布后反映的人多，补开协商会。",
            suggestions=("群众代表：早高峰保留原线", "委员：以后先问再定"),
            measures=(PlannedMeasure("早高峰恢复原线路", "{cgov}", 2, "条", 30),),
        ),
        topic={"decision": {"by": "{gov}", "date": "2026-05-11"}},
        events=(
            consultation(0),
            outcome(8),
            response(
                25,
                detail={
                    "s1": ("adopted", "早高峰恢复原线路。"),
                    "s2": ("returned", "决策程序由交通运输部门的上级规定，已转请研究。"),
                },
            ),
            followup(60),
        ),
    ),
    Scenario(
        key="short-notice",
        at="990004",
        on="2025-05-22",
        contents=DossierContents(
            title="{c}中小学午餐配送单位怎么选",
            theme=("教育", "公共安全"),
            why="全县三十一所学校统一配送，家长最关心谁来送、谁来查。",
            suggestions=("群众代表：家长可以随时进厨房", "委员：留样和检测结果上墙", "群众代表：一周菜单提前公布"),
            measures=(
                PlannedMeasure("公开遴选配送单位", "县教育部门", 3, "家", 85),
                PlannedMeasure("厨房监控向家长开放", "县教育部门", 31, "所", 140),
            ),
        ),
        topic={"notice": {"where": "县政府网站", "from": "{-10}", "to": "{-8}", "days": 3}},
        events=completed_slowly(180, 172, 2, 128, 29, 13),
        opinion="学校午饭谁来送、谁来查",
    ),
    Scenario(
        key="gate-late",
        at="990005",
        on="2025-08-12",
        contents=DossierContents(
            title="{c}县城早餐网点布局",
            theme=("就业社保", "文化体育"),
            why="新区没有早餐店，老城早餐摊没有证。",
            suggestions=("群众代表：新区学校旁边设点", "委员：发临时许可"),
            measures=(PlannedMeasure("设便民早餐点", "县商务部门", 24, "处", 75),),
        ),
        events=(
            consultation(0),
            outcome(8, fields={"submitted": [{"to": "{party}", "date": "{+118}"}]}, added_later=(115, ("submitted",))),
            response(25),
            followup(70),
            evaluation(100, 88, 82, 0, 66, 10, 6),
        ),
    ),
)
